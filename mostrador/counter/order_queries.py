"""Reads of orders: what each has come to is folded from its rows, never stored (as docs/adr/0016 has it for accounts). Amounts: minor units."""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from mostrador.buyers import queries as buyers
from mostrador.counter import orders
from mostrador.counter.made_of import OrderComponent
from mostrador.counter.models import Payment, Sale
from mostrador.counter.order_models import Order, OrderChange, OrderClosing, OrderLine, OrderPayment, OrderRefund, OrderToken
from mostrador.counter.queries import number_of
from mostrador.kernel import clock
from mostrador.kernel.scoping import across
from mostrador.people.models import Device, Store

PAGE = 50
# How long a till still knows of an order that has ended: long enough for whoever asks about it at the counter.
TOLD_FOR = dt.timedelta(days=7)

type State = Literal["open", "ready", "sent", "delivered", "cancelled", "expired"]


@dataclass(frozen=True, slots=True)
class OrderState:
    """An order and what it has come to.

    `due_by`: as agreed last. `paid`: all deposits; `used`: what of them paid for its sales, went back or was kept; `over`: used beyond what was paid,
    which two tills that did not know of each other can do. `left`: what is still to be paid.
    """

    row: Order
    number: str
    store: Store
    buyer: str
    state: State
    due_by: dt.date
    paid: int
    used: int
    sale_ids: tuple[uuid.UUID, ...]

    @property
    def has_ended(self) -> bool:
        """Whether it waits for nothing any more."""
        return self.state in {"delivered", "cancelled", "expired"}

    @property
    def left(self) -> int:
        """What is still to be paid."""
        return 0 if self.has_ended else max(0, self.row.gross - self.paid)

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
    ids = [row.id for row in found]
    paid = dict(OrderPayment.objects.filter(order_id__in=ids).values_list("order_id").annotate(total=Sum("amount")).order_by())
    changes: dict[uuid.UUID, list[OrderChange]] = defaultdict(list)
    for change in OrderChange.objects.filter(order_id__in=ids).order_by("at", "id"):
        changes[change.order_id].append(change)
    closings: dict[uuid.UUID, list[OrderClosing]] = defaultdict(list)
    for closing in OrderClosing.objects.filter(order_id__in=ids).order_by("occurred_at", "id"):
        closings[closing.order_id].append(closing)
    sales: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for sale in Sale.objects.filter(order_id__in=ids).order_by("occurred_at", "id").only("id", "order_id", "organization_id"):
        if sale.order_id is not None:
            sales[sale.order_id].append(sale.id)
    used = _used(ids)
    stores = {store.id: store for store in Store.objects.filter(id__in={row.store_id for row in found})}
    series = dict(Device.objects.filter(id__in={row.journal_id for row in found}).values_list("id", "series"))
    names = buyers.names({row.buyer_id for row in found if row.buyer_id})
    return [
        OrderState(
            row=row,
            number=number_of(series.get(row.journal_id, "?"), row.number),
            store=stores[row.store_id],
            buyer=names.get(row.buyer_id, "") if row.buyer_id else "",
            state=_state(changes[row.id], closings[row.id], sales[row.id]),
            due_by=next((change.due_by for change in reversed(changes[row.id]) if change.due_by), row.due_by),
            paid=paid.get(row.id, 0),
            used=used[row.id],
            sale_ids=tuple(sales[row.id]),
        )
        for row in found
    ]


def _state(changes: list[OrderChange], closings: list[OrderClosing], sales: list[uuid.UUID]) -> State:
    """What was sold was delivered, whatever else was said; then what ended it; then the last step."""
    if sales:
        return "delivered"
    if closings:
        return "cancelled" if closings[0].outcome == "cancelled" else "expired"
    step = next((change.step for change in reversed(changes) if change.step), "")
    return "ready" if step == "ready" else "sent" if step == "sent" else "open"


def _used(ids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """What of the deposits of each order was used: for its sales, given back, kept."""
    used: dict[uuid.UUID, int] = defaultdict(int)
    spent = Payment.objects.filter(sale__order_id__in=ids, method="deposit").values_list("sale__order_id").annotate(total=Sum("amount"))
    for order_id, total in spent.order_by():
        used[order_id] += total
    back = OrderRefund.objects.filter(closing__order_id__in=ids).values_list("closing__order_id").annotate(total=Sum("amount"))
    for order_id, total in back.order_by():
        used[order_id] += total
    for order_id, total in OrderClosing.objects.filter(order_id__in=ids).values_list("order_id").annotate(total=Sum("kept")).order_by():
        used[order_id] += total
    return used


def order(order_id: uuid.UUID) -> OrderState | None:
    """Return an order of the business in scope, or None."""
    found = states(Order.objects.filter(id=order_id))
    return found[0] if found else None


def waiting(rows: QuerySet[Order] | None = None) -> QuerySet[Order]:
    """Return the orders that have not ended."""
    sold = Sale.objects.filter(organization_id=OuterRef("organization_id"), order_id=OuterRef("id"))
    closed = OrderClosing.objects.filter(organization_id=OuterRef("organization_id"), order_id=OuterRef("id"))
    return (Order.objects.all() if rows is None else rows).filter(~Exists(sold), ~Exists(closed))


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
        rows = rows.filter(Q(buyer_id__in=buyers.buyers(wanted.words).values("id")) | _numbered(wanted.words))
    order_by = ("-occurred_at", "-id") if wanted.ended else ("due_by", "occurred_at", "id")
    start = (max(1, page) - 1) * PAGE
    found = list(rows.order_by(*order_by)[start : start + PAGE + 1])
    return states(found[:PAGE]), len(found) > PAGE


def _numbered(words: str) -> Q:
    """An order by the number on its paper, A1-482 or 482."""
    number = words.rpartition("-")[2].strip()
    return Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q(pk__in=[])


def told(store_id: uuid.UUID, ids: Iterable[uuid.UUID] | None = None) -> list[OrderState]:
    """Return the orders of a store that its tills keep: those that wait, and those that ended lately."""
    rows = Order.objects.filter(store_id=store_id)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    since = clock.now() - TOLD_FOR
    lately = Q(id__in=Sale.objects.filter(occurred_at__gt=since, order_id__isnull=False).values("order_id")) | Q(
        id__in=OrderClosing.objects.filter(occurred_at__gt=since).values("order_id")
    )
    return states(rows.filter(Q(id__in=waiting().values("id")) | lately).order_by("id"))


def overdrawn() -> list[OrderState]:
    """Return the orders of whose deposits more was used or given back than had been paid: tills that did not know of each other can do that."""
    used = Payment.objects.filter(method="deposit", sale__order_id__isnull=False).values_list("sale__order_id", flat=True)
    closed = OrderClosing.objects.values_list("order_id", flat=True)
    # Only an order that ended twice, or whose sale used what was not there, can be among them.
    return [
        state for state in states(Order.objects.filter(Q(id__in=used) | Q(id__in=closed)).order_by("-occurred_at", "-id")) if state.over
    ]


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
    for row in OrderPayment.objects.filter(order_id__in=list(ids)).order_by("occurred_at", "id"):
        found[row.order_id].append(row)
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
    kinds = [kind for kind, said in orders.KINDS.items() if said.reserves]
    aside = {"product_id__in": list(product_ids), "order_id__in": waiting().filter(kind__in=kinds).values("id")}
    of_line = OrderComponent.objects.filter(organization_id=OuterRef("organization_id"), order_id=OuterRef("order_id"), n=OuterRef("n"))
    found: dict[tuple[uuid.UUID, uuid.UUID], int] = defaultdict(int)
    for rows in (OrderLine.objects.filter(~Exists(of_line), **aside), OrderComponent.objects.filter(**aside)):
        for store_id, product_id, total in rows.values_list("order__store_id", "product_id").annotate(total=Sum("quantity")).order_by():
            found[store_id, product_id] += total
    return found


def of_shift(shift_id: uuid.UUID) -> dict[str, Any]:
    """Return what a shift did with orders: those that began, deposits and closings, in the order of their numbers."""
    return {
        "opened": states(Order.objects.filter(shift_id=shift_id).order_by("number", "id")),
        "payments": list(OrderPayment.objects.filter(shift_id=shift_id).prefetch_related("tenders").order_by("number", "id")),
        "closings": list(OrderClosing.objects.filter(shift_id=shift_id).prefetch_related("refunds").order_by("number", "id")),
    }
