"""The date that a shop keeps nine times in ten: from what its own promises took, the open and the late ones counted as not done (Kaplan-Meier; ruling 36). Pure.

Days are whole: a promise that was kept on the third day after the one on which it was made took three.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST = 20
"""Fewer promises say nothing: the owner's days hold."""
WANTED = Fraction(9, 10)
WINDOW_DAYS = 180
DAYS_MAX = 365


@dataclass(frozen=True, slots=True)
class Lasted:
    """How many whole days a promise took, or how long it has been open until now, or until nobody wanted it any more."""

    days: int
    is_done: bool


def done_within(lasted: Sequence[Lasted]) -> list[tuple[int, Fraction]]:
    """Return the share that is done within so many days, wherever it grows: one less Kaplan and Meier's estimate of what is still open."""
    done = Counter(one.days for one in lasted if one.is_done)
    ended = Counter(one.days for one in lasted)
    left, still, found = len(lasted), Fraction(1), []
    for days in sorted(ended):
        if done[days]:
            still *= 1 - Fraction(done[days], left)
            found.append((days, 1 - still))
        left -= ended[days]
    return found


def honest_days(lasted: Sequence[Lasted]) -> int | None:
    """Return the fewest days within which nine of ten were done; None where too few promises say so, or where not even nine of ten come to an end."""
    if len(lasted) < LEAST:
        return None
    return next((min(days, DAYS_MAX) for days, share in done_within(lasted) if share >= WANTED), None)


def next_open(day: dt.date, weekdays: Collection[int], dates: Collection[dt.date]) -> dt.date:
    """Return the day, or the first after it on which the store is open. `weekdays`: closed ones, Monday 0. Where it never opens, the day itself."""
    for more in range(60):
        found = day + dt.timedelta(days=more)
        if found.weekday() not in weekdays and found not in dates:
            return found
    return day
