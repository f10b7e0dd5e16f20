"""What a rule of a country says, as data (4-buyer-first, section 3): for which goods, how long, from when to when it holds, who read it where and when."""

import calendar
import datetime as dt
from typing import Literal

import msgspec

type Kind = Literal["withdrawal", "legal_guarantee", "commercial_floor", "spare_parts"]
type Goods = Literal["ordinary", "durable", "perishable", "used", "digital", "service"]
type Sale = Literal["shop", "distance"]
type Unit = Literal["days", "working_days", "months", "years"]
type Repair = Literal["none", "suspends", "extends"]

GOODS: tuple[Goods, ...] = ("ordinary", "durable", "perishable", "used", "digital", "service")
UNITS: tuple[Unit, ...] = ("days", "months", "years")
SATURDAY = 5


class Span(msgspec.Struct, frozen=True):
    """How long something lasts."""

    amount: int
    unit: Unit

    def after(self, day: dt.date) -> dt.date:
        """Return the last day of it, counted from a day: 90 days from 23 November is 21 February; a month from 31 January is the last of February."""
        if self.unit == "days":
            return day + dt.timedelta(days=self.amount)
        if self.unit == "working_days":
            return _working(day, self.amount)
        months = day.year * 12 + day.month - 1 + self.amount * (12 if self.unit == "years" else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _working(day: dt.date, amount: int) -> dt.date:
    """Monday to Friday: holidays differ by town, so the day that is said is the earliest that it can be."""
    while amount:
        day += dt.timedelta(days=1)
        amount -= day.weekday() < SATURDAY
    return day


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"valid_from": "from"}):
    """A rule as its pack says it. Without `amount` it has no end that a till knows. `checked_on`: when somebody read the source; without it nothing is said.

    `presumed_*`: so long nobody but the seller has to prove anything; `agreed_least_*`: less may be agreed, but no less than this;
    `extends_*`: by how much a repair prolongs it, once; `paper_*`: what a receipt calls it, in a word or two, where it is one that receipts say.
    """

    id: str
    kind: Kind
    goods: tuple[Goods, ...]
    sale: tuple[Sale, ...]
    starts: Literal["delivery"]
    repair: Repair
    valid_from: dt.date
    law: str
    source: str
    title_es: str
    title_en: str
    text_es: str
    text_en: str
    amount: int | None = None
    unit: Unit | None = None
    until: dt.date | None = None
    checked_on: dt.date | None = None
    stale_after: dt.date | None = None
    presumed_amount: int | None = None
    presumed_unit: Unit | None = None
    agreed_least_amount: int | None = None
    agreed_least_unit: Unit | None = None
    extends_amount: int | None = None
    extends_unit: Unit | None = None
    paper_es: str = ""
    paper_en: str = ""

    @property
    def lasts(self) -> Span | None:
        """How long it lasts; None: no end that a till knows."""
        return _span(self.amount, self.unit)

    @property
    def presumed(self) -> Span | None:
        """How long only the seller has to prove anything."""
        return _span(self.presumed_amount, self.presumed_unit)

    @property
    def agreed_least(self) -> Span | None:
        """The least that may be agreed; None: nothing may."""
        return _span(self.agreed_least_amount, self.agreed_least_unit)

    @property
    def extends(self) -> Span | None:
        """By how much a repair prolongs it."""
        return _span(self.extends_amount, self.extends_unit)

    def holds_on(self, day: dt.date) -> bool:
        """Whether it was in force for a sale of that day."""
        return self.valid_from <= day and (self.until is None or day <= self.until)

    def is_checked(self) -> bool:
        """Whether somebody read its source, and said so: where, when, and until when that is good."""
        return self.checked_on is not None and self.stale_after is not None and self.source != ""

    def is_stale(self, today: dt.date) -> bool:
        """Whether it was too long ago that somebody read its source."""
        return self.stale_after is not None and today > self.stale_after

    def may_be_said(self, today: dt.date) -> bool:
        """Whether a buyer may be told of it: checked, and not too long ago."""
        return self.is_checked() and not self.is_stale(today)

    def title(self, language: str) -> str:
        """What it is called."""
        return self.title_en if language == "en" else self.title_es

    def text(self, language: str) -> str:
        """What it gives, as the buyer reads it."""
        return self.text_en if language == "en" else self.text_es


def _span(amount: int | None, unit: Unit | None) -> Span | None:
    return Span(amount, unit) if amount is not None and unit is not None else None
