"""The rows that orders are folded from (`order_queries`), by the orders' ids: asked at every change of an order, so each is ready."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from mostrador.counter.models import Payment, Sale
from mostrador.counter.order_models import (
    Order,
    OrderChange,
    OrderClosing,
    OrderExpiry,
    OrderHandover,
    OrderPayment,
    OrderRefund,
    OrderRepricing,
)
from mostrador.kernel.ready import ready
from mostrador.people.models import Device, Store

type Ids = Iterable[uuid.UUID]


@ready
def orders(ids: Ids) -> Any:
    """Orders themselves."""
    return Order.objects.filter(id__in=ids)


@ready
def paid(ids: Ids) -> Any:
    """(Order, all its deposits)."""
    return OrderPayment.objects.filter(order_id__in=ids).values_list("order_id").annotate(total=Sum("amount")).order_by()


@ready
def payments(ids: Ids) -> Any:
    """Deposits, oldest first."""
    return OrderPayment.objects.filter(order_id__in=ids).order_by("occurred_at", "id")


@ready
def changes(ids: Ids) -> Any:
    """Steps and dates, oldest first."""
    return OrderChange.objects.filter(order_id__in=ids).order_by("at", "id")


@ready
def closings(ids: Ids) -> Any:
    """What ended them without a sale, oldest first."""
    return OrderClosing.objects.filter(order_id__in=ids).order_by("occurred_at", "id")


@ready
def repricings(ids: Ids) -> Any:
    """Other prices that were agreed, oldest first."""
    return OrderRepricing.objects.filter(order_id__in=ids).order_by("at", "id")


@ready
def expiries(ids: Ids) -> Any:
    """What the clock ended."""
    return OrderExpiry.objects.filter(order_id__in=ids)


@ready
def sales(ids: Ids) -> Any:
    """(Sale, order, when), oldest first."""
    return Sale.objects.filter(order_id__in=ids).order_by("occurred_at", "id").values_list("id", "order_id", "occurred_at")


@ready
def handed(ids: Ids) -> Any:
    """(Sale, line, quantity, amount) of what was handed over in parts."""
    return OrderHandover.objects.filter(order_id__in=ids).order_by("sale_id", "n").values_list("sale_id", "line", "quantity", "amount")


@ready
def spent(ids: Ids) -> Any:
    """(Sale, what of deposits paid for it)."""
    rows = Payment.objects.filter(sale__order_id__in=ids, method="deposit")
    return rows.values_list("sale_id").annotate(total=Sum("amount")).order_by()


@ready
def back(ids: Ids) -> Any:
    """(Order, what of its deposits went back)."""
    return OrderRefund.objects.filter(closing__order_id__in=ids).values_list("closing__order_id").annotate(total=Sum("amount")).order_by()


@ready
def refunded(ids: Ids) -> Any:
    """(Closing, what of the deposits went back by it)."""
    return OrderRefund.objects.filter(closing__order_id__in=ids).values_list("closing_id").annotate(total=Sum("amount")).order_by()


@ready
def stores(ids: Ids) -> Any:
    """Stores."""
    return Store.objects.filter(id__in=ids)


@ready
def series(ids: Ids) -> Any:
    """(Journal, the series of its papers)."""
    return Device.objects.filter(id__in=ids).values_list("id", "series")
