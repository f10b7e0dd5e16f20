"""Reads of returns: those of a ticket, how much of each of its lines came back, and more back than was sold. Amounts: int minor units."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from mostrador.counter.models import Refund, Return, ReturnLine, Sale, SaleLine
from mostrador.people.models import Device, Store

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReturnDetail:
    """A return whole. `sale_number`: of the ticket, where it is known here; "" without one."""

    row: Return
    number: str
    sale_number: str
    store: Store
    lines: tuple[ReturnLine, ...]
    refunds: tuple[Refund, ...]

    @property
    def flags(self) -> list[str]:
        """Words for what a person may want to look at."""
        return str(self.row.flags).split()


@dataclass(frozen=True, slots=True)
class Over:
    """A line of which more came back than was sold: quantities in thousandths."""

    sale_id: uuid.UUID
    line: int
    name: str
    sold: int
    returned: int


def of_sale(sale_id: uuid.UUID) -> list[ReturnDetail]:
    """Return the returns of a ticket, in the order in which they happened."""
    return _whole(Return.objects.filter(sale_id=sale_id).order_by("occurred_at", "id"))


def of_shift(shift_id: uuid.UUID) -> list[ReturnDetail]:
    """Return the returns of a shift, in the order of their numbers."""
    return _whole(Return.objects.filter(shift_id=shift_id).order_by("number", "id"))


def one(return_id: uuid.UUID) -> ReturnDetail | None:
    """Return a return of the business in scope whole, or None."""
    found = _whole(Return.objects.filter(id=return_id))
    return found[0] if found else None


def of_days(first: dt.date, last: dt.date, store_id: uuid.UUID | None = None) -> list[ReturnDetail]:
    """Return the returns of some business days, newest first."""
    rows = Return.objects.filter(business_date__gte=first, business_date__lte=last)
    return _whole((rows.filter(store_id=store_id) if store_id else rows).order_by("-occurred_at", "-id"))


def returns(first: dt.date | None = None, last: dt.date | None = None, page: int = 1) -> tuple[list[ReturnDetail], bool]:
    """Return a page of returns of some business days, newest first, and whether there are more."""
    rows = Return.objects.order_by("-occurred_at", "-id")
    if first:
        rows = rows.filter(business_date__gte=first)
    if last:
        rows = rows.filter(business_date__lte=last)
    start = (max(1, page) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return _whole(found[:PAGE]), len(found) > PAGE


def returned_too_often() -> list[Over]:
    """Return every line of a known ticket of which more came back than was sold: two tills gave back without the other's news (ruling 27)."""
    back = ReturnLine.objects.filter(line__isnull=False, returned__sale_id__isnull=False).values_list("returned__sale_id", "line")
    sums = {(sale, line): total for sale, line, total in back.annotate(total=Sum("quantity")).order_by()}
    over = []
    for sale_id, n, name, sold in SaleLine.objects.filter(sale_id__in={sale for sale, _ in sums}).values_list(
        "sale_id", "n", "name", "quantity"
    ):
        if sums.get((sale_id, n), 0) > sold:
            over.append(Over(sale_id, n, name, sold, sums[sale_id, n]))
    return sorted(over, key=lambda one: (str(one.sale_id), one.line))


def back_by_line(sale_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[int, int]]:
    """Return how much of each line of some tickets came back, thousandths."""
    found: dict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    rows = ReturnLine.objects.filter(returned__sale_id__in=list(sale_ids), line__isnull=False).values_list("returned__sale_id", "line")
    for sale_id, line, total in rows.annotate(total=Sum("quantity")).order_by():
        found[sale_id][line] = total
    return dict(found)


def _whole(rows: Iterable[Return]) -> list[ReturnDetail]:
    found = list(rows)
    ids = [row.id for row in found]
    lines, refunds = defaultdict(list), defaultdict(list)
    for line in ReturnLine.objects.filter(return_id__in=ids).order_by("return_id", "n"):
        lines[line.return_id].append(line)
    for refund in Refund.objects.filter(return_id__in=ids).order_by("return_id", "n"):
        refunds[refund.return_id].append(refund)
    sales = {sale.id: sale for sale in Sale.objects.filter(id__in={row.sale_id for row in found if row.sale_id})}
    journals = {row.journal_id for row in found} | {sale.journal_id for sale in sales.values()}
    series = dict(Device.objects.filter(id__in=journals).values_list("id", "series"))
    stores = {store.id: store for store in Store.objects.filter(id__in={row.store_id for row in found})}

    def number(paper: Return | Sale | None) -> str:
        return "" if paper is None else f"{series.get(paper.journal_id, '?')}-{paper.number}"

    return [
        ReturnDetail(
            row, number(row), number(sales.get(row.sale_id)) if row.sale_id else "", stores[row.store_id], tuple(lines[row.id]),
            tuple(refunds[row.id]),
        )
        for row in found
    ]  # fmt: skip
