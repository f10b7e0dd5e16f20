"""Every paper stands in the books once, with its amount, and adds up in itself; an approval that a fact names came before it."""

from typing import Any

from tests.histories.model.facts import Fact, Ledger, money

type Json = dict[str, Any]
AMOUNTS = {
    "sale.recorded": "sales",
    "return.recorded": "returns",
    "account.paid": "payments",
    "cash.moved": "moves",
    "order.opened": "orders",
    "order.paid": "deposits",
    "gift_card.refunded": "card_refunds",
}


class Papers(Ledger):
    """What was sold, given back, paid on account and moved: by the fact that tells of it."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, list[list[Any]]] = {name: [] for name in AMOUNTS.values()}
        self._approvals: set[str] = set()
        self._without: list[str] = []

    def take(self, fact: Fact) -> None:
        if fact.kind == "approval.given":
            self._approvals.add(fact.id)
        if not set(fact.body.get("approvals", ())) <= self._approvals:
            self._without.append(fact.id)
        if fact.kind in AMOUNTS:
            self._found[AMOUNTS[fact.kind]].append([fact.id, _amount(fact)])
            self._look(fact)

    def _look(self, fact: Fact) -> None:
        """What was handed over is what was due."""
        body, paid = fact.body, sum(amount for _, amount in money(fact))
        due = {
            "sale.recorded": lambda: body["totals"]["gross"] + body["totals"]["tip"] + body["totals"]["rounding"] + _loaded(body),
            "gift_card.refunded": lambda: -body["amount"],
            "return.recorded": lambda: -body["totals"]["gross"] - body["totals"]["rounding"],
            "account.paid": lambda: body["amount"],
            "order.paid": lambda: body["amount"],
        }.get(fact.kind)
        if due is not None and due() != paid:
            self.faults.append(f"{fact.kind} {fact.id}: {paid} for {due()}")

    def expected(self) -> Json:
        return {"papers": {name: sorted(rows) for name, rows in self._found.items()}, "flags": sorted(self._without)}


def _amount(fact: Fact) -> int:
    return int(fact.body["totals"]["gross"] if "totals" in fact.body else fact.body["amount"])


def _loaded(body: Json) -> int:
    """What a sale put on gift cards, which is no part of what it sold for."""
    return sum(load["amount"] for load in body["basket"].get("gift_cards", ()))
