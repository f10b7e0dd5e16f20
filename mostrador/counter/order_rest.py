"""What is left of an order of which some was handed over: pure, the same as the till's `core/order_rest.ts` (docs/algorithms/orders.md). Amounts: minor units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mostrador.pricing.arithmetic import mul_div_round


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over of a line: thousandths of the unit sold, and what it was charged at."""

    quantity: int
    amount: int


NOTHING = Handed(0, 0)


def by_line(rows: Iterable[tuple[str, int, int]]) -> dict[str, Handed]:
    """Add up what was handed over of each line: (line, quantity, amount)."""
    found: dict[str, Handed] = {}
    for line, quantity, amount in rows:
        before = found.get(line, NOTHING)
        found[line] = Handed(before.quantity + quantity, before.amount + amount)
    return found


def ordered(basket: Mapping[str, Any]) -> dict[str, int]:
    """Return how much of each line was ordered."""
    return {line["id"]: line["quantity"] for line in basket["lines"]}


def is_whole(basket: Mapping[str, Any], handed: Mapping[str, Handed]) -> bool:
    """Whether all of an order was handed over."""
    return bool(handed) and all(handed.get(line, NOTHING).quantity >= quantity for line, quantity in ordered(basket).items())


def beyond(basket: Mapping[str, Any], handed: Mapping[str, Handed]) -> bool:
    """Whether more was handed over of some line than was ordered: two tills that did not know of each other can do that."""
    wanted = ordered(basket)
    return any(one.quantity > wanted.get(line, 0) for line, one in handed.items())


def rest(totals: Mapping[str, Any], basket: Mapping[str, Any], handed: Mapping[str, Handed]) -> int:
    """Return what the rest of an order costs: of each line what its charge leaves, with its part of the taxes on top where prices are without."""
    wanted = ordered(basket)
    return sum(_rest_of(line, wanted.get(line["id"], 0), handed.get(line["id"], NOTHING)) for line in totals["lines"])


def _rest_of(line: Mapping[str, Any], wanted: int, handed: Handed) -> int:
    if handed == NOTHING:
        return int(line["gross"])
    charge = line["list"] - line["discount"] - line["share"] - sum(saving["amount"] for saving in line.get("savings", ()))
    left = 0 if handed.quantity >= wanted else max(0, charge - handed.amount)
    return mul_div_round(line["gross"], left, charge) if charge else 0
