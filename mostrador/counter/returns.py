"""Reads of returns: those of a ticket, a shift, some days, and what of them does not agree with what was sold. Amounts: int minor units."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet, Sum

from mostrador.counter.models import Payment, Refund, Return, ReturnLine, Sale, SaleLine
from mostrador.counter.queries import bears
from mostrador.counter.traces import ReturnTrace
from mostrador.people.models import Device, Store

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReturnDetail:
    """A return whole. `sale_number`: of the ticket, where it is known here; "" without one. `who` took it back, where that is told."""

    row: Return
    number: str
    sale_number: str
    store: Store
    lines: tuple[ReturnLine, ...]
    refunds: tuple[Refund, ...]
    traces: tuple[ReturnTrace, ...]
    who: str = ""

    @property
    def rows(self) -> list[tuple[ReturnLine, ReturnTrace | None]]:
        """Each line, and which one came back."""
        traced = {trace.n: trace for trace in self.traces}
        return [(line, traced.get(line.n)) for line in self.lines]

    @property
    def flags(self) -> list[str]:
        """Words for what a person may want to look at."""
        return str(self.row.flags).split()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which returns: business days, a store, a reason of at least one line, only those with flags."""

    first: dt.date
    last: dt.date
    store_id: uuid.UUID | None = None
    reason: str = ""
    only_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why lines came back: how many, what they were sold for."""

    code: str
    lines: int
    gross: int


@dataclass(frozen=True, slots=True)
class Goods:
    """A product that came back: in how many lines, how much of it (thousandths of `unit`), and why, the commonest reason first."""

    product_id: uuid.UUID
    name: str
    unit: str
    lines: int
    quantity: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at. `why`: over (more back than was sold), unlike (not the line of the sale that it names),
    no_line (a line that the sale has not), exchange (a visit whose exchange does not come to nothing). Return or visit is named, and the visit's sale.
    """

    why: str
    return_id: uuid.UUID | None = None
    visit_id: uuid.UUID | None = None
    sale_id: uuid.UUID | None = None


def of_sale(sale_id: uuid.UUID) -> list[ReturnDetail]:
    """Return the returns of a ticket, in the order in which they happened."""
    return _whole(Return.objects.filter(sale_id=sale_id).order_by("occurred_at", "id"))


def of_shift(shift_id: uuid.UUID) -> list[ReturnDetail]:
    """Return the returns of a shift, in the order of their numbers."""
    return _whole(Return.objects.filter(shift_id=shift_id).order_by("number", "id"))


def of_number(text: str) -> list[ReturnDetail]:
    """Return the returns whose paper bears a number, with its series (1A-42) or alone in any."""
    return _whole(Return.objects.filter(bears(text)).order_by("-occurred_at", "-id")[:PAGE])


def of_days(first: dt.date, last: dt.date, store_id: uuid.UUID | None = None) -> list[ReturnDetail]:
    """Return the returns of some business days, newest first."""
    rows = Return.objects.filter(business_date__gte=first, business_date__lte=last)
    return _whole((rows.filter(store_id=store_id) if store_id else rows).order_by("-occurred_at", "-id"))


def page_of(wanted: Wanted, page: int = 1) -> tuple[list[ReturnDetail], bool]:
    """Return a page of returns, newest first, and whether there are more."""
    found = _whole(_wanted(wanted).order_by("-occurred_at", "-id")[(page - 1) * PAGE : page * PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def reasons(wanted: Wanted) -> list[Reason]:
    """Return why goods came back, the commonest first."""
    rows = _lines(wanted).values_list("reason").annotate(lines=Count("n"), gross=Sum("gross")).order_by("-lines", "reason")
    return [Reason(code, lines, gross) for code, lines, gross in rows]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a product came back: how many lines, and the last time."""

    code: str
    lines: int
    last: dt.datetime


def reasons_of(product_id: uuid.UUID, first: dt.date) -> list[Why]:
    """Return why a product came back since a business day, the commonest reason first."""
    rows = ReturnLine.objects.filter(product_id=product_id, returned__business_date__gte=first)
    counted = rows.values_list("reason").annotate(lines=Count("n"), last=Max("returned__occurred_at")).order_by("-lines", "reason")
    return [Why(*row) for row in counted]


def goods(wanted: Wanted, most: int = 10) -> list[Goods]:
    """Return the products that came back in most lines. The rest is in the list below them."""
    top = _lines(wanted).values("product_id").annotate(lines=Count("n"), quantity=Sum("quantity")).order_by("-lines", "product_id")[:most]
    found = {row["product_id"]: row for row in top}
    why: dict[uuid.UUID, list[str]] = defaultdict(list)
    names: dict[uuid.UUID, tuple[str, str]] = {}
    told = _lines(wanted).filter(product_id__in=list(found)).values_list("product_id", "name", "unit", "reason")
    for product_id, name, unit, reason, _ in told.annotate(lines=Count("n")).order_by("-lines", "name"):
        names.setdefault(product_id, (name, unit))
        why[product_id].append(reason)
    return [Goods(one, *names[one], row["lines"], row["quantity"], tuple(dict.fromkeys(why[one]))) for one, row in found.items()]


def doubtful(wanted: Wanted | None = None) -> list[Doubt]:
    """Return what does not agree between returns, sales and exchanges: listed and refused by nobody (ruling 27). `wanted`: only where one of these is part of it.

    A return may come first, and two tills may give back without each other's news. Sales that did not arrive yet say nothing.
    """
    back: dict[tuple[uuid.UUID, int | None], list[ReturnLine]] = defaultdict(list)
    of_sales = Return.objects.exclude(sale_id=None)
    if wanted is not None:
        of_sales = of_sales.filter(sale_id__in=_wanted(wanted).exclude(sale_id=None).values("sale_id"))
    sale_of = {one: sale for one, sale in of_sales.values_list("id", "sale_id") if sale is not None}
    for line in ReturnLine.objects.filter(return_id__in=list(sale_of)).order_by("return_id", "n"):
        back[sale_of[line.return_id], line.line].append(line)
    sold = {(line.sale_id, line.n): line for line in SaleLine.objects.filter(sale_id__in=set(sale_of.values()))}
    arrived = {sale_id for sale_id, _ in sold}
    found: list[Doubt] = []
    for (sale_id, n), lines in back.items():
        if sale_id in arrived:
            found += _doubts_of_line(sold.get((sale_id, -1 if n is None else n)), lines)
    return [*dict.fromkeys(found), *_uneven_exchanges(wanted)]


def named(doubts: Iterable[Doubt]) -> list[tuple[Doubt, ReturnDetail | None, str]]:
    """Return doubts with the paper that each is about: the return, or where only a sale is there, no return and the number of the sale."""
    listed = list(doubts)
    about = {one.return_id or one.visit_id for one in listed}
    rows = _whole(Return.objects.filter(Q(id__in=about) | Q(visit_id__in=about)).order_by("occurred_at", "id"))
    papers = {row.row.visit_id: row for row in rows} | {row.row.id: row for row in rows}
    sales = list(Sale.objects.filter(id__in={one.sale_id for one in listed}))
    series = dict(Device.objects.filter(id__in={sale.journal_id for sale in sales}).values_list("id", "series"))
    numbers = {sale.id: f"{series.get(sale.journal_id, '?')}-{sale.number}" for sale in sales}
    found = []
    for one in listed:
        key = one.return_id or one.visit_id
        found.append((one, papers.get(key) if key else None, numbers.get(one.sale_id, "") if one.sale_id else ""))
    return found


def _wanted(wanted: Wanted) -> QuerySet[Return]:
    rows = Return.objects.filter(business_date__gte=wanted.first, business_date__lte=wanted.last)
    rows = rows.filter(store_id=wanted.store_id) if wanted.store_id else rows
    rows = rows.filter(id__in=ReturnLine.objects.filter(reason=wanted.reason).values("return_id")) if wanted.reason else rows
    return rows.exclude(flags="") if wanted.only_flagged else rows


def _lines(wanted: Wanted) -> QuerySet[ReturnLine]:
    rows = ReturnLine.objects.filter(return_id__in=_wanted(wanted).values("id"))
    return rows.filter(reason=wanted.reason) if wanted.reason else rows


def _doubts_of_line(sold: SaleLine | None, lines: list[ReturnLine]) -> list[Doubt]:
    if sold is None:
        return [Doubt("no_line", line.return_id) for line in lines]
    named = (sold.quantity, sold.gross, sold.product_id)
    found = [Doubt("unlike", line.return_id) for line in lines if (line.sold_quantity, line.sold_gross, line.product_id) != named]
    if sum(line.quantity for line in lines) > sold.quantity or sum(line.gross for line in lines) > max(0, sold.gross):
        found.append(Doubt("over", lines[-1].return_id))
    return found


def _uneven_exchanges(wanted: Wanted | None) -> list[Doubt]:
    """Visits of which one side of an exchange lacks, or is another amount."""
    sums: dict[uuid.UUID, int] = defaultdict(int)
    sale_of: dict[uuid.UUID, uuid.UUID] = {}
    paid, back = Payment.objects.filter(method="exchange"), Refund.objects.filter(method="exchange")
    if wanted is not None:
        here = Q(store_id=wanted.store_id) if wanted.store_id else Q()
        sold = Sale.objects.filter(here, business_date__gte=wanted.first, business_date__lte=wanted.last)
        visits = Q(visit_id__in=_wanted(wanted).values("visit_id")) | Q(visit_id__in=sold.values("visit_id"))
        paid = paid.filter(sale_id__in=Sale.objects.filter(visits).values("id"))
        back = back.filter(return_id__in=Return.objects.filter(visits).values("id"))
    for visit_id, sale_id, amount in paid.values_list("sale__visit_id", "sale_id", "amount"):
        sums[visit_id] += amount
        sale_of[visit_id] = sale_id
    for visit_id, amount in back.values_list("returned__visit_id", "amount"):
        sums[visit_id] -= amount
    return [Doubt("exchange", visit_id=visit, sale_id=sale_of.get(visit)) for visit, amount in sums.items() if amount]


def _whole(rows: Iterable[Return]) -> list[ReturnDetail]:
    found = list(rows)
    ids = [row.id for row in found]
    lines, refunds = defaultdict(list), defaultdict(list)
    for line in ReturnLine.objects.filter(return_id__in=ids).order_by("return_id", "n"):
        lines[line.return_id].append(line)
    for refund in Refund.objects.filter(return_id__in=ids).order_by("return_id", "n"):
        refunds[refund.return_id].append(refund)
    traces = defaultdict(list)
    for trace in ReturnTrace.objects.filter(return_id__in=ids).order_by("return_id", "n"):
        traces[trace.return_id].append(trace)
    sales = {sale.id: sale for sale in Sale.objects.filter(id__in={row.sale_id for row in found if row.sale_id})}
    journals = {row.journal_id for row in found} | {sale.journal_id for sale in sales.values()}
    series = dict(Device.objects.filter(id__in=journals).values_list("id", "series"))
    stores = {store.id: store for store in Store.objects.filter(id__in={row.store_id for row in found})}

    def number(paper: Return | Sale | None) -> str:
        return "" if paper is None else f"{series.get(paper.journal_id, '?')}-{paper.number}"

    return [
        ReturnDetail(
            row, number(row), number(sales.get(row.sale_id)) if row.sale_id else "", stores[row.store_id], tuple(lines[row.id]),
            tuple(refunds[row.id]), tuple(traces[row.id]),
        )
        for row in found
    ]  # fmt: skip
