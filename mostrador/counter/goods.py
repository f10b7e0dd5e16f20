"""Goods that were sold have left the shelf: the line of a sale is the move, nothing is written twice (docs/adr/0011)."""

import uuid
from collections import defaultdict

from django.db.models import Sum

from mostrador.counter.models import SaleLine
from mostrador.stock import services as stock

TOPIC = "counter.sold"


def sold(sales: list[uuid.UUID] | None) -> stock.Sums:
    """Sum what left each store with some sales, or with all: negative thousandths."""
    sums: stock.Sums = defaultdict(int)
    parts = [None] if sales is None else [sales[start : start + 1000] for start in range(0, len(sales), 1000)]
    for part in parts:
        rows = SaleLine.objects.all() if part is None else SaleLine.objects.filter(sale_id__in=part)
        for store_id, product_id, total in rows.values_list("sale__store_id", "product_id").annotate(total=Sum("quantity")).order_by():
            sums[store_id, product_id] -= total
    return sums


stock.flows(TOPIC, sold)
