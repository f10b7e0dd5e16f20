"""An order for which nobody comes ends by itself: after its day and the grace of the owner's terms, by the server's clock (docs/adr/0031).

The worker looks at each order when that moment comes, and again whenever it moved on. What a till did that had not heard of it counts nevertheless.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from functools import partial
from zoneinfo import ZoneInfo

from mostrador.counter import order_queries, order_terms
from mostrador.counter.order_models import Order, OrderExpiry
from mostrador.counter.order_queries import OrderState
from mostrador.counter.orders import KINDS, TOPIC_ORDERED
from mostrador.kernel import clock, feed, outbox
from mostrador.kernel.models import Outbox
from mostrador.pricing.arithmetic import mul_div_round

TOPIC_EXPIRES = "counter.order_expires"
# An order began, moved on or ended: whoever follows what was promised by it.
TOPIC_PROMISED = "counter.order_promised"


def ends_at(state: OrderState, grace_days: int) -> dt.datetime:
    """Return the instant at which an order is over: the end of its day in its store, and of as many days after it as the owner grants."""
    day = state.due_by + dt.timedelta(days=grace_days + 1)
    return dt.datetime.combine(day, dt.time(), ZoneInfo(state.store.timezone)).astimezone(dt.UTC)


def followed(organization_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> None:
    """End those of these orders whose time is over, and look at the others when it will be. Inside the caller's transaction."""
    terms = order_terms.terms()
    kinds = {kind for kind, rule in KINDS.items() if rule.expires}
    for state in order_queries.states(order_queries.waiting(Order.objects.filter(id__in=list(ids), kind__in=kinds))):
        grace = terms[state.row.kind].grace_days
        if grace is None:
            continue
        end = ends_at(state, grace)
        if end <= clock.now():
            _expire(organization_id, state)
        else:
            payload = {"sources": [str(state.row.id)]}
            Outbox.objects.create(organization_id=organization_id, topic=TOPIC_EXPIRES, payload=payload, due_at=end)


def _expire(organization_id: uuid.UUID, state: OrderState) -> None:
    kept = mul_div_round(state.unspent, state.row.kept_share, 1_000_000)
    OrderExpiry.objects.create(
        organization_id=organization_id, order_id=state.row.id, due_by=state.due_by, at=clock.now(), kept=kept, owed=state.unspent - kept
    )
    feed.touched(organization_id, "order", [state.row.id])
    outbox.enqueue(organization_id, TOPIC_PROMISED, {"sources": [str(state.row.id)]})


def _look_again(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """The owner grants other days: every order of the kinds that waits."""
    kinds = {payload["kind"] for payload in payloads}
    followed(organization_id, order_queries.waiting(Order.objects.filter(kind__in=kinds)).values_list("id", flat=True))


def _sources(payloads: list[dict[str, object]]) -> set[uuid.UUID]:
    return {uuid.UUID(source) for payload in payloads for source in payload["sources"]}  # type: ignore[attr-defined]  # JSON of ours


def _moved(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Orders moved on: the tills hear of it, and the clock is set anew."""
    ids = _sources(payloads)
    feed.touched(organization_id, "order", ids)
    outbox.enqueue(organization_id, TOPIC_PROMISED, {"sources": sorted(str(order) for order in ids)})
    followed(organization_id, ids)


outbox.handles(TOPIC_ORDERED, lambda organization_id, payloads: partial(_moved, organization_id, payloads))
outbox.handles(TOPIC_EXPIRES, lambda organization_id, payloads: partial(followed, organization_id, _sources(payloads)))
outbox.handles(order_terms.TOPIC_TERMS, lambda organization_id, payloads: partial(_look_again, organization_id, payloads))
