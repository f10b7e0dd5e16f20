"""How tables are made. An empty database gets all of them at once, as the models say; one with tables goes on step by step (tests/laws/test_new_database.py
holds both to the same end).

Step by step Django builds every related model anew after each single table, and every table of ours is related to Organization: nearly
all of the time of a new database went there (docs/adr/0045). `CreateModels` is what steps use that make many tables.
"""

from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.recorder import MigrationRecorder

from mostrador.kernel.tenancy import TenantForeignKey


class CreateModels(Operation):
    """Tables that are made together, parents first."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = list(models)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [], {"models": self.models}

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # built again once, when the first table is made
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self) -> str:
        return f"Create models {', '.join(self._names())}"

    def _names(self) -> Iterator[str]:
        return (model.name for model in self.models)


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing was ever made in this database."""
    recorder = MigrationRecorder(connection)
    return set(connection.introspection.table_names()) <= {recorder.Migration._meta.db_table} and not recorder.applied_migrations()


def begin(connection: BaseDatabaseWrapper) -> None:
    """Make every table of an empty database, and note every step as taken; steps that only move rows have none to move. All of it or nothing."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    taken = [
        key
        for migration in MigrationLoader(connection).disk_migrations.values()
        for key in (*migration.replaces, (migration.app_label, migration.name))
    ]
    with connection.schema_editor() as editor:
        for model in _parents_first():
            editor.create_model(model)
        recorder.migration_qs.bulk_create([recorder.Migration(app=app, name=name) for app, name in dict.fromkeys(taken)])


def _parents_first() -> list[type[models.Model]]:
    """The models that have a table, each after those that its foreign keys name."""
    chosen = {model._meta.db_table: model for model in apps.get_models() if model._meta.managed and not model._meta.proxy}
    named = {
        table: {to for constraint in model._meta.constraints if isinstance(constraint, TenantForeignKey) if (to := constraint.to) != table}
        for table, model in chosen.items()
    }
    return [chosen[table] for table in TopologicalSorter(named).static_order()]
