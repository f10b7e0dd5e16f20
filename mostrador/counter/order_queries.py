"""Reads of orders: what each has come to is folded from its rows, never stored (as docs/adr/0016 has it for accounts). Amounts: minor units."""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mostrador.buyers import queries as buyers
from mostrador.counter import order_reads, order_rest, orders
from mostrador.counter.made_of import OrderComponent
from mostrador.counter.models import Payment, Sale
from mostrador.counter.order_models import (
    Order,
    OrderChange,
    OrderClosing,
    OrderExpiry,
    OrderHandover,
    OrderLine,
    OrderPayment,
    OrderRefund,
    OrderRepricing,
    OrderToken,
)
from mostrador.counter.order_rest import Handed
from mostrador.counter.queries import number_of
from mostrador.kernel import clock
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import across
from mostrador.people.models import Store
from mostrador.pricing.arithmetic import mul_div_round

PAGE = 50
# How long a till still knows of an order that has ended: long enough for whoever asks about it at the counter.
TOLD_FOR = dt.timedelta(days=7)

type State = Literal["open", "ready", "sent", "delivered", "cancelled", "expired"]


@dataclass(frozen=True, slots=True)
class Handover:
    """A sale of an order: when, what of its deposits paid for it, and what it handed over by line; no lines: all of it."""

    sale_id: uuid.UUID
    at: dt.datetime
    deposit: int
    lines: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class OrderState:
    """An order and what it has come to.

    `due_by`: as agreed last. `paid`: all deposits; `used`: what of them paid for its sales, went back or was kept; `over`: used beyond what was paid,
    which two tills that did not know of each other can do. `left`: what is still to be paid. `repricings`: other prices, the last of which holds.
    """

    row: Order
    number: str
    store: Store
    buyer: str
    state: State
    due_by: dt.date
    paid: int
    used: int
    handovers: tuple[Handover, ...]
    repricings: tuple[OrderRepricing, ...]
    expiry: OrderExpiry | None
    is_closed: bool

    @property
    def sale_ids(self) -> tuple[uuid.UUID, ...]:
        """The sales that handed it over, or a part of it."""
        return tuple(one.sale_id for one in self.handovers)

    @property
    def basket(self) -> dict[str, Any]:
        """The document that it will be sold by."""
        found: dict[str, Any] = self.repricings[-1].basket if self.repricings else self.row.basket
        return found

    @property
    def totals(self) -> dict[str, Any]:
        """What that document comes to."""
        found: dict[str, Any] = self.repricings[-1].totals if self.repricings else self.row.totals
        return found

    @property
    def gross(self) -> int:
        """What it costs, as agreed last."""
        return self.repricings[-1].gross if self.repricings else self.row.gross

    @property
    def was(self) -> int | None:
        """What it cost before it was agreed anew, or None."""
        return None if not self.repricings else self.repricings[-2].gross if len(self.repricings) > 1 else self.row.gross

    @property
    def handed(self) -> dict[str, Handed]:
        """What was handed over in parts, by line."""
        return order_rest.by_line(line for one in self.handovers for line in one.lines)

    @property
    def unspent(self) -> int:
        """What of the deposits paid for nothing yet, and did not go back."""
        return max(0, self.paid - self.used)

    @property
    def owed(self) -> int:
        """What the shop owes to the buyer now that it has ended: of an order for which nobody came, less what is kept by the share on its paper."""
        return self.unspent - self.kept if self.has_ended else 0

    @property
    def kept(self) -> int:
        """What of the deposits the shop keeps, nobody having come."""
        return mul_div_round(self.unspent, self.row.kept_share, 1_000_000) if self.state == "expired" else 0

    @property
    def has_lapsed(self) -> bool:
        """Whether the clock ended it, and no closing did: another day agreed with the buyer opens it again."""
        return self.expiry is not None and not self.is_closed

    @property
    def came_after(self) -> bool:
        """Whether it was handed over, or a part of it, when the clock had ended it already."""
        return self.expiry is not None and any(one.at > self.expiry.at for one in self.handovers)

    @property
    def is_beyond(self) -> bool:
        """Whether more was handed over than was ordered."""
        whole = sum(not one.lines for one in self.handovers)
        return whole > 1 or (whole == 1 and len(self.handovers) > 1) or order_rest.beyond(self.basket, self.handed)

    @property
    def has_ended(self) -> bool:
        """Whether it waits for nothing any more."""
        return self.state in {"delivered", "cancelled", "expired"}

    @property
    def left(self) -> int:
        """What is still to be paid."""
        return 0 if self.has_ended else max(0, order_rest.rest(self.totals, self.basket, self.handed) - self.unspent)

    @property
    def over(self) -> int:
        """What was used or given back beyond what had been paid."""
        return max(0, self.used - self.paid)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed in its store."""
        return not self.has_ended and self.due_by < today(self.store)


def today(store: Store) -> dt.date:
    """Return the day that it is in a store."""
    return clock.business_date(clock.now(), store.timezone, 0)


def states(rows: Iterable[Order]) -> list[OrderState]:
    """Return what orders have come to, in their order: a constant number of statements."""
    found = list(rows)
    if not found:
        return []
    ids = [row.id for row in found]
    paid: dict[uuid.UUID, int] = dict(order_reads.paid(ids))
    changes: dict[uuid.UUID, list[OrderChange]] = defaultdict(list)
    for change in order_reads.changes(ids):
        changes[change.order_id].append(change)
    closings: dict[uuid.UUID, list[OrderClosing]] = defaultdict(list)
    for closing in order_reads.closings(ids):
        closings[closing.order_id].append(closing)
    deposits: dict[uuid.UUID, int] = dict(order_reads.spent(ids))
    handovers = _handovers(ids, deposits)
    repricings: dict[uuid.UUID, list[OrderRepricing]] = defaultdict(list)
    for repricing in order_reads.repricings(ids):
        repricings[repricing.order_id].append(repricing)
    expiries = {(row.order_id, row.due_by): row for row in order_reads.expiries(ids)}
    used = _used(ids, handovers, closings)
    stores: dict[uuid.UUID, Store] = {store.id: store for store in order_reads.stores({row.store_id for row in found})}
    series: dict[uuid.UUID, str] = dict(order_reads.series({row.journal_id for row in found}))
    names = buyers.names({row.buyer_id for row in found if row.buyer_id})
    states: list[OrderState] = []
    for row in found:
        due_by = next((change.due_by for change in reversed(changes[row.id]) if change.due_by), row.due_by)
        expiry = expiries.get((row.id, due_by))
        basket = repricings[row.id][-1].basket if repricings[row.id] else row.basket
        states.append(
            OrderState(
                row=row,
                number=number_of(series.get(row.journal_id, "?"), row.number),
                store=stores[row.store_id],
                buyer=names.get(row.buyer_id, "") if row.buyer_id else "",
                state=_state(basket, changes[row.id], closings[row.id], handovers[row.id], has_expired=expiry is not None),
                due_by=due_by,
                paid=paid.get(row.id, 0),
                used=used[row.id],
                handovers=tuple(handovers[row.id]),
                repricings=tuple(repricings[row.id]),
                expiry=expiry,
                is_closed=bool(closings[row.id]),
            )
        )
    return states


def _handovers(ids: list[uuid.UUID], deposits: dict[uuid.UUID, int]) -> dict[uuid.UUID, list[Handover]]:
    """The sales of orders, each with what it handed over, and what of deposits paid for it."""
    lines: dict[uuid.UUID, list[tuple[str, int, int]]] = defaultdict(list)
    for sale_id, line, quantity, amount in order_reads.handed(ids):
        lines[sale_id].append((line, quantity, amount))
    found: dict[uuid.UUID, list[Handover]] = defaultdict(list)
    for sale_id, order_id, occurred_at in order_reads.sales(ids):
        found[order_id].append(Handover(sale_id, occurred_at, deposits.get(sale_id, 0), tuple(lines[sale_id])))
    return found


def _state(
    basket: dict[str, Any], changes: list[OrderChange], closings: list[OrderClosing], sales: list[Handover], *, has_expired: bool
) -> State:
    """What was sold whole was delivered, whatever else was said; then what ended it; then the clock; then the last step."""
    handed = order_rest.by_line(line for one in sales for line in one.lines)
    if any(not one.lines for one in sales) or order_rest.is_whole(basket, handed):
        return "delivered"
    ends = [closing.outcome for closing in closings if closing.outcome != "settled"]
    if ends:
        return "cancelled" if ends[0] == "cancelled" else "expired"
    if has_expired:
        return "expired"
    step = next((change.step for change in reversed(changes) if change.step), "")
    return "ready" if step == "ready" else "sent" if step == "sent" else "open"


def _used(
    ids: list[uuid.UUID], handovers: dict[uuid.UUID, list[Handover]], closings: dict[uuid.UUID, list[OrderClosing]]
) -> dict[uuid.UUID, int]:
    """What of the deposits of each order was used: for its sales, given back, kept."""
    used: dict[uuid.UUID, int] = defaultdict(int, order_reads.back(ids))
    for order_id in ids:
        used[order_id] += sum(one.deposit for one in handovers[order_id]) + sum(closing.kept for closing in closings[order_id])
    return used


def order(order_id: uuid.UUID) -> OrderState | None:
    """Return an order of the business in scope, or None."""
    found = states(order_reads.orders([order_id]))
    return found[0] if found else None


def waiting(rows: QuerySet[Order] | None = None) -> QuerySet[Order]:
    """Return the orders that have not ended."""
    mine = {"organization_id": OuterRef("organization_id"), "order_id": OuterRef("id")}
    parts = OrderHandover.objects.filter(organization_id=OuterRef("organization_id"), sale_id=OuterRef("id"))
    sold = Sale.objects.filter(**mine).exclude(Exists(parts))
    closed = OrderClosing.objects.filter(**mine).exclude(outcome="settled")
    agreed = OrderChange.objects.filter(due_by__isnull=False, **mine).order_by("-at", "-id").values("due_by")[:1]
    expired = OrderExpiry.objects.filter(due_by=OuterRef("agreed_by"), **mine)
    found = (Order.objects.all() if rows is None else rows).annotate(agreed_by=Coalesce(Subquery(agreed), F("due_by")))
    return found.filter(~Exists(sold), ~Exists(closed), ~Exists(expired)).filter(_is_left(mine))


def _is_left(mine: dict[str, Any]) -> Exists:
    """Whether some line was not handed over in parts as often as it was ordered."""
    of_line = {"organization_id": OuterRef("organization_id"), "order_id": OuterRef("order_id"), "line": OuterRef("line")}
    handed = OrderHandover.objects.filter(**of_line).order_by().values("line").annotate(total=Sum("quantity")).values("total")
    over = Coalesce(Subquery(handed, output_field=BigIntegerField()), 0)
    return Exists(OrderLine.objects.filter(**mine).annotate(over=over).filter(over__lt=F("ordered")))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders: of a kind, a store, of whom (words of the buyer's name), and whether those that have ended."""

    kind: str = ""
    store_id: uuid.UUID | None = None
    words: str = ""
    ended: bool = False


def listed(wanted: Wanted, page: int = 1) -> tuple[list[OrderState], bool]:
    """Return a page of orders, those due first at the top, or of those that have ended, the newest; and whether there are more."""
    rows = Order.objects.exclude(id__in=waiting().values("id")) if wanted.ended else waiting()
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.store_id:
        rows = rows.filter(store_id=wanted.store_id)
    if wanted.words:
        rows = rows.filter(Q(buyer_id__in=buyers.ids_of(wanted.words)) | _numbered(wanted.words))
    order_by = ("-occurred_at", "-id") if wanted.ended else ("due_by", "occurred_at", "id")
    start = (max(1, page) - 1) * PAGE
    found = list(rows.order_by(*order_by)[start : start + PAGE + 1])
    return states(found[:PAGE]), len(found) > PAGE


def _numbered(words: str) -> Q:
    """An order by the number on its paper, A1-482 or 482."""
    number = words.rpartition("-")[2].strip()
    return Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q(pk__in=[])


def told(store_id: uuid.UUID, ids: Iterable[uuid.UUID] | None = None) -> list[OrderState]:
    """Return the orders of a store that its tills keep: those that wait, those that ended lately, and those of which something is to go back."""
    wanted = None if ids is None else list(ids)
    rows: dict[uuid.UUID, Order] = {row.id: row for row in _told(store_id, wanted, clock.now() - TOLD_FOR)}
    owed = {state.row.id: state.row for state in states(_left(store_id, wanted)) if state.owed}
    return states(sorted((rows | owed).values(), key=lambda row: row.id))


@ready
def _told(store_id: uuid.UUID, ids: list[uuid.UUID] | None, since: dt.datetime) -> Any:
    """The orders that wait, and those that ended lately."""
    rows = Order.objects.filter(store_id=store_id)
    sold = Sale.objects.filter(occurred_at__gt=since, order_id__isnull=False).values("order_id")
    closed = OrderClosing.objects.filter(occurred_at__gt=since).values("order_id")
    expired = OrderExpiry.objects.filter(at__gt=since).values("order_id")
    lately = Q(id__in=sold) | Q(id__in=closed) | Q(id__in=expired)
    return (rows if ids is None else rows.filter(id__in=ids)).filter(Q(id__in=waiting().values("id")) | lately)


def overdrawn() -> list[OrderState]:
    """Return the orders with which tills that did not know of each other, or of the clock, did too much.

    More of the deposits was used or given back than had been paid, more was handed over than ordered, or it was handed over after it had ended by itself.
    """
    found = states(_ended())
    return [state for state in found if state.over or state.is_beyond or state.came_after]


@ready
def _ended() -> Any:
    used = Payment.objects.filter(method="deposit", sale__order_id__isnull=False).values_list("sale__order_id", flat=True)
    closed = OrderClosing.objects.values_list("order_id", flat=True)
    twice = Sale.objects.filter(order_id__isnull=False).order_by().values("order_id").annotate(times=Count("id")).filter(times__gt=1)
    expired = OrderExpiry.objects.values_list("order_id", flat=True)
    # Only an order that ended twice, or whose sale used what was not there, can be among them.
    asked = Q(id__in=used) | Q(id__in=closed) | Q(id__in=twice.values("order_id")) | Q(id__in=expired)
    return Order.objects.filter(asked).order_by("-occurred_at", "-id")


def owing() -> list[OrderState]:
    """Return the orders that ended and of whose deposits something is still to go back to the buyer, the oldest first."""
    return [state for state in states(_left(None, None)) if state.owed]


@ready
def _left(store_id: uuid.UUID | None, ids: list[uuid.UUID] | None) -> Any:
    """Those that ended, of a store or of these ids, of whose deposits not all was used."""
    rows = Order.objects.all() if store_id is None else Order.objects.filter(store_id=store_id)
    business = OuterRef("organization_id")
    deposits = OrderPayment.objects.filter(organization_id=business, order_id=OuterRef("id"))
    used = (
        _sum(Payment.objects.filter(organization_id=business, sale__order_id=OuterRef("id"), method="deposit"), "sale__order_id", "amount")
        + _sum(OrderRefund.objects.filter(organization_id=business, closing__order_id=OuterRef("id")), "closing__order_id", "amount")
        + _sum(OrderClosing.objects.filter(organization_id=business, order_id=OuterRef("id")), "order_id", "kept")
    )
    ended = (rows if ids is None else rows.filter(id__in=ids)).filter(Exists(deposits)).exclude(id__in=waiting().values("id"))
    left = ended.annotate(deposits=_sum(deposits, "order_id", "amount"), used=used).filter(deposits__gt=F("used"))
    return left.order_by("occurred_at", "id")


def _sum(rows: QuerySet[Any], by: str, column: str) -> Coalesce:
    """What a column of rows of one order comes to."""
    total = rows.order_by().values(by).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


def payments(order_id: uuid.UUID) -> list[OrderPayment]:
    """Return the deposits of an order, oldest first."""
    return list(OrderPayment.objects.filter(order_id=order_id).prefetch_related("tenders").order_by("occurred_at", "id"))


def by_secret(secret: str) -> OrderToken | None:
    """Return the token of an order that a buyer's secret opens, in whichever business it is; None for one that is unknown (ruling 15)."""
    digest = hashlib.sha256(secret.encode()).digest()
    with across("a buyer's secret names its business"):
        row: OrderToken | None = OrderToken.objects.filter(token_hash=digest).first()
    return row


def deposits(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[OrderPayment]]:
    """Return the deposits of orders, oldest first."""
    found: dict[uuid.UUID, list[OrderPayment]] = defaultdict(list)
    for row in order_reads.payments(list(ids)):
        found[row.order_id].append(row)
    return found


def given_back(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[tuple[uuid.UUID, int]]]:
    """Return what each closing of orders gave back or kept: (closing, minor units)."""
    wanted = list(ids)
    by_closing: dict[uuid.UUID, int] = dict(order_reads.refunded(wanted))
    found: dict[uuid.UUID, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    for row in order_reads.closings(wanted):
        found[row.order_id].append((row.id, row.kept + by_closing.get(row.id, 0)))
    return found


def lines(order_id: uuid.UUID) -> list[OrderLine]:
    """Return the lines of an order."""
    return list(OrderLine.objects.filter(order_id=order_id).order_by("n"))


def changes(order_id: uuid.UUID) -> list[OrderChange]:
    """Return the steps and dates of an order, oldest first."""
    return list(OrderChange.objects.filter(order_id=order_id).order_by("at", "id"))


def closings(order_id: uuid.UUID) -> list[OrderClosing]:
    """Return what ended an order without a sale: one, or more where tills did not know of each other."""
    return list(OrderClosing.objects.filter(order_id=order_id).prefetch_related("refunds").order_by("occurred_at", "id"))


def set_aside(product_ids: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], int]:
    """Return how much of products stands aside for orders that wait: (store, product) to thousandths."""
    products = list(product_ids)
    found: dict[tuple[uuid.UUID, uuid.UUID], int] = defaultdict(int)
    for store_id, product_id, total in (*_aside(products), *_components_aside(products)):
        found[store_id, product_id] += total
    for state in states(_in_parts()):
        for line in state.basket["lines"]:
            for product_id, quantity in _still_aside(line, state.handed.get(line["id"], order_rest.NOTHING).quantity):
                if product_id in products:
                    found[state.row.store_id, product_id] += quantity
    return found


def _reserving(*, in_parts: bool) -> QuerySet[Order]:
    """The orders that wait with goods set aside, those handed over in part, or the others."""
    kinds = [kind for kind, said in orders.KINDS.items() if said.reserves]
    parts = Exists(OrderHandover.objects.filter(organization_id=OuterRef("organization_id"), order_id=OuterRef("id")))
    return waiting().filter(kind__in=kinds).filter(parts if in_parts else ~parts)


@ready
def _in_parts() -> Any:
    return _reserving(in_parts=True)


@ready
def _aside(products: list[uuid.UUID]) -> Any:
    of_line = OrderComponent.objects.filter(organization_id=OuterRef("organization_id"), order_id=OuterRef("order_id"), n=OuterRef("n"))
    return _by_store(OrderLine.objects.filter(~Exists(of_line)), products)


@ready
def _components_aside(products: list[uuid.UUID]) -> Any:
    return _by_store(OrderComponent.objects.all(), products)


def _by_store(rows: QuerySet[Any], products: list[uuid.UUID]) -> Any:
    mine = rows.filter(product_id__in=products, order_id__in=_reserving(in_parts=False).values("id"))
    return mine.values_list("order__store_id", "product_id").annotate(total=Sum("quantity")).order_by()


def _still_aside(line: dict[str, Any], handed: int) -> list[tuple[uuid.UUID, int]]:
    """What of a line's goods stands aside after so much of it was handed over: of a kit, what is left of its components."""
    left = max(0, line["quantity"] - handed)
    if line.get("components"):
        return [
            (uuid.UUID(one["product_id"]), one["quantity"] - mul_div_round(one["quantity"], line["quantity"] - left, line["quantity"]))
            for one in line["components"]
        ]
    return [(uuid.UUID(line["product_id"]), left * line.get("factor", 1000) // 1000)]


def of_shift(shift_id: uuid.UUID) -> dict[str, Any]:
    """Return what a shift did with orders: those that began, deposits and closings, in the order of their numbers."""
    return {
        "opened": states(Order.objects.filter(shift_id=shift_id).order_by("number", "id")),
        "payments": list(OrderPayment.objects.filter(shift_id=shift_id).prefetch_related("tenders").order_by("number", "id")),
        "closings": list(OrderClosing.objects.filter(shift_id=shift_id).prefetch_related("refunds").order_by("number", "id")),
    }
