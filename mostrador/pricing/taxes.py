"""The exact taxes of a line: a chain solved once per combination of taxes, then a few multiplications per line."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import NamedTuple

from mostrador.pricing.basket import WHOLE, FixedTax, Line, PercentTax, Tax

FIXED_SCALE = 10**10
"""Ten-thousandths of the major unit times thousandths of the quantity times thousandths of the tax's unit."""


class Plan(NamedTuple):
    """What a line with these taxes, in this order, needs to know.

    Without fixed taxes: exact tax k of a line charged at c is shares[k] * c / whole.
    With fixed taxes F_j (minor units times FIXED_SCALE): see `exact_taxes`.
    """

    codes: tuple[str, ...]
    in_base: tuple[bool, ...]
    shares: tuple[int, ...]
    whole: int
    fixed: tuple[FixedTax, ...]
    weights: tuple[tuple[int, ...], ...]
    """weights[j][k]: what one unit of fixed tax j puts into tax k, in units of 1 / scale."""
    scale: int
    included: bool


@lru_cache(maxsize=4096)
def plan_of(taxes: tuple[Tax, ...], included: bool) -> Plan:
    """Solve the chain of these taxes for any line; `included` when prices contain them."""
    scale = WHOLE ** sum(isinstance(tax, PercentTax) for tax in taxes)
    shares = _chain(taxes, scale, None, 0)
    fixed = tuple(tax for tax in taxes if isinstance(tax, FixedTax))
    weights = tuple(tuple(_chain(taxes, 0, tax, scale)) for tax in fixed)
    whole = scale + sum(shares) if included else scale
    if not fixed:
        common = gcd(whole, *shares)
        shares, whole = [share // common for share in shares], whole // common
    return Plan(
        codes=tuple(tax.code for tax in taxes),
        in_base=tuple(getattr(tax, "in_base", False) for tax in taxes),
        shares=tuple(shares),
        whole=whole,
        fixed=fixed,
        weights=weights,
        scale=scale,
        included=included,
    )


def _chain(taxes: tuple[Tax, ...], net: int, pulse: FixedTax | None, height: int) -> list[int]:
    """Return each tax for this net when only the fixed tax `pulse` is not zero; all divisions are exact by the choice of scale."""
    base, amounts = net, []
    for tax in taxes:
        if isinstance(tax, PercentTax):
            amount = base * tax.rate // WHOLE
        else:
            amount = height if tax is pulse else 0
        amounts.append(amount)
        if getattr(tax, "in_base", False):
            base += amount
    return amounts


def exact_taxes(plan: Plan, line: Line, charged: int, minor: int) -> tuple[list[int], int]:
    """Return the numerators of the line's exact taxes, in order, and their one positive denominator.

    Args:
        charged: what the line is charged at, in minor units.
        minor: minor units in one major unit.
    """
    if not plan.fixed:
        return [share * charged for share in plan.shares], plan.whole
    own = [0] * len(plan.shares)
    for tax, weights in zip(plan.fixed, plan.weights, strict=True):
        units = 1000 if line.tax_units is None else line.tax_units.get(tax.code, 1000)
        amount = tax.amount * line.quantity * units * minor
        own = [sum_so_far + weight * amount for sum_so_far, weight in zip(own, weights, strict=True)]
    # net = (charged - sum of own) / (1 + sum of shares) when included, else charged; tax k = shares[k] * net + own[k].
    net = charged * FIXED_SCALE * plan.scale - (sum(own) if plan.included else 0)
    numerators = [share * net + plan.whole * part for share, part in zip(plan.shares, own, strict=True)]
    return numerators, FIXED_SCALE * plan.scale * plan.whole
