"""What samples came to: how many were given and what they cost the shop, by store and month, beside what it may spend; and the list of them, which is the evidence for taxes.

A budget never stops anybody at a till: the office says later that it was exceeded. Nothing here is counted by person.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, OuterRef, Subquery, Sum
from django.db.models.query import QuerySet

from mostrador.catalogue import queries
from mostrador.kernel import trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.people.models import Store
from mostrador.pricing.arithmetic import mul_div_round
from mostrador.trust import sample_goods
from mostrador.trust.sample_models import Sample, SampleBudget, SampleCost

AMOUNT_MAX = 10**12
MONTHS = 6
LISTED = 40


@dataclass(frozen=True, slots=True)
class Spent:
    """What a store gave in a month: how many samples, what they cost (minor units), of how many the cost was not known, and what it may spend (None: not said)."""

    month: dt.date
    times: int
    cost: int
    unknown: int
    budget: int | None

    @property
    def is_over(self) -> bool:
        """Whether it came to more than the store may spend."""
        return self.budget is not None and self.cost > self.budget


@dataclass(frozen=True, slots=True)
class Tried:
    """What was given of a product in a month: how often, how much (thousandths of its unit), what it cost (minor units), of how many that was not known, and when last."""

    product_id: uuid.UUID
    name: str
    unit: str
    times: int
    quantity: int
    cost: int
    unknown: int
    last: dt.datetime


@dataclass(frozen=True, slots=True)
class Given:
    """One sample. `cost`: minor units, None: not known."""

    at: dt.datetime
    name: str
    unit: str
    quantity: int
    lot: str
    cost: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class _Sum:
    """Samples of one product that cost the same by its unit (None: not known)."""

    store_id: uuid.UUID
    product_id: uuid.UUID
    unit_cost: int | None
    times: int
    quantity: int
    last: dt.datetime


def month_of(store: Store, instant: dt.datetime) -> dt.date:
    """Return the first day of the month in which something happened in a store."""
    return instant.astimezone(ZoneInfo(store.timezone)).date().replace(day=1)


def months(store: Store, today: dt.date, digits: int) -> list[Spent]:
    """Return what a store gave in each of the last months, the newest first."""
    found, month = [], today.replace(day=1)
    for _ in range(MONTHS):
        found.append(_spent(month, _sums([store], month), budget(store.id, month), digits))
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return found


def over(stores: Sequence[Store], now: dt.datetime, digits: int) -> list[tuple[Store, Spent]]:
    """Return the stores that gave more this month than they may spend; of stores without a budget nothing is asked."""
    budgets = _budgets({store.id for store in stores})
    together: dict[tuple[str, dt.date], list[Store]] = defaultdict(list)
    for store in stores:
        if store.id in budgets:
            together[store.timezone, month_of(store, now)].append(store)
    found = []
    for (_, month), some in together.items():
        sums = _sums(some, month)
        for store in some:
            spent = _spent(month, [one for one in sums if one.store_id == store.id], _in_force(budgets[store.id], month), digits)
            found += [(store, spent)] if spent.is_over else []
    return found


def tried(store: Store, month: dt.date, digits: int) -> list[Tried]:
    """Return what a store gave in a month by product, what cost most first."""
    by_product: dict[uuid.UUID, list[_Sum]] = defaultdict(list)
    for one in _sums([store], month):
        by_product[one.product_id].append(one)
    called = _called(by_product)
    rows = [
        Tried(
            product, *called.get(product, ("", "")), sum(one.times for one in some), sum(one.quantity for one in some),
            sum(_cost(one, digits) for one in some), sum(one.times for one in some if one.unit_cost is None), max(one.last for one in some),
        )
        for product, some in by_product.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.cost, -row.times, row.product_id))


def listed(store: Store, month: dt.date, digits: int, limit: int = LISTED) -> list[Given]:
    """Return the last samples of a store in a month, newest first: what, how much, when and from which lot. To whom is nobody's business, and was not asked."""
    rows = list(_in_month([store], month).order_by("-at", "-fact_id")[:limit])
    costs = dict(SampleCost.objects.filter(fact_id__in=[row.fact_id for row in rows]).values_list("fact_id", "unit_cost"))
    called = _called({row.product_id for row in rows})
    return [
        Given(
            row.at, *called.get(row.product_id, ("", "")), row.quantity, row.lot,
            None if row.fact_id not in costs else _minor(costs[row.fact_id], row.quantity, digits), row.is_late,
        )
        for row in rows
    ]  # fmt: skip


def crowded(store: Store, month: dt.date) -> dict[uuid.UUID, int]:
    """Return of each product that has such a mark on how many days of a month more of it were given than the owner finds usual."""
    most = {good.product_id: good.says.day_max for good in sample_goods.goods() if good.says.day_max is not None}
    zone, days = ZoneInfo(store.timezone), defaultdict[tuple[uuid.UUID, dt.date], int](int)
    for product, at in _in_month([store], month).filter(product_id__in=list(most)).values_list("product_id", "at"):
        days[product, at.astimezone(zone).date()] += 1
    found: dict[uuid.UUID, int] = defaultdict(int)
    for (product, _), times in days.items():
        found[product] += times > (most[product] or 0)
    return {product: n for product, n in found.items() if n}


def budget(store_id: uuid.UUID, month: dt.date) -> int | None:
    """Return what a store may spend on samples in a month, minor units; None: nobody has said."""
    return _in_force(_budgets({store_id}).get(store_id, ()), month)


@whole
def set_budget(actor: Actor, *, store_id: uuid.UUID, amount: int | None, month: dt.date) -> None:
    """Say what a store may spend a month from this month on; months before keep what was said for them. None: nothing is said of it any more."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    if amount is not None and not 0 <= amount <= AMOUNT_MAX:
        raise Invalid(amount="out_of_range")
    if not Store.objects.filter(id=store_id).exists():
        raise NotFound
    since, before = month.replace(day=1), budget(store_id, month)
    if before == amount:
        return
    if not SampleBudget.objects.filter(store_id=store_id, since=since).update(amount=amount):
        SampleBudget(organization_id=actor.organization_id, id=new_id(), store_id=store_id, since=since, amount=amount).save(
            force_insert=True
        )
    trail.record(actor, "sample_budget", store_id, {"amount": (before, amount), "since": (None, since.isoformat())})


def _called(products: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return what products are called and their unit."""
    return {row.id: (f"{row.name} {row.variant}".strip(), row.unit) for row in queries.by_ids(products)}


def _budgets(stores: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[SampleBudget]]:
    found: dict[uuid.UUID, list[SampleBudget]] = defaultdict(list)
    for row in SampleBudget.objects.filter(store_id__in=list(stores)).order_by("since"):
        found[row.store_id].append(row)
    return found


def _in_force(rows: Iterable[SampleBudget], month: dt.date) -> int | None:
    return next((row.amount for row in reversed(list(rows)) if row.since <= month), None)


def _in_month(stores: Sequence[Store], month: dt.date) -> QuerySet[Sample]:
    """The samples of a month in stores of one time zone."""
    zone, after = ZoneInfo(stores[0].timezone), (month + dt.timedelta(days=32)).replace(day=1)
    begins, ends = (dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC) for day in (month, after))
    return sample_goods.standing().filter(store_id__in=[store.id for store in stores], at__gte=begins, at__lt=ends)


def _sums(stores: Sequence[Store], month: dt.date) -> list[_Sum]:
    own = SampleCost.objects.filter(fact_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id"))
    rows = _in_month(stores, month).annotate(unit_cost=Subquery(own.values("unit_cost")[:1]))
    grouped = rows.values("store_id", "product_id", "unit_cost").annotate(
        times=Count("fact_id"), quantity_sum=Sum("quantity"), last=Max("at")
    )
    return [_Sum(*row) for row in grouped.values_list("store_id", "product_id", "unit_cost", "times", "quantity_sum", "last").order_by()]


def _spent(month: dt.date, sums: Iterable[_Sum], limit: int | None, digits: int) -> Spent:
    rows = list(sums)
    unknown = sum(one.times for one in rows if one.unit_cost is None)
    return Spent(month, sum(one.times for one in rows), sum(_cost(one, digits) for one in rows), unknown, limit)


def _cost(one: _Sum, digits: int) -> int:
    return 0 if one.unit_cost is None else _minor(one.unit_cost, int(one.quantity), digits)


def _minor(unit_cost: int, quantity: int, digits: int) -> int:
    """What so many thousandths of a unit cost, minor units, where one costs so many ten-thousandths of the major."""
    return mul_div_round(unit_cost * quantity, 10**digits, 10_000 * 1000)
