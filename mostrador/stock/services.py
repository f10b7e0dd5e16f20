"""Writes of stock: moves by a person or an import, and the levels that follow from all moves."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Sum

from mostrador.kernel import clock, outbox, sql
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import building_block, use_case
from mostrador.stock.models import StockLevel, StockMove, StockNote

TOPIC = "stock.moved"
REASONS = ("count", "received", "damaged", "expired", "own_use", "correction", "import")


def adjust(actor: Actor, *, store_id: uuid.UUID, product_id: uuid.UUID, quantity: int, reason: str, text: str = "") -> uuid.UUID:
    """Move `quantity` thousandths in (or, negative, out) for a reason, and return the move's source id."""
    with use_case():
        return move_many(actor, store_id=store_id, quantities=[(product_id, quantity)], reason=reason, text=text)


def set_level(actor: Actor, *, store_id: uuid.UUID, product_id: uuid.UUID, counted: int, reason: str = "count", text: str = "") -> int:
    """Make the level what was counted, by a move of the difference; return that difference in thousandths."""
    with use_case():
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
    columns = ("organization_id", "source_id", "n", "store_id", "product_id", "quantity", "kind", "at")
    moves = [(business, note, n, store, sql.raw_id(raw, product), quantity, "adjust", moment) for n, (product, quantity) in enumerate(rows)]
    with connection.cursor() as cursor:
        sql.insert(cursor, "stock_stockmove", columns, moves)


def roll_up(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Add moves to the levels (the worker's handler of TOPIC): each source is named by exactly one outbox row."""
    sources = [uuid.UUID(identifier) for payload in payloads for identifier in payload["sources"]]  # type: ignore[attr-defined]  # JSON of ours
    sums: dict[tuple[uuid.UUID, uuid.UUID], int] = defaultdict(int)
    for start in range(0, len(sources), 1000):
        moves = StockMove.objects.filter(source_id__in=sources[start : start + 1000])
        for store_id, product_id, quantity in moves.values_list("store_id", "product_id").annotate(total=Sum("quantity")):
            sums[store_id, product_id] += quantity
    raw = connection.vendor
    rows = [
        (sql.raw_id(raw, organization_id), sql.raw_id(raw, store_id), sql.raw_id(raw, product_id), quantity)
        for (store_id, product_id), quantity in sorted(sums.items())
    ]
    with connection.cursor() as cursor:
        sql.insert(
            cursor, "stock_stocklevel", ("organization_id", "store_id", "product_id", "quantity"), rows,
            "(organization_id, store_id, product_id) DO UPDATE SET quantity = stock_stocklevel.quantity + excluded.quantity",
        )  # fmt: skip


def level(store_id: uuid.UUID, product_id: uuid.UUID) -> int:
    """Return how many thousandths a store holds, counted from the moves themselves."""
    total = StockMove.objects.filter(store_id=store_id, product_id=product_id).aggregate(total=Sum("quantity"))["total"]
    return total or 0


def rebuild_levels(organization_id: uuid.UUID) -> int:
    """Compute every level anew from the moves and return how many there are. Waiting roll-ups are done first."""
    from mostrador.kernel.models import Outbox

    with use_case():
        Outbox.objects.filter(topic=TOPIC).delete()
        StockLevel.objects.all().delete()
        totals = StockMove.objects.values_list("store_id", "product_id").annotate(total=Sum("quantity")).order_by("store_id", "product_id")
        rows = [
            StockLevel(organization_id=organization_id, store_id=store_id, product_id=product_id, quantity=total)
            for store_id, product_id, total in totals
        ]
        StockLevel.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


outbox.handles(TOPIC, roll_up)
