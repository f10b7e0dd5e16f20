"""What is on the shelves: what was sold left them, what came back stands there again unless it is scrap, and people move goods. Thousandths."""

from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


class Goods(Ledger):
    """One store's shelves."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, int] = defaultdict(int)

    def take(self, fact: Fact) -> None:
        if fact.kind == "sale.recorded":
            for line in fact.body["basket"]["lines"]:
                self._held[line["product_id"]] -= line["quantity"]
        elif fact.kind == "return.recorded":
            for line in fact.body["document"]["lines"]:
                if line["goods"] == "shelf":
                    self._held[line["product_id"]] += line["quantity"]

    def office(self, what: str, told: Json) -> None:
        if what == "goods":
            self._held[told["product"]] += told["quantity"]

    def expected(self) -> Json:
        return {"stock": {product: quantity for product, quantity in self._held.items() if quantity}}
