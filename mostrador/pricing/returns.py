"""What a return gives back. The rule is docs/algorithms/returns.md; the twin is till/src/core/pricing/returns.ts."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from mostrador.pricing.arithmetic import div_round
from mostrador.pricing.basket import AMOUNT_MAX, LINES_MAX, Amount, CashRounding, Components, Currency, Factor, Payment, Text
from mostrador.pricing.errors import PricingError
from mostrador.pricing.settlement import CashBefore, settle
from mostrador.pricing.totals import TaxTotal, TaxTotals

RETURN_ENGINE = 1
"""Raised whenever any return would give back another amount; a fact is recomputed by the version that it names."""

UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\Z"

type Taxes = Annotated[tuple[TaxShare, ...], Meta(max_length=8)]


class TaxShare(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A tax of a line, as a sale or earlier returns had it."""

    code: Text
    base: Amount
    amount: Amount


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    """A quantity of a line, thousandths, and what was charged or given back for it."""

    quantity: Annotated[int, Meta(ge=1, le=10**12)]
    gross: Amount
    taxes: Taxes


class ReturnLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A line that comes back, or a part of it. `line`: its place in the sale; None without a ticket. `statement`: what was said of it and was not so; it prices nothing."""

    id: Text
    quantity: Annotated[int, Meta(ge=1, le=10**12)]
    sold: Share
    before: Share | None
    line: Annotated[int, Meta(ge=0, lt=1000)] | None
    reason: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}\\Z")]
    goods: Literal["shelf", "scrap"]
    product_id: str | None = None
    name: str | None = None
    unit: str | None = None
    factor: Factor | None = None
    serial: str | None = None
    lot: str | None = None
    statement: Annotated[str, Meta(pattern=UUID)] | None = None
    components: Components = ()


class ReturnDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """All that a return depends on."""

    version: Literal[1]
    currency: Currency
    lines: Annotated[tuple[ReturnLine, ...], Meta(min_length=1)]
    cash_rounding: CashRounding | None = None
    refunds: Annotated[tuple[Payment, ...], Meta(max_length=100)] = ()
    cash_before: CashBefore | None = None


class ReturnedLine(Struct, forbid_unknown_fields=True):
    """What one line gives back; net + tax == gross."""

    id: str
    net: int
    tax: int
    gross: int
    taxes: TaxTotals


class ReturnTotals(Struct, frozen=True, forbid_unknown_fields=True):
    """What goes back to the buyer, minor units; gross + rounding == paid + missing - change."""

    version: int
    engine: int
    lines: list[ReturnedLine]
    net: int
    tax: int
    gross: int
    taxes: TaxTotals
    rounding: int
    paid: int
    change: int
    missing: int


def refund(document: ReturnDocument) -> ReturnTotals:
    """Return what a return gives back, or raise PricingError with a code and data."""
    _check(document)
    lines = [_returned(line) for line in document.lines]
    gross = sum(line.gross for line in lines)
    settled = settle(gross, document.refunds, document.cash_rounding, document.cash_before)
    by_code: dict[str, TaxTotal] = {}
    for row in (row for line in lines for row in line.taxes):
        whole = by_code.setdefault(row.code, TaxTotal(row.code, 0, 0))
        whole.base += row.base
        whole.amount += row.amount
    return ReturnTotals(
        version=1,
        engine=RETURN_ENGINE,
        lines=lines,
        net=sum(line.net for line in lines),
        tax=sum(line.tax for line in lines),
        gross=gross,
        taxes=list(by_code.values()),
        rounding=settled.rounding,
        paid=settled.paid,
        change=settled.change,
        missing=settled.missing,
    )


def _check(document: ReturnDocument) -> None:
    if len(document.lines) > LINES_MAX:
        raise PricingError("too_many_lines", {"count": len(document.lines), "limit": LINES_MAX})
    ids: set[str] = set()
    places: set[int] = set()
    for line in document.lines:
        if line.id in ids or line.line in places:
            raise PricingError("repeated_line", {"line": line.id})
        ids.add(line.id)
        if line.line is not None:
            places.add(line.line)
        if line.before is not None and [tax.code for tax in line.before.taxes] != [tax.code for tax in line.sold.taxes]:
            raise PricingError("other_taxes", {"line": line.id})


def _returned(line: ReturnLine) -> ReturnedLine:
    sold, before = line.sold, line.before
    so_far = line.quantity + (before.quantity if before else 0)

    def due(whole: int, earlier: int, field: str) -> int:
        amount = div_round(whole * so_far, sold.quantity) - earlier
        if not -AMOUNT_MAX <= amount <= AMOUNT_MAX:
            raise PricingError("out_of_range", {"line": line.id, "field": field})
        return amount

    gross = due(sold.gross, before.gross if before else 0, "gross")
    earlier = before.taxes if before else tuple(TaxShare(tax.code, 0, 0) for tax in sold.taxes)
    taxes = [
        TaxTotal(tax.code, due(tax.base, was.base, "base"), due(tax.amount, was.amount, "tax"))
        for tax, was in zip(sold.taxes, earlier, strict=True)
    ]
    tax = sum(row.amount for row in taxes)
    if not -AMOUNT_MAX <= gross - tax <= AMOUNT_MAX:
        raise PricingError("out_of_range", {"line": line.id, "field": "net"})
    return ReturnedLine(line.id, gross - tax, tax, gross, taxes)
