"""What a statement of the shop has come to, folded from what is known of it: the order in which it was heard makes no difference, and nothing of it is ever taken away.

Pure: knows no database. A return points at what was said of the goods; it points at one thing only where one thing alone fits its reason.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

type State = Literal["stated", "confirmed", "contradicted", "disputed", "corrected", "unverified"]
type Kind = Literal["confirmed", "contradicted", "doubted", "corrected"]

MONTHS = 18
"""After so many months without anything known of it, nobody can say whether it was true."""
NOT_AS_SAID = "not_as_said"
"""The reason of a return that says: what I was told was not so."""
REASONS = (NOT_AS_SAID, "defective", "size", "not_needed")
"""The reasons of returns that may speak against a point."""


@dataclass(frozen=True, slots=True)
class Statement:
    """That a product is so (`said` yes) or is not (no), or that nobody knew (unsure). `id`: of a point of a sheet, or of a topic."""

    product_id: uuid.UUID
    id: uuid.UUID
    said: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something known of a statement. `id`: heard twice it is one."""

    id: str
    kind: Kind
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a statement has come to, and how often it was contradicted, doubted, confirmed and corrected."""

    state: State
    contradicted: int
    doubted: int
    confirmed: int
    corrected: int


def fold(stated_at: dt.datetime, known: Iterable[Evidence], now: dt.datetime) -> Standing:
    """Return what a statement has come to.

    A correction stands whatever else is known. Who contradicts and who confirms together dispute it, and so does whoever says only that
    something was not so. Without either, after eighteen months, nobody can say.
    """
    once = {(one.kind, one.id): one for one in known}
    count = {kind: sum(1 for found, _ in once if found == kind) for kind in ("contradicted", "doubted", "confirmed", "corrected")}
    return Standing(_state(count, stated_at, now), count["contradicted"], count["doubted"], count["confirmed"], count["corrected"])


def _state(count: Mapping[str, int], stated_at: dt.datetime, now: dt.datetime) -> State:
    if count["corrected"]:
        return "corrected"
    if count["contradicted"]:
        return "disputed" if count["confirmed"] else "contradicted"
    if count["doubted"]:
        return "disputed"
    if count["confirmed"]:
        return "confirmed"
    return "unverified" if now >= unverified_at(stated_at) else "stated"


def unverified_at(stated_at: dt.datetime) -> dt.datetime:
    """Return the instant eighteen months later, at the end of a shorter month where there is no such day."""
    months = stated_at.year * 12 + stated_at.month - 1 + MONTHS
    year, month = divmod(months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return stated_at.replace(year=year, month=month + 1, day=min(stated_at.day, last))


def pointed_at(
    reason: str, named: uuid.UUID | None, told: Mapping[Statement, Collection[str]]
) -> dict[Statement, Literal["contradicted", "doubted"]]:
    """Return what a return says of what its buyer was told. `told`: each statement with the reasons that speak against it; `named`: what the buyer said was not so.

    What is named is contradicted and nothing else is. Otherwise one alone that the reason fits is contradicted, and of several each is doubted.
    """
    if named is not None and (hit := [one for one in told if one.id == named]):
        return dict.fromkeys(hit, "contradicted")
    fit = [one for one, reasons in told.items() if reason in reasons]
    return dict.fromkeys(fit, "contradicted" if len(fit) == 1 else "doubted")
