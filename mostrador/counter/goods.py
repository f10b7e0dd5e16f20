"""Goods that were sold have left the shelf: the line of a sale is the move, nothing is written twice (docs/adr/0011)."""

from mostrador.kernel.sql import Question
from mostrador.stock import services as stock

TOPIC = "counter.sold"


def sold(which: stock.Which) -> Question:
    """Ask what left each store with some sales, or with all: negative thousandths."""
    some, values = which.among("l.sale_id")
    return (
        "SELECT l.organization_id, s.store_id, l.product_id, -SUM(l.quantity) FROM counter_saleline l"  # noqa: S608  # our own words
        " JOIN counter_sale s ON s.organization_id = l.organization_id AND s.id = l.sale_id"
        f" WHERE l.organization_id = %s{some} GROUP BY l.organization_id, s.store_id, l.product_id ORDER BY 2, 3",
        values,
    )


stock.flows(TOPIC, sold)
