"""Payments: what is rounded for cash, what is given back, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from mostrador.pricing.basket import Amount, CashRounding, Payment
from mostrador.pricing.errors import PricingError

CASH = "cash"


class Settlement(NamedTuple):
    """All in minor units; due + rounding == paid + missing - change."""

    rounding: int
    paid: int
    change: int
    missing: int


class CashBefore(Struct, frozen=True, forbid_unknown_fields=True):
    """What earlier returns of the same sale gave back in cash, as far as the till knew: what was due in it, and by how much it was rounded."""

    due: Amount
    rounding: Amount


def settle(due: int, payments: Sequence[Payment], cash_rounding: CashRounding | None, cash_before: CashBefore | None = None) -> Settlement:
    """Settle what is due; refuses `payment_sign` and `overpaid`. Rule: docs/algorithms/pricing.md, section 6, and of `cash_before`
    docs/algorithms/returns.md, section 3.
    """
    if not payments:
        return Settlement(0, 0, 0, due)
    sign = _sign(due, payments)
    by_cash = [payment.amount for payment in payments if payment.method == CASH]
    cash = sum(by_cash) * sign
    others = sum(payment.amount for payment in payments if payment.method != CASH) * sign
    left = due * sign - others
    if left < 0:
        raise PricingError("overpaid", {"excess": -left * sign})
    rounding = 0
    if by_cash and cash_rounding is not None:
        rounding = _in_coins(left, cash_rounding, cash_before, sign) - left
    open_amount = left + rounding - cash
    return Settlement(
        rounding=rounding * sign,
        paid=(cash + others) * sign,
        change=max(0, -open_amount) * sign,
        missing=max(0, open_amount) * sign,
    )


def _in_coins(left: int, rule: CashRounding, before: CashBefore | None, sign: int) -> int:
    """Round what is left; of several returns so that together they are what one would have given, and each within a step of its own."""
    if before is None:
        return round_to_step(left, rule)
    wanted = round_to_step(max(0, before.due * sign + left), rule) - (before.due + before.rounding) * sign
    below = left - left % rule.step
    return below + rule.step if left > below and wanted > below else below


def round_to_step(amount: int, rule: CashRounding) -> int:
    """Round an amount that is not negative to a multiple of the rule's step."""
    below, rest = divmod(amount, rule.step)
    if rule.mode == "down" or 2 * rest < rule.step or (rule.mode == "half_down" and 2 * rest == rule.step):
        return below * rule.step
    return (below + 1) * rule.step


def _sign(due: int, payments: Sequence[Payment]) -> int:
    """Return 1 or -1, the direction in which money flows; all payments must share it."""
    lead = due or next((payment.amount for payment in payments if payment.amount), 1)
    sign = 1 if lead > 0 else -1
    for index, payment in enumerate(payments):
        if payment.amount * sign < 0:
            raise PricingError("payment_sign", {"payment": index})
    return sign
