"""The feed of changes: what a till has to read again, numbered per business without gaps.

Services say `touched(...)` inside their transaction: an outbox row without a number. The worker numbers them, so no sale ever
waits for a counter (ruling 12). A change carries no row: whoever serves it reads the row as it is then.
"""

import functools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from mostrador.kernel import clock, outbox, sql
from mostrador.kernel.ids import new_id
from mostrador.kernel.models import Change, Epoch, FeedCounter, Outbox
from mostrador.kernel.ready import ready
from mostrador.kernel.sql import Hand

TOPIC = "feed.touched"


@dataclass(frozen=True, slots=True)
class Touched:
    """A numbered change: kind and id of what changed."""

    n: int
    kind: str
    id: uuid.UUID


def touched(organization_id: uuid.UUID, kind: str, ids: Iterable[uuid.UUID]) -> None:
    """Say that things of a kind changed, inside the caller's transaction."""
    rows = sorted({str(identifier) for identifier in ids})
    now = clock.now()
    Outbox.objects.bulk_create(
        Outbox(organization_id=organization_id, topic=TOPIC, payload={"kind": kind, "ids": rows[start : start + 1000]}, due_at=now)
        for start in range(0, len(rows), 1000)
    )


def number(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Give the next numbers to what was touched (the worker's handler of TOPIC)."""
    seen: dict[tuple[str, uuid.UUID], None] = {}
    for payload in payloads:
        kind, ids = payload["kind"], payload["ids"]
        assert isinstance(kind, str) and isinstance(ids, list)
        for identifier in ids:
            key = (kind, uuid.UUID(identifier))
            seen.pop(key, None)
            seen[key] = None
    counter, _ = FeedCounter.objects.get_or_create(organization_id=organization_id, one=1)
    first = counter.n + 1
    Change.objects.bulk_create(
        [Change(organization_id=organization_id, kind=kind, entity_id=identifier, n=n) for n, (kind, identifier) in enumerate(seen, first)],
        update_conflicts=True,
        unique_fields=["organization", "kind", "entity_id"],
        update_fields=["n"],
        batch_size=1000,
    )
    FeedCounter.objects.filter(organization_id=organization_id, one=1).update(n=first + len(seen) - 1)


def last_n() -> int:
    """Return the last number given in the business in scope."""
    found = _last()
    return found[0] if found else 0


@ready
def _last() -> Any:
    return FeedCounter.objects.filter(one=1).values_list("n", flat=True)[:1]


def since(n: int, limit: int) -> list[Touched]:
    """Return the changes after number n in the business in scope, in order, at most `limit`."""
    return [Touched(*row) for row in _since(limit)(n)]


@functools.cache
def _since(limit: int) -> Callable[[int], list[Any]]:
    return ready(lambda n: Change.objects.filter(n__gt=n).order_by("n").values_list("n", "kind", "entity_id")[:limit])


def epoch() -> uuid.UUID:
    """Return this database's epoch; the first call of a new database makes it."""
    hand = sql.hand()
    [found] = hand.ask(
        ("SELECT epoch FROM kernel_epoch WHERE one = 1", ())
    )  # every answer to a till says it: the ORM took a tenth of a push
    return sql.from_raw(found[0][0]) if found else first_epoch(hand)


def first_epoch(hand: Hand) -> uuid.UUID:
    """Make the epoch of a new database, or return what another made meanwhile, inside the caller's transaction."""
    columns, row = ("one", "epoch", "began_at"), (1, sql.raw_id(hand.vendor, new_id()), clock.now_ms())
    hand.insert("kernel_epoch", columns, [row], "(one) DO NOTHING")
    [[found]] = hand.ask(("SELECT epoch FROM kernel_epoch WHERE one = %s", (1,)))
    return sql.from_raw(found[0])


def new_epoch() -> uuid.UUID:
    """Begin a new epoch: after a restore every till must send again what the backup did not hold."""
    epoch()
    fresh = new_id()
    Epoch.objects.filter(one=1).update(epoch=fresh, began_at=clock.now())
    return fresh


outbox.handles(TOPIC, lambda organization_id, payloads: partial(number, organization_id, payloads))
