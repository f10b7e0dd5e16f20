"""How many of those who wanted to think it over came back (S11): quotations whose day is over, or that were sold, within the last months."""

import datetime as dt

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
