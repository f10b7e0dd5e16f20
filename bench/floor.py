"""The floor: what a push writes, by one prepared path, without anything else that we promise."""

import threading
import time
from collections.abc import Sequence
from typing import Any

from bench.shop import Shop, Till

type Statement = tuple[str, list[Sequence[Any]]]
"""An INSERT with its rows, or an UPDATE with its one row of values; %s where they go."""


def rows_of(shop: Shop, till: Till, batches: Sequence[Sequence[bytes]]) -> list[list[Statement]]:
    """Return, per batch, every statement that writes: the intake decides them itself, each batch after the one before, and is undone."""
    import msgspec
    from django.db import transaction

    from mostrador.kernel import sql
    from mostrador.people.callers import Bearer
    from mostrador.people.pairing import digest
    from mostrador.sync import contract, intake

    prepared, who = [], Bearer(shop.organization, digest(till.token))
    with transaction.atomic():
        for batch in batches:
            push = msgspec.json.decode(till.device.push_body(batch), type=contract.Push)
            writes = intake.decide(sql.hand(), who, intake.unpack(push)).writes
            writes.write(sql.hand(), intake.ORDER)
            prepared.append(_statements(writes, intake.ORDER))
        transaction.set_rollback(True)
    return prepared


def _statements(writes: Any, order: dict[str, int]) -> list[Statement]:
    found: list[Statement] = []
    for table, columns, conflict, rows in writes.statements(order):
        tail = f" ON CONFLICT {conflict}" if conflict else ""
        found.append((f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))}){tail}", rows))
    return found + [(text, [values]) for text, values, _ in writes.after]


def seconds(workers: Sequence[list[list[Statement]]]) -> float:
    """Write every batch in a durable transaction of its own, one connection per worker, all at once."""
    threads = [threading.Thread(target=_write, args=(batches,)) for batches in workers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def _write(batches: list[list[Statement]]) -> None:
    from django.db import connection

    connection.ensure_connection()
    try:
        if connection.vendor == "sqlite":
            _write_sqlite(connection.connection, batches)
        else:
            _write_postgresql(connection.connection, batches)
    finally:
        connection.close()


def _write_sqlite(raw: Any, batches: list[list[Statement]]) -> None:
    for statements in batches:
        raw.execute("BEGIN IMMEDIATE")
        for text, rows in statements:
            raw.executemany(text.replace("%s", "?"), rows)
        raw.execute("COMMIT")


def _write_postgresql(raw: Any, batches: list[list[Statement]]) -> None:
    for statements in batches:
        with raw.transaction(), raw.pipeline(), raw.cursor() as cursor:
            for text, rows in statements:
                cursor.execute(_of(text, len(rows)), [value for row in rows for value in row], prepare=True)


def _of(text: str, count: int) -> str:
    """The statement with as many rows in its VALUES."""
    head, mark, rest = text.partition(" VALUES ")
    if not mark:
        return text
    one = rest[: rest.index(")") + 1]
    return f"{head} VALUES {', '.join([one] * count)}{rest[len(one) :]}"
