"""What is on the shelves: what was sold left them, of a kit its components and not the kit, what came back stands there again unless it is scrap, and people move goods. Thousandths."""

from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger, goods_of

type Json = dict[str, Any]


class Goods(Ledger):
    """One store's shelves."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, int] = defaultdict(int)

    def take(self, fact: Fact) -> None:
        if fact.kind == "sale.recorded":
            for line in fact.body["basket"]["lines"]:
                for product, quantity in goods_of(line):
                    self._held[product] -= quantity
        elif fact.kind == "return.recorded":
            for line in fact.body["document"]["lines"]:
                if line["goods"] == "shelf":
                    for product, quantity in goods_of(line):
                        self._held[product] += quantity

    def office(self, what: str, told: Json) -> None:
        if what == "goods":
            self._held[told["product"]] += told["quantity"]

    def expected(self) -> Json:
        return {"stock": {product: quantity for product, quantity in self._held.items() if quantity}}
