"""The wall between advice and cost, on PostgreSQL: a role that may read everything but what goods cost the shop. What tills rank by is asked for as this role.

Where the application's own role may not make roles (some rented databases), there is no such role, and the laws and tests of docs/adr/0038 stand alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, connections, models

ROLE = "mostrador_blind"

# In the schema of the application; two databases of one server may make the role at the same time.
_BUILD = f"""
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT {ROLE} TO %I', current_user);
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO {ROLE}', current_schema());
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO {ROLE}', current_schema());
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation OR internal_error THEN
  RAISE NOTICE 'no wall: %', SQLERRM;
END $$
"""

_STANDS = (
    f"SELECT count(*) FROM pg_roles r, pg_tables t WHERE r.rolname = '{ROLE}' AND pg_has_role(current_user, r.oid, 'MEMBER')"  # noqa: S608  # our own words
    " AND t.schemaname = current_schema() AND t.tablename = 'trust_needchip' AND has_table_privilege(r.oid, 'trust_needchip', 'SELECT')"
)
TRIES = 3


def hidden() -> list[str]:
    """Return the tables that hold what goods cost the shop: those with a column of that name."""
    return sorted(model._meta.db_table for model in apps.get_models() if _costs(model))


def _costs(model: type[models.Model]) -> bool:
    return any("cost" in field.name or "margin" in field.name for field in model._meta.local_fields)


def build(alias: str = "default") -> None:
    """Make the role and say what it may read; done again after each migration, for tables that came."""
    database = connections[alias]
    if database.vendor != "postgresql":
        return
    tables = set(database.introspection.table_names())
    with database.cursor() as cursor:
        for _ in range(TRIES):
            cursor.execute(_BUILD)
            cursor.execute(_STANDS)
            if cursor.fetchone()[0]:
                for table in sorted(tables.intersection(hidden())):
                    cursor.execute(f"REVOKE ALL ON {table} FROM {ROLE}")
                return


def stands() -> bool:
    """Whether this connection may go behind the wall."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(_STANDS)
        return bool(cursor.fetchone()[0])


@contextmanager
def behind() -> Iterator[None]:
    """Read as the role that cannot see costs, inside the caller's transaction; what fails rolls back, and the role with it."""
    if not stands():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
