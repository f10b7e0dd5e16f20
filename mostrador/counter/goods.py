"""Goods that were sold have left the shelf, and some came back to it: the line is the move, nothing is written twice (docs/adr/0011)."""

from mostrador.kernel.sql import Question
from mostrador.stock import services as stock

TOPIC_SOLD = "counter.sold"
TOPIC_RETURNED = "counter.returned"


def sold(which: stock.Which) -> Question:
    """Ask what left each store with some sales, or with all: negative thousandths."""
    some, values = which.among("l.sale_id")
    return (
        "SELECT l.organization_id, s.store_id, l.product_id, -SUM(l.quantity * l.factor / 1000) FROM counter_saleline l"  # noqa: S608  # our own words
        " JOIN counter_sale s ON s.organization_id = l.organization_id AND s.id = l.sale_id"
        f" WHERE l.organization_id = %s{some} GROUP BY l.organization_id, s.store_id, l.product_id ORDER BY 2, 3",
        values,
    )


def returned(which: stock.Which) -> Question:
    """Ask what came back to the shelf of each store with some returns, or with all: thousandths. What is scrap stays away."""
    some, values = which.among("l.return_id")
    return (
        "SELECT l.organization_id, r.store_id, l.product_id, SUM(l.quantity * l.factor / 1000) FROM counter_returnline l"  # noqa: S608  # our own words
        " JOIN counter_return r ON r.organization_id = l.organization_id AND r.id = l.return_id"
        f" WHERE l.organization_id = %s AND l.goods = 'shelf'{some} GROUP BY l.organization_id, r.store_id, l.product_id ORDER BY 2, 3",
        values,
    )


stock.flows(TOPIC_SOLD, sold)
stock.flows(TOPIC_RETURNED, returned)
