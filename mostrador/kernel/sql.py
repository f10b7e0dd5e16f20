"""Set-wise statements that are good on SQLite, PostgreSQL and Citus: many rows as VALUES, a constant number of statements."""

import uuid
from collections.abc import Sequence
from functools import lru_cache
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
    head, marks, tail = _words(table, tuple(columns), conflict)
    if cursor.db.vendor == "sqlite":
        return _insert_sqlite(cursor, head + marks + tail, rows)
    size = max(1, min(ROWS_PER_STATEMENT, PARAMETERS_PER_STATEMENT // len(columns)))
    return sum(_insert_postgresql(cursor, head, tail, rows[start : start + size]) for start in range(0, len(rows), size))


@lru_cache(maxsize=256)
def _words(table: str, columns: tuple[str, ...], conflict: str) -> tuple[str, str, str]:
    """What stands before the rows, SQLite's marks of one row, and what stands after them."""
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608  # names are ours, values are parameters
    return head, f"({', '.join('?' * len(columns))})", f" ON CONFLICT {conflict}" if conflict else ""


# Both drivers' own marks go to them as they are: Django and psycopg look for %s in every text, which took longer than writing the rows.
# The wrappers of statements (Django's `execute_wrapper`) see these too, and errors become Django's own.


def run(cursor: CursorWrapper, text: str, values: Sequence[Any]) -> CursorWrapper:
    """Execute a statement of the intake's path (with %s) by the short way, and return the cursor, to fetch from."""
    if cursor.db.vendor != "sqlite":
        cursor.execute(text, values)
        return cursor
    inner = cursor.cursor
    if cursor.db.execute_wrappers:
        cursor.execute(text, values)
    else:
        with cursor.db.wrap_database_errors:
            super(type(inner), inner).execute(_question_marks(text), values)
    return cursor


@lru_cache(maxsize=256)
def _question_marks(text: str) -> str:
    return text.replace("%s", "?")


def _insert_sqlite(cursor: CursorWrapper, text: str, rows: Sequence[Sequence[Any]]) -> int:
    inner = cursor.cursor

    def execute(statement: str, values: Any, *_: Any) -> int:
        with cursor.db.wrap_database_errors:
            super(type(inner), inner).executemany(statement, values)
        return int(inner.rowcount)

    return int(cursor._execute_with_wrappers(text, rows, many=True, executor=execute))


def _insert_postgresql(cursor: CursorWrapper, head: str, tail: str, rows: Sequence[Sequence[Any]]) -> int:
    def execute(statement: str, values: Any, *_: Any) -> int:
        from psycopg import RawCursor

        with cursor.db.wrap_database_errors, RawCursor(cursor.db.connection) as raw:
            return raw.execute(statement, values).rowcount

    text = head + _marks(len(rows), len(rows[0])) + tail
    values = [value for row in rows for value in row]
    return int(cursor._execute_with_wrappers(text, values, many=False, executor=execute))


@lru_cache(maxsize=64)
def _marks(rows: int, columns: int) -> str:
    """Return `($1, $2), ($3, $4)`, as PostgreSQL numbers its parameters."""
    starts = range(1, rows * columns + 1, columns)
    return ", ".join(f"({', '.join(f'${n}' for n in range(start, start + columns))})" for start in starts)


def analyze(cursor: CursorWrapper, table: str) -> None:
    """Let PostgreSQL look at a table into which many rows went, inside the same transaction.

    It believes the statistics of before: of a table that it takes for empty, any index will do, and checking the key of each price read
    all products of the business. Loading 100,000 of them never ended.
    """
    if cursor.db.vendor == "postgresql":
        cursor.execute(f"ANALYZE {table}")


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
