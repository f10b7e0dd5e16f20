"""How many of those who wanted to think it over came back (S11): quotations whose day is over, or that were sold, within the last months."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from mostrador.counter.models import Sale
from mostrador.counter.order_models import Order, OrderClosing
from mostrador.trust.shares import Share, share

DAYS = 90
TAKEN_BACK = dt.timedelta(seconds=60)
"""Closed so soon, it was never kept."""


def came_back(today: dt.date) -> Share:
    """Return how many quotations of the last 90 days were sold, of those that are decided: sold, or past their day."""
    since = today - dt.timedelta(days=DAYS)
    bought = Sale.objects.filter(order_id=OuterRef("id"), organization_id=OuterRef("organization_id"))
    rows = Order.objects.filter(kind="quote", business_date__gt=since).annotate(was_sold=Exists(bought))
    closings = OrderClosing.objects.filter(outcome="cancelled", business_date__gt=since)
    closed = dict(closings.values_list("order_id", "occurred_at"))
    sold = decided = 0
    for order_id, made, due_by, was_sold in rows.values_list("id", "occurred_at", "due_by", "was_sold"):
        was_undone = order_id in closed and closed[order_id] < made + TAKEN_BACK
        sold += was_sold
        decided += was_sold or (not was_undone and due_by < today)
    return share(sold, decided)


def of_visits(visits: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of these visits in which a price was kept, and not let go of at once."""
    made = {row.id: row for row in Order.objects.filter(kind="quote", visit_id__in=list(visits)).only("id", "visit_id", "occurred_at")}
    closings = OrderClosing.objects.filter(outcome="cancelled", order_id__in=list(made)).values_list("order_id", "occurred_at")
    undone = {order_id for order_id, at in closings if at < made[order_id].occurred_at + TAKEN_BACK}
    return {row.visit_id for order_id, row in made.items() if order_id not in undone}
