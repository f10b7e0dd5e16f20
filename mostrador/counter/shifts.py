"""Reads of shifts: a list by day, one whole with its Z, and what arrived after the Z was printed."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from mostrador.counter.models import AccountPayment, CashMove, CounterEvent, Return, Sale, Shift, ShiftClosing, ShiftTotal
from mostrador.people.models import Device, Store, Till

PAGE = 50


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift in a list: its place, what the server received of it by code, its closing or None. `missing`: gross Z - gross received."""

    shift: Shift
    store: Store
    till: Till
    series: str
    totals: dict[str, int]
    closing: ShiftClosing | None

    @property
    def difference(self) -> int:
        """Counted less expected over all methods; 0 while the shift is open."""
        return sum(amount for _, amount in self.closing.difference) if self.closing else 0

    @property
    def is_crossed(self) -> bool:
        """Whether methods differ and make up for each other: a sale paid by card and noted as cash, say."""
        return self.closing is not None and self.difference == 0 and any(amount for _, amount in self.closing.difference)

    @property
    def short(self) -> int:
        """By how much the count fell short, as an amount above zero."""
        return max(0, -self.difference)

    @property
    def cash_sales(self) -> int:
        """What sales brought in cash, as received."""
        return self.totals.get("pay:cash", 0) + self.cash_back

    @property
    def cash_back(self) -> int:
        """What went back to buyers in cash, as received."""
        return self.totals.get("back:cash", 0)

    @property
    def missing(self) -> int:
        """What the Z says and the server has not received: 0 when they agree or the shift is open."""
        return differs(self.closing.figures, self.totals) if self.closing else 0

    @property
    def expected_cash(self) -> int:
        """What should be in the drawer by what the server has received."""
        codes = (("float", 1), ("pay:cash", 1), ("cash_in", 1), ("cash_out", -1))
        return sum(sign * self.totals.get(code, 0) for code, sign in codes)


@dataclass(frozen=True, slots=True)
class Compared:
    """A method of payment in a Z."""

    method: str
    expected: int
    counted: int
    difference: int


@dataclass(frozen=True, slots=True)
class LateFigure:
    """A figure of the Z, and what the server has received of it."""

    code: str
    in_z: int
    received: int

    @property
    def difference(self) -> int:
        """What the supplement adds to the Z."""
        return self.received - self.in_z


@dataclass(frozen=True, slots=True)
class LatePaper:
    """A paper of the shift that arrived after its Z."""

    kind: str
    number: int
    occurred_at: dt.datetime
    received_at: dt.datetime
    amount: int


@dataclass(frozen=True, slots=True)
class Supplement:
    """What arrived after a Z, and by what the figures then differ from it. The Z itself never changes."""

    figures: tuple[LateFigure, ...]
    papers: tuple[LatePaper, ...]


@dataclass(frozen=True, slots=True)
class ShiftDetail:
    """A shift whole."""

    row: ShiftRow
    compared: tuple[Compared, ...] = ()
    cash: tuple[CashMove, ...] = ()
    events: tuple[CounterEvent, ...] = field(default=())
    supplement: Supplement | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which shifts: business days, a store, one till."""

    first: dt.date | None = None
    last: dt.date | None = None
    store_id: uuid.UUID | None = None
    till_id: uuid.UUID | None = None


def differs(figures: Mapping[str, Any], totals: Mapping[str, int]) -> int:
    """Return by how much a Z differs from what arrived: in gross sales or, where these agree, in what came back (below zero), was paid on account or for orders.

    Each by itself, for an exchange of which nothing arrived would come to nothing.
    """
    sold = int(figures["gross"]) - totals.get("gross", 0)
    back = int((figures.get("returned") or {"gross": 0})["gross"]) - totals.get("back_gross", 0)
    paid = int((figures.get("accounts") or {"amount": 0})["amount"]) - totals.get("account_paid", 0)
    orders = figures.get("orders") or {"paid": 0, "back": 0}
    deposits = int(orders["paid"]) - totals.get("order_paid", 0) or totals.get("order_back", 0) - int(orders["back"])
    cards = figures.get("gift_cards") or {"amount": 0, "back": 0}
    loaded = int(cards["amount"]) - totals.get("gift_cards_sold", 0) or totals.get("gift_cards_back", 0) - int(cards["back"])
    return sold - back or sold or paid or deposits or loaded


def shifts(wanted: Wanted, page: int = 1) -> tuple[list[ShiftRow], bool]:
    """Return a page of shifts, newest first, and whether there are more."""
    rows = Shift.objects.all()
    for condition, value in (
        ("business_date__gte", wanted.first),
        ("business_date__lte", wanted.last),
        ("store_id", wanted.store_id),
        ("till_id", wanted.till_id),
    ):
        if value:
            rows = rows.filter(**{condition: value})
    start = (max(1, page) - 1) * PAGE
    found = list(rows.order_by("-business_date", "-opened_at", "-id")[start : start + PAGE + 1])
    return _listed(found[:PAGE]), len(found) > PAGE


def shift(shift_id: uuid.UUID) -> ShiftDetail | None:
    """Return a shift of the business in scope with its Z, or None."""
    row = Shift.objects.filter(id=shift_id).first()
    if row is None:
        return None
    listed = _listed([row])[0]
    return ShiftDetail(
        listed,
        compared(listed.closing) if listed.closing else (),
        tuple(CashMove.objects.filter(shift_id=shift_id).order_by("at", "id")),
        tuple(_events(row, listed.closing)),
        _supplement(listed),
    )


def _events(shift: Shift, closing: ShiftClosing | None) -> QuerySet[CounterEvent]:
    """What happened in a shift. An approval or a copy names no shift: it is of the one that was open at its till."""
    journals = list(Device.objects.filter(till_id=shift.till_id).values_list("id", flat=True))
    during = Q(shift_id=None, journal_id__in=journals, at__gte=shift.opened_at)
    if closing:
        during &= Q(at__lte=closing.closed_at)
    else:
        later = Shift.objects.filter(till_id=shift.till_id, opened_at__gt=shift.opened_at).order_by("opened_at").first()
        during &= Q(at__lt=later.opened_at) if later else Q()
    return CounterEvent.objects.filter(Q(shift_id=shift.id) | during).order_by("at", "id")


def _supplement(row: ShiftRow) -> Supplement | None:
    """What the Z does not know: figures of which more arrived than it says, and papers that arrived after it. What still lacks is no supplement."""
    closing = row.closing
    if closing is None:
        return None
    found = closing.figures
    in_z = {
        "sales": found["sales"], "gross": found["gross"], "back_gross": (found.get("returned") or {"gross": 0})["gross"],
        "account_paid": (found.get("accounts") or {"amount": 0})["amount"], "cash_in": found["cash_in"], "cash_out": found["cash_out"],
    }  # fmt: skip
    figures = [LateFigure(code, said, row.totals.get(code, 0)) for code, said in in_z.items()]
    late = {"shift_id": row.shift.id, "received_at__gt": closing.received_at}
    papers = [
        *(LatePaper("sale.recorded", one.number, one.occurred_at, one.received_at, one.gross) for one in Sale.objects.filter(**late)),
        *(LatePaper("return.recorded", one.number, one.occurred_at, one.received_at, -one.gross) for one in Return.objects.filter(**late)),
        *(
            LatePaper("account.paid", one.number, one.occurred_at, one.received_at, one.amount)
            for one in AccountPayment.objects.filter(**late)
        ),
    ]
    more = tuple(figure for figure in figures if figure.difference > 0)
    return Supplement(more, tuple(sorted(papers, key=lambda one: (one.received_at, one.number)))) if more or papers else None


def compared(closing: ShiftClosing) -> tuple[Compared, ...]:
    """Return a Z's methods with what was expected, counted and the difference, in the Z's order."""
    counted, difference = dict(closing.counted), dict(closing.difference)
    methods = dict.fromkeys([*dict(closing.expected), *counted])
    expected = dict(closing.expected)
    return tuple(Compared(method, expected.get(method, 0), counted.get(method, 0), difference.get(method, 0)) for method in methods)


@dataclass(frozen=True, slots=True)
class Slips:
    """Vouchers of a kind in a Z: how many and what they are worth, as they should be and as they were counted."""

    name: str
    expected: int
    expected_amount: int
    counted: int
    counted_amount: int

    @property
    def pieces(self) -> int:
        """By how many the count differs."""
        return self.counted - self.expected

    @property
    def difference(self) -> int:
        """By what amount the count differs."""
        return self.counted_amount - self.expected_amount


def slips(closing: ShiftClosing) -> list[Slips]:
    """Return a Z's vouchers by kind, in the Z's order."""
    counted = {row["kind"]: row for row in closing.vouchers}
    nothing = {"slips": 0, "amount": 0}
    kinds = (closing.figures.get("vouchers") or {"kinds": []})["kinds"]
    return [
        Slips(row["name"], row["slips"], row["amount"], found["slips"], found["amount"])
        for row in kinds
        for found in [counted.get(row["kind"], nothing)]
    ]


def _listed(rows: list[Shift]) -> list[ShiftRow]:
    ids = [row.id for row in rows]
    stores = {store.id: store for store in Store.objects.filter(id__in={row.store_id for row in rows})}
    tills = {till.id: till for till in Till.objects.filter(id__in={row.till_id for row in rows})}
    series = dict(Device.objects.filter(id__in={row.journal_id for row in rows}).values_list("id", "series"))
    closings = {closing.shift_id: closing for closing in ShiftClosing.objects.filter(shift_id__in=ids)}
    totals: dict[uuid.UUID, dict[str, int]] = {}
    for shift_id, code, amount in ShiftTotal.objects.filter(shift_id__in=ids).values_list("shift_id", "code", "amount"):
        totals.setdefault(shift_id, {})[code] = amount
    return [
        ShiftRow(
            row,
            stores[row.store_id],
            tills[row.till_id],
            series.get(row.journal_id, "?"),
            totals.get(row.id, {}),
            closings.get(row.id),
        )
        for row in rows
    ]
