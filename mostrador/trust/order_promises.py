"""Promises that nobody has to make: the date of each order is one (ruling 30). Its order owns it; here stand the events that follow from what the order has come to."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from mostrador.counter import order_queries, order_reads
from mostrador.counter.order_expiry import TOPIC_PROMISED
from mostrador.counter.order_models import Order, OrderChange, OrderClosing
from mostrador.counter.order_queries import OrderState
from mostrador.counter.orders import KINDS
from mostrador.kernel import outbox
from mostrador.trust import promise_events
from mostrador.trust.models import PromiseEvent


def follow(organization_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> None:
    """Write what of these orders is not written yet; what stands already stays. A price that is held is no promise."""
    states = order_queries.states(Order.objects.filter(id__in=list(ids)).exclude(kind="quote"))
    wanted = [state.row.id for state in states]
    changes: dict[uuid.UUID, list[OrderChange]] = defaultdict(list)
    for change in order_reads.changes(wanted):
        changes[change.order_id].append(change)
    closings: dict[uuid.UUID, list[OrderClosing]] = defaultdict(list)
    for closing in order_reads.closings(wanted):
        closings[closing.order_id].append(closing)
    rows = [row for state in states for row in _events(organization_id, state, changes[state.row.id], closings[state.row.id])]
    PromiseEvent.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _events(organization_id: uuid.UUID, state: OrderState, changes: list[OrderChange], closings: list[OrderClosing]) -> list[PromiseEvent]:
    order, store = state.row, state.store
    first = promise_events.end_of_day(store, order.due_by)

    def said(kind: str, made_of: uuid.UUID, at: dt.datetime, **more: object) -> PromiseEvent:
        own = uuid.uuid5(order.promise_id, f"{kind}:{made_of}")
        return promise_events.said(organization_id, order.promise_id, kind, store.id, at, id=own, source="order", order_id=order.id, **more)

    found = [
        said(
            "made",
            order.id,
            order.occurred_at,
            due_by=order.due_by,
            due_at=first,
            visit_id=order.visit_id,
            is_doubtful="clock_unknown" in order.flags,
        )
    ]
    due_at = first
    for change in changes:
        if change.due_by is not None:
            due_at = promise_events.end_of_day(store, change.due_by)
            found.append(said("renegotiated", change.id, change.at, due_by=change.due_by, due_at=due_at, told=change.told))
        if change.step in KINDS[order.kind].steps:
            found.append(said("kept", change.id, change.at, word="told" if change.told else "done"))
    if state.state == "delivered":
        last = max(state.handovers, key=lambda one: (one.at, one.sale_id))
        found.append(said("kept", last.sale_id, last.at, word="handed_over"))
    ends = [closing for closing in closings if closing.outcome != "settled"]
    found += [said("released", closing.id, _let_go(state, closing.occurred_at, due_at)) for closing in ends]
    if state.has_lapsed and state.expiry is not None:
        found.append(said("released", uuid.uuid5(order.id, str(state.expiry.due_by)), _let_go(state, state.expiry.at, due_at)))
    return found


def _let_go(state: OrderState, at: dt.datetime, due_at: dt.datetime) -> dt.datetime:
    """When an order that ended without its goods was let go of: whoever did not come for a layaway let go of it by its day, up to which the shop had kept it."""
    return min(at, due_at) if state.row.kind == "layaway" else at


def _sources(payloads: list[dict[str, object]]) -> set[uuid.UUID]:
    return {uuid.UUID(source) for payload in payloads for source in payload["sources"]}  # type: ignore[attr-defined]  # JSON of ours


outbox.handles(TOPIC_PROMISED, lambda organization_id, payloads: partial(follow, organization_id, _sources(payloads)))
