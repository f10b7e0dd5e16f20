"""Points as contracts/README.md and docs/algorithms/points.md have them: what each sale had to earn, what points had to be worth, what a return had to do."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


def moves(fact: Fact) -> list[int]:
    """Return how many points a fact gives its buyer, and how many it takes."""
    said = fact.body.get("points")
    if said is None or fact.kind not in {"sale.recorded", "return.recorded"}:
        return []
    if fact.kind == "sale.recorded":
        return [said["earned"], -said["spent"]]
    return [sign * said[name]["points"] for name, sign in (("back", 1), ("taken", -1)) if name in said]


def move(fact: Fact) -> int:
    """Return by how many points a fact makes its buyer have more."""
    return sum(moves(fact))


class Points(Ledger):
    """Each fact by the scheme that it names; of a sale that has come back whole nothing is left of what it earned and spent."""

    def __init__(self) -> None:
        super().__init__()
        self._schemes: dict[str, Json] = {}
        self._sales: dict[str, Fact] = {}

    def office(self, what: str, told: Json) -> None:
        if what == "scheme":
            self._schemes[told["scheme"]] = told["terms"]

    def take(self, fact: Fact) -> None:
        if fact.kind == "sale.recorded":
            self._sales[fact.body["sale"]] = fact
            self.faults += [f"sale {fact.id}: {fault}" for fault in self._of_sale(fact)]
        elif fact.kind == "return.recorded":
            self.faults += [f"return {fact.id}: {fault}" for fault in self._of_return(fact)]

    def _of_sale(self, fact: Fact) -> Iterator[str]:
        said, basket = fact.body.get("points"), fact.body["basket"]
        paid = sum(row["amount"] for row in basket["payments"] if row["method"] == "points")
        if said is None:
            if paid:
                yield f"{paid} paid with no points"
            return
        terms = self._schemes[said["scheme"]]
        lines = {line["id"]: line["product_id"] for line in basket["lines"]}
        nothing = {name for name, product in lines.items() if product in terms["products"]}
        if nothing != set(said.get("without", ())):
            yield f"earns nothing by {said.get('without')}, not {nothing}"
        earning = sum(total["gross"] for total in fact.body["totals"]["lines"] if total["id"] not in nothing)
        earned = min(earning, fact.body["totals"]["gross"] - paid) // terms["earn_per"]
        if said["earned"] != max(0, earned):
            yield f"earned {said['earned']}, not {earned}"
        if paid != floor(Fraction(said["spent"] * terms["worth_amount"], terms["worth_points"])):
            yield f"{said['spent']} points paid {paid}"
        if 0 < said["spent"] < terms["least"]:
            yield f"spent {said['spent']}, at least {terms['least']}"

    def _of_return(self, fact: Fact) -> Iterator[str]:
        body = fact.body
        said = body.get("points") or {}
        refunded = sum(row["amount"] for row in body["document"].get("refunds") or () if row["method"] == "points")
        for part in (said[name] for name in ("taken", "back") if name in said):
            share = Fraction(part["whole"] * part["now"], part["of"])
            if part["points"] != floor(share + Fraction(1, 2)) - part["before"]:
                yield f"{part} is not its share"
        if ("back" in said) != (refunded > 0):
            yield f"{refunded} back by points, {said.get('back')}"
        sale = self._sales.get(body["sale"]["id"]) if body["sale"] else None
        if sale is None or sale.body.get("points") is None:
            return
        of = sale.body["points"]
        for name, whole in (("taken", of["earned"]), ("back", of["spent"])):
            if name in said and said[name]["whole"] != whole:
                yield f"{name} of {said[name]['whole']}, the sale has {whole}"
        if said and said["buyer"] != sale.body["buyer"]:
            yield "the points of somebody else"
