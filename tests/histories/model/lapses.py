"""Points that run out (docs/algorithms/points.md, 5; docs/adr/0032, 0035): what the worker has to write as it looks when a day is over, and when a rule is said."""

import datetime as dt
from collections import defaultdict
from typing import Any

from tests.histories.model.joins import Joins

type Json = dict[str, Any]
ZONE = dt.timedelta(hours=6)  # Mexico City is so far behind UTC
ONE = dt.timedelta(days=1)


def day_of(instant: int) -> dt.date:
    """Return the day of the shop in which an instant lies."""
    return (dt.datetime.fromtimestamp(instant / 1000, dt.UTC) - ZONE).date()


class Lapses:
    """Every movement of points by buyer and day, the rule in force, and what was written of what ran out: last day, points, the day on which it stands."""

    def __init__(self, joins: Joins) -> None:
        self._joins = joins
        self._moves: dict[str, list[tuple[dt.date, int]]] = defaultdict(list)
        self._rows: dict[str, list[tuple[dt.date, int, dt.date]]] = defaultdict(list)
        self._rule: tuple[str, int] | None = None
        self._since = self._looked = dt.date.min

    def moved(self, buyer: str, at: int, points: int) -> None:
        """Take in points that came, or went."""
        if points:
            self._moves[buyer].append((day_of(at), points))

    def said(self, terms: Json) -> None:
        """Another version of the scheme: a rule that says what the last one did goes on; the worker looks as soon as it works."""
        rule = (terms["lapse"], terms["lapse_months"])
        if rule != self._rule:
            self._rule, self._since = rule, day_of(terms["at"])
        self._looked = dt.date.min

    def joined(self) -> None:
        """Two are one, or two again: the worker looks as soon as it works, for the points of people who are one run out together."""
        self._looked = dt.date.min

    def look(self, now: int) -> dict[str, int]:
        """Return what the worker writes now, by buyer; nothing twice in a day."""
        today = day_of(now)
        if self._rule is None or self._looked == today:
            return {}
        self._looked = today
        found = {}
        groups: dict[str, list[str]] = defaultdict(list)
        for one in self._moves.keys() | self._rows.keys():
            groups[self._joins.of(one)].append(one)
        for buyer, ids in groups.items():
            rows = self._missing(ids, today)
            self._rows[buyer] += rows
            found[buyer] = sum(points for _, points, _ in rows)
        return found

    def _missing(self, ids: list[str], today: dt.date) -> list[tuple[dt.date, int, dt.date]]:
        written: dict[dt.date, int] = defaultdict(int)
        for last, points, _ in self._written(ids):
            if last >= self._since:
                written[last] -= points
        gone = self._gone(ids, today)
        differs = {last: gone.get(last, 0) - written.get(last, 0) for last in gone.keys() | written.keys()}
        return [(last, -more, today if written.get(last) else last + ONE) for last, more in differs.items() if more]

    def _written(self, ids: list[str]) -> list[tuple[dt.date, int, dt.date]]:
        return [row for one in ids for row in self._rows.get(one, ())]

    def _gone(self, ids: list[str], today: dt.date) -> dict[dt.date, int]:
        """How many have run out after which day. What ran out by a rule before this one is a movement like any other."""
        before = [(day, points) for last, points, day in self._written(ids) if last < self._since]
        days: dict[dt.date, list[int]] = defaultdict(list)
        for day, points in [*(move for one in ids for move in self._moves.get(one, ())), *before]:
            days[day].append(points)
        days[today] += []
        assert self._rule is not None
        return self._rested(days) if self._rule[0] == "moved" else self._aged(days)

    def _good_until(self, day: dt.date) -> dt.date:
        """The same day so many months later, or the last of a shorter month; nothing counts from before the rule began."""
        assert self._rule is not None
        day = max(day, self._since)
        month = day.month - 1 + self._rule[1]
        for number in range(day.day, 0, -1):
            try:
                return dt.date(day.year + month // 12, month % 12 + 1, number)
            except ValueError:
                continue
        raise AssertionError(day)

    def _rested(self, days: dict[dt.date, list[int]]) -> dict[dt.date, int]:
        """All that is there goes after the last day of the last movement."""
        gone, held, last = dict[dt.date, int](), 0, self._since
        for day in sorted(days):
            if held > 0 and self._good_until(last) < day:
                gone[self._good_until(last)], held = held, 0
            if days[day]:
                held, last = held + sum(days[day]), day
        return gone

    def _aged(self, days: dict[dt.date, list[int]]) -> dict[dt.date, int]:
        """Each goes after its own day; what goes otherwise is the oldest, and what was not there is made up by what comes next."""
        gone: dict[dt.date, int] = defaultdict(int)
        good: dict[dt.date, int] = defaultdict(int)
        short = 0
        for day in sorted(days):
            for last in [one for one in good if one < day]:
                gone[last] += good.pop(last)
            came = sum(points for points in days[day] if points > 0)
            short -= sum(points for points in days[day] if points < 0)
            good[self._good_until(day)] += came
            for last in sorted(good):
                taken = min(short, good[last])
                good[last], short = good[last] - taken, short - taken
        return {last: points for last, points in gone.items() if points}
