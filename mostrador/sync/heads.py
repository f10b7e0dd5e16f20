"""How far each journal has come."""

import uuid
from typing import Any

from mostrador.kernel import clock
from mostrador.kernel.writing import use_case
from mostrador.people.callers import Caller
from mostrador.people.models import Device
from mostrador.sync.models import JournalHead

SEEN_EVERY_MS = 60_000


def position(journal_id: uuid.UUID) -> tuple[int, str, bool]:
    """Return the last seq received without a gap, its hash, and whether the chain broke."""
    row = JournalHead.objects.filter(journal_id=journal_id).values_list("seq", "hash", "broken_at").first()
    return (0, "0" * 64, False) if row is None else (row[0], row[1], row[2] is not None)


def server_head(journal_id: uuid.UUID) -> dict[str, Any]:
    """Return the head of a journal as a new one names it."""
    seq, digest, _ = position(journal_id)
    return {"seq": seq, "hash": digest}


def seen(device: Caller) -> None:
    """Note, at most once a minute, that a device was in touch."""
    last = device.last_seen_at
    if last is None or clock.now_ms() - clock.to_ms(last) >= SEEN_EVERY_MS:
        with use_case():
            Device.objects.filter(id=device.id).update(last_seen_at=clock.now())
