"""Goods that were sold have left the shelf, and some came back to it: the line is the move, nothing is written twice (docs/adr/0011).

Of a kit its components are the move, and the line is not (docs/adr/0023).
"""

from mostrador.kernel.sql import Question
from mostrador.stock import services as stock

TOPIC_SOLD = "counter.sold"
TOPIC_RETURNED = "counter.returned"


def sold(which: stock.Which) -> Question:
    """Ask what left each store with some sales, or with all: negative thousandths."""
    some, values = which.among("l.sale_id")
    return _summed("-SUM", _moved("sale", some)), [*values, *values]


def returned(which: stock.Which) -> Question:
    """Ask what came back to the shelf of each store with some returns, or with all: thousandths. What is scrap stays away."""
    some, values = which.among("l.return_id")
    return _summed("SUM", _moved("return", f" AND l.goods = 'shelf'{some}")), [*values, *values]


def _summed(total: str, moves: str) -> str:
    return (
        f"SELECT m.organization_id, m.store_id, m.product_id, {total}(m.quantity) FROM ({moves}) m"  # noqa: S608  # our own words
        " GROUP BY m.organization_id, m.store_id, m.product_id ORDER BY 2, 3"
    )


def _moved(paper: str, some: str) -> str:
    """What the lines of papers moved: each its product, but a line of a kit its components and not the kit. Names the business twice."""
    line, component, own = f"counter_{paper}line", f"counter_{paper}component", f"{paper}_id"
    of_line = f"c.organization_id = l.organization_id AND c.{own} = l.{own} AND c.n = l.n"
    place = f"JOIN counter_{paper} p ON p.organization_id = l.organization_id AND p.id = l.{own} WHERE l.organization_id = %s{some}"
    return (
        f"SELECT l.organization_id, p.store_id, l.product_id, l.quantity * l.factor / 1000 AS quantity FROM {line} l {place}"  # noqa: S608  # our own words
        f" AND NOT EXISTS (SELECT 1 FROM {component} c WHERE {of_line}) UNION ALL"
        f" SELECT c.organization_id, p.store_id, c.product_id, c.quantity FROM {component} c JOIN {line} l ON {of_line} {place}"
    )


stock.flows(TOPIC_SOLD, sold)
stock.flows(TOPIC_RETURNED, returned)
