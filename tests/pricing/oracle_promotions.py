"""Promotions once more, slow and plain: docs/algorithms/promotions.md with exact fractions and one piece at a time.

Shares no code with the engines. Quantities must be of a size that a person could lay on a counter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

type Document = dict[str, Any]
type Rounding = Callable[[Fraction], int]
type Sharing = Callable[[int, Sequence[Fraction]], list[int]]

MILLION = 1_000_000


class Promotions:
    """The lines of one basket while promotions lower them; `rounded` and `apportioned` are those of the oracle of prices."""

    def __init__(self, basket: Document, listed: Sequence[int], rounded: Rounding, apportioned: Sharing) -> None:
        self.basket = basket
        self.minor = 10 ** basket["currency"]["digits"]
        self.rounded, self.apportioned = rounded, apportioned
        self.order = [line["id"] for line in basket["lines"]]
        self.price = {line["id"]: line["unit_price"] for line in basket["lines"]}
        taking_part = [(line, amount) for line, amount in zip(basket["lines"], listed, strict=True) if line["quantity"] > 0]
        self.free: dict[str, tuple[int, int]] = {line["id"]: (line["quantity"], amount) for line, amount in taking_part}
        self.shared: dict[str, tuple[int, int]] = {line["id"]: (0, 0) for line, _ in taking_part}

        self.of_combos = {part["line"] for combo in basket.get("combos", []) for part in combo["parts"]}

    def savings(self) -> dict[str, list[Document]]:
        """Return the rows of each line."""
        rows: dict[str, list[Document]] = {line: [] for line in self.order}
        for promotion in self.basket.get("promotions", []):
            given, saved = {"each": self._each, "total": self._total, "set": self._set}[promotion["kind"]](promotion)
            if sum(saved.values()) == 0:
                continue
            for line, quantity in given.items():
                self._take(line, quantity, saved.get(line, 0), promotion.get("stack", False))
            for line in self.order:
                if saved.get(line, 0):
                    rows[line].append({"promotion": promotion["id"], "amount": saved[line]})
        return rows

    def _available(self, line: str, promotion: Document) -> int:
        if line not in self.free or (line in self.of_combos and promotion["kind"] != "total"):
            return 0
        shared = self.shared[line][0] if promotion.get("stack", False) else 0
        return self.free[line][0] + shared

    def _part(self, part: tuple[int, int], quantity: int) -> int:
        return self.rounded(Fraction(part[1] * quantity, part[0])) if quantity else 0

    def _worth(self, line: str, quantity: int) -> int:
        free = min(quantity, self.free[line][0])
        return self._part(self.free[line], free) + self._part(self.shared[line], quantity - free)

    def _take(self, line: str, quantity: int, saved: int, stack: bool) -> None:
        free = min(quantity, self.free[line][0])
        value = self._part(self.free[line], free)
        self.free[line] = (self.free[line][0] - free, self.free[line][1] - value)
        if stack:
            self.shared[line] = (self.shared[line][0] + free, self.shared[line][1] + value - saved)

    def _lines(self, promotion: Document) -> list[str]:
        own = [line for line in self.order if line in promotion["lines"] and self._available(line, promotion) > 0]
        quantity = sum(self._available(line, promotion) for line in own)
        amount = sum(self._worth(line, self._available(line, promotion)) for line in own)
        is_enough = quantity >= (promotion.get("least_quantity") or 0) and amount >= (promotion.get("least_amount") or 0)
        return own if is_enough else []

    def _each(self, promotion: Document) -> tuple[dict[str, int], dict[str, int]]:
        most = promotion.get("most")
        own = self._lines(promotion)
        if most is not None:
            own.sort(key=lambda line: -self.price[line])  # a stable sort: ties stay in the order of the ticket
        given, saved = {}, {}
        for line in own:
            quantity = self._available(line, promotion)
            if most is not None:
                quantity = min(quantity, most)
                most -= quantity
            worth = self._worth(line, quantity)
            amount = worth - self._instead(promotion["reward"], worth, Fraction(quantity, 1000))
            if amount > 0:
                given[line], saved[line] = quantity, amount
        return given, saved

    def _instead(self, reward: Document, worth: int, times: Fraction) -> int:
        """What is paid instead of `worth`."""
        if reward.get("percent") is not None:
            return worth - self.rounded(Fraction(worth * reward["percent"], MILLION))
        if reward.get("amount") is not None:
            return max(0, worth - self.rounded(times * reward["amount"]))
        return min(worth, self.rounded(times * reward["price"] * self.minor / 10000))

    def _over(self, reward: Document, worth: dict[str, int], times: int) -> dict[str, int]:
        whole = sum(worth.values())
        saved = whole - self._instead(reward, whole, Fraction(times))
        if saved == 0:
            return dict.fromkeys(worth, 0)
        return dict(zip(worth, self.apportioned(saved, [Fraction(saved * part, whole) for part in worth.values()]), strict=True))

    def _total(self, promotion: Document) -> tuple[dict[str, int], dict[str, int]]:
        given = {line: self._available(line, promotion) for line in self._lines(promotion)}
        return given, self._over(promotion["reward"], {line: self._worth(line, quantity) for line, quantity in given.items()}, 1)

    def _set(self, promotion: Document) -> tuple[dict[str, int], dict[str, int]]:
        named = [line for line in self.order if any(line in part["lines"] for part in promotion["parts"])]
        pieces = {line: self._available(line, promotion) // 1000 for line in named}
        taken, rewarded = dict.fromkeys(named, 0), dict.fromkeys(named, 0)
        times = 0
        while times < (promotion.get("times") or math.inf):
            one = self._one_set(promotion, pieces)
            best = None if one is None else sorted(one, key=lambda line: (self.price[line], -self.order.index(line)))
            if one is None or best is None:
                break
            best = best[: promotion.get("cheapest") or len(best)]
            price = promotion["reward"].get("price")
            if price is not None and sum(self.price[line] for line in best) <= price:
                break
            for line in one:
                taken[line] += 1
                pieces[line] -= 1
            for line in best:
                rewarded[line] += 1
            times += 1
        given = {line: count * 1000 for line, count in taken.items() if count}
        worth = {
            line: self.rounded(Fraction(self._worth(line, quantity) * rewarded[line], taken[line])) for line, quantity in given.items()
        }
        return given, self._over(promotion["reward"], worth, times)

    def _one_set(self, promotion: Document, pieces: dict[str, int]) -> list[str] | None:
        """Pick the pieces of a set one by one, the best of each part's lines first."""
        rest, picked = dict(pieces), []
        for part in promotion["parts"]:
            for _ in range(part["count"]):
                able = [line for line in self.order if line in part["lines"] and rest[line] > 0]
                if not able:
                    return None
                first = min(able, key=lambda line: (sum(line in other["lines"] for other in promotion["parts"]), -self.price[line]))
                rest[first] -= 1
                picked.append(first)
        return picked
