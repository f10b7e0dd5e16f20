"""Baskets for hypothesis: valid ones, with every feature, that shrink to the smallest that breaks a law.

The strategies are made once: making them for every basket took most of the time.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

type Document = dict[str, Any]

PERCENTS = st.sampled_from((0, 50000, 100000, 333333, 500000, 1_000_000)) | st.integers(0, 1_000_000)
# Prices in whole fifties of a ten-thousandth make halves of a cent, which is where roundings differ.
UNIT_PRICES = st.integers(0, 20_000).map(lambda fifties: fifties * 50) | st.integers(0, 10**8)
DISCOUNTS: st.SearchStrategy[Document | None] = (
    st.none() | PERCENTS.map(lambda percent: {"percent": percent}) | st.integers(0, 5000).map(lambda amount: {"amount": amount})
)
RATES = st.sampled_from((0, 40000, 80000, 160000, 210000, 333333, 88750)) | st.integers(0, 2_000_000)
PERCENT_TAXES = st.fixed_dictionaries({"kind": st.just("percent"), "rate": RATES, "in_base": st.booleans()})
FIXED_TAXES = st.fixed_dictionaries({"kind": st.just("fixed"), "amount": st.integers(0, 50_000), "in_base": st.booleans()})
EXEMPT_TAXES = st.just({"kind": "exempt"})
TAXES: st.SearchStrategy[list[Document]] = st.lists(PERCENT_TAXES | PERCENT_TAXES | FIXED_TAXES | EXEMPT_TAXES, max_size=4)
LOADS = st.lists(st.integers(1, 50_000), max_size=2)
TAX_UNITS = st.none() | st.integers(0, 2000)
HEADS: st.SearchStrategy[Document] = st.fixed_dictionaries(
    {
        "currency": st.sampled_from(({"code": "MXN", "digits": 2}, {"code": "CLP", "digits": 0}, {"code": "KWD", "digits": 3})),
        "prices_include_tax": st.booleans(),
        "tax_rounding": st.sampled_from(("line", "document")),
        "cash_rounding": st.none()
        | st.fixed_dictionaries({"step": st.sampled_from((1, 5, 10, 50, 100)), "mode": st.sampled_from(("half_up", "half_down", "down"))}),
        "discount": DISCOUNTS,
        "tip": st.integers(0, 500),
    }
)


@cache
def _lines(known: int, least: int) -> st.SearchStrategy[list[Document]]:
    """Up to six lines that name some of so many taxes, in any order; at least so many pieces each."""
    codes: st.SearchStrategy[list[str]] = (
        st.lists(st.sampled_from([f"T{index}" for index in range(known)]), unique=True, max_size=known) if known else st.just([])
    )
    line: st.SearchStrategy[Document] = st.fixed_dictionaries(
        {
            "quantity": st.integers(least, 3).map(lambda pieces: pieces * 1000) | st.integers(least * 1000, 5000),
            "unit_price": UNIT_PRICES,
            "discount": DISCOUNTS,
            "taxes": codes,
            "units": TAX_UNITS,
        }
    )
    return st.lists(line, max_size=6)


@st.composite
def baskets(draw: st.DrawFn, exchanges: bool = True, loads: bool = False) -> Document:
    """Draw a basket without payments: what it owes is not known before it is priced.

    Args:
        exchanges: whether some of its lines may come back.
        loads: whether it puts money on gift cards, which no basket takes back.
    """
    taxes = [{"code": f"T{index}", **tax} for index, tax in enumerate(draw(TAXES))]
    fixed = {tax["code"] for tax in taxes if tax["kind"] == "fixed"}
    lines = []
    for index, drawn in enumerate(draw(_lines(len(taxes), -3 if exchanges else 0))):
        units = drawn.pop("units")
        if units is not None and (own := fixed.intersection(drawn["taxes"])):
            drawn["tax_units"] = dict.fromkeys(sorted(own), units)
        lines.append({"id": str(index), **drawn})
    head = draw(HEADS)
    cards = [{"id": f"G{index}", "amount": amount} for index, amount in enumerate(draw(LOADS))] if loads else []
    return {
        "version": 1, **head, "tip": 0 if exchanges else head["tip"], "taxes": taxes, "lines": lines, "payments": [], "gift_cards": cards,
    }  # fmt: skip


def turned(basket: Document) -> Document:
    """Return the basket that takes everything back: quantities, tip and payments with the other sign."""
    return {
        **basket,
        "lines": [{**line, "quantity": -line["quantity"]} for line in basket["lines"]],
        "tip": -basket["tip"],
        "payments": [{**payment, "amount": -payment["amount"]} for payment in basket["payments"]],
    }
