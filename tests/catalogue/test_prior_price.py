"""The lowest price before a reduction: every case that the specification names (4-buyer-first 5.9), and what must hold of any history."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.catalogue.prior_price import InForce, Rule, began, days_before, is_new, percent_off, prior_lowest, reduced
from mostrador.catalogue.prior_rules import rows, rule_of

ZONE = "America/Mexico_City"
START = dt.datetime(2026, 6, 1, 6, tzinfo=dt.UTC)  # midnight in Mexico City
HERE, THERE = "here", "there"
PLAIN, STEPS = Rule(), Rule(is_progressive=True)


def day(n: float) -> dt.datetime:
    """So many days before or after the reduction begins."""
    return START + dt.timedelta(days=n)


def usual(*steps: tuple[float, int | None]) -> list[InForce]:
    """The usual price, from each day on."""
    ends = [day(n) for n, _ in steps[1:]] + [None]
    return [InForce(day(n), end, price) for (n, price), end in zip(steps, ends, strict=True)]


def lowered(begin: float, end: float | None, price: int, source: str = "a") -> InForce:
    """A promotion for everybody."""
    return InForce(day(begin), None if end is None else day(end), price, "promotion", HERE, source=source)


def prior(history: list[InForce], rule: Rule = PLAIN, at: dt.datetime = START, store: str = HERE, channel: str = "counter") -> int | None:
    """The price that may be called "before"."""
    found = prior_lowest(history, store=store, start=at, rule=rule, zone=ZONE, channel=channel)
    return found.price if found else None


def test_80_then_100_then_90_was_80_before() -> None:
    history = [*usual((-200, 80), (-10, 100)), lowered(0, None, 90)]

    assert prior(history) == 80
    assert percent_off(80, 90) == 0


def test_a_promotion_inside_a_promotion_is_measured_from_the_other() -> None:
    history = [*usual((-200, 100)), lowered(-10, 20, 80), lowered(0, 5, 70, "b")]

    assert prior(history) == 80
    assert percent_off(80, 70) == 125_000


@pytest.mark.parametrize("ago,before", [(31, 100), (30, 100), (29, 80)])
def test_a_price_that_was_raised_counts_while_its_old_one_was_in_force_in_the_thirty_days(ago: int, before: int) -> None:
    assert prior(usual((-300, 80), (-ago, 100))) == before


def test_a_product_that_was_off_the_shelf_for_ten_days_has_the_prices_of_the_other_twenty() -> None:
    closed = [InForce(day(-100), day(-15), 90), InForce(day(-5), None, 100)]

    assert prior(closed) == 90
    assert prior([InForce(day(-100), day(-40), 90), InForce(day(-5), None, 100)]) == 100


def test_what_was_never_in_force_in_the_days_has_nothing_before() -> None:
    assert prior([InForce(day(-100), day(-40), 90)]) is None
    assert prior(usual((-100, None))) is None
    assert prior([]) is None


def test_a_store_has_its_own_prices_and_so_has_the_shop_on_the_line() -> None:
    there = InForce(day(-20), None, 70, "list", THERE, source="list")
    online = InForce(day(-60), None, 60, channel="online")
    history = [*usual((-200, 100)), there, online]

    assert (prior(history), prior(history, store=THERE), prior(history, channel="online")) == (100, 70, 60)


def test_thirty_days_are_days_of_the_calendar_where_clocks_change() -> None:
    midnight = dt.datetime(2026, 3, 29, 22, tzinfo=dt.UTC)  # 30 March, 00:00 in Madrid, the day after clocks went forward
    half_an_hour_before = dt.datetime(2026, 2, 27, 22, 30, tzinfo=dt.UTC)  # 27 February, 23:30

    assert days_before(midnight, 30, "Europe/Madrid") == dt.datetime(2026, 2, 27, 23, tzinfo=dt.UTC)
    history = [InForce(half_an_hour_before - dt.timedelta(days=90), half_an_hour_before, 80), InForce(half_an_hour_before, None, 100)]
    found = prior_lowest(history, store=HERE, start=midnight, rule=PLAIN, zone="Europe/Madrid")
    assert found is not None
    assert found.price == 100


def test_a_midnight_that_the_clock_left_out_is_an_instant_too() -> None:
    # In Santiago the clock went from 23:59 to 01:00 on 6 September 2026.
    after = dt.datetime(2026, 10, 6, 3, tzinfo=dt.UTC)

    assert days_before(after, 30, "America/Santiago") == dt.datetime(2026, 9, 6, 4, tzinfo=dt.UTC)


def test_a_price_by_weight_is_compared_by_weight() -> None:
    per_kilo = [*usual((-200, 385_000)), lowered(0, None, 350_000)]

    assert prior(per_kilo) == 385_000
    assert percent_off(385_000, 350_000) == 90_909


@pytest.mark.parametrize("rule,before", [(PLAIN, 80), (STEPS, 100)])
def test_twenty_and_then_thirty_off_is_measured_from_the_first_step_only_where_the_law_lets(rule: Rule, before: int) -> None:
    history = [*usual((-200, 100)), lowered(-10, 0, 80), lowered(0, None, 70)]

    assert prior(history, rule) == before


def test_steps_with_a_pause_or_that_rise_are_no_steps() -> None:
    with_pause = [*usual((-200, 100)), lowered(-10, -2, 80), lowered(0, None, 70)]
    rising = [*usual((-200, 100)), lowered(-10, 0, 60), lowered(0, None, 70)]

    assert (prior(with_pause, STEPS), prior(rising, STEPS)) == (80, 60)


def test_what_a_group_or_a_code_of_ones_own_paid_is_nobody_elses_price() -> None:
    personal = InForce(day(-10), None, 50, "personal", HERE, source="members")

    assert prior([*usual((-200, 100)), personal]) == 100


def test_what_is_new_has_no_price_before_and_what_was_declared_has_one() -> None:
    assert prior(usual((-29, 100))) is None
    assert is_new(usual((-29, 100)), store=HERE, at=START, rule=PLAIN, zone=ZONE)
    declared = [InForce(day(-90), day(-29), 120, declared=True), InForce(day(-29), None, 100)]
    assert prior(declared) == 100
    assert not is_new(declared, store=HERE, at=START, rule=PLAIN, zone=ZONE)


def test_a_reduction_begins_anew_when_its_price_changes_or_it_paused() -> None:
    changed = [lowered(-20, -10, 90), lowered(-10, 4, 80), lowered(10, 12, 80)]

    assert began(changed, source="a", at=day(-12)) == day(-20)
    assert began(changed, source="a", at=START) == day(-10)
    assert began(changed, source="a", at=day(5)) == day(10)
    assert began(changed, source="a", at=day(20)) is None
    assert began([lowered(-20, -10, 90), lowered(-10, None, 90)], source="a", at=START) == day(-20)
    assert began(changed, source="b", at=START) is None


@pytest.mark.parametrize(
    "how,price",
    [
        ({"percent": 100_000}, 900),
        ({"amount": 250}, 750),
        ({"amount": 5000}, 0),
        ({"fixed": 700}, 700),
        ({"fixed": 1200}, 1000),
        ({}, 1000),
    ],
)
def test_a_price_is_lowered_by_a_share_an_amount_or_to_another_and_never_raised(how: dict[str, int], price: int) -> None:
    assert reduced(1000, **({"percent": None, "amount": None, "fixed": None} | how)) == price


def test_a_percent_is_never_said_larger_than_it_was() -> None:
    assert percent_off(3, 2) == 333_333
    assert percent_off(100, 100) == percent_off(80, 100) == percent_off(0, 0) == 0


def test_each_country_says_its_rule_with_its_source() -> None:
    assert rule_of("ES", dt.date(2026, 11, 30)) == Rule(30, is_progressive=False)
    assert rule_of("ES", dt.date(2020, 1, 1)) == rule_of("XX", dt.date(2026, 1, 1)) == rule_of("../es", dt.date(2026, 1, 1)) == Rule()
    for country in ("MX", "ES"):
        assert all(row["source"] and row["checked_on"] for row in rows(country))


pieces = st.builds(
    lambda begin, length, price, kind: InForce(
        day(begin), None if length is None else day(begin + length), price, kind, source="a" if kind == "promotion" else ""
    ),
    st.integers(-90, 10),
    st.none() | st.integers(1, 60),
    st.integers(1, 500),
    st.sampled_from(["regular", "list", "promotion"]),
)
histories = st.lists(pieces, max_size=8).map(lambda found: [InForce(day(-200), None, 1000), *found])


@given(histories)
def test_no_price_that_everybody_had_in_those_days_was_lower(history: list[InForce]) -> None:
    found = prior(history)

    assert found == min(one.price for one in history if one.price is not None and one.touches(day(-30), START))


@given(histories, pieces)
def test_one_price_more_never_makes_the_one_before_higher(history: list[InForce], more: InForce) -> None:
    before, after = prior(history), prior([*history, more])

    assert before is not None
    assert after is not None
    assert after <= before


@given(histories, st.integers(1, 400))
def test_personal_prices_and_other_stores_change_nothing(history: list[InForce], price: int) -> None:
    others = [InForce(day(-20), None, price, "personal", HERE), InForce(day(-20), None, price, "list", THERE)]

    assert prior([*history, *others]) == prior(history)


@given(histories, st.integers(1, 1000))
def test_what_was_over_before_those_days_and_what_comes_after_changes_nothing(history: list[InForce], price: int) -> None:
    others = [InForce(day(-300), day(-30), price), InForce(day(0), None, price, "promotion", HERE, source="new")]

    assert prior([*history, *others]) == prior(history)


@given(histories, st.integers(-2000, 2000))
def test_it_does_not_hang_on_the_day(history: list[InForce], days: int) -> None:
    by = dt.timedelta(days=days)
    moved = [
        InForce(one.since + by, one.until and one.until + by, one.price, one.kind, one.store, one.channel, one.source) for one in history
    ]
    found = prior_lowest(moved, store=HERE, start=START + by, rule=STEPS, zone="UTC")
    here = prior_lowest(history, store=HERE, start=START, rule=STEPS, zone="UTC")

    assert (found and found.price) == (here and here.price)


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6, unique=True))
def test_steps_that_only_go_down_are_measured_from_before_the_first(prices: list[int]) -> None:
    falling = sorted(prices, reverse=True)
    steps = [lowered(-len(falling) + n, -len(falling) + n + 1, price) for n, price in enumerate(falling)]

    assert prior([*usual((-200, 1000)), *steps, lowered(0, None, 1)], STEPS) == 1000
    assert prior([*usual((-200, 1000)), *steps, lowered(0, None, 1)]) == falling[-1]
