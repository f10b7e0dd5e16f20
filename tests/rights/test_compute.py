"""Rights are computed from dated rules: worked examples with their source, and what holds of any line, rule and repair."""

import datetime as dt
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.rights import pack
from mostrador.rights.compute import Offered, Right, Sold, Stay, rights, suspended
from mostrador.rights.rule import GOODS, Rule, Span

MX, ES = pack.rules("MX"), pack.rules("ES")
SOLD = dt.date(2026, 11, 23)
CHECKED = dt.date(2026, 12, 1)
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2030, 12, 31))


def found(rules: tuple[Rule, ...], sold: Sold, offered: tuple[Offered, ...] = (), today: dt.date = CHECKED) -> dict[str, Right]:
    """Rights by the id of their rule, or by their kind where the shop gives them."""
    return {one.rule.id if one.rule else one.kind: one for one in rights(sold, rules, offered, today)}


def rule(rules: tuple[Rule, ...], name: str) -> Rule:
    return next(one for one in rules if one.id == name)


# What is bought, and what the law gives until when. Sources: the rules' own (mostrador/rights/packs).
WORKED = [
    # LFPC 93: two months from receipt. LFPC 77: at least ninety days, for what is sold with a guarantee.
    ("MX", Sold(SOLD), {"not_as_offered": "2027-01-23"}),
    ("MX", Sold(SOLD, "perishable"), {"not_as_offered": "2027-01-23"}),
    ("MX", Sold(SOLD, "durable"), {"not_as_offered": "2027-01-23", "guarantee": "2027-02-21"}),
    # Received on 31 December: two months end on the last of February.
    ("MX", Sold(dt.date(2026, 12, 31)), {"not_as_offered": "2027-02-28"}),
    # LFPC 56: five working days at a distance: Monday 23 to Monday 30.
    ("MX", Sold(SOLD, sale="distance"), {"not_as_offered": "2027-01-23", "withdrawal": "2026-11-30"}),
    # LFPC 83: days of repair do not count.
    ("MX", Sold(SOLD, "durable", stays=(Stay(dt.date(2027, 1, 4), dt.date(2027, 1, 16)),)), {"not_as_offered": "2027-01-23", "guarantee": "2027-03-05"}),
    # TRLGDCU 120: three years, two of them presumed (121); spare parts (127 bis) have no end that a till knows.
    ("ES", Sold(SOLD), {"guarantee": "2029-11-23"}),
    ("ES", Sold(SOLD, "durable"), {"guarantee": "2029-11-23", "spare_parts": None}),
    ("ES", Sold(SOLD, "perishable"), {}),
    # A repair is no goods: only what the shop gives with it.
    ("ES", Sold(SOLD, "service"), {}),
    ("MX", Sold(SOLD, "service"), {}),
    ("ES", Sold(SOLD, "digital"), {"guarantee_digital": "2028-11-23"}),
    # Second hand: three years where nothing was agreed; what was agreed, but never less than one.
    ("ES", Sold(SOLD, "used"), {"guarantee_used": "2029-11-23"}),
    ("ES", Sold(SOLD, "used", agreed=Span(18, "months")), {"guarantee_used": "2028-05-23"}),
    ("ES", Sold(SOLD, "used", agreed=Span(6, "months")), {"guarantee_used": "2027-11-23"}),
    ("ES", Sold(SOLD, "used", agreed=Span(5, "years")), {"guarantee_used": "2029-11-23"}),
    # Nothing can be agreed away of what is new.
    ("ES", Sold(SOLD, agreed=Span(6, "months")), {"guarantee": "2029-11-23"}),
    # TRLGDCU 102 and 104: fourteen calendar days at a distance.
    ("ES", Sold(SOLD, sale="distance"), {"guarantee": "2029-11-23", "withdrawal": "2026-12-07"}),
    # Bought before 2022: the rule of then, and not that of today.
    ("ES", Sold(dt.date(2021, 12, 31)), {"guarantee_before_2022": "2023-12-31"}),
    # 29 February has no anniversary in a common year.
    ("ES", Sold(dt.date(2024, 2, 29)), {"guarantee": "2027-02-28"}),
    ("FR", Sold(SOLD), {}),
]  # fmt: skip


@pytest.mark.parametrize("country,sold,expected", WORKED)
def test_worked_examples(country: str, sold: Sold, expected: dict[str, str | None]) -> None:
    computed = {name: one.ends.isoformat() if one.ends else None for name, one in found(pack.rules(country), sold).items()}

    assert computed == expected


def test_while_goods_are_away_their_guarantee_ends_a_day_later_each_day() -> None:
    away = Sold(SOLD, "durable", stays=(Stay(dt.date(2026, 12, 1), None),))

    assert [found(MX, away, today=dt.date(2026, 12, day))["guarantee"].suspended for day in (1, 2, 11)] == [0, 1, 10]
    assert found(MX, away, today=dt.date(2026, 12, 11))["guarantee"].ends == dt.date(2027, 3, 3)


def test_who_need_not_prove_anything_is_said_until_a_day_that_a_repair_moves() -> None:
    stays = (Stay(dt.date(2027, 1, 4), dt.date(2027, 1, 14)),)

    assert found(ES, Sold(SOLD))["guarantee"].presumed_until == dt.date(2028, 11, 23)
    assert found(ES, Sold(SOLD, stays=stays))["guarantee"].presumed_until == dt.date(2028, 12, 3)


def test_a_guarantee_that_a_shop_gives_lasts_as_long_as_the_law_asks() -> None:
    short, long = (
        Offered("commercial_guarantee", Span(30, "days"), "En taller"),
        Offered("commercial_guarantee", Span(1, "years"), "En taller"),
    )

    raised, own = found(MX, Sold(SOLD), (short,))["commercial_guarantee"], found(MX, Sold(SOLD), (long,))["commercial_guarantee"]

    assert (raised.ends, raised.raised_by) == (dt.date(2027, 2, 21), rule(MX, "guarantee_floor"))
    assert (own.ends, own.raised_by) == (dt.date(2027, 11, 23), None)
    assert found(ES, Sold(SOLD), (short,))["commercial_guarantee"].ends == dt.date(2026, 12, 23)


def test_courtesy_is_no_law_and_no_repair_moves_it() -> None:
    offered = (Offered("voluntary_return", Span(7, "days"), "Sin abrir"),)
    stays = (Stay(dt.date(2026, 11, 24), dt.date(2026, 12, 1)),)

    courtesy = found(MX, Sold(SOLD, "durable", stays=stays), offered)["voluntary_return"]

    assert (courtesy.is_law, courtesy.rule, courtesy.ends, courtesy.says) == (False, None, dt.date(2026, 11, 30), "Sin abrir")
    assert [one.kind for one in rights(Sold(SOLD), MX, offered, CHECKED)][-1] == "voluntary_return"


def test_a_repair_extends_once_where_a_rule_says_so() -> None:
    extends = msgspec.structs.replace(rule(ES, "repair_extension"), checked_on=CHECKED, stale_after=CHECKED)
    one, two = Stay(dt.date(2027, 1, 4), dt.date(2027, 1, 14)), Stay(dt.date(2028, 1, 4), dt.date(2028, 1, 5))

    ends = [
        found((extends,), Sold(SOLD, stays=stays))["repair_extension"].ends for stays in ((), (Stay(one.began, None),), (one,), (one, two))
    ]

    assert ends == [dt.date(2029, 11, 23), dt.date(2029, 11, 23), dt.date(2030, 11, 23), dt.date(2030, 11, 23)]


def test_what_nobody_checked_is_said_to_nobody() -> None:
    unchecked = [msgspec.structs.replace(one, checked_on=None) for one in MX]
    without_source = [msgspec.structs.replace(one, source="") for one in MX]

    assert rights(Sold(SOLD, "durable"), unchecked, (), CHECKED) == []
    assert rights(Sold(SOLD, "durable"), without_source, (), CHECKED) == []
    assert "repair_extension" not in found(ES, Sold(SOLD))
    assert "spare_parts" not in found(MX, Sold(SOLD, "durable"))


def test_what_was_checked_too_long_ago_is_said_to_nobody() -> None:
    last = dt.date(2027, 11, 30)

    assert set(found(ES, Sold(SOLD), today=last)) == {"guarantee"}
    assert found(ES, Sold(SOLD), today=last + dt.timedelta(days=1)) == {}
    assert {one.id for one in pack.in_doubt("ES", last + dt.timedelta(days=1))} >= {"guarantee", "withdrawal", "repair_extension"}
    assert [one.id for one in pack.in_doubt("ES", CHECKED)] == ["repair_extension"]


STAYS = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 60))), max_size=5).map(
    lambda pairs: tuple(Stay(began, None if days is None else began + dt.timedelta(days=days)) for began, days in pairs)
)
SALES = st.builds(
    Sold, DAYS, st.sampled_from(GOODS), st.sampled_from(["shop", "distance"]),
    st.one_of(st.none(), st.builds(Span, st.integers(1, 60), st.sampled_from(["days", "months"]))), STAYS,
)  # fmt: skip
OFFERS = st.lists(
    st.builds(Offered, st.sampled_from(["voluntary_return", "commercial_guarantee"]), st.builds(Span, st.integers(1, 36), st.just("months")), st.just("")),
    max_size=2,
)  # fmt: skip


@given(sold=SALES, offered=OFFERS, rules=st.sampled_from([MX, ES]), today=DAYS)
def test_no_right_ends_before_it_starts_and_repairs_only_ever_prolong(
    sold: Sold, offered: list[Offered], rules: tuple[Rule, ...], today: dt.date
) -> None:
    computed, unrepaired = rights(sold, rules, offered, today), rights(replace(sold, stays=()), rules, offered, today)

    assert [one.kind for one in computed] == [one.kind for one in unrepaired]
    for one, before in zip(computed, unrepaired, strict=True):
        assert one.starts == sold.delivered_on
        assert (one.ends is None) == (before.ends is None)
        if one.ends is not None and before.ends is not None:
            assert one.starts < one.ends
            assert (one.ends - before.ends).days == one.suspended >= 0


@given(sold=SALES, rules=st.sampled_from([MX, ES]), today=DAYS)
def test_nothing_is_said_that_was_not_in_force_checked_and_fresh(sold: Sold, rules: tuple[Rule, ...], today: dt.date) -> None:
    for one in rights(sold, rules, (), today):
        assert one.rule is not None
        assert one.rule.checked_on is not None
        assert one.rule.valid_from <= sold.delivered_on <= (one.rule.until or dt.date.max)
        assert one.rule.stale_after is not None
        assert today <= one.rule.stale_after
        assert one.rule.source.startswith("https://")
        assert sold.goods in one.rule.goods


@given(stays=STAYS, today=DAYS, starts=DAYS, length=st.integers(1, 1500))
def test_no_day_of_repair_counts_twice_in_any_order(stays: tuple[Stay, ...], today: dt.date, starts: dt.date, length: int) -> None:
    ends = starts + dt.timedelta(days=length)
    total = suspended(starts, ends, stays, today)

    away = {day for stay in stays for day in _days(max(stay.began, starts), stay.back or max(today, stay.began))}
    assert 0 <= total <= len(away)
    assert suspended(starts, ends, stays[::-1], today) == total
    assert suspended(starts, ends, stays + stays, today) == total


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range(max(0, (last - first).days))]


@given(DAYS, st.integers(0, 40))
def test_a_longer_span_ends_no_earlier(day: dt.date, amount: int) -> None:
    for unit in ("days", "working_days", "months", "years"):
        ends = [Span(amount + more, unit).after(day) for more in (0, 1)]
        assert day <= ends[0] < ends[1]


def test_every_rule_is_written_in_both_languages_and_says_whose_law_it_is() -> None:
    for one in (*MX, *ES):
        assert all((one.title_es, one.title_en, one.text_es, one.text_en, one.law)), one.id
        assert (one.amount is None) == (one.unit is None)
        assert one.stale_after is None or (one.checked_on is not None and one.stale_after <= one.checked_on + dt.timedelta(days=366))
    assert len({one.id for one in MX}) == len(MX)
    assert len({one.id for one in ES}) == len(ES)
