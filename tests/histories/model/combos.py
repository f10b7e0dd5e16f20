"""What was sold at one price together (docs/algorithms/combos.md): its parts sum to that price, each within a unit of its share, and the books name them."""

from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


class Combos(Ledger):
    """Every combo of every sale, with what its lines came to."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[list[Any]] = []
        self._made_of: dict[str, Json] = {}
        self._prices: dict[str, set[int]] = defaultdict(set)

    def take(self, fact: Fact) -> None:
        if fact.kind != "sale.recorded":
            return
        basket, totals = fact.body["basket"], fact.body["totals"]
        lines = {line["id"]: (line, total) for line, total in zip(basket["lines"], totals["lines"], strict=True)}
        for combo in basket.get("combos", ()):
            own = [lines[part["line"]] for part in combo["parts"]]
            gross = sum(total["gross"] for _, total in own)
            self._found.append([fact.id, combo["product_id"], combo["quantity"], combo["unit_price"], gross])
            self._look(fact, combo, own)
            self._chosen(fact, combo, own)

    def office(self, what: str, told: Json) -> None:
        if what == "combo":
            self._made_of[told["product"]] = told
        if what in {"combo", "price"}:
            self._prices[told["product"]].add(told["price"])

    def _chosen(self, fact: Fact, combo: Json, own: list[tuple[Json, Json]]) -> None:
        """However often its buyer chose again: a choice for each slot, so much of it, and beside a price that it had what the choices add."""
        slots, extras = self._made_of[combo["product_id"]]["slots"], [part.get("extra", 0) for part in combo["parts"]]
        for slot, extra, (line, _) in zip(slots, extras, own, strict=True):
            if slot["choices"].get(line["product_id"]) != extra or line["quantity"] * 1000 != slot["quantity"] * combo["quantity"]:
                self.faults.append(f"sale {fact.id}: {line['quantity']} of {line['name']}, {extra} more, is no choice of {slot}")
        if combo["unit_price"] - sum(extras) not in self._prices[combo["product_id"]]:
            self.faults.append(f"sale {fact.id}: a combo costs {combo['unit_price']} with {extras} more for its choices")

    def _look(self, fact: Fact, combo: Json, own: list[tuple[Json, Json]]) -> None:
        """The shares sum to the price; none is a whole unit off what the goods would cost alone in proportion."""
        price = _rounded(combo["quantity"] * combo["unit_price"], 100_000)
        listed = [total["list"] for _, total in own]
        if sum(listed) != price:
            self.faults.append(f"sale {fact.id}: a combo of {price} is {listed}")
        alone = [_rounded(line["quantity"] * line["unit_price"], 100_000) for line, _ in own]
        for share, weight in zip(listed, alone, strict=True):
            if sum(alone) and abs(share * sum(alone) - price * weight) >= sum(alone):
                self.faults.append(f"sale {fact.id}: of a combo of {price} a part of {weight} in {alone} has {share}")

    def expected(self) -> Json:
        return {"combos": sorted(self._found)}


def _rounded(numerator: int, denominator: int) -> int:
    """Divide, half away from zero; both are above nothing here, and money has two decimals."""
    return (2 * numerator + denominator) // (2 * denominator)
