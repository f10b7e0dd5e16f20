"""What gift cards hold (contracts/README.md, "Gift cards"; docs/adr/0025): sold and topped up, spent, given back to, taken back."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


def named(fact: Fact) -> Iterator[tuple[str, int]]:
    """Yield each card that a fact names, and by how much it holds more then."""
    body = fact.body
    if fact.kind == "sale.recorded":
        yield from ((load["id"], load["amount"]) for load in body["basket"].get("gift_cards", ()))
        yield from ((row["gift_card"], -row["amount"]) for row in body["basket"]["payments"] if "gift_card" in row)
    elif fact.kind == "return.recorded":
        yield from ((row["gift_card"], row["amount"]) for row in body["document"].get("refunds") or () if "gift_card" in row)
    elif fact.kind == "gift_card.refunded":
        yield body["gift_card"], -body["amount"]


class GiftCards(Ledger):
    """A card holds what its moves come to, in whichever order they came in."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, int] = defaultdict(int)
        self.unasked: set[str] = set()

    def take(self, fact: Fact) -> None:
        for card, amount in named(fact):
            self.held[card] += amount

    def expected(self) -> Json:
        return {"gift_cards": {card: amount for card, amount in self.held.items() if amount}}

    def overdrafts(self) -> Json:
        return {"short": sorted(card for card, amount in self.held.items() if amount < 0)}
