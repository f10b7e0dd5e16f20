"""What the buyer of a line may ask for, and until when: rule x line x facts, and nothing else (4-buyer-first, 5.10). Pure: no database, no clock."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mostrador.rights.rule import Goods, Rule, Sale, Span


@dataclass(frozen=True, slots=True)
class Stay:
    """Goods were away to be repaired from a day on, and came back on another; `back` None: they still are."""

    began: dt.date
    back: dt.date | None


@dataclass(frozen=True, slots=True)
class Sold:
    """A line as rules look at it. `agreed`: a shorter term that seller and buyer agreed on, where a rule lets them."""

    delivered_on: dt.date
    goods: Goods = "ordinary"
    sale: Sale = "shop"
    agreed: Span | None = None
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What the shop gives of its own: a return because somebody changed their mind, or a guarantee. `says`: its conditions, in the owner's words."""

    kind: str
    lasts: Span
    says: str


@dataclass(frozen=True, slots=True)
class Right:
    """A right of a line. `rule`: None of what the shop gives of its own, which is no law. `ends`: None where no end can be known.

    `suspended`: days that do not count, because the goods were away; `presumed_until`: until then nobody but the seller has to prove anything;
    `raised_by`: the rule that made the shop's own guarantee longer.
    """

    kind: str
    starts: dt.date
    ends: dt.date | None
    suspended: int = 0
    rule: Rule | None = None
    says: str = ""
    presumed_until: dt.date | None = None
    raised_by: Rule | None = None

    @property
    def is_law(self) -> bool:
        """Whether a law gives it; what the shop gives of its own is courtesy."""
        return self.rule is not None


def rights(sold: Sold, rules: Iterable[Rule], offered: Sequence[Offered], today: dt.date) -> list[Right]:
    """Return what a line's buyer may be told today, the law first; also what has ended. What is unknown, unchecked or stale is not among it."""
    known = [
        one
        for one in rules
        if one.holds_on(sold.delivered_on) and one.may_be_said(today) and sold.goods in one.goods and sold.sale in one.sale
    ]
    floors = [one for one in known if one.kind == "commercial_floor"]
    given = [_by_law(rule, sold, today) for rule in known if rule.kind != "commercial_floor"]
    return given + [_by_shop(one, sold, floors, today) for one in offered]


def _by_law(rule: Rule, sold: Sold, today: dt.date) -> Right:
    lasts, starts = rule.lasts, sold.delivered_on
    if lasts is None:
        return Right(rule.kind, starts, None, rule=rule)
    ends = lasts.after(starts)
    if sold.agreed is not None and rule.agreed_least is not None:
        ends = min(ends, max(sold.agreed.after(starts), rule.agreed_least.after(starts)))
    presumed = rule.presumed.after(starts) if rule.presumed else None
    if rule.repair == "suspends":
        days = suspended(starts, ends, sold.stays, today)
        before = suspended(starts, presumed, sold.stays, today) if presumed else 0
        return Right(rule.kind, starts, _later(ends, days), days, rule, presumed_until=_later(presumed, before) if presumed else None)
    if rule.repair == "extends" and rule.extends is not None and _was_repaired(starts, ends, sold.stays):
        ends = rule.extends.after(ends)
    return Right(rule.kind, starts, ends, rule=rule, presumed_until=presumed)


def _by_shop(one: Offered, sold: Sold, floors: Sequence[Rule], today: dt.date) -> Right:
    """What the shop gives; a guarantee is never shorter than the law's least, and stands still while the goods are away, where the law says so."""
    starts = sold.delivered_on
    ends = one.lasts.after(starts)
    if one.kind != "commercial_guarantee":
        return Right(one.kind, starts, ends, says=one.says)
    least, raised = _least(floors, starts)
    ends, raised = (least, raised) if least is not None and least > ends else (ends, None)
    days = suspended(starts, ends, sold.stays, today) if any(floor.repair == "suspends" for floor in floors) else 0
    return Right(one.kind, starts, _later(ends, days), days, says=one.says, raised_by=raised)


def _least(floors: Sequence[Rule], starts: dt.date) -> tuple[dt.date | None, Rule | None]:
    found = [(rule.lasts.after(starts), rule) for rule in floors if rule.lasts]
    return max(found, key=lambda one: one[0]) if found else (None, None)


def _later(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def suspended(starts: dt.date, ends: dt.date, stays: Iterable[Stay], today: dt.date) -> int:
    """Return how many days a term stood still: those of each stay that began before the term had ended, none counted twice. A stay that lasts counts until today."""
    total, covered = 0, starts
    for stay in sorted(stays, key=lambda one: (one.began, one.back or dt.date.max)):
        begins = max(stay.began, covered)
        if max(stay.began, starts) > _later(ends, total):
            break
        back = stay.back if stay.back is not None else max(today, begins)
        if back > begins:
            total += (back - begins).days
            covered = back
    return total


def _was_repaired(starts: dt.date, ends: dt.date, stays: Iterable[Stay]) -> bool:
    """Whether the goods came back from a repair that began within the term."""
    return any(stay.back is not None and starts <= stay.began <= ends and stay.back > stay.began for stay in stays)
