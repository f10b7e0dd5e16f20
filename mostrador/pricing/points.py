"""Points: what a sale earns, what points are worth, what a return takes back and gives back. The rule is docs/algorithms/points.md; the twin is
till/src/core/points.ts.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from mostrador.pricing.arithmetic import div_round

METHOD = "points"


class Scheme(NamedTuple):
    """What of an owner's scheme the arithmetic needs. `earn_per`: minor units that earn a point, None: none are earned any more.

    `worth_points` points are worth `worth_amount` minor units; `unearning`: the methods whose part of a payment earns nothing.
    """

    earn_per: int | None
    worth_points: int
    worth_amount: int
    unearning: frozenset[str] = frozenset()


class Part(NamedTuple):
    """What a return does to the points of its sale: `whole` points of the sale for `of` minor units, of which `now` have come back with this
    return and those before it, which did `before` points.
    """

    whole: int
    of: int
    now: int
    before: int


def earning(lines: Iterable[tuple[str, int]], without: Collection[str]) -> int:
    """Return what the lines (id, gross) that earn come to, minor units."""
    return max(0, sum(gross for line, gross in lines if line not in without))


def earned(scheme: Scheme, earning_gross: int, gross: int, payments: Iterable[tuple[str, int]]) -> int:
    """Return the points that a sale earns: whole ones, on the goods that earn and on no more than what was paid by methods that earn."""
    if scheme.earn_per is None:
        return 0
    other = sum(amount for method, amount in payments if method in scheme.unearning)
    return max(0, min(earning_gross, gross - other)) // scheme.earn_per


def worth(scheme: Scheme, points: int) -> int:
    """Return what points are worth, whole minor units: a part of one is not paid out."""
    return points * scheme.worth_amount // scheme.worth_points


def payable(scheme: Scheme, points: int, due: int) -> tuple[int, int]:
    """Return how many of some points pay how much of what is due: never more than is due, and no point that pays nothing."""
    most = min(points, due * scheme.worth_points // scheme.worth_amount)
    amount = worth(scheme, max(0, most))
    return -(-amount * scheme.worth_points // scheme.worth_amount), amount


def of_part(part: Part) -> int:
    """Return the points of a return: the rounded share of all that has come back so far, less what earlier returns did (ruling 27)."""
    return div_round(part.whole * part.now, part.of) - part.before
