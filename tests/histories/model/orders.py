"""What is settled later (docs/algorithms/orders.md): what was paid of each order, what of that was used, how it stands, and what stands aside for it."""

from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger, goods_of

type Json = dict[str, Any]
ASIDE = ("layaway", "delivery")  # goods of these stand aside until the order ends


class Orders(Ledger):
    """An order is folded from what was said of it, in whatever order it was heard."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[str, Json] = {}
        self._paid: dict[str, int] = defaultdict(int)
        self._used: dict[str, int] = defaultdict(int)
        self._sold: set[str] = set()
        self._cancelled: set[str] = set()

    def take(self, fact: Fact) -> None:
        body = fact.body
        order = str(body.get("order"))
        if fact.kind == "order.opened":
            self._opened[order] = body
        elif fact.kind == "order.paid":
            self._paid[order] += body["amount"]
            shared = sum(share["net"] + sum(tax["amount"] for tax in share["taxes"]) for share in body["shares"])
            if shared != body["amount"]:
                self.faults.append(f"a deposit of {body['amount']} is shared out as {shared}")
        elif fact.kind == "order.closed":
            self._cancelled.add(order)
            self._used[order] += body["kept"]["amount"] + sum(refund["amount"] for refund in body["refunds"])
        elif fact.kind == "sale.recorded" and "order" in body:
            self._sold.add(order)
            self._used[order] += sum(row["amount"] for row in body["basket"]["payments"] if row["method"] == "deposit")

    def state(self, order: str) -> str:
        """How it stands: what was sold was delivered, whatever else was said of it."""
        return "delivered" if order in self._sold else "cancelled" if order in self._cancelled else "waits"

    def expected(self) -> Json:
        aside: dict[str, int] = defaultdict(int)
        for order, body in self._opened.items():
            if body["kind"] in ASIDE and self.state(order) == "waits":
                for line in body["basket"]["lines"]:
                    for product, quantity in goods_of(line):
                        aside[product] += quantity
        return {
            "orders": {order: [self._paid[order], self._used[order], self.state(order)] for order in self._opened},
            "aside": dict(aside),
        }

    def shown(self, order: str) -> list[Any]:
        """What a till shows of it."""
        return [self._paid[order], self.state(order)]

    @property
    def known(self) -> list[str]:
        """Every order that was opened."""
        return list(self._opened)

    def overdrafts(self) -> Json:
        return {"orders": sorted(order for order in self._opened if self._used[order] > self._paid[order])}
