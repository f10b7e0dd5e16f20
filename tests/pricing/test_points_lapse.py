"""When points run out: worked cases, and what holds of any account against a slow model that keeps every single point (docs/algorithms/points.md, 5)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.pricing.points_lapse import Lapse, lapsing, months_later

DAY = dt.date(2026, 1, 31)


def on(*moves: tuple[str, int]) -> list[tuple[dt.date, int]]:
    """Moves by day."""
    return [(dt.date.fromisoformat(day), points) for day, points in moves]


@pytest.mark.parametrize(
    "day, months, then",
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-15", 12, "2027-12-15"),
    ],
)
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, then: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(then)


EARNED = Lapse("earned", 12, dt.date(2026, 1, 1))
MOVED = Lapse("moved", 3, dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    "rule, moves, today, gone, ahead",
    [
        (EARNED, on(("2026-02-01", 30), ("2026-05-01", 20)), "2027-02-01", {}, on(("2027-02-01", 30), ("2027-05-01", 20))),
        (EARNED, on(("2026-02-01", 30), ("2026-05-01", 20)), "2027-02-02", on(("2027-02-01", 30)), on(("2027-05-01", 20))),
        # The oldest are spent first; what is given back begins anew.
        (EARNED, on(("2026-02-01", 30), ("2026-05-01", 20), ("2026-06-01", -35)), "2027-02-02", {}, on(("2027-05-01", 15))),
        (EARNED, on(("2026-02-01", 30), ("2026-06-01", -30), ("2026-07-01", 10)), "2027-02-02", {}, on(("2027-07-01", 10))),
        # Spent beyond what was there: what comes next makes it up first.
        (EARNED, on(("2026-02-01", 10), ("2026-03-01", -15), ("2026-04-01", 8)), "2026-05-01", {}, on(("2027-04-01", 3))),
        # What was there before the rule counts from its day.
        (EARNED, on(("2020-02-01", 30)), "2026-12-31", {}, on(("2027-01-01", 30))),
        # All of them rest together, and any movement wakes them.
        (MOVED, on(("2026-02-01", 30), ("2026-04-30", 5)), "2026-07-30", {}, on(("2026-07-30", 35))),
        (MOVED, on(("2026-02-01", 30), ("2026-05-02", 5)), "2026-05-03", on(("2026-05-01", 30)), on(("2026-08-02", 5))),
        (MOVED, on(("2026-02-01", 30), ("2026-03-01", -30)), "2026-12-01", {}, []),
        (MOVED, on(("2026-02-01", -4)), "2026-12-01", {}, []),
    ],
)
def test_points_run_out_on_their_day(
    rule: Lapse, moves: list[tuple[dt.date, int]], today: str, gone: object, ahead: list[tuple[dt.date, int]]
) -> None:
    assert lapsing(rule, moves, dt.date.fromisoformat(today)) == (dict(gone), ahead)  # type: ignore[call-overload]  # pairs, or none


MOVES = st.lists(st.tuples(st.integers(0, 900), st.integers(-40, 40)), max_size=20).map(
    lambda rows: [(DAY + dt.timedelta(days=day), points) for day, points in sorted(rows, key=lambda row: row[0])]
)


@given(moves=MOVES, months=st.integers(1, 14), since=st.integers(-100, 400), today=st.integers(0, 1500))
def test_each_point_is_good_to_its_last_day_as_a_model_of_single_points_says(
    moves: list[tuple[dt.date, int]], months: int, since: int, today: int
) -> None:
    rule, now = Lapse("earned", months, DAY + dt.timedelta(days=since)), DAY + dt.timedelta(days=today)
    moves = [move for move in moves if move[0] <= now]
    held: list[dt.date] = []
    missing, gone = 0, 0
    for day, points in [*moves, (now, 0)]:
        gone += sum(last < day for last in held)
        held = [last for last in held if last >= day]
        for _ in range(abs(points)):
            if points > 0 and missing:
                missing -= 1
            elif points > 0:
                held.append(months_later(max(day, rule.since), months))
            elif held:
                held.remove(min(held))
            else:
                missing += 1

    lapsed, ahead = lapsing(rule, moves, now)

    assert (sum(lapsed.values()), [last for last, points in ahead for _ in range(points)]) == (gone, sorted(held))


@given(moves=MOVES, months=st.integers(1, 14), kind=st.sampled_from(("moved", "earned")), today=st.integers(0, 1500))
def test_what_ran_out_stays_run_out_and_what_is_ahead_is_what_is_held(
    moves: list[tuple[dt.date, int]], months: int, kind: str, today: int
) -> None:
    rule, now = Lapse(kind, months, DAY), DAY + dt.timedelta(days=today)  # type: ignore[arg-type]  # two kinds
    moves = [move for move in moves if move[0] <= now]

    gone, ahead = lapsing(rule, moves, now)
    later, _ = lapsing(rule, moves, now + dt.timedelta(days=40))

    assert all(later[day] == points > 0 and day < now for day, points in gone.items())
    assert all(day >= now for day, _ in ahead)
    assert sum(points for _, points in ahead) == max(0, sum(points for _, points in moves) - sum(gone.values()))
