"""Random returns: a random basket is sold, and its lines come back in parts, in one go, too often, or by two tills that know nothing of each other."""

from __future__ import annotations

from random import Random
from typing import Any

from mostrador.pricing.document import price_document
from mostrador.pricing.errors import PricingError
from tests.pricing.baskets import random_basket

type Document = dict[str, Any]


def random_return(random: Random) -> Document:
    """Return a return document; about one in sixteen has something that is refused."""
    sold, basket = _sold(random)
    lines: list[Document] = []
    for n, (line, totals) in enumerate(zip(basket["lines"], sold["lines"], strict=True)):
        if line["quantity"] > 0 and (random.random() < 0.7 or not lines):
            lines.append(_line(random, n, line["quantity"], totals))
    document: Document = {"version": 1, "currency": basket["currency"], "lines": lines}
    if "cash_rounding" in basket:
        document["cash_rounding"] = basket["cash_rounding"]
    if random.random() < 0.8:
        document["refunds"] = _refunds(random, basket)
    if random.random() < 0.4:
        document["cash_before"] = {"due": random.choice((1, -1)) * random.randrange(100_000), "rounding": random.randint(-9, 9)}
    if lines and random.random() < 0.06:
        _break(random, lines)
    return document


def share_of(totals: Document, quantity: int) -> Document:
    """A line of a sale's totals as a return names it."""
    return {"quantity": quantity, "gross": totals["gross"], "taxes": totals["taxes"]}


def _sold(random: Random) -> tuple[Document, Document]:
    while True:
        basket = random_basket(random)
        try:
            totals = price_document(basket)
        except PricingError:
            continue
        if any(line["quantity"] > 0 for line in basket["lines"]):
            return totals, basket


def _line(random: Random, n: int, quantity: int, totals: Document) -> Document:
    now = random.choice((quantity, 1, max(1, quantity // 2), max(1, quantity // 3), random.randint(1, quantity), quantity + 1000))
    sold = share_of(totals, quantity)
    before = None if random.random() < 0.5 else _before(random, sold)
    return {"id": str(n + 1), "quantity": now, "sold": sold, "before": before, "line": n, "reason": "defective", "goods": "shelf"}


def _before(random: Random, sold: Document) -> Document:
    """What earlier returns gave back, mostly as the rule says and sometimes off by a unit, as after two tills that did not know."""
    quantity = random.randint(1, sold["quantity"])

    def was(amount: int) -> int:
        return int((amount * quantity) // sold["quantity"] + random.choice((0, 0, 0, 1, -1)))

    taxes = [{"code": tax["code"], "base": was(tax["base"]), "amount": was(tax["amount"])} for tax in sold["taxes"]]
    return {"quantity": quantity, "gross": was(sold["gross"]), "taxes": taxes}


def _refunds(random: Random, basket: Document) -> list[Document]:
    methods = random.choice((["cash"], ["card"], ["card", "cash"], ["exchange", "cash"], []))
    return [{"method": method, "amount": random.choice((0, random.randrange(1, 5000), random.randrange(1, 200_000)))} for method in methods]


def _break(random: Random, lines: list[Document]) -> None:
    line = random.choice(lines)
    match random.randrange(4):
        case 0:
            lines.append({**line, "line": 999})
        case 1:
            lines.append({**line, "id": "again"})
        case 2:
            line["before"] = {"quantity": 1, "gross": 0, "taxes": [{"code": "OTHER", "base": 0, "amount": 0}]}
        case _:
            line["quantity"] = 10**12
