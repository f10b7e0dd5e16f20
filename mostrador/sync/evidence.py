"""What did not fit its chain is kept as it came: bytes, once per reason, however often they are sent."""

import hashlib

from mostrador.counter.facts import Journal
from mostrador.kernel import sql
from mostrador.kernel.ids import new_id
from mostrador.kernel.sql import Hand
from mostrador.sync import storage


def keep(hand: Hand, journal: Journal, data: bytes, seq: int | None, reason: str) -> None:
    """Store bytes that arrived for a journal, with the place they claimed (None: none) and why they were refused."""
    identifier = sql.raw_id(hand.vendor, new_id())
    organization, own = journal.own[:2]
    hand.insert(
        "sync_evidence", ("organization_id", "id", "journal_id", "seq", "reason", "digest", "bytes", "received_at"),
        [(organization, identifier, own, seq, reason, hashlib.sha256(data).hexdigest(), storage.pack(data, journal.id), journal.received_ms)],
        "(organization_id, journal_id, digest, reason) DO NOTHING",
    )  # fmt: skip
