"""Writes of stock: moves by a person or an import, and the levels that follow from all moves."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from mostrador.kernel import clock, outbox, sql
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.ids import new_id
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import current_organization
from mostrador.kernel.sql import Question, Row
from mostrador.kernel.writing import building_block, use_case
from mostrador.stock.models import StockLevel, StockNote

TOPIC = "stock.moved"

type Sums = dict[tuple[uuid.UUID, uuid.UUID], int]  # (store, product): thousandths
type Flow = Callable[["Which"], Question]
"""A SELECT of business, store, product and the sum that moved (thousandths), by store and product."""

_flows: dict[str, Flow] = {}
REASONS = ("count", "received", "damaged", "expired", "own_use", "correction", "import")


def adjust(actor: Actor, *, store_id: uuid.UUID, product_id: uuid.UUID, quantity: int, reason: str, text: str = "") -> uuid.UUID:
    """Move `quantity` thousandths in (or, negative, out) for a reason, and return the move's source id."""
    with use_case():
        return move_many(actor, store_id=store_id, quantities=[(product_id, quantity)], reason=reason, text=text)


def set_level(actor: Actor, *, store_id: uuid.UUID, product_id: uuid.UUID, counted: int, reason: str = "count", text: str = "") -> int:
    """Make the level what was counted, by a move of the difference; return that difference in thousandths."""
    with use_case():
        list(StockLevel.objects.select_for_update().filter(store_id=store_id, product_id=product_id))  # the worker waits
        difference = counted - level(store_id, product_id)
        if difference:
            move_many(actor, store_id=store_id, quantities=[(product_id, difference)], reason=reason, text=text)
    return difference


def move_many(actor: Actor, *, store_id: uuid.UUID, quantities: Iterable[tuple[uuid.UUID, int]], reason: str, text: str = "") -> uuid.UUID:
    """Move many products of a store for one reason, inside the caller's transaction."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    if reason not in REASONS:
        raise Invalid(reason="unknown")
    source, now = new_id(), clock.now()
    rows = [(product_id, quantity) for product_id, quantity in quantities if quantity]
    with building_block():
        for start in range(0, len(rows), 30_000):
            part_source = source if start == 0 else new_id()
            StockNote.objects.create(
                organization_id=actor.organization_id, source_id=part_source, reason=reason, text=text[:200], actor_id=actor.id, at=now
            )
            _insert_moves(actor.organization_id, part_source, store_id, rows[start : start + 30_000], now)
            outbox.enqueue(actor.organization_id, TOPIC, {"sources": [part_source.hex]})
    return source


def _insert_moves(
    organization_id: uuid.UUID, source: uuid.UUID, store_id: uuid.UUID, rows: list[tuple[uuid.UUID, int]], at: dt.datetime
) -> None:
    raw, moment = connection.vendor, clock.to_ms(at)
    business, note, store = (sql.raw_id(raw, identifier) for identifier in (organization_id, source, store_id))
    columns = ("organization_id", "source_id", "n", "store_id", "product_id", "quantity", "at")
    moves = [(business, note, n, store, sql.raw_id(raw, product), quantity, moment) for n, (product, quantity) in enumerate(rows)]
    sql.hand().insert("stock_stockmove", columns, moves)


@dataclass(frozen=True, slots=True)
class Which:
    """Whose moves a flow is asked for: a business, and of it some sources or (None) all."""

    organization: uuid.UUID
    sources: Sequence[uuid.UUID] | None

    def among(self, column: str) -> tuple[str, list[Any]]:
        """Return ` AND column ...`, empty for all sources, and the values of the statement: the business first."""
        business = sql.raw_id(connection.vendor, self.organization)
        if self.sources is None:
            return "", [business]
        text, values = sql.among(connection.vendor, column, self.sources)
        return f" AND {text}", [business, *values]


def moved(which: Which) -> Question:
    """Ask what people and imports moved: with some sources, or with all."""
    some, values = which.among("source_id")
    return (
        "SELECT organization_id, store_id, product_id, SUM(quantity) FROM stock_stockmove"  # noqa: S608  # our own words
        f" WHERE organization_id = %s{some} GROUP BY organization_id, store_id, product_id ORDER BY 2, 3",
        values,
    )


# --- levels: what all flows come to ----------------------------------------------------------------------------------------------


def flows(topic: str, flow: Flow) -> None:
    """Let goods flow: rows of this topic in the outbox name sources ({"sources": [hex]}), and the flow asks what those moved.

    Packages above register theirs at start; nothing here knows who they are.
    """
    _flows[topic] = flow
    outbox.handles(topic, partial(_roll_up, flow))


def _roll_up(flow: Flow, organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> Callable[[], None]:
    """Add what sources moved to the levels: each source is named by exactly one outbox row, and what it moved never changes."""
    return partial(_add, list(_ask(flow, organization_id, _sources(payloads))))


def _sources(payloads: Iterable[Mapping[str, object]]) -> list[uuid.UUID]:
    return [uuid.UUID(identifier) for payload in payloads for identifier in payload["sources"]]  # type: ignore[attr-defined]  # JSON of ours


def _ask(flow: Flow, organization_id: uuid.UUID, sources: list[uuid.UUID] | None) -> Iterator[Sequence[Row]]:
    """Return what a flow comes to in parts, ids as the engine stores them: as UUIDs a thousand of them cost as much as ten sales."""
    hand = sql.hand()
    parts = [None] if sources is None else [sources[start : start + 1000] for start in range(0, len(sources), 1000)]
    for part in parts:
        yield hand.ask(flow(Which(organization_id, part)))[0]


def _add(parts: Iterable[Sequence[Row]]) -> None:
    """Add sums to the levels. Each part is in the flow's order, one everywhere, so that two who write never wait for each other."""
    hand = sql.hand()
    for rows in parts:
        hand.insert(
            "stock_stocklevel", ("organization_id", "store_id", "product_id", "quantity"), rows,
            "(organization_id, store_id, product_id) DO UPDATE SET quantity = stock_stocklevel.quantity + excluded.quantity",
        )  # fmt: skip


def waiting() -> Sums:
    """Return what has moved and is not in the levels yet, of the business in scope."""
    sums: Sums = defaultdict(int)
    for topic, flow in _flows.items():
        _sum(sums, _ask(flow, current_organization(), _sources(Outbox.objects.filter(topic=topic).values_list("payload", flat=True))))
    return sums


def waiting_of(product_id: uuid.UUID, most: int) -> dict[uuid.UUID, int] | None:
    """Return what of a product has moved and is not in the levels yet, by store; None when more than so many pieces of work wait."""
    if Outbox.objects.filter(topic__in=list(_flows))[: most + 1].count() > most:
        return None
    return {store: quantity for (store, product), quantity in waiting().items() if product == product_id}


def everything() -> Sums:
    """Return what all flows of the business in scope come to, from the rows themselves."""
    sums: Sums = defaultdict(int)
    for flow in _flows.values():
        _sum(sums, _ask(flow, current_organization(), None))
    return sums


def _sum(sums: Sums, parts: Iterable[Sequence[Row]]) -> None:
    for rows in parts:
        for _, store_id, product_id, quantity in rows:
            sums[sql.from_raw(store_id), sql.from_raw(product_id)] += int(quantity)


def level(store_id: uuid.UUID, product_id: uuid.UUID) -> int:
    """Return how many thousandths a store holds, what waits for the worker included."""
    row = StockLevel.objects.filter(store_id=store_id, product_id=product_id).values_list("quantity", flat=True).first()
    return (row or 0) + waiting().get((store_id, product_id), 0)


def levels(store_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return the thousandths that a store holds of each product that ever moved, inside the caller's transaction; the worker waits."""
    held = dict(StockLevel.objects.select_for_update().filter(store_id=store_id).values_list("product_id", "quantity"))
    for (store, product_id), quantity in waiting().items():
        if store == store_id:
            held[product_id] = held.get(product_id, 0) + quantity
    return held


def rebuild_levels(organization_id: uuid.UUID) -> int:
    """Compute every level anew from what moved and return how many there are. What waits for the worker is in it then."""
    with use_case():
        Outbox.objects.filter(topic__in=list(_flows)).delete()
        StockLevel.objects.all().delete()
        for flow in _flows.values():
            _add(_ask(flow, organization_id, None))
        return StockLevel.objects.count()


flows(TOPIC, moved)
