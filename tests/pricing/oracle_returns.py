"""A third engine of returns, slow and plain, written from docs/algorithms/returns.md with exact fractions.

It shares no code with the two engines that it judges and refuses nothing: only returns that have totals are given to it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from tests.pricing.oracle import _coins, _settled, rounded

type Document = dict[str, Any]


def refund(document: Document) -> Document:
    """Return the totals of a return document that has them."""
    lines = [_line(line) for line in document["lines"]]
    codes = dict.fromkeys(row["code"] for line in lines for row in line["taxes"])
    gross = sum(line["gross"] for line in lines)
    settled = _in_coins(document, gross)
    return {
        "version": 1,
        "engine": 1,
        "lines": lines,
        "net": sum(line["net"] for line in lines),
        "tax": sum(line["tax"] for line in lines),
        "gross": gross,
        "taxes": [_summed(code, lines) for code in codes],
        **{name: settled[name] for name in ("rounding", "paid", "change", "missing")},
    }


def _in_coins(document: Document, gross: int) -> Document:
    """Section 3: the coins of all returns together, less what the earlier ones gave; never a step or more from what is owed now."""
    rule, before, refunds = document.get("cash_rounding"), document.get("cash_before"), document.get("refunds", [])
    plain = _settled(gross, refunds, rule)
    cash = [row["amount"] for row in refunds if row["method"] == "cash"]
    if not rule or not before or not cash:
        return plain
    sign = -1 if gross < 0 or (gross == 0 and any(row["amount"] < 0 for row in refunds)) else 1
    left = sign * (gross - sum(row["amount"] for row in refunds if row["method"] != "cash"))
    wanted = _coins(max(0, sign * before["due"] + left), rule) - sign * (before["due"] + before["rounding"])
    steps = Fraction(left, rule["step"])
    lower, upper = math.floor(steps) * rule["step"], math.ceil(steps) * rule["step"]
    given = upper if wanted > lower else lower
    lacking = given - sign * sum(cash)
    return {**plain, "rounding": sign * (given - left), "change": sign * max(0, -lacking), "missing": sign * max(0, lacking)}


def _line(line: Document) -> Document:
    sold, before = line["sold"], line["before"]
    part = Fraction(line["quantity"] + (before["quantity"] if before else 0), sold["quantity"])

    def now(whole: int, earlier: int) -> int:
        return rounded(whole * part) - earlier

    gross = now(sold["gross"], before["gross"] if before else 0)
    taxes = []
    for place, tax in enumerate(sold["taxes"]):
        was = before["taxes"][place] if before else {"base": 0, "amount": 0}
        taxes.append({"code": tax["code"], "base": now(tax["base"], was["base"]), "amount": now(tax["amount"], was["amount"])})
    tax = sum(row["amount"] for row in taxes)
    return {"id": line["id"], "net": gross - tax, "tax": tax, "gross": gross, "taxes": taxes}


def _summed(code: str, lines: list[Document]) -> Document:
    rows = [row for line in lines for row in line["taxes"] if row["code"] == code]
    return {"code": code, "base": sum(row["base"] for row in rows), "amount": sum(row["amount"] for row in rows)}
