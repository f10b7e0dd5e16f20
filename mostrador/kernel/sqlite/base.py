"""The backend that Django loads by the ENGINE `mostrador.kernel.sqlite`."""

from typing import Any

import mostrador  # noqa: F401  # the mended SQLite first

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper  # isort: skip
from django.db.backends.sqlite3.features import DatabaseFeatures as DjangoFeatures  # isort: skip
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as DjangoSchemaEditor  # isort: skip
from django.db.models import CompositePrimaryKey, Model  # isort: skip

# SQLITE_MAX_VARIABLE_NUMBER as compiled by default since 3.32 (sqlite.org/limits.html, section 9).
PARAMETERS_MAX = 32_766


class DatabaseFeatures(DjangoFeatures):
    """Django's features with the limit stated instead of asked."""

    max_query_params = PARAMETERS_MAX


class DatabaseSchemaEditor(DjangoSchemaEditor):
    """Makes tables with a composite key WITHOUT ROWID: the key is then the table's own order and not a second copy of every key."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[Any]]:
        statement, params = super().table_sql(model)
        return (f"{statement} WITHOUT ROWID", params) if isinstance(model._meta.pk, CompositePrimaryKey) else (statement, params)


class DatabaseWrapper(DjangoWrapper):
    """Django's wrapper with our features and tables."""

    features_class = DatabaseFeatures
    SchemaEditorClass = DatabaseSchemaEditor
