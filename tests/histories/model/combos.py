"""What was sold at one price together (docs/algorithms/combos.md): its parts sum to that price, each within a unit of its share, and the books name them."""

from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


class Combos(Ledger):
    """Every combo of every sale, with what its lines came to."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[list[Any]] = []

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
