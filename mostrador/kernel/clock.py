"""The only place that reads the clock, and the rules of business days."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_now", default=None)


def now() -> dt.datetime:
    """Return this instant, aware, in UTC."""
    return _fixed.get() or dt.datetime.now(dt.UTC)


def now_ms() -> int:
    """Return this instant in milliseconds since 1970 UTC."""
    fixed = _fixed.get()
    return to_ms(fixed) if fixed else time.time_ns() // 1_000_000


def to_ms(instant: dt.datetime) -> int:
    """Return whole milliseconds since 1970 UTC of an aware instant."""
    return (instant - EPOCH) // dt.timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> dt.datetime:
    """Return the aware UTC instant of milliseconds since 1970 UTC."""
    return EPOCH + dt.timedelta(milliseconds=milliseconds)


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@contextmanager
def at(instant: dt.datetime) -> Iterator[None]:
    """Hold the clock at an instant: for tests and for the demo's past."""
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)


def business_date(instant: dt.datetime, zone: str, day_start_minutes: int) -> dt.date:
    """Return the business day of an instant: the store's local date, whose day begins `day_start_minutes` past midnight."""
    return (instant.astimezone(ZoneInfo(zone)) - dt.timedelta(minutes=day_start_minutes)).date()
