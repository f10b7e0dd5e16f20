"""What a shop promised, in words: what it is called, what it is about, on which ticket. For the people of the shop; buyers read their own page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mostrador.catalogue.models import Product
from mostrador.counter.models import Sale
from mostrador.counter.order_models import Order
from mostrador.counter.queries import number_of
from mostrador.kernel import clock
from mostrador.people.models import Device, Store
from mostrador.sync.models import Annex
from mostrador.trust import promise_chips, promises
from mostrador.trust.promises import Standing

LISTED_MAX = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """A promise in words. `name`: the chip's, empty for the date of an order; `ticket`: its sale's number, or its order's; `words`: the shop's own."""

    one: Standing
    name: str
    product: str
    words: str
    ticket: str
    order_kind: str


def spoken(found: Sequence[Standing]) -> list[Spoken]:
    """Put promises into words, in their order: a constant number of statements."""
    rows = [one.row for one in found]
    chips = promise_chips.names({row.chip_id for row in rows if row.chip_id})
    products = dict(Product.objects.filter(id__in={row.product_id for row in rows if row.product_id}).values_list("id", "name"))
    words = dict(Annex.objects.filter(id__in={row.text_id for row in rows if row.text_id}).values_list("id", "text"))
    orders = {order.id: order for order in Order.objects.filter(id__in={row.order_id for row in rows if row.order_id})}
    sales = _sales({row.visit_id for row in rows if row.visit_id and not row.order_id})
    papers = [*orders.values(), *sales.values()]
    series = dict(Device.objects.filter(id__in={paper.journal_id for paper in papers}).values_list("id", "series"))

    def said(one: Standing) -> Spoken:
        row = one.row
        order = orders.get(row.order_id) if row.order_id else None
        paper = order or (sales.get(row.visit_id) if row.visit_id else None)
        return Spoken(
            one,
            chips.get(row.chip_id, "") if row.chip_id else "",
            products.get(row.product_id, "") if row.product_id else "",
            words.get(row.text_id, "") if row.text_id else "",
            number_of(series.get(paper.journal_id, "?"), paper.number) if paper else "",
            order.kind if order else "",
        )

    return [said(one) for one in found]


def _sales(visits: set[uuid.UUID]) -> dict[uuid.UUID, Sale]:
    """The first sale of each visit."""
    return {sale.visit_id: sale for sale in Sale.objects.filter(visit_id__in=visits).order_by("-occurred_at", "-id")}


def document(store_id: uuid.UUID) -> dict[str, Any]:
    """Return what a till shows as «Hoy prometimos»: what is still to be kept here, due first at the top, and what was kept today."""
    store = Store.objects.get(id=store_id)
    waiting, kept = promises.waiting([store_id]), promises.kept_today([store])
    shown = promises.by_due([*waiting[:LISTED_MAX], *kept[-LISTED_MAX:]])
    return {"promises": [_row(one) for one in spoken(shown)], "more": max(0, len(waiting) - LISTED_MAX)}


def _row(said: Spoken) -> dict[str, Any]:
    one, promise = said.one, said.one.promise
    return {
        "id": str(one.id), "name": said.name, "product": said.product, "words": said.words, "ticket": said.ticket,
        "first": promise.first.by.isoformat(), "due": promise.due.by.isoformat(), "state": promise.state, "ended": promise.ended_at is not None,
        "revision": promise.revision, "order": str(one.row.order_id) if one.row.order_id else None, "order_kind": said.order_kind,
        "made_at": clock.to_ms(promise.made.at),
    }  # fmt: skip
