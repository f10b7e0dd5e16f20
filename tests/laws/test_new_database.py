"""A new database, made at once, is the one to which the steps of all versions lead: the same tables, columns, keys, indexes and triggers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from mostrador.kernel.append_only import protect
from mostrador.kernel.migrating import is_empty

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django_db_setup", "scope_checker_off")]


@contextmanager
def another(name: str, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database beside the one of the tests, under an alias of its own."""
    default = connections["default"]
    settings = {**default.settings_dict, "TEST": {}}
    if default.vendor == "sqlite":
        settings["NAME"] = str(folder / f"{name}.sqlite3")
    else:
        settings["NAME"] = f"law_{name}"
        with default.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS law_{name}")
            cursor.execute(f"CREATE DATABASE law_{name}")
    connections.databases[name] = settings
    try:
        yield connections[name]
    finally:
        connections[name].close()
        del connections[name]
        del connections.databases[name]
        if default.vendor != "sqlite":
            with default.cursor() as cursor:
                cursor.execute(f"DROP DATABASE law_{name}")


def shape(connection: BaseDatabaseWrapper) -> list[str]:
    """Everything that the database knows of its tables, in words, sorted: the order of columns says nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return sorted(said for kind, name, table, sql in cursor.fetchall() for said in _parts(kind, name, table, sql))
        cursor.execute(
            "SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, identity_generation, collation_name)"
            " FROM information_schema.columns WHERE table_schema = 'public'"
            " UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        )
        # A table of Django's own, whose numbers the steps give more room than it asks for; nobody uses it here.
        return sorted(said for (said,) in cursor.fetchall() if not said.startswith("auth_group_permissions id "))


def _parts(kind: str, name: str, table: str, sql: str) -> Iterator[str]:
    """A table by its columns and constraints, one by one; anything else as it is."""
    if kind != "table":
        yield f"{kind} {name} {table} {' '.join(sql.split())}"
        return
    inside, depth, part = sql[sql.index("(") + 1 : sql.rindex(")")], 0, ""
    for sign in f"{inside},":
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            # Each makes up a name for a constraint that has none.
            yield f"{table}: {re.sub(r'_[0-9a-f]{8}(_fk|_uniq|_check|\\b)', '', ' '.join(part.split()))}"
            part = ""
        else:
            part += sign


def test_a_new_database_is_the_one_that_the_steps_lead_to(tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), another("fresh", tmp_path) as fresh, another("grown", tmp_path) as grown:
        assert is_empty(fresh)
        call_command("migrate", database="fresh", verbosity=0, interactive=False)
        assert not is_empty(fresh)
        executor = MigrationExecutor(grown)
        executor.migrate(executor.loader.graph.leaf_nodes())
        protect("grown")

        assert shape(fresh) == shape(grown)
        steps = [sorted(MigrationExecutor(one).loader.applied_migrations) for one in (fresh, grown)]
        assert steps[0] == steps[1]
        left = MigrationExecutor(fresh)
        assert left.migration_plan(left.loader.graph.leaf_nodes()) == []
