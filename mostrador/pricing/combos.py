"""What the lines of a combo are listed at, and how its discount falls on them. The rules are in docs/algorithms/combos.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mostrador.pricing.arithmetic import div_round, largest_remainder
from mostrador.pricing.basket import AMOUNT_MAX, Basket, Combo, Discount
from mostrador.pricing.errors import PricingError
from mostrador.pricing.totals import LineTotals


def share_prices(basket: Basket, lines: Sequence[LineTotals]) -> None:
    """Put into the lines of each combo their shares of its price, in place of what they would cost alone."""
    places = {line.id: place for place, line in enumerate(basket.lines)}
    divisor = 10 ** (7 - basket.currency.digits)
    known: set[str] = set()
    taken: set[str] = set()
    for combo in basket.combos:
        if combo.id in known:
            raise PricingError("repeated_combo", {"combo": combo.id})
        known.add(combo.id)
        _check_parts(basket, combo, places, taken)
        price = div_round(combo.quantity * combo.unit_price, divisor)
        if not -AMOUNT_MAX <= price <= AMOUNT_MAX:
            raise PricingError("out_of_range", {"combo": combo.id, "field": "list"})
        own = [lines[places[part.line]] for part in combo.parts]
        for line, share in zip(own, _shared(price, [abs(line.list) for line in own]), strict=True):
            line.list = share


def discounts_of(basket: Basket) -> Iterator[tuple[Discount, list[int]]]:
    """Yield the discount of each combo that somebody lowered, and the places of its lines."""
    if not basket.combos:
        return
    places = {line.id: place for place, line in enumerate(basket.lines)}
    for combo in basket.combos:
        if combo.discount is not None:
            yield combo.discount, [places[part.line] for part in combo.parts]


def lines_of(basket: Basket) -> frozenset[str]:
    """Return the ids of the lines that are part of a combo."""
    return frozenset(part.line for combo in basket.combos for part in combo.parts)


def _check_parts(basket: Basket, combo: Combo, places: Mapping[str, int], taken: set[str]) -> None:
    for part in combo.parts:
        place = places.get(part.line)
        if place is None:
            raise PricingError("unknown_combo_line", {"combo": combo.id, "line": part.line})
        if part.line in taken:
            raise PricingError("repeated_combo_line", {"combo": combo.id, "line": part.line})
        taken.add(part.line)
        quantity = basket.lines[place].quantity
        if (quantity < 0 < combo.quantity) or (combo.quantity < 0 < quantity):
            raise PricingError("combo_sign", {"combo": combo.id, "line": part.line})


def _shared(price: int, weights: list[int]) -> list[int]:
    """Share the price by what the parts would cost alone, evenly when that is nothing."""
    return largest_remainder(price, weights if any(weights) else [1] * len(weights))
