"""How many of those who wanted to think it over came back (S11): quotations whose day is over, or that were sold, within the last months."""

import datetime as dt

from django.db.models import Exists, F, OuterRef

from mostrador.counter.models import Sale
from mostrador.counter.order_models import Order, OrderClosing
from mostrador.trust.shares import Share, share

DAYS = 90
TAKEN_BACK = dt.timedelta(seconds=60)
"""Closed so soon, it was never kept."""


def came_back(today: dt.date) -> Share:
    """Return how many quotations of the last 90 days were sold, of those that are decided: sold, or past their day."""
    ours = {"order_id": OuterRef("id"), "organization_id": OuterRef("organization_id")}
    rows = Order.objects.filter(kind="quote", business_date__gt=today - dt.timedelta(days=DAYS))
    undone = OrderClosing.objects.filter(**ours, outcome="cancelled", occurred_at__lt=OuterRef("occurred_at") + TAKEN_BACK)
    found = rows.annotate(was_sold=Exists(Sale.objects.filter(**ours)), was_undone=Exists(undone)).values_list(
        "was_sold", "was_undone", F("due_by")
    )
    sold = decided = 0
    for was_sold, was_undone, due_by in found:
        sold += was_sold
        decided += was_sold or (not was_undone and due_by < today)
    return share(sold, decided)
