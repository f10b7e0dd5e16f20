"""What promotions take off the lines of a basket, in the order stated. The rules are in docs/algorithms/promotions.md; this file follows its sections 2 to 5."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mostrador.pricing.arithmetic import div_round, largest_remainder, mul_div_round
from mostrador.pricing.basket import WHOLE, Basket, EachPromotion, Line, Promotion, Reward, SetPromotion, TotalPromotion
from mostrador.pricing.combos import lines_of
from mostrador.pricing.errors import PricingError

PIECE = 1000


@dataclass(slots=True)
class _Left:
    """What is left of a line: a part that nothing has lowered yet, and one that only stacking promotions may lower again."""

    place: int
    unit_price: int
    free: int
    free_value: int
    is_of_combo: bool
    shared: int = 0
    shared_value: int = 0

    def available(self, stack: bool) -> int:
        """Thousandths that a promotion may take."""
        return self.free + self.shared if stack else self.free

    def worth(self, quantity: int) -> int:
        """What so much of it is worth, minor units: of the free part first."""
        free, shared = self._split(quantity)
        return _part(self.free_value, free, self.free) + _part(self.shared_value, shared, self.shared)

    def take(self, quantity: int, saved: int, stack: bool) -> None:
        """Let a promotion have so much of it: gone when it is exclusive, else shared, worth less by what was saved."""
        free, _ = self._split(quantity)
        value = _part(self.free_value, free, self.free)
        self.free -= free
        self.free_value -= value
        if stack:
            self.shared += free
            self.shared_value += value - saved

    def _split(self, quantity: int) -> tuple[int, int]:
        free = min(quantity, self.free)
        return free, quantity - free


@dataclass(frozen=True, slots=True)
class _Set:
    """One composition of a set: pieces taken and rewarded by line, and how often it came."""

    taken: Mapping[int, int]
    rewarded: Mapping[int, int]
    times: int


@dataclass(slots=True)
class _Given:
    """What lines give to a promotion, by place: how much, of which so much is worth something to the reward, and how many sets."""

    quantity: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    rewarded: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    times: int = 0


def savings_of(basket: Basket, listed: Sequence[int]) -> list[dict[str, int]]:
    """Return what each promotion takes off each line, minor units by promotion, in the order of the basket.

    Args:
        listed: the list amount of each line, minor units.
    """
    places = {line.id: place for place, line in enumerate(basket.lines)}
    _check(basket.promotions, places)
    of_combos = lines_of(basket)
    lines = [
        _left(place, line, amount, line.id in of_combos) for place, (line, amount) in enumerate(zip(basket.lines, listed, strict=True))
    ]
    savings: list[dict[str, int]] = [{} for _ in lines]
    for promotion in basket.promotions:
        for place, amount in _apply(promotion, lines, places, basket.currency.digits):
            savings[place][promotion.id] = amount
    return savings


def _left(place: int, line: Line, amount: int, is_of_combo: bool) -> _Left:
    """Return the line as it begins; one that comes back takes no part."""
    return _Left(place, line.unit_price, max(0, line.quantity), amount if line.quantity > 0 else 0, is_of_combo)


def _check(promotions: Iterable[Promotion], places: Mapping[str, int]) -> None:
    known: set[str] = set()
    for promotion in promotions:
        if promotion.id in known:
            raise PricingError("repeated_promotion", {"promotion": promotion.id})
        known.add(promotion.id)
        for ids in _lists(promotion):
            _check_lines(promotion.id, ids, places)


def _check_lines(promotion: str, ids: Iterable[str], places: Mapping[str, int]) -> None:
    named: set[str] = set()
    for line in ids:
        if line not in places:
            raise PricingError("unknown_line", {"promotion": promotion, "line": line})
        if line in named:
            raise PricingError("repeated_promotion_line", {"promotion": promotion, "line": line})
        named.add(line)


def _lists(promotion: Promotion) -> Iterator[tuple[str, ...]]:
    if isinstance(promotion, SetPromotion):
        yield from (part.lines for part in promotion.parts)
    else:
        yield promotion.lines


def _apply(promotion: Promotion, lines: Sequence[_Left], places: Mapping[str, int], digits: int) -> list[tuple[int, int]]:
    """Take what the promotion takes and return the savings above zero, by place in order; what saves nothing takes nothing."""
    if isinstance(promotion, EachPromotion):
        given, saved = _each(promotion, _own(promotion, lines, places), digits)
    elif isinstance(promotion, TotalPromotion):
        given, saved = _total(promotion, _own(promotion, lines, places))
    else:
        given, saved = _set(promotion, lines, places, digits)
    if not any(saved.values()):
        return []
    for place, quantity in given.items():
        lines[place].take(quantity, saved.get(place, 0), promotion.stack)
    return sorted((place, amount) for place, amount in saved.items() if amount)


def _own(promotion: EachPromotion | TotalPromotion, lines: Sequence[_Left], places: Mapping[str, int]) -> list[_Left]:
    """Return the lines that give something; none when the promotion asks for more."""
    own = [line for line in (lines[place] for place in sorted(places[name] for name in promotion.lines)) if line.available(promotion.stack)]
    if isinstance(promotion, EachPromotion):
        own = [line for line in own if not line.is_of_combo]
    quantity = sum(line.available(promotion.stack) for line in own)
    amount = sum(line.worth(line.available(promotion.stack)) for line in own)
    return own if quantity >= (promotion.least_quantity or 0) and amount >= (promotion.least_amount or 0) else []


def _each(promotion: EachPromotion, own: Sequence[_Left], digits: int) -> tuple[dict[int, int], dict[int, int]]:
    given, saved, rest = {}, {}, promotion.most
    for line in own if rest is None else sorted(own, key=lambda line: (-line.unit_price, line.place)):
        quantity = line.available(promotion.stack)
        if rest is not None:
            quantity = min(quantity, rest)
            rest -= quantity
        amount = _off_each(promotion.reward, line.worth(quantity), quantity, digits)
        if amount:
            given[line.place], saved[line.place] = quantity, amount
    return given, saved


def _off_each(reward: Reward, worth: int, quantity: int, digits: int) -> int:
    if reward.percent is not None:
        return mul_div_round(worth, reward.percent, WHOLE)
    if reward.amount is not None:
        return min(worth, mul_div_round(quantity, reward.amount, PIECE))
    return max(0, worth - mul_div_round(quantity, reward.price or 0, 10 ** (7 - digits)))


def _total(promotion: TotalPromotion, own: Sequence[_Left]) -> tuple[dict[int, int], dict[int, int]]:
    given = {line.place: line.available(promotion.stack) for line in own}
    return given, _shared(promotion.reward, {line.place: line.worth(given[line.place]) for line in own}, 1, 0)


def _shared(reward: Reward, worth: Mapping[int, int], times: int, digits: int) -> dict[int, int]:
    """Return the saving on what these lines are worth together, shared in proportion."""
    whole = sum(worth.values())
    if reward.percent is not None:
        saved = mul_div_round(whole, reward.percent, WHOLE)
    elif reward.amount is not None:
        saved = min(whole, times * reward.amount)
    else:
        saved = max(0, whole - div_round(times * (reward.price or 0) * 10**digits, 10**4))
    return dict(zip(worth, largest_remainder(saved, list(worth.values())), strict=True))


def _set(promotion: SetPromotion, lines: Sequence[_Left], places: Mapping[str, int], digits: int) -> tuple[dict[int, int], dict[int, int]]:
    given = _Given()
    for one in _sets(promotion, lines, places):
        given.times += one.times
        for place, pieces in one.taken.items():
            given.quantity[place] += one.times * pieces * PIECE
        for place, pieces in one.rewarded.items():
            given.rewarded[place] += one.times * pieces * PIECE
    worth = {
        place: mul_div_round(lines[place].worth(quantity), given.rewarded.get(place, 0), quantity)
        for place, quantity in sorted(given.quantity.items())
    }
    return given.quantity, _shared(promotion.reward, worth, given.times, digits)


def _sets(promotion: SetPromotion, lines: Sequence[_Left], places: Mapping[str, int]) -> Iterator[_Set]:
    """Yield the sets that can be made, equal ones at once: a composition comes again until one of its lines lacks what it gives."""
    parts = [[places[name] for name in part.lines] for part in promotion.parts]
    in_parts: dict[int, int] = defaultdict(int)
    for part in parts:
        for place in part:
            in_parts[place] += 1
    pieces = {place: 0 if lines[place].is_of_combo else lines[place].available(promotion.stack) // PIECE for place in in_parts}
    queues = [sorted(part, key=lambda place: (-in_parts[place], lines[place].unit_price, -place)) for part in parts]
    left = promotion.times
    while left != 0:
        taken = _compose(promotion, queues, pieces)
        if taken is None:
            return
        rewarded = _cheapest(promotion.cheapest, taken, lines)
        if not _is_worth_it(promotion.reward, rewarded, lines):
            return
        times = min(pieces[place] // count for place, count in taken.items())
        times = times if left is None else min(times, left)
        left = None if left is None else left - times
        for place, count in taken.items():
            pieces[place] -= times * count
        yield _Set(taken, rewarded, times)


def _compose(promotion: SetPromotion, queues: Sequence[list[int]], pieces: Mapping[int, int]) -> dict[int, int] | None:
    """Return the pieces of one set by line, or None when a part cannot be filled. The next line of a queue is its last."""
    taken: dict[int, int] = defaultdict(int)
    for part, queue in zip(promotion.parts, queues, strict=True):
        while queue and not pieces[queue[-1]]:
            queue.pop()
        wanted = part.count
        for place in reversed(queue):
            count = min(wanted, pieces[place] - taken[place])
            taken[place] += count
            wanted -= count
            if not wanted:
                break
        if wanted:
            return None
    return {place: count for place, count in taken.items() if count}


def _cheapest(most: int | None, taken: Mapping[int, int], lines: Sequence[_Left]) -> Mapping[int, int]:
    if most is None or most >= sum(taken.values()):
        return taken
    rewarded = {}
    for place in sorted(taken, key=lambda place: (lines[place].unit_price, -place)):
        rewarded[place] = min(most, taken[place])
        most -= rewarded[place]
        if not most:
            break
    return rewarded


def _is_worth_it(reward: Reward, rewarded: Mapping[int, int], lines: Sequence[_Left]) -> bool:
    """Whether the pieces cost more than the price of the set."""
    return reward.price is None or sum(lines[place].unit_price * count for place, count in rewarded.items()) > reward.price


def _part(value: int, quantity: int, whole: int) -> int:
    return mul_div_round(value, quantity, whole) if quantity else 0
