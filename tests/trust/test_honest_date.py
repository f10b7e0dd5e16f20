"""The date that a shop keeps nine times in ten: worked by hand, and held to what it means."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.trust.honest_date import LEAST, Lasted, done_within, honest_days, next_open


def done(*days: int) -> list[Lasted]:
    return [Lasted(one, is_done=True) for one in days]


def waiting(*days: int) -> list[Lasted]:
    return [Lasted(one, is_done=False) for one in days]


def test_nine_of_ten_where_all_were_done() -> None:
    """Twenty promises: ten took a day, eight two, one three, one nine. 10/20, 18/20, 19/20, 20/20: two days."""
    lasted = done(*[1] * 10, *[2] * 8, 3, 9)
    assert done_within(lasted) == [(1, Fraction(10, 20)), (2, Fraction(18, 20)), (3, Fraction(19, 20)), (9, Fraction(1))]
    assert honest_days(lasted) == 2


def test_the_mean_would_have_broken_four_in_ten() -> None:
    lasted = done(*[1] * 6, *[4] * 6, *[7] * 6, 20, 20)
    assert sum(one.days for one in lasted) / len(lasted) < 6
    assert honest_days(lasted) == 7


def test_open_ones_count_as_not_done() -> None:
    """Sixteen took a day, six have been open for five: after a day 16/22 are done, and nobody knows when nine of ten will be."""
    assert done_within(done(*[1] * 16) + waiting(*[5] * 6)) == [(1, Fraction(16, 22))]
    assert honest_days(done(*[1] * 16) + waiting(*[5] * 6)) is None
    assert honest_days(done(*[1] * 22)) == 1


def test_one_that_is_open_for_less_says_nothing_of_later_days() -> None:
    """Of twenty, ten took a day, five have been open for one, four took two days and one four.

    After a day 1/2; then five are left, of which four were done on the second: 1 - 1/2 x 1/5 = 9/10.
    """
    lasted = done(*[1] * 10, *[2] * 4, 4) + waiting(*[1] * 5)
    assert done_within(lasted) == [(1, Fraction(1, 2)), (2, Fraction(9, 10)), (4, Fraction(1))]
    assert honest_days(lasted) == 2


@pytest.mark.parametrize("n", [0, 1, LEAST - 1])
def test_few_say_nothing(n: int) -> None:
    assert honest_days(done(*[1] * n)) is None
    assert honest_days(done(*[1] * LEAST)) == 1


lengths = st.builds(Lasted, st.integers(0, 60), st.booleans())


@given(st.lists(lengths, min_size=LEAST, max_size=80))
def test_it_is_the_least_day_and_more_open_ones_never_bring_it_nearer(lasted: list[Lasted]) -> None:
    days, curve = honest_days(lasted), done_within(lasted)
    assert [share for _, share in curve] == sorted(share for _, share in curve)
    assert all(share < Fraction(9, 10) for at, share in curve if days is None or at < days)
    longest = max(one.days for one in lasted)
    with_more = honest_days([*lasted, *waiting(*[longest + 1] * 5)])
    assert with_more is None or (days is not None and with_more >= days)


@given(st.lists(st.integers(0, 60).map(lambda n: Lasted(n, is_done=True)), min_size=LEAST, max_size=80))
def test_where_all_were_done_it_is_the_plain_share(lasted: list[Lasted]) -> None:
    days = honest_days(lasted)
    assert days is not None
    within = sum(one.days <= days for one in lasted)
    assert within * 10 >= 9 * len(lasted)
    assert sum(one.days < days for one in lasted) * 10 < 9 * len(lasted)


def test_a_closed_day_is_no_day_to_promise_for() -> None:
    sunday = dt.date(2026, 3, 8)
    assert next_open(sunday, {6}, set()) == dt.date(2026, 3, 9)
    assert next_open(sunday, {6}, {dt.date(2026, 3, 9)}) == dt.date(2026, 3, 10)
    assert next_open(sunday, set(range(7)), set()) == sunday
