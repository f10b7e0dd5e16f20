"""When points run out: the rule is docs/algorithms/points.md, section 5. Whole points and days; asks nothing of the database."""

import calendar
import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Literal, NamedTuple

KINDS = ("moved", "earned")

type Lots = list[tuple[dt.date, int]]


class Lapse(NamedTuple):
    """`moved`: all of them, so many months after the last movement; `earned`: each, so many months after it came, the oldest spent first.

    `since`: the day from which the rule holds; what was there before counts from that day.
    """

    kind: Literal["moved", "earned"]
    months: int
    since: dt.date

    def last_day(self, day: dt.date) -> dt.date:
        """Return the last day that points of this day are good for."""
        return months_later(max(day, self.since), self.months)


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def lapsing(rule: Lapse, moves: Iterable[tuple[dt.date, int]], today: dt.date) -> tuple[dict[dt.date, int], Lots]:
    """Return how many points ran out after which day, and how many will after which, the soonest first. `moves`: of one buyer, oldest first."""
    return _by_age(rule, moves, today) if rule.kind == "earned" else _by_rest(rule, moves, today)


def _by_rest(rule: Lapse, moves: Iterable[tuple[dt.date, int]], today: dt.date) -> tuple[dict[dt.date, int], Lots]:
    gone: dict[dt.date, int] = {}
    held, last = 0, rule.since

    def rest(day: dt.date) -> None:
        nonlocal held
        if held > 0 and rule.last_day(last) < day:
            gone[rule.last_day(last)], held = held, 0

    for day, points in moves:
        rest(day)
        held, last = held + points, day
    rest(today)
    return gone, [(rule.last_day(last), held)] if held > 0 else []


def _by_age(rule: Lapse, moves: Iterable[tuple[dt.date, int]], today: dt.date) -> tuple[dict[dt.date, int], Lots]:
    gone: dict[dt.date, int] = defaultdict(int)
    lots: deque[tuple[dt.date, int]] = deque()
    missing = 0  # spent beyond what was there: what comes next makes it up first

    def age(day: dt.date) -> None:
        while lots and lots[0][0] < day:
            last_day, left = lots.popleft()
            gone[last_day] += left

    for day, points in moves:
        age(day)
        missing -= points
        if missing < 0:
            lots.append((rule.last_day(day), -missing))
            missing = 0
        while missing and lots:
            last_day, left = lots.popleft()
            if left > missing:
                lots.appendleft((last_day, left - missing))
            missing = max(0, missing - left)
    age(today)
    ahead: dict[dt.date, int] = defaultdict(int)
    for last_day, left in lots:
        ahead[last_day] += left
    return dict(gone), sorted(ahead.items())
