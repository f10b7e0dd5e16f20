"""What a statement has come to does not depend on the order in which things were heard, nor on how often; nothing takes it back, and a return points at no more than it says."""

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.trust.claim_fold import Evidence, Statement, fold, pointed_at, unverified_at

STATED = dt.datetime(2026, 3, 2, 17, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
PRODUCT, A, B = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
KINDS: tuple[Any, ...] = ("confirmed", "contradicted", "doubted", "corrected")


def known(*kinds: Any) -> list[Evidence]:
    return [Evidence(f"{n}", kind, STATED + (n + 1) * DAY) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    "kinds, state",
    [
        ((), "stated"), (("confirmed",), "confirmed"), (("contradicted",), "contradicted"), (("doubted",), "disputed"),
        (("contradicted", "confirmed"), "disputed"), (("doubted", "confirmed"), "disputed"), (("doubted", "contradicted"), "contradicted"),
        (("contradicted", "corrected"), "corrected"), (("corrected",), "corrected"), (("confirmed", "corrected", "doubted"), "corrected"),
    ],
)  # fmt: skip
def test_what_is_known_of_it_says_what_it_has_come_to(kinds: tuple[Any, ...], state: str) -> None:
    assert fold(STATED, known(*kinds), STATED + 30 * DAY).state == state


def test_after_eighteen_months_without_a_word_nobody_can_say() -> None:
    end = dt.datetime(2027, 9, 2, 17, tzinfo=dt.UTC)
    assert unverified_at(STATED) == end
    assert fold(STATED, (), end - dt.timedelta(seconds=1)).state == "stated"
    assert fold(STATED, (), end).state == "unverified"
    assert fold(STATED, known("contradicted"), end).state == "contradicted"


@pytest.mark.parametrize(
    "at, end",
    [((2026, 8, 31), (2028, 2, 29)), ((2025, 8, 31), (2027, 2, 28)), ((2026, 6, 30), (2027, 12, 30)), ((2026, 12, 31), (2028, 6, 30))],
)
def test_eighteen_months_end_with_a_shorter_month(at: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert unverified_at(dt.datetime(*at, tzinfo=dt.UTC)) == dt.datetime(*end, tzinfo=dt.UTC)


heard = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(KINDS), st.integers(-5, 900)), max_size=12).map(
    lambda rows: [Evidence(str(n), kind, STATED + days * DAY) for n, kind, days in rows]
)


@given(heard, st.randoms(use_true_random=False), st.integers(0, 1000))
def test_neither_order_nor_hearing_it_twice_makes_a_difference(rows: list[Evidence], rng: Any, days: int) -> None:
    once = fold(STATED, rows, STATED + days * DAY)
    again = [*rows, *rows]
    rng.shuffle(again)
    assert fold(STATED, again, STATED + days * DAY) == once


@given(heard, heard)
def test_what_is_heard_later_takes_nothing_away(first: list[Evidence], more: list[Evidence]) -> None:
    before, after = fold(STATED, first, STATED + DAY), fold(STATED, [*first, *more], STATED + DAY)
    for name in ("contradicted", "doubted", "confirmed", "corrected"):
        assert getattr(after, name) >= getattr(before, name)
    if before.state == "corrected":
        assert after.state == "corrected"
    if before.state in ("contradicted", "disputed"):
        assert after.state in ("contradicted", "disputed", "corrected")
    if before.state != "stated":
        assert after.state != "stated"


# --- what a return points at ---


def told(*rows: tuple[uuid.UUID, str, tuple[str, ...]]) -> dict[Statement, tuple[str, ...]]:
    return {Statement(PRODUCT, one, said): reasons for one, said, reasons in rows}


def test_one_thing_alone_that_fits_the_reason_did_not_hold_and_of_several_each_is_in_doubt() -> None:
    alone = told((A, "yes", ("not_as_said",)), (B, "yes", ("size",)))
    assert pointed_at("not_as_said", None, alone) == {Statement(PRODUCT, A, "yes"): "contradicted"}
    both = told((A, "yes", ("not_as_said",)), (B, "yes", ("not_as_said", "size")))
    assert set(pointed_at("not_as_said", None, both).values()) == {"doubted"}
    assert pointed_at("size", None, both) == {Statement(PRODUCT, B, "yes"): "contradicted"}
    assert pointed_at("defective", None, both) == {}


def test_what_is_named_is_contradicted_and_nothing_else_is() -> None:
    both = told((A, "yes", ("not_as_said",)), (B, "yes", ("not_as_said",)))
    assert pointed_at("not_as_said", A, both) == {Statement(PRODUCT, A, "yes"): "contradicted"}
    # What nobody was told names nothing: then the reason says what it can.
    assert set(pointed_at("not_as_said", uuid.UUID(int=9), both).values()) == {"doubted"}


@given(
    st.sets(st.tuples(st.integers(1, 5), st.frozensets(st.sampled_from(("not_as_said", "size", "defective")))), max_size=5),
    st.sampled_from(("not_as_said", "size", "defective", "other")),
)
def test_a_return_contradicts_one_thing_at_most_and_never_beside_a_doubt(rows: Any, reason: str) -> None:
    all_told = {Statement(PRODUCT, uuid.UUID(int=n), "yes"): reasons for n, reasons in rows}
    found = pointed_at(reason, None, all_told)
    assert all(reason in all_told[one] for one in found)
    assert list(found.values()).count("contradicted") == (len(found) == 1)
    for order in itertools.islice(itertools.permutations(all_told.items()), 6):
        assert pointed_at(reason, None, dict(order)) == found
