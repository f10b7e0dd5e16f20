"""When and where something is in force (catalogue.terms.Conditions) as wells of a form, and in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from mostrador.buyers import queries as buyers
from mostrador.catalogue.terms import Conditions
from mostrador.kernel import clock
from mostrador.kernel.formats import Formats
from mostrador.office.desk import Desk
from mostrador.office.forms import Form

DAY_WORDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read(form: Form, ticked: QueryDict) -> dict[str, Any]:
    """Return the fields of Conditions that the form says; what is wrong stands in its `errors`. `ticked`: days, stores and groups."""
    zone = ZoneInfo(form.formats.zone)
    first, last = form.day("first"), form.day("last")
    if first and last and last < first:
        form.errors["last"] = "before"
    begin, end = _minute(form, "from"), _minute(form, "to")
    if (begin is None) != (end is None):
        form.errors.setdefault("to" if end is None else "from", "empty")
    return {
        "since": _instant(first, zone),
        "until": _instant(last + dt.timedelta(days=1), zone) if last else None,
        "from_minute": begin,
        "to_minute": end,
        "days": tuple(sorted(int(day) for day in ticked.getlist("days") if day in "1234567")),
        "stores": tuple(ticked.getlist("stores")),
        "groups": tuple(str(group.id) for group in buyers.groups(archived=True) if str(group.id) in ticked.getlist("groups")),
    }


def _instant(day: dt.date | None, zone: ZoneInfo) -> int | None:
    return None if day is None else int(dt.datetime.combine(day, dt.time(), zone).timestamp() * 1000)


def _minute(form: Form, name: str) -> int | None:
    text = form.typed(name)
    if not text:
        return None
    try:
        time = dt.time.fromisoformat(text)
    except ValueError:
        form.errors[name] = "time"
        return None
    return time.hour * 60 + time.minute


def context(desk: Desk, conditions: Conditions | None) -> dict[str, Any]:
    """Return what the wells of parts/when.html hold: what was sent, else what stands."""
    post = desk.request.POST
    return {
        "when": _typed(conditions, desk.formats),
        "weekdays": [(str(day), desk.say_code("weekday", word)) for day, word in enumerate(DAY_WORDS, 1)],
        "days": post.getlist("days") if post else [str(day) for day in conditions.days] if conditions else [],
        "groups": buyers.groups(),
        "for_groups": post.getlist("groups") if post else list(conditions.groups) if conditions else [],
        "in_stores": post.getlist("stores") if post else list(conditions.stores) if conditions else [],
    }


def _typed(conditions: Conditions | None, formats: Formats) -> dict[str, str]:
    if conditions is None:
        return {}

    def date(instant: int | None, less: int = 0) -> str:
        return "" if instant is None else _day(formats, instant - less).isoformat()

    def time(minute: int | None) -> str:
        return "" if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}"

    return {
        "first": date(conditions.since),
        "last": date(conditions.until, 1),
        "from": time(conditions.from_minute),
        "to": time(conditions.to_minute),
    }


def words(desk: Desk, conditions: Conditions, stores: Mapping[str, str]) -> list[str]:
    """Return the conditions in words, one each. `stores`: names by id."""
    formats, parts = desk.formats, []
    if conditions.days:
        parts.append(_days(desk, conditions.days))
    if conditions.from_minute is not None and conditions.to_minute is not None:
        begin, end = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (conditions.from_minute, conditions.to_minute))
        parts.append(f"{begin}–{end}")
    if conditions.since is not None:
        parts.append(desk.say("when.since", day=formats.day(_day(formats, conditions.since))))
    if conditions.until is not None:
        parts.append(desk.say("when.until", day=formats.day(_day(formats, conditions.until - 1))))
    if conditions.stores:
        parts.append(", ".join(stores.get(one, "?") for one in conditions.stores))
    if conditions.groups:
        names = {str(group.id): group.name for group in buyers.groups(archived=True)}
        parts.append(desk.say("when.for_groups", names=", ".join(names.get(one, "?") for one in conditions.groups)))
    return parts


def _days(desk: Desk, days: Sequence[int]) -> str:
    """Monday to Friday where they follow one another, else each."""
    named = [desk.say_code("weekday", DAY_WORDS[day - 1]) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return desk.say("when.days_from_to", first=named[0], last=named[-1])
    return ", ".join(named)


def _day(formats: Formats, instant: int) -> dt.date:
    return formats.local(dt.datetime.fromtimestamp(instant / 1000, dt.UTC)).date()


def state(conditions: Conditions, *, ended: bool) -> str:
    """Return whether it is in force: `now`, `later`, `over`, or `ended` by a person."""
    now = clock.now_ms()
    if ended:
        return "ended"
    if conditions.since is not None and now < conditions.since:
        return "later"
    return "over" if conditions.until is not None and now >= conditions.until else "now"
