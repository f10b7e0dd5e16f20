"""The lowest price before a reduction, as arithmetic: what may be said of it beside the new price (docs/algorithms/prior-price.md).

Pure: prices in force go in, what may be said comes out. What was in force is put together in `price_record`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from mostrador.pricing.arithmetic import mul_div_round

type Kind = Literal["regular", "list", "promotion", "personal"]

MILLION = 1_000_000
COUNTER = "counter"
INSTANT = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class InForce:
    """From `since` until before `until` (None: still) the product cost this, ten-thousandths; None: nobody had said a price.

    `store`: None means every one; `channel`: where it was offered; `source`: the list or promotion that said it; `declared`: the owner
    says that it was so before the first price that was recorded here.
    """

    since: dt.datetime
    until: dt.datetime | None
    price: int | None
    kind: Kind = "regular"
    store: str | None = None
    channel: str = COUNTER
    source: str = ""
    declared: bool = False

    def touches(self, begin: dt.datetime, end: dt.datetime) -> bool:
        """Whether it was in force at any instant of [begin, end)."""
        return self.since < end and (self.until is None or self.until > begin)


@dataclass(frozen=True, slots=True)
class Rule:
    """How far back one looks, in days of the store's calendar. `is_progressive`: a reduction that only grew, without a pause, is measured from before its first step."""

    days: int = 30
    is_progressive: bool = False


@dataclass(frozen=True, slots=True)
class Prior:
    """The lowest price in force within the days before a reduction began, and which it was."""

    price: int
    of: InForce


def prior_lowest(
    history: Iterable[InForce], *, store: str, start: dt.datetime, rule: Rule, zone: str, channel: str = COUNTER
) -> Prior | None:
    """Return the lowest price of [start - days, start) in a store, the one carried in from before included; None where nothing may be called "before".

    That is so for what was never offered before those days: what is new has no earlier price. Personal prices are left out.
    """
    own = _offered(history, store, channel)
    if rule.is_progressive:
        start = _first_step(own, start)
    begin = days_before(start, rule.days, zone)
    if not any(one.since <= begin for one in own):
        return None
    found = [Prior(one.price, one) for one in own if one.price is not None and one.touches(begin, start)]
    return min(found, key=lambda prior: (prior.price, prior.of.since), default=None)


def is_new(history: Iterable[InForce], *, store: str, at: dt.datetime, rule: Rule, zone: str, channel: str = COUNTER) -> bool:
    """Whether a product was first offered in a store within the days before an instant: its price is one to begin with."""
    own = _offered(history, store, channel)
    return bool(own) and min(one.since for one in own) > days_before(at, rule.days, zone)


def began(history: Iterable[InForce], *, source: str, at: dt.datetime) -> dt.datetime | None:
    """Return since when a promotion has had a product at the price of this instant, or the next instant at which it will lower it; None: never again.

    A price that changes while a promotion goes on begins anew.
    """
    own = sorted((one for one in history if one.source == source and one.price is not None), key=lambda one: one.since)
    now = next((one for one in own if one.touches(at, at + INSTANT)), None)
    if now is None:
        return next((one.since for one in own if one.since > at), None)
    start = now.since
    for one in reversed(own):
        if one.until == start and one.price == now.price:
            start = one.since
    return start


def days_before(instant: dt.datetime, days: int, zone: str) -> dt.datetime:
    """Return the same time of day so many days of the calendar before, in the store's zone: a day on which clocks change is one day."""
    local = instant.astimezone(ZoneInfo(zone))
    return (local.replace(tzinfo=None) - dt.timedelta(days=days)).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def percent_off(prior: int, price: int) -> int:
    """Return by how much a price lies below the prior one, parts per million; 0 where it does not. Never rounded up: a whole percent that is said was saved."""
    return max(0, (prior - price) * MILLION // prior) if prior > 0 else 0


def reduced(price: int, *, percent: int | None, amount: int | None, fixed: int | None) -> int:
    """Return a price lowered by a share, by an amount or to another price, all in ten-thousandths; never raised, never below zero."""
    if percent is not None:
        return price - mul_div_round(price, percent, MILLION)
    if amount is not None:
        return max(0, price - amount)
    return price if fixed is None else min(price, fixed)


def _offered(history: Iterable[InForce], store: str, channel: str) -> list[InForce]:
    """What was in force for everybody in a store, oldest first."""
    own = [one for one in history if one.store in {None, store} and one.channel == channel and one.kind != "personal"]
    return sorted(own, key=lambda one: one.since)


def _first_step(own: Sequence[InForce], start: dt.datetime) -> dt.datetime:
    """Since when the price has been lowered step by step, without a pause and without rising."""
    lower = min((one.price for one in own if one.price is not None and one.touches(start, start + INSTANT)), default=0)
    for one in reversed(own):
        went_on = one.since < start and (one.until is None or one.until >= start)
        if one.kind == "promotion" and one.price is not None and went_on and one.price >= lower:
            start, lower = one.since, one.price
    return start
