"""What was recommended, and how visits ended: each by what it gave, none by who gave it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Exists, OuterRef, QuerySet

from mostrador.counter.models import Sale, SaleLine, VisitClosing
from mostrador.trust import holds, promises, sample_goods
from mostrador.trust.advice_models import Recommendation
from mostrador.trust.models import Need, Undoing

type ByProduct = Literal["sale", "promise", "hold", "sample", "referral", "nothing_needed"]
BY_PRODUCTS: tuple[ByProduct, ...] = ("sale", "promise", "hold", "sample", "referral", "nothing_needed")
"""Of several the first names the ending (ruling 4)."""
OWN = ("own", "own_cheaper")
REFERRALS = ("other_store_ours", "other_shop")
NOTHING_NEEDED = ("repair", "use_what_you_have", "wait", "no_purchase")
KINDS = (*OWN, *NOTHING_NEEDED, *REFERRALS)


@dataclass(frozen=True, slots=True)
class Lacked:
    """What was asked for in visits that ended without goods of the shop: the need, how often it was asked for, and how often in vain."""

    chip_id: uuid.UUID
    asked: int
    lacked: int
    last: dt.datetime


def standing() -> QuerySet[Recommendation]:
    """The recommendations that nobody took back."""
    undone = Undoing.objects.filter(record_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id"))
    return Recommendation.objects.exclude(Exists(undone))


def counted(since: dt.datetime) -> dict[str, int]:
    """Return how often each kind was recommended since then."""
    rows = standing().filter(at__gte=since).values_list("kind").annotate(times=Count("fact_id"))
    return dict(rows.order_by())


def by_products(visits: Iterable[uuid.UUID]) -> dict[uuid.UUID, frozenset[ByProduct]]:
    """Return what each of these visits brought. A recommendation of what the shop sells is none: a sale is, if it came to that."""
    ids = list(visits)
    found: dict[uuid.UUID, set[ByProduct]] = defaultdict(set)
    for visit in Sale.objects.filter(visit_id__in=ids).values_list("visit_id", flat=True):
        found[visit].add("sale")
    for visit in VisitClosing.objects.filter(visit_id__in=ids, by_product="nothing_needed").values_list("visit_id", flat=True):
        found[visit].add("nothing_needed")
    for visit, kind in standing().filter(visit_id__in=ids).values_list("visit_id", "kind"):
        if kind in REFERRALS:
            found[visit].add("referral")
        elif kind in NOTHING_NEEDED:
            found[visit].add("nothing_needed")
    for one in promises.of_visits(ids):
        if one.row.visit_id is not None:
            found[one.row.visit_id].add("promise")
    for visit in holds.of_visits(ids):
        found[visit].add("hold")
    for visit in sample_goods.standing().filter(visit_id__in=ids).values_list("visit_id", flat=True):
        found[visit].add("sample")
    return {visit: frozenset(found[visit]) for visit in ids}


def ending(brought: frozenset[ByProduct]) -> ByProduct | Literal["unknown"]:
    """Return how a visit ended: the first of what it brought, in the order of ruling 4."""
    return next((one for one in BY_PRODUCTS if one in brought), "unknown")


def lacked(since: dt.datetime, store_id: uuid.UUID | None = None) -> list[Lacked]:
    """Return what people asked for and did not get here: needs of visits without a sale, the most frequent first. The list to buy by."""
    undone = Undoing.objects.filter(record_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id"))
    rows = Need.objects.exclude(Exists(undone)).filter(at__gte=since)
    if store_id is not None:
        rows = rows.filter(store_id=store_id)
    sold = SaleLine.objects.filter(sale__visit_id=OuterRef("visit_id"), organization_id=OuterRef("organization_id"))
    asked: dict[uuid.UUID, Lacked] = {}
    for chip_id, at, has_sale in rows.annotate(has_sale=Exists(sold)).values_list("chip_id", "at", "has_sale"):
        known = asked.get(chip_id, Lacked(chip_id, 0, 0, at))
        asked[chip_id] = Lacked(chip_id, known.asked + 1, known.lacked + (not has_sale), max(known.last, at))
    return sorted((one for one in asked.values() if one.lacked), key=lambda one: (-one.lacked, one.chip_id))
