"""The floor: the same rows into the same tables by one prepared path, without anything else that we promise."""

import threading
import time
from collections.abc import Sequence
from typing import Any

from bench.shop import Shop, Till

type Statements = list[tuple[str, list[tuple[Any, ...]], str]]


def rows_of(shop: Shop, till: Till, batches: Sequence[Sequence[bytes]]) -> list[Statements]:
    """Return, per batch, the table, rows and conflict clause of every insert that the intake would make."""
    import uuid

    from django.db import connection

    from mostrador.counter import facts as counter
    from mostrador.sync import content

    journal = counter.Journal(
        shop.organization, uuid.UUID(till.device.journal), uuid.UUID(till.place.store), uuid.UUID(till.place.till), till.device.series,
        "America/Mexico_City", 0, connection.vendor, 1_790_000_000_000, 0, 0, 0, {till.shift: "2026-09-21"},
    )  # fmt: skip
    prepared = []
    for batch in batches:
        rows, entries = counter.Rows(journal), []
        for data in batch:
            read = content.read(data, journal.id)
            assert read.envelope is not None, read.fault
            rows.add(read.envelope, read.body)
            entries.append((
                *journal.own[:2], read.chain.seq, journal.raw(read.chain.id), read.envelope.kind, bytes.fromhex(read.hash), read.packed,
                1_790_000_000_000,
            ))  # fmt: skip
        prepared.append(_statements(counter, rows, entries, journal))
    return prepared


def _statements(counter: Any, rows: Any, entries: list[tuple[Any, ...]], journal: Any) -> Statements:
    organization = journal.own.organization
    found: Statements = [("counter_visit", list(rows.visits.values()), "(organization_id, id) DO NOTHING")]
    found += [(table, rows.tables[table], "") for table in counter.ORDER if rows.tables.get(table)]
    totals = [(organization, journal.raw(shift), code, amount) for (shift, code), amount in sorted(rows.totals.items())]
    found.append((
        "counter_shifttotal", totals,
        "(organization_id, shift_id, code) DO UPDATE SET amount = counter_shifttotal.amount + excluded.amount",
    ))  # fmt: skip
    found.append(("sync_journalentry", entries, ""))
    return found


COLUMNS = {
    "counter_shifttotal": ("organization_id", "shift_id", "code", "amount"),
    "sync_journalentry": ("organization_id", "journal_id", "seq", "fact_id", "kind", "hash", "bytes", "received_at"),
}


def seconds(workers: Sequence[list[Statements]]) -> float:
    """Insert every batch in a durable transaction of its own, one connection per worker, all at once."""
    from mostrador.counter import facts as counter

    columns = {**counter.COLUMNS, **COLUMNS}
    threads = [threading.Thread(target=_insert, args=(batches, columns)) for batches in workers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def _insert(batches: list[Statements], columns: dict[str, tuple[str, ...]]) -> None:
    from django.db import connection

    connection.ensure_connection()
    raw = connection.connection
    try:
        if connection.vendor == "sqlite":
            _insert_sqlite(raw, batches, columns)
        else:
            _insert_postgresql(raw, batches, columns)
    finally:
        connection.close()


def _insert_sqlite(raw: Any, batches: list[Statements], columns: dict[str, tuple[str, ...]]) -> None:
    for statements in batches:
        raw.execute("BEGIN IMMEDIATE")
        for table, rows, conflict in statements:
            raw.executemany(_sql(table, columns[table], 1, "?", conflict), rows)
        raw.execute("COMMIT")


def _insert_postgresql(raw: Any, batches: list[Statements], columns: dict[str, tuple[str, ...]]) -> None:
    for statements in batches:
        with raw.transaction(), raw.pipeline(), raw.cursor() as cursor:
            for table, rows, conflict in statements:
                cursor.execute(
                    _sql(table, columns[table], len(rows), "%s", conflict), [value for row in rows for value in row], prepare=True
                )


def _sql(table: str, columns: tuple[str, ...], count: int, mark: str, conflict: str) -> str:
    one = "(" + ", ".join([mark] * len(columns)) + ")"
    tail = f" ON CONFLICT {conflict}" if conflict else ""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([one] * count)}{tail}"
