"""The backend that Django loads by the ENGINE `mostrador.kernel.sqlite`."""

import mostrador  # noqa: F401  # the mended SQLite first

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper  # isort: skip
from django.db.backends.sqlite3.features import DatabaseFeatures as DjangoFeatures  # isort: skip

# SQLITE_MAX_VARIABLE_NUMBER as compiled by default since 3.32 (sqlite.org/limits.html, section 9).
PARAMETERS_MAX = 32_766


class DatabaseFeatures(DjangoFeatures):
    """Django's features with the limit stated instead of asked."""

    max_query_params = PARAMETERS_MAX


class DatabaseWrapper(DjangoWrapper):
    """Django's wrapper with our features."""

    features_class = DatabaseFeatures
