"""Set-wise statements that are good on SQLite, PostgreSQL and Citus: many rows as VALUES, a constant number of statements."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

ROWS_PER_STATEMENT = 1000
PARAMETERS_PER_STATEMENT = 60_000  # PostgreSQL takes 65,535


def insert(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], conflict: str = "") -> int:
    """Insert rows (each in the order of `columns`, UUIDs as `raw_id` gives them) and return how many were new.

    `conflict` is what follows ON CONFLICT, with its target: "(organization_id, id) DO NOTHING".
    """
    if not rows:
        return 0
    tail = f" ON CONFLICT {conflict}" if conflict else ""
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608  # names are ours, values are parameters
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    if cursor.db.vendor == "sqlite":
        return _insert_sqlite(cursor, head, one, tail, rows)
    size = max(1, min(ROWS_PER_STATEMENT, PARAMETERS_PER_STATEMENT // len(columns)))
    written = 0
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        cursor.execute(head + ", ".join([one] * len(part)) + tail, [value for row in part for value in row])
        written += cursor.rowcount
    return written


def _insert_sqlite(cursor: CursorWrapper, head: str, one: str, tail: str, rows: Sequence[Sequence[Any]]) -> int:
    """Django turns %s into ? by a pattern at every call; where nobody watches the statements, SQLite gets its own marks at once."""
    if cursor.db.execute_wrappers:
        cursor.executemany(head + one + tail, rows)
        return int(cursor.rowcount)
    inner = cursor.cursor
    super(type(inner), inner).executemany(head + one.replace("%s", "?") + tail, rows)
    return int(inner.rowcount)


def raw_id(vendor: str, identifier: uuid.UUID) -> Any:
    """Return a UUID as the engine stores it: bytes on SQLite, itself on PostgreSQL."""
    return identifier.bytes if vendor == "sqlite" else identifier


def from_raw(value: Any) -> uuid.UUID:
    """Return the UUID of what the engine stored."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(bytes=bytes(value))


def placeholders(count: int) -> str:
    """Return `%s, %s, ...` for an IN list."""
    return ", ".join(["%s"] * count)


def vendor(alias: str = "default") -> str:
    """Return "sqlite" or "postgresql"."""
    return connections[alias].vendor
