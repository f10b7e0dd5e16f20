"""Reads of a business day: who was helped and when, and the money of the day whole. Amounts: int minor units."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet, Sum

from mostrador.counter.gift_card_models import GiftCardMove, GiftCardRefund
from mostrador.counter.models import CashMove, Payment, Refund, Return, Sale, Shift, Visit, VisitClosing
from mostrador.kernel import clock
from mostrador.people.models import Store

HALF_HOUR_MS = 1_800_000
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a day: how many people were helped, and the usual range (from, to) of 8 in 10 like days, or None."""

    hour: int
    helped: int
    usual: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Helped:
    """The people helped on a day. `gave`: how many visits by what they gave; `weeks`: how many like days the usual range is from."""

    total: int
    gave: tuple[tuple[str, int], ...]
    hours: tuple[Hour, ...]
    weeks: int


@dataclass(frozen=True, slots=True)
class Method:
    """What came in by a method of payment, less what went back by it; `back` is that alone."""

    method: str
    amount: int
    payments: int
    back: int = 0


@dataclass(frozen=True, slots=True)
class TaxSum:
    """What a day holds of a tax."""

    code: str
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash put in or taken out."""

    at: dt.datetime
    shift_id: uuid.UUID
    staff_id: uuid.UUID | None
    direction: str
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class Back:
    """What went back to buyers for goods that came back: amounts above zero."""

    returns: int
    gross: int
    net: int
    rounding: int
    taxes: tuple[TaxSum, ...]

    @property
    def rounded(self) -> int:
        """What coins made of it, as the day's money sees it."""
        return -self.rounding


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a day whole. What stayed by all methods = gross + rounding + tip + gift_cards, less what went back for goods and for cards.

    `gift_cards`: put on gift cards, which is no revenue; `gift_cards_back`: given out for cards that were taken back.
    """

    sales: int
    gross: int
    net: int
    discount: int
    rounding: int
    tip: int
    methods: tuple[Method, ...]
    taxes: tuple[TaxSum, ...]
    cash: tuple[Cash, ...]
    back: Back = Back(0, 0, 0, 0, ())
    gift_cards: int = 0
    gift_cards_back: int = 0

    @property
    def differs(self) -> int:
        """By how much the sums disagree with what came in: 0, unless something is wrong."""
        cards = self.gift_cards - self.gift_cards_back
        return self.gross + self.rounding + self.tip + cards - self.back.gross - self.back.rounding - self.paid

    @property
    def kept(self) -> int:
        """Gross of what was sold less gross of what came back."""
        return self.gross - self.back.gross

    @property
    def paid(self) -> int:
        """What stayed with the shop by all methods together."""
        return sum(method.amount for method in self.methods)

    @property
    def cash_in(self) -> int:
        """Cash put in by hand."""
        return sum(move.amount for move in self.cash if move.direction == "in")

    @property
    def cash_out(self) -> int:
        """Cash taken out by hand."""
        return sum(move.amount for move in self.cash if move.direction == "out")


def today(store: Store) -> dt.date:
    """Return the business day that a store is in now."""
    return clock.business_date(clock.now(), store.timezone, store.day_start_minutes)


def last_day(stores: Sequence[Store]) -> dt.date | None:
    """Return the last business day on which any of the stores helped somebody."""
    last: dt.date | None = Visit.objects.filter(store_id__in=[store.id for store in stores]).aggregate(last=Max("business_date"))["last"]
    return last


def helped(stores: Sequence[Store], day: dt.date) -> Helped:
    """Return whom the stores helped on a business day, by hour of the store, beside the like weekdays of twelve weeks before."""
    ids = [store.id for store in stores]
    visits = Visit.objects.filter(store_id__in=ids, business_date=day)
    total = visits.count()
    with_sale = Sale.objects.filter(store_id__in=ids, business_date=day).values("visit_id").distinct().count()
    closings = VisitClosing.objects.filter(visit__store_id__in=ids, visit__business_date=day)
    gave = dict(closings.values_list("by_product").annotate(n=Count("visit_id")).order_by("by_product"))
    sold = Sale.objects.filter(organization_id=OuterRef("organization_id"), visit_id=OuterRef("visit_id"))
    returns = Return.objects.filter(~Exists(sold), store_id__in=ids, business_date=day).values("visit_id").distinct().count()
    others = max(0, total - with_sale - returns - sum(gave.values()))
    parts = [("sale", with_sale), ("return", returns), *sorted(gave.items()), ("open", others)]
    days = [day - dt.timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    by_day = _by_hour(stores, [day, *days])
    before = [by_day[other] for other in days if by_day.get(other)]
    return Helped(total, tuple((kind, n) for kind, n in parts if n), _hours(by_day.get(day, {}), before), len(before))


def _hours(now: dict[int, int], before: list[dict[int, int]]) -> tuple[Hour, ...]:
    busy = {hour for one in [now, *before] for hour in one}
    if not busy:
        return ()
    return tuple(Hour(hour, now.get(hour, 0), _usual([one.get(hour, 0) for one in before])) for hour in range(min(busy), max(busy) + 1))


def _usual(counts: list[int]) -> tuple[int, int] | None:
    """The range that holds 8 of 10 like days: a tenth left off at either end. Fewer than five days say nothing."""
    if len(counts) < 5:
        return None
    ordered, off = sorted(counts), len(counts) // 10
    return ordered[off], ordered[-1 - off]


def _by_hour(stores: Sequence[Store], days: list[dt.date]) -> dict[dt.date, dict[int, int]]:
    """Visits by day and local hour: grouped by half hours in the database, because some zones stand half an hour off."""
    zones = {store.id: ZoneInfo(store.timezone) for store in stores}
    slot = ExpressionWrapper(F("opened_at") / HALF_HOUR_MS, output_field=BigIntegerField())  # exact: the database divides integers
    rows = (
        Visit.objects.filter(store_id__in=list(zones), business_date__in=days)
        .annotate(slot=slot)
        .values_list("business_date", "store_id", "slot")
        .annotate(n=Count("id"))
        .order_by()
    )
    found: dict[dt.date, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for date, store_id, half_hour, n in rows:
        found[date][clock.from_ms(half_hour * HALF_HOUR_MS).astimezone(zones[store_id]).hour] += n
    return found


def money(stores: Sequence[Store], first: dt.date, last: dt.date) -> Money:
    """Return the money of the stores from one business day to another, both included."""
    ids = [store.id for store in stores]
    sales = Sale.objects.filter(store_id__in=ids, business_date__gte=first, business_date__lte=last)
    fields = ("gross", "net", "discount", "rounding", "tip")
    sums = sales.aggregate(sales=Count("id"), **{f"{field}_sum": Sum(field) for field in fields})
    shifts = Shift.objects.filter(store_id__in=ids, business_date__gte=first, business_date__lte=last).values_list("id", flat=True)
    moves = CashMove.objects.filter(shift_id__in=list(shifts)).order_by("at", "id")
    gross, net, discount, rounding, tip = (sums[f"{field}_sum"] or 0 for field in fields)
    return Money(
        sums["sales"],
        gross,
        net,
        discount,
        rounding,
        tip,
        methods=_methods(ids, first, last),
        taxes=_taxes(sales),
        cash=tuple(Cash(*row) for row in moves.values_list("at", "shift_id", "staff_id", "direction", "amount", "reason")),
        back=_back(Return.objects.filter(store_id__in=ids, business_date__gte=first, business_date__lte=last)),
        gift_cards=_loaded(ids, first, last),
        gift_cards_back=sum(_given_for_cards(ids, first, last).values()),
    )


def _loaded(store_ids: list[uuid.UUID], first: dt.date, last: dt.date) -> int:
    rows = GiftCardMove.objects.filter(kind="load", store_id__in=store_ids, business_date__gte=first, business_date__lte=last)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def _given_for_cards(store_ids: list[uuid.UUID], first: dt.date, last: dt.date) -> dict[str, int]:
    rows = GiftCardRefund.objects.filter(store_id__in=store_ids, business_date__gte=first, business_date__lte=last)
    return dict(rows.values_list("method").annotate(total=Sum("amount")).order_by())


def _back(returns: QuerySet[Return]) -> Back:
    sums = returns.aggregate(n=Count("id"), gross_sum=Sum("gross"), net_sum=Sum("net"), rounding_sum=Sum("rounding"))
    gross, net, rounding = (sums[f"{field}_sum"] or 0 for field in ("gross", "net", "rounding"))
    return Back(sums["n"], gross, net, rounding, _taxes(returns))


def _methods(store_ids: list[uuid.UUID], first: dt.date, last: dt.date) -> tuple[Method, ...]:
    of_days = Q(sale__store_id__in=store_ids, sale__business_date__gte=first, sale__business_date__lte=last)
    rows = Payment.objects.filter(of_days).values_list("method").annotate(amount=Sum("amount"), n=Count("n")).order_by()
    back = Refund.objects.filter(returned__store_id__in=store_ids, returned__business_date__gte=first, returned__business_date__lte=last)
    given = Counter(dict(back.values_list("method").annotate(amount=Sum("amount")).order_by()))
    given.update(_given_for_cards(store_ids, first, last))
    came = {method: (amount, n) for method, amount, n in rows}
    found = []
    for method in came | given:
        (amount, n), back_by_it = came.get(method, (0, 0)), given.get(method, 0)
        found.append(Method(method, amount - back_by_it, n, back_by_it))
    return tuple(sorted(found, key=lambda one: (-one.amount, one.method)))


def _taxes(papers: QuerySet[Sale] | QuerySet[Return]) -> tuple[TaxSum, ...]:
    """Sums by tax over the sales or returns, read in parts."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for figures in papers.values_list("taxes", flat=True).iterator(chunk_size=2000):
        for code, base, amount in figures:
            sums[code][0] += base
            sums[code][1] += amount
    return tuple(TaxSum(code, base, amount) for code, (base, amount) in sorted(sums.items()))
