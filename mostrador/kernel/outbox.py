"""What is to be done after a commit: rows written in the same transaction, worked off by one worker per database.

Topics are handled by functions that other packages register at start; nothing below knows who listens. A handler reads what it needs
and returns what writes; that runs in a transaction with the removal of its rows, so it happens once, and nobody waits for the reading.
A failing one is tried again, ever later, and stays visible.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

import structlog
from django.db import OperationalError, transaction

from mostrador.kernel import clock
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import across, scope
from mostrador.kernel.writing import use_case

type Handler = Callable[[uuid.UUID, list[dict[str, object]]], Callable[[], None]]

_handlers: dict[str, Handler] = {}
_log = structlog.get_logger(__name__)

BATCH = 200  # rows of one transaction: on SQLite no till writes meanwhile, for some ten milliseconds
ITEMS = 5_000  # ids in the payloads of one transaction


def handles(topic: str, handler: Handler) -> None:
    """Register the one handler of a topic: it takes a business and the payloads waiting for it, oldest first, and returns what writes."""
    if _handlers.get(topic, handler) is not handler:
        raise RuntimeError(f"topic {topic} has a handler already")
    _handlers[topic] = handler


def topics() -> set[str]:
    """Return the topics that somebody handles in this process."""
    return set(_handlers)


def enqueue(organization_id: uuid.UUID, topic: str, payload: Mapping[str, object]) -> None:
    """Add work, inside the caller's transaction."""
    Outbox.objects.create(organization_id=organization_id, topic=topic, payload=dict(payload), due_at=clock.now())


def work_once() -> int:
    """Work off what is due, oldest first, and return how many rows were done."""
    with across("the worker serves every business"):
        due = list(
            Outbox.objects.filter(due_at__lte=clock.now())
            .order_by("organization_id", "due_at", "id")
            .values_list("organization_id", "topic", "id", "payload", "attempts")[:BATCH]
        )
    groups: dict[tuple[uuid.UUID, str], list[tuple[uuid.UUID, dict[str, object], int]]] = {}
    for organization_id, topic, row_id, payload, attempts in due:
        groups.setdefault((organization_id, topic), []).append((row_id, payload, attempts))
    return sum(_work_group(organization_id, topic, _together(rows)) for (organization_id, topic), rows in groups.items())


def _together(rows: list[tuple[uuid.UUID, dict[str, object], int]]) -> list[tuple[uuid.UUID, dict[str, object], int]]:
    """The first rows that one transaction may take: after an import of 100,000 products the tills must not wait for all of them."""
    weight = 0
    for n, (_, payload, _) in enumerate(rows):
        weight += sum(len(value) for value in payload.values() if isinstance(value, list))
        if weight > ITEMS and n:
            return rows[:n]
    return rows


def _work_group(organization_id: uuid.UUID, topic: str, rows: list[tuple[uuid.UUID, dict[str, object], int]]) -> int:
    ids = [row_id for row_id, _, _ in rows]
    with scope(organization_id):
        try:
            write = _handlers[topic](organization_id, [payload for _, payload, _ in rows])
            with use_case():
                if Outbox.objects.filter(id__in=ids).delete()[0] != len(ids):
                    transaction.set_rollback(True)  # another worker was faster: leave it all to it
                    return 0
                write()
        except Exception as error:  # noqa: BLE001  # whatever a handler raises must not stop the others; it stays visible in the row
            if len(rows) > 1 and not isinstance(error, OperationalError):
                return sum(_work_group(organization_id, topic, [row]) for row in rows)  # one that breaks must not take the others with it
            attempts = max(row[2] for row in rows) + 1
            _log.warning("outbox_failed", topic=topic, attempts=attempts, error=type(error).__name__)
            wait = dt.timedelta(seconds=min(3600, 2**attempts))
            with use_case():
                Outbox.objects.filter(id__in=ids).update(attempts=attempts, due_at=clock.now() + wait, failed=repr(error)[:500])
            return 0
    return len(ids)
