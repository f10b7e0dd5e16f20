"""How far each journal has come."""

import uuid
from typing import Any

from mostrador.kernel import clock
from mostrador.kernel.ready import ready
from mostrador.kernel.writing import use_case
from mostrador.people.callers import Caller
from mostrador.people.models import Device
from mostrador.sync.models import JournalHead

SEEN_EVERY_MS = 60_000


def position(journal_id: uuid.UUID) -> tuple[int, str, bool]:
    """Return the last seq received without a gap, its hash, and whether the chain broke."""
    found = _head(journal_id)
    return (found[0][0], found[0][1], found[0][2] is not None) if found else (0, "0" * 64, False)


@ready
def _head(journal_id: uuid.UUID) -> Any:
    return JournalHead.objects.filter(journal_id=journal_id).values_list("seq", "hash", "broken_at")


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
