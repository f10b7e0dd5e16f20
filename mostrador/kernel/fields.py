"""Columns that are small and equal on both databases."""

# ruff: noqa: ARG002  # the signatures are Django's
import datetime as dt
import uuid
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from mostrador.kernel import clock

FLAGS_MAX = 240  # room for every flag at once: one without room would hold up all that its till sends after it

# What is set and what is got: open, so that the type checker makes both optional where a column is nullable.
_Set_contra = TypeVar("_Set_contra", contravariant=True)
_Got_co = TypeVar("_Got_co", covariant=True)

if TYPE_CHECKING:
    _UUIDField = models.UUIDField
    _BigIntegerField = models.BigIntegerField
else:  # Django's fields are generic only in their stubs

    class _UUIDField(models.UUIDField):
        def __class_getitem__(cls, _types):
            return cls

    class _BigIntegerField(models.BigIntegerField):
        def __class_getitem__(cls, _types):
            return cls


@lru_cache(maxsize=4096)
def _of_bytes(stored: bytes) -> uuid.UUID:
    """The same stores, tills and products come again and again, and to make a UUID takes longer than to read its row."""
    return uuid.UUID(bytes=stored)


class CompactUUIDField(_UUIDField[_Set_contra, _Got_co]):
    """A UUID: `uuid` on PostgreSQL, 16 bytes on SQLite, where Django's own takes 32 characters in every index.

    `get_placeholder_sql` keeps PostgreSQL's bulk inserts as VALUES rows: INSERT .. SELECT FROM UNNEST would be pulled
    through Citus's coordinator (docs/adr/0004).
    """

    def get_internal_type(self) -> str:
        return "CompactUUIDField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "blob" if connection.vendor == "sqlite" else "uuid"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        identifier = value if isinstance(value, uuid.UUID) else self.to_python(value)
        return identifier.bytes if connection.vendor == "sqlite" else identifier

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> uuid.UUID | None:
        if value is None or isinstance(value, uuid.UUID):
            return value
        return _of_bytes(bytes(value)) if isinstance(value, bytes | memoryview) else uuid.UUID(value)

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        if hasattr(value, "as_sql"):
            sql, params = compiler.compile(value)
            return sql, tuple(params)
        return "%s", (value,)


class InstantField(_BigIntegerField[_Set_contra, _Got_co]):
    """An aware UTC instant, stored as whole milliseconds since 1970: eight bytes and one order on both databases."""

    if TYPE_CHECKING:
        _pyi_private_set_type: dt.datetime | int  # type: ignore[assignment]  # an integer in the column only
        _pyi_private_get_type: dt.datetime  # type: ignore[assignment]

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def to_python(self, value: Any) -> dt.datetime | None:
        if value is None or isinstance(value, dt.datetime):
            return value
        return clock.from_ms(int(value))

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not isinstance(value, dt.datetime):
            return value if hasattr(value, "resolve_expression") else int(value)
        return clock.to_ms(value)

    def from_db_value(self, value: int | None, expression: Any, connection: BaseDatabaseWrapper) -> dt.datetime | None:
        return None if value is None else clock.from_ms(value)
