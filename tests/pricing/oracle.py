"""A third engine, slow and plain, written from docs/algorithms/pricing.md with exact fractions.

It shares no code with the two engines that it judges and refuses nothing: only baskets that have totals are given to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tests.pricing.oracle_promotions import Promotions

type Document = dict[str, Any]

MILLION = 1_000_000


def rounded(value: Fraction) -> int:
    """Section 1: the nearest whole number, a half away from zero."""
    size = math.floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def apportioned(total: int, exact: Sequence[Fraction]) -> list[int]:
    """Section 2, step by step: cut, count what is lacking, give it to the largest remainders of its own sign."""
    parts = [math.trunc(value) for value in exact]
    remainders = [value - part for value, part in zip(exact, parts, strict=True)]
    lacking = total - sum(parts)
    while lacking != 0:
        direction = 1 if lacking > 0 else -1
        best = max(remainder * direction for remainder in remainders)
        assert best > 0
        winner = next(index for index, remainder in enumerate(remainders) if remainder * direction == best)
        parts[winner] += direction
        remainders[winner] = Fraction(0)
        lacking -= direction
    return parts


def price(basket: Document) -> Document:
    """Return the totals document of a basket that has one."""
    minor = 10 ** basket["currency"]["digits"]
    known = {tax["code"]: tax for tax in basket["taxes"]}
    lines = [_line(line, minor) for line in basket["lines"]]
    for combo in basket.get("combos", []):
        _share_the_price(combo, [line for line in lines if _is_of(combo, line)], minor)
    savings = Promotions(basket, [line["list"] for line in lines], rounded, apportioned).savings()
    for line in lines:
        line["savings"] = savings[line["source"]["id"]]
        line["left"] = line["list"] - sum(row["amount"] for row in line["savings"])
        line["discount"] = _off(line["left"], line["source"].get("discount"))
    for combo in basket.get("combos", []):
        _share_the_discount(combo.get("discount"), [line for line in lines if _is_of(combo, line)], combo)
    _ticket_discount(basket.get("discount"), lines)
    for line in lines:
        line["exact"] = _exact_taxes(line, [known[code] for code in line["source"]["taxes"]], basket["prices_include_tax"], minor)
    for line in lines:
        line["taxes"] = [rounded(amount) for amount in line["exact"]]
    if basket["tax_rounding"] == "document":
        for code in known:
            _round_over_the_document(code, lines)
    for line in lines:
        _finish(line, known, basket["prices_include_tax"])
    return _document(basket, lines)


def _line(line: Document, minor: int) -> Document:
    listed = rounded(Fraction(line["quantity"], 1000) * Fraction(line["unit_price"], 10000) * minor)
    return {"source": line, "list": listed, "share": 0}


def _is_of(combo: Document, line: Document) -> bool:
    return any(part["line"] == line["source"]["id"] for part in combo["parts"])


def _in_order(combo: Document, lines: list[Document]) -> list[Document]:
    return sorted(lines, key=lambda line: [part["line"] for part in combo["parts"]].index(line["source"]["id"]))


def _share_the_price(combo: Document, lines: list[Document], minor: int) -> None:
    """combos.md, section 2."""
    own = _in_order(combo, lines)
    price = rounded(Fraction(combo["quantity"], 1000) * Fraction(combo["unit_price"], 10000) * minor)
    alone = [abs(line["list"]) for line in own]
    if sum(alone) == 0:
        alone = [1 for _ in own]
    for line, share in zip(own, apportioned(price, [Fraction(price * amount, sum(alone)) for amount in alone]), strict=True):
        line["list"] = share


def _share_the_discount(discount: Document | None, lines: list[Document], combo: Document) -> None:
    """combos.md, section 3."""
    own = _in_order(combo, lines)
    left = [line["left"] - line["discount"] for line in own]
    taken = _off(sum(left), discount)
    if taken:
        for line, part in zip(own, apportioned(taken, [Fraction(taken * amount, sum(left)) for amount in left]), strict=True):
            line["discount"] += part


def _off(amount: int, discount: Document | None) -> int:
    if discount is None:
        return 0
    if discount.get("percent") is not None:
        size = rounded(abs(amount) * Fraction(discount["percent"], MILLION))
    else:
        size = min(discount["amount"], abs(amount))
    return size if amount >= 0 else -size


def _ticket_discount(discount: Document | None, lines: list[Document]) -> None:
    left = [line["left"] - line["discount"] for line in lines]
    taken = _off(sum(left), discount)
    if taken:
        shares = apportioned(taken, [Fraction(taken * amount, sum(left)) for amount in left])
        for line, share in zip(lines, shares, strict=True):
            line["share"] = share


def _exact_taxes(line: Document, taxes: Sequence[Document], included: bool, minor: int) -> list[Fraction]:
    """Find the net by trying two of them: the whole is a straight line in the net."""
    charged = Fraction(line["left"] - line["discount"] - line["share"])
    if not included:
        return _chain(charged, line["source"], taxes, minor)
    at_zero = sum(_chain(Fraction(0), line["source"], taxes, minor))
    at_one = 1 + sum(_chain(Fraction(1), line["source"], taxes, minor))
    net = (charged - at_zero) / (at_one - at_zero)
    amounts = _chain(net, line["source"], taxes, minor)
    assert net + sum(amounts) == charged
    return amounts


def _chain(net: Fraction, line: Document, taxes: Sequence[Document], minor: int) -> list[Fraction]:
    base, amounts = net, []
    for tax in taxes:
        if tax["kind"] == "percent":
            amount = base * Fraction(tax["rate"], MILLION)
        elif tax["kind"] == "fixed":
            units = Fraction((line.get("tax_units") or {}).get(tax["code"], 1000), 1000)
            amount = Fraction(tax["amount"], 10000) * minor * Fraction(line["quantity"], 1000) * units
        else:
            amount = Fraction(0)
        amounts.append(amount)
        if tax.get("in_base", False):
            base += amount
    return amounts


def _round_over_the_document(code: str, lines: list[Document]) -> None:
    spots = [(line, line["source"]["taxes"].index(code)) for line in lines if code in line["source"]["taxes"]]
    exact = [line["exact"][place] for line, place in spots]
    parts = apportioned(rounded(sum(exact, Fraction(0))), exact)
    for (line, place), part in zip(spots, parts, strict=True):
        line["taxes"][place] = part


def _finish(line: Document, known: Document, included: bool) -> None:
    charged = line["left"] - line["discount"] - line["share"]
    tax = sum(line["taxes"])
    line["tax"] = tax
    line["gross"] = charged if included else charged + tax
    line["net"] = line["gross"] - tax
    base, rows = line["net"], []
    for code, amount in zip(line["source"]["taxes"], line["taxes"], strict=True):
        rows.append({"code": code, "base": base, "amount": amount})
        if known[code].get("in_base", False):
            base += amount
    line["rows"] = rows


def _document(basket: Document, lines: list[Document]) -> Document:
    def total(name: str) -> int:
        return sum(int(line[name]) for line in lines)

    rows = [row for line in lines for row in line["rows"]]
    loaded = sum(load["amount"] for load in basket.get("gift_cards", []))
    due = total("gross") + basket.get("tip", 0) + loaded
    return {
        "version": 1,
        "engine": 3 if basket.get("combos") else 2 if basket.get("promotions") else 1,
        "lines": [_line_document(line) for line in lines],
        "list": total("list"),
        "discount": total("discount") + total("share"),
        "net": total("net"),
        "tax": total("tax"),
        "gross": total("gross"),
        "taxes": [_summed(tax["code"], rows) for tax in basket["taxes"] if any(row["code"] == tax["code"] for row in rows)],
        "tip": basket.get("tip", 0),
        "due": due,
        **_settled(due, basket.get("payments", []), basket.get("cash_rounding")),
        **(_saved(basket["promotions"], lines) if basket.get("promotions") else {}),
        **({"gift_cards": loaded} if loaded else {}),
    }


def _saved(promotions: Sequence[Document], lines: Sequence[Document]) -> Document:
    rows = [row for line in lines for row in line["savings"]]
    sums = [(each["id"], sum(row["amount"] for row in rows if row["promotion"] == each["id"])) for each in promotions]
    return {
        "savings": sum(amount for _, amount in sums),
        "promotions": [{"promotion": name, "amount": amount} for name, amount in sums if amount],
    }


def _line_document(line: Document) -> Document:
    names = ("list", "discount", "share", "net", "tax", "gross")
    savings = {"savings": line["savings"]} if line["savings"] else {}
    return {"id": line["source"]["id"], **{name: line[name] for name in names}, "taxes": line["rows"], **savings}


def _summed(code: str, rows: Sequence[Document]) -> Document:
    own = [row for row in rows if row["code"] == code]
    return {"code": code, "base": sum(row["base"] for row in own), "amount": sum(row["amount"] for row in own)}


def _settled(due: int, payments: Sequence[Document], rule: Document | None) -> Document:
    cash = [payment["amount"] for payment in payments if payment["method"] == "cash"]
    left = due - sum(payment["amount"] for payment in payments if payment["method"] != "cash")
    to_pay = _coins(left, rule) if cash and rule is not None else left
    lacking = to_pay - sum(cash)
    is_refund = due < 0 or (due == 0 and any(payment["amount"] < 0 for payment in payments))
    missing = min(0, lacking) if is_refund else max(0, lacking)
    paid = sum(payment["amount"] for payment in payments)
    return {"rounding": to_pay - left, "paid": paid, "change": missing - lacking, "missing": missing if payments else due}


def _coins(amount: int, rule: Document) -> int:
    """Section 6, step 2."""
    steps = Fraction(abs(amount), rule["step"])
    whole, rest = math.floor(steps), steps - math.floor(steps)
    up = {"half_up": rest >= Fraction(1, 2), "half_down": rest > Fraction(1, 2), "down": False}[rule["mode"]]
    size = (whole + up) * rule["step"]
    return int(size if amount >= 0 else -size)
