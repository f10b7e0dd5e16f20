"""Set-wise statements that are good on SQLite, PostgreSQL and Citus: many rows as VALUES, a constant number of statements.

They go to the driver by the shortest way, with its own marks (`?`, `$1`) and, on PostgreSQL, prepared and in a pipeline: Django and
psycopg look for %s in every text, PostgreSQL plans every text anew, and both took longer than writing the rows of a sale. Errors are
Django's own, and the wrappers of statements (Django's `execute_wrapper`) see these too.
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

type Row = Sequence[Any]
type Question = tuple[str, Row]
type Statement = tuple[str, tuple[str, ...], str, list[Row]]
"""An insert: table, columns, what follows ON CONFLICT, rows."""

ROWS_PER_STATEMENT = 1000
PARAMETERS_PER_STATEMENT = 60_000  # PostgreSQL takes 65,535
# A connection keeps a hundred prepared statements, and one of many rows hardly comes twice with the same number of them.
PREPARED_VALUES_MAX = CHAINED_VALUES_MAX = 400
# SQLite's rows in one statement: each step lets go of Python's lock, and a thread that writes should not have to ask for it at each row.
ROWS_TOGETHER = 64


class Hand(ABC):
    """Statements on this thread's connection. Texts have %s, ids go in as `raw_id` gives them."""

    vendor: str

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        connection.ensure_connection()
        self._connection = connection
        self._error: type[Exception] = connection.Database.Error  # type: ignore[attr-defined]  # each engine has it

    @abstractmethod
    def ask(self, *questions: Question) -> list[list[tuple[Any, ...]]]:
        """Return the rows of each SELECT; PostgreSQL is asked all of them at once."""

    @abstractmethod
    def do(self, text: str, values: Row) -> int:
        """Execute an UPDATE or DELETE, and return how many rows it met."""

    def soon(self, text: str, values: Row) -> Callable[[], int]:
        """As `do`, but does not wait inside `together`: the answer may be called for when that has ended."""
        count = self.do(text, values)
        return lambda: count

    @abstractmethod
    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row], conflict: str = "") -> None:
        """Insert rows, each in the order of `columns`. `conflict` follows ON CONFLICT: "(organization_id, id) DO NOTHING"."""

    def insert_all(self, statements: "Sequence[Statement]") -> None:
        """Insert into several tables, parents first."""
        for table, columns, conflict, rows in statements:
            self.insert(table, columns, rows, conflict)

    def together(self) -> AbstractContextManager[object]:
        """Send inserts without waiting for each; what the database refuses is raised at the next `ask` or `do`, or at the end."""
        return nullcontext()

    def part(self) -> AbstractContextManager[object]:
        """A savepoint: what is raised inside undoes this part alone."""
        return transaction.atomic()

    def _send[Answer](self, text: str, values: Any, execute: Callable[[str, Any], Answer]) -> Answer:
        errors = self._connection.wrap_database_errors
        if not self._connection.execute_wrappers:
            try:
                return execute(text, values)
            except self._error:
                with errors:  # on the way out only: to go in and out by it costs each statement
                    raise

        def last(statement: str, given: Any, *_: Any) -> Answer:
            with errors:
                return execute(statement, given)

        with self._connection.cursor() as cursor:
            found: Answer = cursor._execute_with_wrappers(text, values, many=False, executor=last)
            return found


class _SqliteHand(Hand):
    vendor = "sqlite"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        super().__init__(connection)
        self._raw = connection.connection

    def ask(self, *questions: Question) -> list[list[tuple[Any, ...]]]:
        return [self._send(_question_marks(text), values, self._raw.execute).fetchall() for text, values in questions]

    def do(self, text: str, values: Row) -> int:
        return int(self._send(_question_marks(text), values, self._raw.execute).rowcount)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row], conflict: str = "") -> None:
        start, names = 0, tuple(columns)
        while start < len(rows):
            size = min(ROWS_TOGETHER, 1 << ((len(rows) - start).bit_length() - 1))  # few lengths, so that each text is prepared once
            values = rows[start] if size == 1 else [value for row in rows[start : start + size] for value in row]
            self._send(_question_rows(table, names, conflict, size), values, self._raw.execute)
            start += size


class _PostgresqlHand(Hand):
    vendor = "postgresql"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        from psycopg import RawCursor

        super().__init__(connection)
        self._pipeline: Any = None
        self._cursor_type = RawCursor
        self._inserting = RawCursor(connection.connection)  # one for all, for nobody reads what it answers

    def ask(self, *questions: Question) -> list[list[tuple[Any, ...]]]:
        with self.together():
            cursors = [self._send(_numbers(text), values, self._prepared) for text, values in questions]
        with self._connection.wrap_database_errors:
            return [cursor.fetchall() for cursor in cursors]

    def do(self, text: str, values: Row) -> int:
        cursor = self._send(_numbers(text), values, self._prepared)
        if self._pipeline is not None:
            with self._connection.wrap_database_errors:
                self._pipeline.sync()
        return int(cursor.rowcount)

    def soon(self, text: str, values: Row) -> Callable[[], int]:
        cursor = self._send(_numbers(text), values, self._prepared)
        return lambda: int(cursor.rowcount)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row], conflict: str = "") -> None:
        size = max(1, min(ROWS_PER_STATEMENT, PARAMETERS_PER_STATEMENT // len(columns)))
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            text = _many_rows(table, tuple(columns), conflict, len(part))
            self._send(text, [value for row in part for value in row], self._insert)

    def insert_all(self, statements: Sequence[Statement]) -> None:
        """As one statement where they are few: keys are checked at its end, and each statement costs both sides more than its rows."""
        values = [value for *_, rows in statements for row in rows for value in row]
        if len(values) > CHAINED_VALUES_MAX:
            super().insert_all(statements)
        elif statements:
            shapes = tuple((table, columns, conflict, len(rows)) for table, columns, conflict, rows in statements)
            self._send(_chain(shapes), values, self._insert)

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._connection.wrap_database_errors, self._connection.connection.pipeline() as pipeline:
            self._pipeline = pipeline
            try:
                yield
            finally:
                self._pipeline = None

    def _prepared(self, text: str, values: Any) -> Any:
        return self._cursor_type(self._connection.connection).execute(text, values, prepare=True)

    def _insert(self, text: str, values: Any) -> Any:
        return self._inserting.execute(text, values, prepare=len(values) <= PREPARED_VALUES_MAX)


class Overtaken(Exception):
    """A statement met other rows than those that were read before it: what was decided on them does not hold any more."""


class Writes:
    """Rows to insert, gathered by statement: what several wrote goes in together, each table once."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, tuple[str, ...], str], list[Row]] = {}
        self.after: list[tuple[str, Row, int | None]] = []

    def add(self, table: str, columns: tuple[str, ...], rows: Sequence[Row], conflict: str = "") -> None:
        """Insert rows, as `Hand.insert` does."""
        if rows:
            self._rows.setdefault((table, columns, conflict), []).extend(rows)

    def then(self, text: str, values: Row, *, must_meet: int | None = None) -> None:
        """Execute an UPDATE or DELETE after all inserts; `must_meet`: how many rows there must be."""
        self.after.append((text, values, must_meet))

    @classmethod
    def of(cls, several: "Sequence[Writes]") -> "Writes":
        """Return one that writes what all of them would."""
        if len(several) == 1:
            return several[0]
        together = cls()
        for one in several:
            for (table, columns, conflict), rows in one._rows.items():
                together.add(table, columns, rows, conflict)
            together.after += one.after
        return together

    def statements(self, order: Mapping[str, int]) -> list[Statement]:
        """Return table, columns, conflict clause and rows of each insert; `order` says which table goes before which."""
        return sorted(((*key, rows) for key, rows in self._rows.items()), key=lambda one: order[one[0]])

    def write(self, to: Hand, order: Mapping[str, int]) -> None:
        """Write everything, parents first. Raises Overtaken."""
        with to.together():
            to.insert_all(self.statements(order))
            met = [(to.soon(text, values), must) for text, values, must in self.after]
        if any(must is not None and count() != must for count, must in met):
            raise Overtaken


def hand(connection: BaseDatabaseWrapper | None = None) -> Hand:
    """Return the hand of a connection: without one, of this thread's."""
    connection = connection or connections[DEFAULT_DB_ALIAS]
    return _SqliteHand(connection) if connection.vendor == "sqlite" else _PostgresqlHand(connection)


@lru_cache(maxsize=256)
def _question_marks(text: str) -> str:
    """SQLite's marks."""
    return text.replace("%s", "?")


@lru_cache(maxsize=256)
def _numbers(text: str) -> str:
    """PostgreSQL's marks."""
    parts = text.split("%s")
    return "".join(f"{part}${n}" for n, part in enumerate(parts[:-1], 1)) + parts[-1]


@lru_cache(maxsize=512)
def _question_rows(table: str, columns: tuple[str, ...], conflict: str, rows: int) -> str:
    return _insert(table, columns, ", ".join([f"({', '.join('?' * len(columns))})"] * rows), conflict)


@lru_cache(maxsize=512)
def _many_rows(table: str, columns: tuple[str, ...], conflict: str, rows: int) -> str:
    return _insert(table, columns, _numbered(rows, len(columns)), conflict)


@lru_cache(maxsize=256)
def _chain(shapes: tuple[tuple[str, tuple[str, ...], str, int], ...]) -> str:
    """One statement of many inserts: WITH w0 AS (INSERT …), w1 AS (INSERT …) INSERT …"""
    texts, first = [], 1
    for table, columns, conflict, rows in shapes:
        texts.append(_insert(table, columns, _numbered(rows, len(columns), first), conflict))
        first += rows * len(columns)
    heads = ", ".join(f"w{n} AS ({text})" for n, text in enumerate(texts[:-1]))
    return f"WITH {heads} {texts[-1]}" if heads else texts[-1]


def _numbered(rows: int, width: int, first: int = 1) -> str:
    starts = range(first, first + rows * width, width)
    return ", ".join(f"({', '.join(f'${n}' for n in range(start, start + width))})" for start in starts)


def _insert(table: str, columns: tuple[str, ...], values: str, conflict: str) -> str:
    tail = f" ON CONFLICT {conflict}" if conflict else ""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}{tail}"  # noqa: S608  # names are ours, values are parameters


def analyze(table: str) -> None:
    """Let PostgreSQL look at a table into which many rows went, inside the same transaction.

    It believes the statistics of before: of a table that it takes for empty, any index will do, and checking the key of each price read
    all products of the business. Loading 100,000 of them never ended.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")


def raw_id(vendor: str, identifier: uuid.UUID) -> Any:
    """Return a UUID as the engine stores it: bytes on SQLite, itself on PostgreSQL."""
    return identifier.bytes if vendor == "sqlite" else identifier


def from_raw(value: Any) -> uuid.UUID:
    """Return the UUID of what the engine stored."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(bytes=bytes(value))


def among(vendor: str, column: str, ids: Sequence[uuid.UUID]) -> tuple[str, list[Any]]:
    """Return `column is one of these`, and its values: a text that is seldom a new one, so that it is prepared once."""
    if vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(ids)]
    values = [identifier.bytes for identifier in ids]
    padded = 1 << (len(ids) - 1).bit_length() if ids else 0
    return f"{column} IN ({placeholders(padded)})", values + values[-1:] * (padded - len(values))


def placeholders(count: int) -> str:
    """Return `%s, %s, ...` for an IN list."""
    return ", ".join(["%s"] * count)
