"""Conditions as stretches of time: what `offers` answers for one instant, here for a whole season."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from mostrador.catalogue.terms import DAY_MINUTES, Conditions
from mostrador.kernel import clock

type Span = tuple[dt.datetime, dt.datetime]

EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(9000, 1, 1, tzinfo=dt.UTC)


def spans_of(conditions: Conditions, within: Span, zone: str, season: Span) -> list[Span]:
    """Return when conditions hold within a stretch, oldest first. What comes again each day or week is worked out for the season only."""
    since = EVER[0] if conditions.since is None else clock.from_ms(conditions.since)
    until = EVER[1] if conditions.until is None else clock.from_ms(conditions.until)
    whole = cut(within, (since, until))
    if whole is None or not (conditions.days or conditions.from_minute is not None):
        return [whole] if whole else []
    shorter = cut(whole, season)
    return joined(found for day in _days(conditions, shorter, zone) if (found := cut(day, shorter))) if shorter else []


def cut(one: Span, other: Span) -> Span | None:
    """Return what two stretches have in common."""
    begin, end = max(one[0], other[0]), min(one[1], other[1])
    return (begin, end) if begin < end else None


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return stretches with those that touch made one, oldest first."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _days(conditions: Conditions, within: Span, zone: str) -> Iterable[Span]:
    """Each day's stretch, from the day before on: the small hours belong to it."""
    place = ZoneInfo(zone)
    begin, end = conditions.from_minute or 0, DAY_MINUTES if conditions.to_minute is None else conditions.to_minute
    over = DAY_MINUTES if end <= begin else 0
    day = within[0].astimezone(place).date() - dt.timedelta(days=1)
    while day <= within[1].astimezone(place).date():
        if not conditions.days or day.isoweekday() in conditions.days:
            yield _local(day, begin, place), _local(day, end + over, place)
        day += dt.timedelta(days=1)


def _local(day: dt.date, minutes: int, place: ZoneInfo) -> dt.datetime:
    """The instant at which a store's clock shows so many minutes of a day."""
    wall = dt.datetime.combine(day + dt.timedelta(days=minutes // DAY_MINUTES), dt.time(minutes % DAY_MINUTES // 60, minutes % 60), place)
    return wall.astimezone(dt.UTC)
