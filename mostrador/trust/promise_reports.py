"""What whoever bears a ticket says of a promise of its visit: it was done, or it was not. Kept as their word; what it makes of the promise the fold says (ruling 34)."""

import uuid
from typing import Literal

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.writing import whole
from mostrador.trust import promise_events, promises
from mostrador.trust.models import PromiseEvent

type Report = Literal["confirmed", "disputed"]
REPORTS: tuple[Report, ...] = ("confirmed", "disputed")
ROWS_MAX = 20


def last(events: tuple[PromiseEvent, ...]) -> PromiseEvent | None:
    """Return what a bearer said last, of what was said of a promise."""
    return next((one for one in sorted(events, key=lambda one: (one.at, one.id), reverse=True) if one.kind in REPORTS), None)


@whole
def report(actor: Actor, *, visit_id: uuid.UUID, promise_id: uuid.UUID, said: str) -> None:
    """Keep what a bearer says of a promise of their visit; the same again writes nothing. NotFound for a promise of another visit."""
    if actor.kind != "bearer":
        raise Forbidden
    if said not in REPORTS:
        raise Invalid(said="choose")
    found = next((one for one in promises.of_visits([visit_id]) if one.id == promise_id), None)
    if found is None:
        raise NotFound
    before = last(found.events)
    if (before and before.kind == said) or sum(one.kind in REPORTS for one in found.events) >= ROWS_MAX:
        return
    row = promise_events.said(
        actor.organization_id,
        promise_id,
        said,
        found.row.store_id,
        clock.now(),
        source="page",
        visit_id=visit_id,
        order_id=found.row.order_id,
    )
    row.save(force_insert=True)
