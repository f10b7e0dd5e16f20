"""What a promise has come to does not depend on the order in which it was heard, nor on how often; only the clock makes it late, and nobody writes back in time."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.trust.promise_fold import GRACE, MISTAKE, Event, Promise, believed, fold

MADE_AT = dt.datetime(2026, 3, 2, 17, tzinfo=dt.UTC)
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


def end(day: dt.date) -> dt.datetime:
    """A shop that closes its days at midnight UTC."""
    return dt.datetime.combine(day + DAY, dt.time(), dt.UTC)


def said(kind: Any, at: dt.datetime, *, by: dt.date | None = None, **more: Any) -> Event:
    return Event(more.pop("id", uuid.uuid4()), kind, at, due_by=by, due_at=end(by) if by else None, **more)


def on(day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC)


MADE = said("made", MADE_AT, by=dt.date(2026, 3, 5))
LONG_AFTER = on(5) + GRACE + 30 * DAY


def folded(*events: Event, now: dt.datetime = LONG_AFTER) -> Promise:
    found = fold((MADE, *events), now)
    assert found is not None
    return found


# --- by hand ---


@pytest.mark.parametrize(
    "now, state",
    [(on(5), "made"), (end(dt.date(2026, 3, 5)), "made"), (on(6, 0) + MINUTE, "late"), (on(6, 0) + GRACE, "late"), (on(14), "broken")],
)
def test_the_clock_alone_makes_it_late_and_then_broken(now: dt.datetime, state: str) -> None:
    assert folded(now=now).state == state
    assert folded(now=now).is_open


def test_kept_in_time_and_kept_late() -> None:
    assert folded(said("kept", on(5))).state == "kept"
    late = folded(said("kept", on(7)))
    assert (late.state, late.ended_at, late.counts, late.is_open) == ("kept_late", on(7), True, False)
    assert folded(said("kept", on(20))).state == "broken"


def test_what_was_truly_kept_before_it_was_due_undoes_late_and_broken_however_late_it_is_heard() -> None:
    late, true = said("kept", on(9)), said("kept", on(4))
    assert folded(late).state == "kept_late"
    assert folded(late, true).state == "kept"
    assert folded(true, now=on(30)).state == "kept"
    assert dict(folded(late, true).set_aside) == {late: "repeated"}


def test_another_day_agreed_in_time_holds_and_the_first_one_stays_shown() -> None:
    found = folded(said("renegotiated", on(4), by=dt.date(2026, 3, 9), revision=0), said("kept", on(8)))
    assert (found.state, found.first.by, found.due.by, found.revision) == ("kept", dt.date(2026, 3, 5), dt.date(2026, 3, 9), 1)
    assert not found.is_kept_first


def test_another_day_agreed_when_it_was_late_already_moves_nothing() -> None:
    after = said("renegotiated", on(6), by=dt.date(2026, 3, 9), revision=0)
    found = folded(after, now=on(7))
    assert (found.state, found.due.by, found.set_aside) == ("late", dt.date(2026, 3, 5), ((after, "after_due"),))


def test_another_day_of_which_the_buyer_does_not_know_moves_nothing() -> None:
    found = folded(said("renegotiated", on(4), by=dt.date(2026, 3, 9), revision=0, told=False))
    assert (found.due.by, [why for _, why in found.set_aside]) == (dt.date(2026, 3, 5), ["not_told"])


def test_of_two_days_agreed_without_knowing_of_each_other_the_earlier_stands_and_both_are_shown() -> None:
    later = said("renegotiated", on(3), by=dt.date(2026, 3, 12), revision=0)
    earlier = said("renegotiated", on(4), by=dt.date(2026, 3, 8), revision=0)
    found = folded(later, earlier, now=on(5))
    assert (found.due.by, found.revision, found.has_rivals) == (dt.date(2026, 3, 8), 1, True)
    assert dict(found.set_aside) == {later: "other_date_stands"}
    assert {later, earlier} <= set(found.history)


def test_a_day_that_names_what_nobody_has_heard_of_yet_waits_for_it() -> None:
    first = said("renegotiated", on(3), by=dt.date(2026, 3, 8), revision=0)
    second = said("renegotiated", on(7), by=dt.date(2026, 3, 15), revision=1)
    assert (folded(second).due.by, dict(folded(second).set_aside)) == (dt.date(2026, 3, 5), {second: "unseen"})
    assert (folded(second, first).due.by, folded(second, first).revision) == (dt.date(2026, 3, 15), 2)


def test_an_order_says_its_days_in_its_own_order() -> None:
    changes = (said("renegotiated", on(3), by=dt.date(2026, 3, 8)), said("renegotiated", on(7), by=dt.date(2026, 3, 10)))
    assert (folded(*changes).due.by, folded(*changes).revision) == (dt.date(2026, 3, 10), 2)
    late = said("renegotiated", on(9), by=dt.date(2026, 3, 20))
    assert folded(changes[0], late).due.by == dt.date(2026, 3, 8)


def test_a_mistake_is_said_at_once_or_by_a_manager_with_a_reason() -> None:
    assert folded(said("voided", MADE_AT + MISTAKE)).state == "void"
    assert folded(said("voided", MADE_AT + MISTAKE + MINUTE)).state == "broken"
    assert folded(said("voided", on(9), is_leader=True)).state == "broken"
    assert folded(said("kept", on(4)), said("voided", on(9), is_leader=True, word="twice")).state == "void"
    assert not folded(said("voided", MADE_AT)).counts


def test_whoever_lets_go_of_it_in_time_is_not_asked_about_and_afterwards_it_was_late_all_the_same() -> None:
    assert (folded(said("released", on(4))).state, folded(said("released", on(4))).counts) == ("released", False)
    assert (folded(said("released", on(8))).state, folded(said("released", on(8))).counts) == ("released", True)
    kept = folded(said("kept", on(4)), said("released", on(8)))
    assert (kept.state, [why for _, why in kept.set_aside]) == ("kept", ["after_end"])


def test_the_buyer_confirms_or_disputes_and_a_dispute_is_settled() -> None:
    kept = said("kept", on(4))
    assert folded(kept, said("confirmed", on(5))).answer == "confirmed"
    disputed = said("disputed", on(6))
    assert (folded(kept, disputed).answer, folded(kept, disputed).state) == ("disputed", "kept")
    settled = folded(kept, disputed, said("settled", on(7), word="broken"))
    assert (settled.answer, settled.state, settled.is_open) == ("settled", "broken", False)
    assert folded(kept, said("settled", on(7), word="broken")).state == "kept"


def test_before_it_is_heard_that_it_was_made_it_is_nothing() -> None:
    assert fold([said("kept", on(4))], LONG_AFTER) is None


def test_a_doubtful_hour_counts_nowhere_where_the_hour_decides() -> None:
    assert not folded(said("kept", on(8), is_doubtful=True)).counts
    assert folded(said("kept", on(4), is_doubtful=True)).counts, "heard before it was due, it was kept before it was due"
    assert not folded(said("renegotiated", on(6), by=dt.date(2026, 3, 9), revision=0, is_doubtful=True)).counts
    doubtful = fold([said("made", MADE_AT, by=dt.date(2026, 3, 5), is_doubtful=True)], LONG_AFTER)
    assert doubtful is not None
    assert not doubtful.counts


# --- in any order, repeated, late, by clocks that are wrong ---

days = st.integers(3, 25).map(lambda day: dt.date(2026, 3, day))
hours = st.integers(0, 20 * 24).map(lambda n: MADE_AT + n * HOUR)
later_said = st.one_of(
    st.builds(lambda at, by, revision, told: said("renegotiated", at, by=by, revision=revision, told=told), hours, days, st.sampled_from([0, 0, 1, 2, None]), st.booleans()),
    st.builds(lambda at, doubt: said("kept", at, is_doubtful=doubt), hours, st.booleans()),
    st.builds(lambda at: said("released", at), hours),
    st.builds(lambda at, leader: said("voided", at, is_leader=leader, word="twice" if leader else ""), hours, st.booleans()),
    st.builds(lambda at: said("disputed", at), hours),
    st.builds(lambda at, word: said("settled", at, word=word), hours, st.sampled_from(["kept", "late", "broken"])),
)  # fmt: skip
stories = st.lists(later_said, max_size=8)


@given(stories, st.randoms(use_true_random=False), st.integers(1, 3), hours)
def test_shuffled_and_repeated_it_comes_to_the_same(story: list[Event], random: Any, times: int, now: dt.datetime) -> None:
    heard = [MADE, *story] * times
    random.shuffle(heard)
    assert fold(heard, now) == fold([MADE, *story], now)


@given(stories, st.integers(0, 8), hours)
def test_what_is_heard_later_comes_to_the_same_as_if_it_had_been_heard_at_once(story: list[Event], cut: int, now: dt.datetime) -> None:
    assert fold([*story[cut:], MADE, *story[:cut]], now) == fold([MADE, *story], now)


@given(stories, hours)
def test_the_first_date_never_moves_and_every_word_is_shown(story: list[Event], now: dt.datetime) -> None:
    found = fold([MADE, *story], now)
    assert found is not None
    assert (found.first.by, found.first.at) == (MADE.due_by, MADE.due_at)
    assert set(found.history) == {MADE, *story}
    assert {event for event, _ in found.set_aside} <= set(found.history)


@given(stories, hours)
def test_kept_before_it_was_due_is_kept_unless_it_was_a_mistake_or_let_go_of_before(story: list[Event], now: dt.datetime) -> None:
    quiet = [event for event in story if event.kind in {"renegotiated", "kept"}]
    true = said("kept", MADE_AT + HOUR)
    found = fold([MADE, *quiet, true], now)
    assert found is not None
    assert found.state == "kept"
    assert found.is_kept_first


@given(stories, hours)
def test_another_date_stands_only_where_it_was_agreed_before_the_one_that_it_moves(story: list[Event], now: dt.datetime) -> None:
    found = fold([MADE, *story], now)
    assert found is not None
    aside = {event.id for event, _ in found.set_aside}
    stood = sorted(
        (event for event in story if event.kind == "renegotiated" and event.id not in aside),
        key=lambda event: (event.revision is None, event.revision or 0, event.at),
    )
    assert len(stood) == found.revision
    if all(event.revision is not None for event in stood):
        due = found.first.at
        for n, event in enumerate(stood):
            assert event.revision == n
            assert event.at <= due
            assert event.told
            assert event.due_at is not None
            due = event.due_at
        assert due == found.due.at


@given(stories, hours, hours)
def test_time_alone_only_makes_it_later(story: list[Event], one: dt.datetime, two: dt.datetime) -> None:
    steps = {"made": 0, "late": 1, "broken": 2}
    before, after = fold([MADE, *story], min(one, two)), fold([MADE, *story], max(one, two))
    assert before is not None
    assert after is not None
    if before.is_open:
        assert steps[after.state] >= steps[before.state]
    else:
        assert after == before


@given(st.integers(0, 500), st.integers(1, 200), st.integers(-100_000, 100_000), st.integers(-100_000, 100_000))
def test_a_clock_that_is_wrong_moves_nothing_beyond_its_contacts(gap: int, more: int, skew: int, offset: int) -> None:
    contact = MADE_AT
    truth = contact + gap * MINUTE
    received = truth + more * MINUTE
    at, is_doubtful = believed(truth + skew * MINUTE, received, contact, offset * MINUTE)
    assert contact <= at <= received
    assert is_doubtful == (not -2 <= gap + skew + offset <= gap + more + 2)
    if is_doubtful:
        assert at == received
    if skew == -offset:
        assert (at, is_doubtful) == (truth, False)


def test_a_till_that_the_server_had_never_heard_is_believed_up_to_when_it_is_heard() -> None:
    assert believed(on(3), on(4), None) == (on(3), False)
    assert believed(on(5), on(4), None) == (on(4), True)


@given(st.integers(-400, 400), st.booleans())
def test_nobody_writes_back_in_time(skew_hours: int, knows: bool) -> None:
    """Kept two days too late, by a till that had just been heard and whose clock says whatever it wants."""
    truth = on(8)
    offset = -skew_hours * HOUR if knows else 0 * HOUR
    at, is_doubtful = believed(truth + skew_hours * HOUR, truth + 5 * MINUTE, truth - 5 * MINUTE, offset)
    found = folded(said("kept", at, is_doubtful=is_doubtful))
    assert found.state == "kept_late"
    assert found.counts == (knows or skew_hours == 0)
