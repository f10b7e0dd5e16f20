"""Rows that are only ever added: enforced in the database, on both engines.

A trigger refuses UPDATE and DELETE of every model that says APPEND_ONLY. Why triggers, and what Citus needs: docs/adr/0006.
"""

from django.apps import apps
from django.db import connections, models, transaction

FUNCTION = """
CREATE OR REPLACE FUNCTION mostrador_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def append_only_models() -> list[type[models.Model]]:
    """Return the models whose rows may only be added, ordered by table."""
    chosen = [model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]
    return sorted(chosen, key=lambda model: model._meta.db_table)


def protect(alias: str = "default") -> None:
    """Put the triggers on; those that stand already are kept."""
    connection = connections[alias]
    tables = set(connection.introspection.table_names())
    # Together, or the disk would be waited for at each of them.
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for model in append_only_models():
            table = model._meta.db_table
            if table not in tables:
                continue
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def missing(alias: str = "default") -> list[str]:
    """Return the triggers that should stand and do not."""
    connection = connections[alias]
    where = "pg_trigger WHERE NOT tgisinternal" if connection.vendor == "postgresql" else "sqlite_master WHERE type = 'trigger'"
    name = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {where}")  # noqa: S608  # our own words
        standing = {row[0] for row in cursor.fetchall()}
    wanted = [f"{model._meta.db_table}_no_{verb}" for model in append_only_models() for verb in ("update", "delete")]
    return [trigger for trigger in wanted if trigger not in standing]


def unprotect(alias: str = "default") -> None:
    """Take the triggers off: for emptying a test database and for erasing a whole business, nothing else."""
    connection = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def _statements(vendor: str, table: str) -> list[str]:
    """The two triggers of a table."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION mostrador_append_only()"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for verb in ("update", "delete")
    ]
