"""How a return becomes rows: goods that came back, and what went back to the buyer for them. Amounts: above zero what goes back.

A return names its sale by id only, for it may arrive first (ruling 27); more back than was sold is listed, never refused.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

Rows = list[tuple[Any, ...]]


class Paper(NamedTuple):
    """Where the return was written: raw ids of its journal, when it was received, its business day, its flags, its twin (as of a sale)."""

    own: Any
    raw: Callable[[str | None], Any]
    received_ms: int
    day: str
    flags: str
    twin: int


def rows(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of each table."""
    own, raw, totals = paper.own, paper.raw, body.totals
    return_id = raw(body.return_id)
    yield "counter_return", [(
        own.organization, return_id, raw(fact.visit.id), own.store, own.id, raw(body.shift), raw(fact.staff), raw(fact.id),
        raw(body.sale.id) if body.sale else None, raw(body.buyer), body.number, paper.twin, paper.day, fact.at, paper.received_ms, totals.gross, totals.net,
        totals.rounding, msgspec.json.encode([[tax.code, tax.base, tax.amount] for tax in totals.taxes]).decode(), totals.engine, paper.flags,
    )]  # fmt: skip
    yield "counter_returnline", [
        (
            own.organization, return_id, n, line.line, raw(line.product_id), (line.name or "")[:160], (line.unit or "")[:10], line.factor or 1000, line.quantity,
            line.sold.quantity, line.sold.gross, total.net, total.gross, line.reason, line.goods,
            raw(line.statement),
        )
        for n, (line, total) in enumerate(zip(body.document.lines, totals.lines, strict=True))
    ]  # fmt: skip
    yield (
        "counter_returntrace",
        [
            (own.organization, return_id, n, line.serial or "", line.lot or "")
            for n, line in enumerate(body.document.lines)
            if line.serial or line.lot
        ],
    )
    yield (
        "counter_returncomponent",
        [
            (own.organization, return_id, n, place, raw(part.product_id), part.name[:160], part.quantity)
            for n, line in enumerate(body.document.lines)
            for place, part in enumerate(line.components)
        ],
    )
    references = {reference.payment: reference.value for reference in body.references}
    yield (
        "counter_refund",
        [
            (own.organization, return_id, n, refund.method, refund.amount, references.get(n, ""))
            for n, refund in enumerate(body.document.refunds)
        ],
    )


def totals(body: Any) -> Iterator[tuple[str, int]]:
    """Yield what a return adds to the totals of its shift: a refund leaves what came in by its method."""
    found = body.totals
    yield from (("returns", 1), ("back_gross", found.gross), ("back_net", found.net), ("back_rounding", found.rounding))
    for refund in body.document.refunds:
        yield f"pay:{refund.method}", -refund.amount
        yield f"back:{refund.method}", refund.amount


COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_return": (
        "organization_id", "id", "visit_id", "store_id", "journal_id", "shift_id", "staff_id", "fact_id", "sale_id", "buyer_id", "number", "twin",
        "business_date", "occurred_at", "received_at", "gross", "net", "rounding", "taxes", "engine", "flags",
    ),
    "counter_returnline": (
        "organization_id", "return_id", "n", "line", "product_id", "name", "unit", "factor", "quantity", "sold_quantity", "sold_gross", "net", "gross",
        "reason", "goods", "statement_id",
    ),
    "counter_returncomponent": ("organization_id", "return_id", "n", "place", "product_id", "name", "quantity"),
    "counter_returntrace": ("organization_id", "return_id", "n", "serial", "lot"),
    "counter_refund": ("organization_id", "return_id", "n", "method", "amount", "reference"),
}  # fmt: skip
