"""What stands in the server's books, read from its SQLite file by the standard library: no code of ours between the rows and the test."""

import sqlite3
import time
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# sold: series -> ticket numbers in order.
TICKETS = "SELECT d.series, s.number FROM counter_sale s JOIN people_device d ON d.id = s.journal_id ORDER BY d.series, s.number"
STOCK = "SELECT p.name, l.quantity FROM stock_stocklevel l JOIN catalogue_product p ON p.id = l.product_id ORDER BY p.name"
ENTRIES = "SELECT seq, fact_id, hash FROM sync_journalentry WHERE journal_id = ? ORDER BY seq"
TOTALS = (
    "SELECT d.series, t.code, t.amount FROM counter_shifttotal t JOIN counter_shift s ON s.id = t.shift_id"
    " JOIN people_device d ON d.id = s.journal_id ORDER BY d.series, t.code"
)
TABLES = (
    "sync_journalentry", "counter_visit", "counter_visitclosing", "counter_shift", "counter_sale", "counter_saleline", "counter_payment",
    "counter_buyertoken", "counter_cashmove", "counter_counterevent", "counter_shiftclosing", "counter_shifttotal",
)  # fmt: skip
TROUBLE = ("sync_parkedfact", "sync_evidence", "sync_earlyfact")


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it is stored: its place, its id and the hash of its bytes."""

    seq: int
    id: str
    hash: str


class Books:
    """The rows of one database file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a SELECT on a connection of its own."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()

    def tickets(self) -> dict[str, list[int]]:
        """The ticket numbers of each series, in order."""
        found: dict[str, list[int]] = {}
        for series, number in self.rows(TICKETS):
            found.setdefault(series, []).append(number)
        return found

    def stock(self) -> dict[str, int]:
        """What the store holds of each product, thousandths."""
        return dict(self.rows(STOCK))

    def totals(self, series: str) -> dict[str, int]:
        """What the server has added up for the shift of a series, by code; minor units or counts."""
        return {code: amount for found, code, amount in self.rows(TOTALS) if found == series}

    def entries(self, journal: str) -> list[Entry]:
        """The facts of a journal, in order."""
        return [
            Entry(seq, str(uuid.UUID(bytes=fact)), bytes(digest).hex())
            for seq, fact, digest in self.rows(ENTRIES, uuid.UUID(journal).bytes)
        ]

    def closing(self, series: str) -> dict[str, Any]:
        """The Z of a series: expected, counted and difference as [[method, minor units]], and figures."""
        import json

        query = (
            "SELECT z, expected, counted, difference, figures, perpetual FROM counter_shiftclosing c"
            " JOIN people_device d ON d.id = c.journal_id WHERE d.series = ?"
        )
        [(z, expected, counted, difference, figures, perpetual)] = self.rows(query, series)
        return {
            "z": z, "expected": json.loads(expected), "counted": json.loads(counted), "difference": json.loads(difference),
            "figures": json.loads(figures), "perpetual": perpetual,
        }  # fmt: skip

    def work(self) -> int:
        """How much the worker has still to do: not what it will look at when a day is over, of an order or of points."""
        later = "topic = 'counter.order_expires' OR (topic = 'buyers.points_lapse' AND due_at > ?)"
        [(rows,)] = self.rows(f"SELECT COUNT(*) FROM kernel_outbox WHERE NOT ({later})", time.time_ns() // 1_000_000)
        return int(rows)

    def size(self) -> dict[str, int]:
        """How many rows each table has that facts can fill."""
        return {table: self.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in TABLES}

    def trouble(self) -> dict[str, int]:
        """How many facts are parked, kept as evidence or waiting beyond a gap."""
        return {table: self.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in TROUBLE}

    def epoch(self) -> bytes:
        """The epoch that answers carry."""
        [(epoch,)] = self.rows("SELECT epoch FROM kernel_epoch")
        return bytes(epoch)
