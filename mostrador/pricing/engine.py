"""Price a basket. The rules and their order are in docs/algorithms/pricing.md; this file follows its sections 3 to 5."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from mostrador.pricing.arithmetic import apportion, div_round, largest_remainder, mul_div_round
from mostrador.pricing.basket import AMOUNT_MAX, LINES_MAX, WHOLE, Basket, Discount, FixedTax, Line, Tax
from mostrador.pricing.combos import discounts_of, share_prices
from mostrador.pricing.errors import PricingError
from mostrador.pricing.promotions import savings_of
from mostrador.pricing.settlement import settle
from mostrador.pricing.taxes import Plan, exact_taxes, plan_of
from mostrador.pricing.totals import ENGINE_VERSION, PLAIN_VERSION, PROMOTIONS_VERSION, LineTotals, Saving, TaxTotal, Totals

__all__ = ["price"]


def price(basket: Basket) -> Totals:
    """Return the totals of a basket, or raise PricingError with a code and data."""
    plans = _plans(basket)
    totals = _listed(basket)
    if basket.combos:
        share_prices(basket, totals)
    left = [line.list for line in totals]
    if basket.promotions:
        left = _save(basket, totals)
    _discount(basket, totals, left)
    charged = [amount - line.discount - line.share for amount, line in zip(left, totals, strict=True)]
    if basket.tax_rounding == "line":
        taxes = _line_taxes(basket, plans, charged)
    else:
        taxes = _document_taxes(basket, plans, charged)
    for line, plan, amount, own in zip(totals, plans, charged, taxes, strict=True):
        _tax_line(line, plan, amount, own)
    return _sum_up(basket, totals)


def _plans(basket: Basket) -> list[Plan]:
    """Return the plan of each line; refuses unknown and repeated taxes and lines."""
    if len(basket.lines) > LINES_MAX:
        raise PricingError("too_many_lines", {"count": len(basket.lines), "limit": LINES_MAX})
    known: dict[str, Tax] = {}
    for tax in basket.taxes:
        if tax.code in known:
            raise PricingError("repeated_tax", {"tax": tax.code})
        known[tax.code] = tax
    ids_differ = len({line.id for line in basket.lines}) == len(basket.lines)
    seen: set[str] = set()
    by_codes: dict[tuple[str, ...], Plan] = {}
    plans = []
    for line in basket.lines:
        if not ids_differ:
            if line.id in seen:
                raise PricingError("repeated_line", {"line": line.id})
            seen.add(line.id)
        plan = by_codes.get(line.taxes)
        if plan is None:
            plan = by_codes[line.taxes] = plan_of(_taxes_of(line, known), basket.prices_include_tax)
        if line.tax_units is not None:
            _check_tax_units(line, known)
        plans.append(plan)
    return plans


def _taxes_of(line: Line, known: dict[str, Tax]) -> tuple[Tax, ...]:
    for index, code in enumerate(line.taxes):
        if code not in known:
            raise PricingError("unknown_tax", {"line": line.id, "tax": code})
        if code in line.taxes[:index]:
            raise PricingError("repeated_line_tax", {"line": line.id, "tax": code})
    return tuple(known[code] for code in line.taxes)


def _check_tax_units(line: Line, known: dict[str, Tax]) -> None:
    for code in sorted(line.tax_units or ()):
        if code not in line.taxes or not isinstance(known[code], FixedTax):
            raise PricingError("unknown_tax", {"line": line.id, "tax": code})


def _listed(basket: Basket) -> list[LineTotals]:
    """Return the lines with their list amounts; the rest is still zero."""
    divisor = 10 ** (7 - basket.currency.digits)
    lines = []
    for line in basket.lines:
        amount = div_round(line.quantity * line.unit_price, divisor)
        if not -AMOUNT_MAX <= amount <= AMOUNT_MAX:
            raise PricingError("out_of_range", {"line": line.id, "field": "list"})
        lines.append(LineTotals(line.id, amount, 0, 0, 0, 0, 0, []))
    return lines


def _save(basket: Basket, lines: Sequence[LineTotals]) -> list[int]:
    """Put into the lines what promotions save on them; return what is left of each."""
    savings = savings_of(basket, [line.list for line in lines])
    for line, saved in zip(lines, savings, strict=True):
        line.savings = [Saving(promotion, amount) for promotion, amount in saved.items()]
    return [line.list - sum(saved.values()) for line, saved in zip(lines, savings, strict=True)]


def _discount(basket: Basket, lines: Sequence[LineTotals], left: Sequence[int]) -> None:
    """Put the lines' own discounts, then their shares of the ticket's, into the lines."""
    for line, totals, amount in zip(basket.lines, lines, left, strict=True):
        if line.discount is not None:
            totals.discount = _lowered(amount, line.discount)
    for discount, places in discounts_of(basket):
        _share_combo_discount(discount, [lines[place] for place in places], [left[place] for place in places])
    _share_ticket_discount(basket.discount, lines, left)


def _lowered(amount: int, discount: Discount) -> int:
    """Return what the discount takes from an amount, with the amount's sign and never more than the amount."""
    size = abs(amount)
    if discount.percent is not None:
        taken = mul_div_round(size, discount.percent, WHOLE)
    else:
        taken = min(discount.amount or 0, size)
    return taken if amount >= 0 else -taken


def _share_combo_discount(discount: Discount, lines: Sequence[LineTotals], amounts: Sequence[int]) -> None:
    """Lower the lines of a combo by its own discount, each in proportion to what is left of it."""
    left = [amount - line.discount for amount, line in zip(amounts, lines, strict=True)]
    if any(left):
        for line, part in zip(lines, largest_remainder(_lowered(sum(left), discount), left), strict=True):
            line.discount += part


def _share_ticket_discount(discount: Discount | None, lines: Sequence[LineTotals], amounts: Sequence[int]) -> None:
    if discount is None:
        return
    left = [amount - line.discount for amount, line in zip(amounts, lines, strict=True)]
    for line, share in zip(lines, largest_remainder(_lowered(sum(left), discount), left), strict=True):
        line.share = share


def _line_taxes(basket: Basket, plans: Sequence[Plan], charged: Sequence[int]) -> list[list[int]]:
    """Return each line's taxes, each rounded on its own."""
    minor = 10**basket.currency.digits
    rounded = []
    for line, plan, amount in zip(basket.lines, plans, charged, strict=True):
        if plan.fixed:
            numerators, denominator = exact_taxes(plan, line, amount, minor)
            rounded.append([div_round(numerator, denominator) for numerator in numerators])
        else:
            rounded.append([div_round(share * amount, plan.whole) for share in plan.shares])
    return rounded


def _document_taxes(basket: Basket, plans: Sequence[Plan], charged: Sequence[int]) -> list[list[int]]:
    """Return each line's taxes when each tax is rounded once, on the sum of its exact values, and shared on them."""
    minor = 10**basket.currency.digits
    exact = [exact_taxes(plan, line, c, minor) for line, plan, c in zip(basket.lines, plans, charged, strict=True)]
    common = lcm(*{denominator for _, denominator in exact})
    taxes = [[0] * len(plan.codes) for plan in plans]
    places: dict[str, list[tuple[int, int]]] = {}
    for index, plan in enumerate(plans):
        for place, code in enumerate(plan.codes):
            places.setdefault(code, []).append((index, place))
    for spots in places.values():
        numerators = [exact[index][0][place] * (common // exact[index][1]) for index, place in spots]
        parts = apportion(div_round(sum(numerators), common), numerators, common)
        for (index, place), part in zip(spots, parts, strict=True):
            taxes[index][place] = part
    return taxes


def _tax_line(line: LineTotals, plan: Plan, charged: int, taxes: Sequence[int]) -> None:
    """Put the taxes into the line; the net owns what rounding leaves when prices include them."""
    tax = sum(taxes)
    if plan.included:
        net, gross = charged - tax, charged
    else:
        net, gross = charged, charged + tax
    line.net, line.tax, line.gross = net, tax, gross
    base, rows = net, line.taxes
    is_in_range = -AMOUNT_MAX <= tax <= AMOUNT_MAX and -AMOUNT_MAX <= net <= AMOUNT_MAX and -AMOUNT_MAX <= gross <= AMOUNT_MAX
    for code, in_base, amount in zip(plan.codes, plan.in_base, taxes, strict=True):
        rows.append(TaxTotal(code, base, amount))
        if in_base:
            base += amount
        if not -AMOUNT_MAX <= amount <= AMOUNT_MAX:
            is_in_range = False
    if not is_in_range:
        _refuse_range(line)


def _refuse_range(line: LineTotals) -> None:
    """Name the first figure of the line that is too large, in the order of docs/algorithms/pricing.md, section 7."""
    figures = [("tax", row.amount) for row in line.taxes] + [("tax", line.tax), ("net", line.net), ("gross", line.gross)]
    field = next(name for name, amount in figures if not -AMOUNT_MAX <= amount <= AMOUNT_MAX)
    raise PricingError("out_of_range", {"line": line.id, "field": field})


def _sum_up(basket: Basket, lines: list[LineTotals]) -> Totals:
    listed = discount = net = tax = gross = 0
    by_code: dict[str, TaxTotal] = {}
    for line in lines:
        listed += line.list
        discount += line.discount + line.share
        net += line.net
        tax += line.tax
        gross += line.gross
        for row in line.taxes:
            whole = by_code.get(row.code)
            if whole is None:
                by_code[row.code] = TaxTotal(row.code, row.base, row.amount)
            else:
                whole.base += row.base
                whole.amount += row.amount
    loaded = sum(load.amount for load in basket.gift_cards)
    due = gross + basket.tip + loaded
    saved, promotions = _saved(basket, lines)
    settled = settle(due, basket.payments, basket.cash_rounding)
    assert net + tax == gross
    assert due + settled.rounding == settled.paid + settled.missing - settled.change
    return Totals(
        version=1,
        engine=_version_of(basket),
        lines=lines,
        list=listed,
        discount=discount,
        net=net,
        tax=tax,
        gross=gross,
        taxes=[by_code[each.code] for each in basket.taxes if each.code in by_code],
        tip=basket.tip,
        due=due,
        rounding=settled.rounding,
        paid=settled.paid,
        change=settled.change,
        missing=settled.missing,
        savings=saved,
        promotions=promotions,
        gift_cards=loaded or None,
    )


def _version_of(basket: Basket) -> int:
    """Return the first version of the rules that gives this basket its totals."""
    return ENGINE_VERSION if basket.combos else PROMOTIONS_VERSION if basket.promotions else PLAIN_VERSION


def _saved(basket: Basket, lines: Sequence[LineTotals]) -> tuple[int | None, list[Saving] | None]:
    """Return what promotions save in all, and each of those that save something; nothing for a basket without."""
    if not basket.promotions:
        return None, None
    amounts = dict.fromkeys((promotion.id for promotion in basket.promotions), 0)
    for line in lines:
        for saving in line.savings:
            amounts[saving.promotion] += saving.amount
    return sum(amounts.values()), [Saving(promotion, amount) for promotion, amount in amounts.items() if amount]
