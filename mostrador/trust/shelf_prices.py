"""«Precios que no coinciden»: which shelves say another price than the till, how often that was said, and what was done about it (ruling 39)."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import F

from mostrador.catalogue import queries, services
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.writing import whole
from mostrador.trust.models import Undoing
from mostrador.trust.shelf_models import ShelfFix, ShelfPrice

type How = Literal["tag", "price", "none"]

HOWS: tuple[How, ...] = ("tag", "price", "none")
ONE = 1000


@dataclass(frozen=True, slots=True)
class Differing:
    """A product whose shelf in a store says another price. `shelf_price`, `till_price`: as last said; `times`: how often since somebody last saw to it;
    `charged_less`: what buyers paid less for one each time, all together; ten-thousandths.
    """

    store_id: uuid.UUID
    product_id: uuid.UUID
    shelf_price: int
    till_price: int
    factor: int
    times: int
    charged_less: int
    first_at: dt.datetime
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Fixed:
    """What somebody did about a shelf."""

    store_id: uuid.UUID
    product_id: uuid.UUID
    how: str
    at: dt.datetime
    by: uuid.UUID | None


def standing(store_id: uuid.UUID | None = None) -> list[Differing]:
    """Return the shelves that wait for somebody, the last heard of first; in one store, or in all."""
    rows = ShelfPrice.objects.filter(
        shelf_price__lt=F("till_price")
    )  # no till of ours says otherwise; one that did would have nothing to mend
    fixes = ShelfFix.objects.all()
    if store_id:
        rows, fixes = rows.filter(store_id=store_id), fixes.filter(store_id=store_id)
    fixed: dict[tuple[uuid.UUID, uuid.UUID], dt.datetime] = {
        (where, what): at for where, what, at in fixes.order_by("recorded_at").values_list("store_id", "product_id", "recorded_at")
    }
    found: dict[tuple[uuid.UUID, uuid.UUID], list[ShelfPrice]] = defaultdict(list)
    undone = set(Undoing.objects.filter(record_id__in=rows.values("fact_id")).values_list("record_id", flat=True))
    for row in rows.order_by("at", "fact_id"):
        key = row.store_id, row.product_id
        if row.fact_id not in undone and (key not in fixed or row.at > fixed[key]):
            found[key].append(row)
    return sorted((_differing(own) for own in found.values()), key=lambda one: one.last_at, reverse=True)


def _differing(own: list[ShelfPrice]) -> Differing:
    last = own[-1]
    return Differing(
        last.store_id, last.product_id, last.shelf_price, last.till_price, last.factor, len(own), sum(row.till_price - row.shelf_price for row in own),
        own[0].at, last.at,
    )  # fmt: skip


def fixes(limit: int = 20) -> list[Fixed]:
    """Return what was done last, newest first."""
    rows = ShelfFix.objects.order_by("-recorded_at", "-id")[:limit]
    return [Fixed(row.store_id, row.product_id, row.how, row.recorded_at, row.actor_id) for row in rows]


def count() -> int:
    """Return how many shelves wait."""
    return len(standing())


@whole
def fix(actor: Actor, *, store_id: uuid.UUID, product_id: uuid.UUID, how: str) -> None:
    """Say what was done about a shelf; `price` gives the product the price that its shelf said. NotFound where nothing waits."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    if how not in HOWS:
        raise Invalid(how="choose")
    waiting = next((one for one in standing(store_id) if one.product_id == product_id), None)
    if waiting is None:
        raise NotFound
    if how == "price":
        if waiting.factor != ONE:
            raise Invalid(how="choose")
        services.set_price(actor, product_id=product_id, price=waiting.shelf_price)
    ShelfFix(
        organization_id=actor.organization_id, store_id=store_id, product_id=product_id, how=how, recorded_at=clock.now(), actor_id=actor.id
    ).save(force_insert=True)


def names(rows: Iterable[Differing | Fixed]) -> dict[uuid.UUID, str]:
    """Return what the products of these rows are called."""
    return queries.names({row.product_id for row in rows})
