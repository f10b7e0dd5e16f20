"""What goes beyond what a person may do alone, and whether an approval covers it. Asks nothing of the database.

The till asks first, online and offline; what arrives beyond a limit without an approval is counted like everything and flagged, for a person
to look at: the limits are those of the moment of arrival (ruling 31).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mostrador.counter import voucher_rules
from mostrador.pricing.arithmetic import mul_div_round

MILLION = 1_000_000
BEYOND = "limit_exceeded"
OWN = "approval_own"
WITHOUT_RIGHT = "approval_without_right"
UNCHECKED = "age_unchecked"


class Limit(NamedTuple):
    """What somebody may do at the till alone, as the columns of their role (people.RoleLimit)."""

    discount_max: int
    may_open_drawer: bool
    may_move_cash: bool
    may_return: bool
    may_return_without_ticket: bool
    may_change_price: bool
    may_void: bool
    may_approve: bool


def whose(kind: str, body: Any, staff: str | None) -> Iterator[str]:
    """Yield the people whose limits decide whether a fact is to be flagged; of most facts nobody."""
    if kind == "approval.given":
        yield body.approver
    elif staff is not None and any(_acts(kind, body)):
        yield staff


def flags(limit: Limit | None, kind: str, body: Any, approved: Iterable[str], digits: int) -> list[str]:
    """Return the flag of a fact that goes beyond a limit without a yes for that act. `approved`: the acts that its approvals allow."""
    if limit is None or limit.may_approve:
        return []
    given = set(approved)
    beyond = any(act not in given and not _may(limit, act, body, digits) for act in _acts(kind, body))
    return [BEYOND] if beyond else []


def flags_of_approval(limit: Limit | None, approver: str, staff: str | None) -> list[str]:
    """Return the flag of an approval that nobody but its asker gave, or somebody who may not give any."""
    if approver == staff:
        return [OWN]
    return [] if limit is None or limit.may_approve else [WITHOUT_RIGHT]


def flags_of_sale(known: Any, kind: str, body: Any) -> list[str]:
    """Return the flags of a sale of goods whose buyer somebody had to look at, and that does not say that anybody did; and of one that vouchers
    paid against their rules. `known`: as known.Known.
    """
    if kind != "sale.recorded":
        return []
    oldest = max((known.ages.get(line.product_id or "", 0) for line in body.basket.lines), default=0)
    unchecked = [UNCHECKED] if oldest > (body.age_check.minimum if body.age_check else 0) else []
    return unchecked + voucher_rules.flags(known.vouchers, known.categories, body)


def _acts(kind: str, body: Any) -> Iterator[str]:
    """The acts of a fact that limits are about, named as approvals name them."""
    if kind == "sale.recorded":
        if body.totals.discount > 0 and body.order is None:  # an order is sold as it was agreed
            yield "discount"
        if any(not change.shelf for change in body.price_changes or ()):  # what the shelf says needs nobody's yes (ruling 39)
            yield "price"
    if kind in {"sale.recorded", "visit.closed"} and body.voided is not None:
        yield "void"
    elif kind in {"return.recorded", "gift_card.refunded"}:
        yield "return"
    elif kind == "drawer.opened":
        yield "drawer"
    elif kind == "cash.moved" and body.direction == "out":
        yield "cash_out"


def _may(limit: Limit, act: str, body: Any, digits: int) -> bool:
    if act == "discount":
        totals = body.totals
        return all(row.discount <= allowed(row.list, limit.discount_max) for row in (*totals.lines, totals))
    if act == "price":
        return limit.may_change_price or all(
            0 <= list_amount - amount <= allowed(list_amount, limit.discount_max) for list_amount, amount in changed(body, digits)
        )
    if act == "return":
        return limit.may_return_without_ticket if getattr(body, "sale", body) is None else limit.may_return
    return {"void": limit.may_void, "drawer": limit.may_open_drawer, "cash_out": limit.may_move_cash}[act]


def changed(body: Any, digits: int, *, shelf: bool = False) -> Iterator[tuple[int, int]]:
    """Yield of each line whose price a person typed what it would have come to, and what it came to before discounts; minor units.

    `shelf`: of those instead whose shelf said so.
    """
    lines = {line.id: line for line in body.basket.lines}
    for change in body.price_changes or ():
        line = lines.get(change.line)
        if line is not None and bool(change.shelf) == shelf:
            yield line_amount(line.quantity, change.list_price, digits), line_amount(line.quantity, line.unit_price, digits)


def line_amount(quantity: int, unit_price: int, digits: int) -> int:
    """Return minor units of thousandths at ten-thousandths of the major unit."""
    return mul_div_round(quantity * 10**digits, unit_price, 10_000_000)


def allowed(amount: int, limit: int) -> int:
    """Return the largest discount that a limit (ppm) allows on a list amount: rounded up, as the till does."""
    return (abs(amount) * limit + MILLION - 1) // MILLION
