"""Rounding once, and sharing a whole so that the parts sum to it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.pricing.arithmetic import apportion, div_round, largest_remainder, mul_div_round
from tests.pricing.oracle import apportioned, rounded

WIDE = st.integers(-(10**30), 10**30)
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    "numerator,denominator,whole",
    [
        (5, 2, 3),
        (-5, 2, -3),
        (1, 2, 1),
        (-1, 2, -1),
        (1, 3, 0),
        (2, 3, 1),
        (-2, 3, -1),
        (0, 7, 0),
        (6, 3, 2),
        (10**30 + 1, 2, 5 * 10**29 + 1),
    ],
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, whole: int) -> None:
    assert div_round(numerator, denominator) == whole


@given(WIDE, st.integers(1, 10**20))
def test_rounding_is_that_of_exact_fractions(numerator: int, denominator: int) -> None:
    assert div_round(numerator, denominator) == rounded(Fraction(numerator, denominator))


@given(WIDE, WIDE, WIDE.filter(bool))
def test_multiplying_and_dividing_rounds_once(a: int, b: int, c: int) -> None:
    assert mul_div_round(a, b, c) == rounded(Fraction(a * b, c))


def test_dividing_by_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        mul_div_round(1, 1, 0)


@pytest.mark.parametrize(
    "total,weights,shares",
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (100, [1000, 500], [67, 33]),
        (1, [1, 1, 1], [1, 0, 0]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (7, [0, 1, 0], [0, 7, 0]),
        (60, [1000, -400], [100, -40]),
        (0, [5, -5], [0, 0]),
        (0, [], []),
    ],
)
def test_shares_by_the_largest_remainder(total: int, weights: list[int], shares: list[int]) -> None:
    assert largest_remainder(total, weights) == shares


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_shares_sum_to_the_whole_and_miss_by_less_than_a_unit(total: int, weights: list[int]) -> None:
    shares = largest_remainder(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_sharing_is_the_same_with_the_other_sign(total: int, weights: list[int]) -> None:
    assert largest_remainder(-total, weights) == [-share for share in largest_remainder(total, weights)]


@given(st.lists(st.integers(-(10**9), 10**9), max_size=10), st.integers(1, 10**6))
def test_apportioning_is_that_of_the_page(numerators: list[int], denominator: int) -> None:
    total = div_round(sum(numerators), denominator)

    assert apportion(total, numerators, denominator) == apportioned(total, [Fraction(part, denominator) for part in numerators])


def test_weights_that_sum_to_zero_share_nothing() -> None:
    with pytest.raises(ValueError, match="share nothing"):
        largest_remainder(1, [5, -5])


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="does not belong"):
        apportion(5, [1, 1], 2)
