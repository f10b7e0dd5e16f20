"""Price lists: which there are, in which order, when and where they are in force, and what each says of each product."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Max

from mostrador.catalogue import standing, terms
from mostrador.catalogue.models import ListPrice, PriceList, Product
from mostrador.catalogue.promotions import known_stores
from mostrador.catalogue.services import PRICE_MAX
from mostrador.catalogue.terms import Conditions
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import use_case, whole

LISTS_MAX = 100
NAME_MAX = 60
QUANTITY_MAX = 10**9


@dataclass(frozen=True, slots=True)
class Known:
    """A price list as it stands."""

    id: uuid.UUID
    name: str
    position: int
    conditions: Conditions
    is_archived: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of a product: from so many thousandths on it costs this, ten-thousandths of the major unit."""

    id: uuid.UUID
    list_id: uuid.UUID
    product_id: uuid.UUID
    from_quantity: int
    price: int


def lists(*, archived: bool = False) -> list[Known]:
    """Return the lists in the order in which they decide; with `archived`, those that ended as well, last."""
    rows = PriceList.objects.all() if archived else PriceList.objects.filter(archived_at=None)
    return [_known(row) for row in sorted(rows, key=lambda row: (row.archived_at is not None, row.position, row.id))]


def said(ids: Sequence[uuid.UUID] | None) -> list[Known]:
    """Return the lists of these ids that have not ended, for the feed; None: all of them."""
    rows = PriceList.objects.filter(archived_at=None)
    return [_known(row) for row in (rows if ids is None else rows.filter(id__in=list(ids))).order_by("position", "id")]


def price_list(list_id: uuid.UUID) -> Known:
    """Return one list; NotFound for any other."""
    return _known(_get(list_id))


def _known(row: PriceList) -> Known:
    return Known(row.id, row.name, row.position, msgspec.convert(row.conditions, Conditions), row.archived_at is not None)


def entries(list_id: uuid.UUID) -> list[Entry]:
    """Return what a list says, by product and quantity."""
    return _standing(ListPrice.objects.filter(list_id=list_id))


def of_products(ids: Iterable[uuid.UUID] | None) -> list[Entry]:
    """Return what all lists say of these products, ended lists too; None: of all products."""
    return _standing(ListPrice.objects.all() if ids is None else ListPrice.objects.filter(product_id__in=list(ids)))


def _standing(rows: Any) -> list[Entry]:
    """The last entry of each list, product and quantity, without those that were taken out."""
    last = {
        (product_id, list_id, from_quantity): (entry_id, price)
        for entry_id, list_id, product_id, from_quantity, price in rows.order_by("id").values_list(
            "id", "list_id", "product_id", "from_quantity", "price"
        )
    }
    return [
        Entry(entry_id, list_id, product_id, from_quantity, price)
        for (product_id, list_id, from_quantity), (entry_id, price) in sorted(last.items())
        if price is not None
    ]


@whole
def add_list(actor: Actor, *, name: str, conditions: Conditions) -> PriceList:
    """Begin a list; it decides after those that stand already. Refuses a taken name and a time that cannot be: Invalid."""
    _may_edit(actor)
    _check(None, name, conditions)
    if PriceList.objects.filter(archived_at=None).count() >= LISTS_MAX:
        raise Invalid(price_lists="too_many")
    last = PriceList.objects.aggregate(last=Max("position"))["last"] or 0
    row = PriceList(
        organization_id=actor.organization_id, id=new_id(), name=name.strip(), position=last + 1, conditions=msgspec.to_builtins(conditions)
    )
    row.save(force_insert=True)
    standing.note(actor, "price_list", [row])
    touched(actor.organization_id, "price_list", [row.id])
    return row


def change_list(actor: Actor, *, list_id: uuid.UUID, name: str, conditions: Conditions) -> None:
    """Change what a list is called, and when and where it is in force."""
    _may_edit(actor)
    _check(list_id, name, conditions)
    with use_case():
        row = _get(list_id)
        stored = msgspec.to_builtins(conditions)
        changes = {
            field: (before, after)
            for field, before, after in (("name", row.name, name.strip()), ("conditions", row.conditions, stored))
            if before != after
        }
        if changes:
            PriceList.objects.filter(id=list_id).update(name=name.strip(), conditions=stored)
            row.conditions = stored
            standing.note(actor, "price_list", [row])
            trail.record(actor, "price_list", list_id, changes)
            touched(actor.organization_id, "price_list", [list_id])


def end_list(actor: Actor, *, list_id: uuid.UUID, ended: bool = True) -> None:
    """Take a list off the tills, or bring it back. What it says stays."""
    _may_edit(actor)
    standing.end(actor, PriceList, "price_list", list_id, ended=ended)


def move_list(actor: Actor, *, list_id: uuid.UUID, up: bool) -> None:
    """Let a list decide before its neighbour, or after it."""
    _may_edit(actor)
    standing.move(actor, PriceList, "price_list", list_id, up=up)


@whole
def set_prices(actor: Actor, *, list_id: uuid.UUID, rows: Iterable[tuple[uuid.UUID, int, int | None]]) -> int:
    """Say prices: (product, from so many thousandths, ten-thousandths or None to take it out). Return how many were news."""
    _may_edit(actor)
    _get(list_id)
    wanted = {(product_id, from_quantity): price for product_id, from_quantity, price in rows}
    if any(price is not None and not 0 <= price <= PRICE_MAX for price in wanted.values()):
        raise Invalid(price="out_of_range")
    if any(not 0 <= from_quantity <= QUANTITY_MAX for _, from_quantity in wanted):
        raise Invalid(from_quantity="out_of_range")
    products = {product_id for product_id, _ in wanted}
    if Product.objects.filter(id__in=products).count() != len(products):
        raise Invalid(product="unknown")
    now = clock.now()
    standing = {(entry.product_id, entry.from_quantity): entry.price for entry in entries(list_id)}
    news = [
        (product_id, from_quantity, price)
        for (product_id, from_quantity), price in wanted.items()
        if standing.get((product_id, from_quantity)) != price
    ]
    ListPrice.objects.bulk_create(
        [
            ListPrice(
                organization_id=actor.organization_id, list_id=list_id, product_id=product_id, from_quantity=from_quantity, price=price,
                recorded_at=now, actor_id=actor.id,
            )
            for product_id, from_quantity, price in news
        ],
        batch_size=1000,
    )  # fmt: skip
    touched(actor.organization_id, "product", {product_id for product_id, _, _ in news})
    return len(news)


def _check(list_id: uuid.UUID | None, name: str, conditions: Conditions) -> None:
    if not name.strip():
        raise Invalid(name="empty")
    if len(name.strip()) > NAME_MAX:
        raise Invalid(name="too_long")
    others = PriceList.objects.filter(name=name.strip())
    if (others if list_id is None else others.exclude(id=list_id)).exists():
        raise Invalid(name="taken")
    terms.check_conditions(conditions)
    known_stores(conditions.stores)


def _get(list_id: uuid.UUID) -> PriceList:
    row = PriceList.objects.filter(id=list_id).first()
    if row is None:
        raise NotFound
    return row


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
