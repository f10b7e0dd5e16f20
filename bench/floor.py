"""The floor: what a push writes, by one prepared path, without anything else that we promise."""

import multiprocessing as mp
import time
from collections.abc import Sequence
from typing import Any

from bench.shop import Shop, Till

type Sent = tuple[str, Any]
"""A statement as it goes to the driver, and its values."""

# Of so many batches each connection knows the statements already when the clock starts, as the server's connections do.
KNOWN = 3


def sent_by(shop: Shop, till: Till, batches: Sequence[Sequence[bytes]]) -> list[list[Sent]]:
    """Return, per batch, every statement that writes: the intake decides and writes them, each batch after the one before, and all is undone."""
    import msgspec
    from django.db import connection, transaction

    from mostrador.kernel import sql
    from mostrador.people.callers import Bearer
    from mostrador.people.pairing import digest
    from mostrador.sync import contract, intake

    sent: list[list[Sent]] = []

    def note(execute: Any, text: str, values: Any, *rest: Any) -> Any:
        sent[-1].append((text, values))
        return execute(text, values, *rest)

    who = Bearer(shop.organization, digest(till.token))
    with transaction.atomic():
        for batch in batches:
            push = msgspec.json.decode(till.device.push_body(batch), type=contract.Push)
            writes = intake.decide(sql.hand(), who, intake.unpack(push)).writes
            sent.append([])
            with connection.execute_wrapper(note):
                writes.write(sql.hand(), intake.ORDER)
        transaction.set_rollback(True)
    return sent


def seconds(workers: Sequence[list[list[Sent]]]) -> float:
    """Write every batch in a durable transaction of its own, one process and connection per worker, all at once."""
    from django.db import connection

    connection.close()  # a process that is begun here would share it
    context = mp.get_context("fork")
    ready, ended = context.Barrier(len(workers) + 1), context.Queue()
    processes = [context.Process(target=_work, args=(batches, ready, ended)) for batches in workers]
    for process in processes:
        process.start()
    ready.wait()
    start = time.perf_counter()
    last = max(ended.get(timeout=600) for _ in processes)
    for process in processes:
        process.join()
    return float(last - start)


def _work(batches: list[list[Sent]], ready: Any, ended: Any) -> None:
    from django.db import connection

    connection.ensure_connection()
    write = _sqlite if connection.vendor == "sqlite" else _postgresql
    write(connection.connection, batches[:KNOWN], "ROLLBACK")
    ready.wait()
    write(connection.connection, batches, "COMMIT")
    ended.put(time.perf_counter())
    connection.close()


def _sqlite(raw: Any, batches: Sequence[list[Sent]], end: str) -> None:
    for statements in batches:
        raw.execute("BEGIN IMMEDIATE")
        for text, values in statements:
            raw.execute(text, values)
        raw.execute(end)


def _postgresql(raw: Any, batches: Sequence[list[Sent]], end: str) -> None:
    from psycopg import RawCursor

    cursor = RawCursor(raw)
    for statements in batches:
        with raw.pipeline():
            cursor.execute("BEGIN")
            for text, values in statements:
                cursor.execute(text, values, prepare=True)
            cursor.execute(end)
