"""Reads of tickets: search, one ticket whole, and the sale that a buyer's secret opens. Amounts: int minor units."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mostrador.catalogue.models import Product
from mostrador.catalogue.words import fold
from mostrador.counter.gift_card_models import GiftCardMove, GiftCardRefund
from mostrador.counter.made_of import SaleCombo, SaleComponent, SalePart
from mostrador.counter.models import (
    AccountPayment,
    BuyerToken,
    CounterEvent,
    Payment,
    Return,
    Sale,
    SaleLine,
    SaleModifier,
    SaleSaving,
    ShiftClosing,
    TokenWithdrawal,
)
from mostrador.counter.order_models import Order, OrderClosing, OrderPayment
from mostrador.counter.traces import AgeCheck, SalePrior, SaleTaker, SaleTrace
from mostrador.kernel.scoping import across
from mostrador.people.models import Device, Store

PAGE = 50
# What bears a number of a till's tickets.
PAPERS = (Sale, Return, AccountPayment, Order, OrderPayment, OrderClosing, GiftCardRefund)
PRODUCTS_MAX = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of tickets should hold. `number`: 1A-42 or 42; `amount`: gross in minor units; days are business days."""

    number: str = ""
    amount: int | None = None
    words: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    store_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket in a list."""

    id: uuid.UUID
    number: str
    store: str
    zone: str
    business_date: dt.date
    occurred_at: dt.datetime
    gross: int
    methods: tuple[str, ...]
    flags: tuple[str, ...]
    lines: int
    net: int
    discount: int
    rounding: int
    tip: int


@dataclass(frozen=True, slots=True)
class TaxFigure:
    """What a ticket holds of a tax."""

    code: str
    base: int
    amount: int


class TicketRow(NamedTuple):
    """A line: what promotions took off it, what a person did (minor units), the options that it was sold with, and what of a kit left with it.

    `prior`: what was told of the price before; `part`: what it is to a combo; `combo`: the combo that begins with it, and what its lines came to (minor units).
    """

    line: SaleLine
    savings: list[SaleSaving]
    off: int
    modifiers: list[SaleModifier]
    which: SaleTrace | None
    components: list[SaleComponent]
    part: SalePart | None
    combo: tuple[SaleCombo, int] | None
    prior: SalePrior | None = None


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """A ticket whole: the sale, its place, its lines and payments in order, what happened to it afterwards."""

    sale: Sale
    number: str
    store: Store
    lines: tuple[SaleLine, ...]
    payments: tuple[Payment, ...]
    taxes: tuple[TaxFigure, ...]
    reprints: int
    savings: tuple[SaleSaving, ...]
    modifiers: tuple[SaleModifier, ...]
    traces: tuple[SaleTrace, ...]
    components: tuple[SaleComponent, ...]
    combos: tuple[SaleCombo, ...]
    parts: tuple[SalePart, ...]
    age_check: AgeCheck | None
    taken_by: uuid.UUID | None
    loads: tuple[GiftCardMove, ...] = ()
    priors: tuple[SalePrior, ...] = ()

    @property
    def rows(self) -> list[TicketRow]:
        """Each line with what was chosen of it, what was taken off, and which one it was."""
        traced = {trace.n: trace for trace in self.traces}
        by_line: dict[int, list[SaleSaving]] = {line.n: [] for line in self.lines}
        chosen: dict[int, list[SaleModifier]] = {line.n: [] for line in self.lines}
        for saving in self.savings:
            by_line[saving.n].append(saving)
        for modifier in self.modifiers:
            chosen[modifier.n].append(modifier)
        made_of: dict[int, list[SaleComponent]] = {line.n: [] for line in self.lines}
        for component in self.components:
            made_of[component.n].append(component)
        parts = {part.n: part for part in self.parts}
        combos, told = self._combos(), {prior.n: prior for prior in self.priors}
        return [
            TicketRow(
                line, by_line[line.n], line.discount - sum(row.amount for row in by_line[line.n]), chosen[line.n], traced.get(line.n),
                made_of[line.n], parts.get(line.n), combos.get(line.n), told.get(line.n),
            )
            for line in self.lines
        ]  # fmt: skip

    def _combos(self) -> dict[int, tuple[SaleCombo, int]]:
        """Return each combo by its first line, with what its lines came to."""
        gross = {line.n: line.gross for line in self.lines}
        own = {combo.place: [part.n for part in self.parts if part.combo == combo.place] for combo in self.combos}
        return {min(own[combo.place]): (combo, sum(gross[n] for n in own[combo.place])) for combo in self.combos if own[combo.place]}

    @property
    def change(self) -> int:
        """What was handed back."""
        return sum(payment.tendered - payment.amount for payment in self.payments)

    @property
    def paid(self) -> int:
        """What stayed with the shop: the total with its cash rounding and the tip."""
        return sum(payment.amount for payment in self.payments)


def tickets(wanted: Wanted, page: int = 1) -> tuple[list[Ticket], bool]:
    """Return a page of tickets, newest first, and whether there are more. A constant number of statements."""
    rows = _matching(wanted).order_by("-business_date", "-occurred_at", "-id")
    start = (max(1, page) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return _listed(found[:PAGE]), len(found) > PAGE


def count(wanted: Wanted) -> int:
    """Return how many tickets that is."""
    return _matching(wanted).count()


def of_shift(shift_id: uuid.UUID, limit: int = 1000) -> list[Ticket]:
    """Return the tickets of a shift in order of number."""
    return _listed(list(Sale.objects.filter(shift_id=shift_id).order_by("number")[:limit]))


def ticket(sale_id: uuid.UUID) -> TicketDetail | None:
    """Return a ticket of the business in scope, or None."""
    sale = Sale.objects.filter(id=sale_id).first()
    return _detail(sale) if sale else None


def modifiers_sold(options: Iterable[uuid.UUID], first: dt.date) -> dict[uuid.UUID, int]:
    """Return how many pieces were sold with each of these options since a business day. Whole pieces: what is weighed counts once a line."""
    rows = SaleModifier.objects.filter(option_id__in=list(options), sale__business_date__gte=first)
    line = SaleLine.objects.filter(organization_id=OuterRef("organization_id"), sale_id=OuterRef("sale_id"), n=OuterRef("n"))
    found: dict[uuid.UUID, int] = {}
    for option, quantity in rows.annotate(quantity=Subquery(line.values("quantity")[:1])).values_list("option_id", "quantity"):
        found[option] = found.get(option, 0) + (quantity // 1000 if quantity % 1000 == 0 else 1)
    return found


def number_of(series: str, number: int) -> str:
    """Return the number that people see: 1A-42 (as on the till's paper)."""
    return f"{series}-{number}"


def numbered(journal_id: uuid.UUID, *, number: int | None, z: int | None) -> int:
    """Return how many tickets and returns, or Z, of a journal bear a number already."""
    if number is not None:
        return sum(paper.objects.filter(journal_id=journal_id, number=number).count() for paper in PAPERS)
    return 0 if z is None else ShiftClosing.objects.filter(journal_id=journal_id, z=z).count()


def by_secret(secret: str) -> BuyerToken | None:
    """Return the token that a buyer's secret opens, in whichever business it is; None for one that is unknown or withdrawn (ruling 15)."""
    digest = hashlib.sha256(secret.encode()).digest()
    with across("a buyer's secret names its business"):
        withdrawn = TokenWithdrawal.objects.filter(token_hash=digest)
        row: BuyerToken | None = BuyerToken.objects.filter(~Exists(withdrawn), token_hash=digest).first()
    return row


def _detail(sale: Sale) -> TicketDetail:
    series = Device.objects.filter(id=sale.journal_id).values_list("series", flat=True).first() or "?"
    return TicketDetail(
        sale,
        number_of(series, sale.number),
        Store.objects.get(id=sale.store_id),
        tuple(SaleLine.objects.filter(sale_id=sale.id).order_by("n")),
        tuple(Payment.objects.filter(sale_id=sale.id).order_by("n")),
        tuple(TaxFigure(*figure) for figure in sale.taxes),
        CounterEvent.objects.filter(kind="ticket.reprinted", about=sale.id).exclude(reason="gift").count(),
        tuple(SaleSaving.objects.filter(sale_id=sale.id).order_by("n", "promotion_id")),
        tuple(SaleModifier.objects.filter(sale_id=sale.id).order_by("n", "place")),
        tuple(SaleTrace.objects.filter(sale_id=sale.id).order_by("n")),
        tuple(SaleComponent.objects.filter(sale_id=sale.id).order_by("n", "place")),
        tuple(SaleCombo.objects.filter(sale_id=sale.id).order_by("place")),
        tuple(SalePart.objects.filter(sale_id=sale.id).order_by("n")),
        AgeCheck.objects.filter(sale_id=sale.id).first(),
        SaleTaker.objects.filter(sale_id=sale.id).values_list("person_id", flat=True).first(),
        tuple(GiftCardMove.objects.filter(source_id=sale.id, kind="load").order_by("n")),
        tuple(SalePrior.objects.filter(sale_id=sale.id).order_by("n")),
    )


def _matching(wanted: Wanted) -> QuerySet[Sale]:
    rows: QuerySet[Sale] = Sale.objects.all()
    if wanted.store_id:
        rows = rows.filter(store_id=wanted.store_id)
    if wanted.first:
        rows = rows.filter(business_date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(business_date__lte=wanted.last)
    if wanted.number:
        rows = rows.filter(bears(wanted.number))
    if wanted.amount is not None:
        paid = Payment.objects.filter(organization_id=OuterRef("organization_id"), sale_id=OuterRef("id"), amount=wanted.amount)
        rows = rows.filter(Q(gross=wanted.amount) | Q(Exists(paid)))
    if words := fold(wanted.words).split():
        rows = rows.filter(_with_products(words))
    return rows


def bears(text: str) -> Q:
    """The condition of the number on a ticket or on the paper of a return: with its series, or the number alone in any series."""
    series, _, number = text.strip().upper().rpartition("-")
    if not number.isdecimal() or len(number) > 9:
        return Q(number=-1)
    if not series:
        return Q(number=int(number))
    return Q(number=int(number), journal_id__in=list(Device.objects.filter(series=series).values_list("id", flat=True)))


def _with_products(words: Iterable[str]) -> Exists:
    named = Q()
    for word in words:
        named &= Q(search__contains=word)
    ids = list(Product.objects.filter(named).values_list("id", flat=True)[:PRODUCTS_MAX])
    return Exists(SaleLine.objects.filter(organization_id=OuterRef("organization_id"), sale_id=OuterRef("id"), product_id__in=ids))


def _listed(rows: list[Sale]) -> list[Ticket]:
    ids = [row.id for row in rows]
    series = dict(Device.objects.filter(id__in={row.journal_id for row in rows}).values_list("id", "series"))
    stores = {store.id: store for store in Store.objects.filter(id__in={row.store_id for row in rows})}
    methods: dict[uuid.UUID, dict[str, None]] = {}
    for sale_id, method in Payment.objects.filter(sale_id__in=ids).order_by("sale_id", "n").values_list("sale_id", "method"):
        methods.setdefault(sale_id, {})[method] = None
    lines: dict[uuid.UUID, int] = {}
    for sale_id in SaleLine.objects.filter(sale_id__in=ids).values_list("sale_id", flat=True):
        lines[sale_id] = lines.get(sale_id, 0) + 1
    return [
        Ticket(
            row.id, number_of(series.get(row.journal_id, "?"), row.number), stores[row.store_id].name, stores[row.store_id].timezone,
            row.business_date, row.occurred_at, row.gross, tuple(methods.get(row.id, ())), tuple(row.flags.split()), lines.get(row.id, 0),
            row.net, row.discount, row.rounding, row.tip,
        )
        for row in rows
    ]  # fmt: skip
