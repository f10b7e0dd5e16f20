"""How facts of orders become rows, and what they add to a shift: deposits come in like any payment, and go back like any refund (ruling 30).

An order, its payments, its changes and its closing each name it by id only, for any of them may arrive first. Amounts: minor units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from mostrador.counter.accounts import kept_of
from mostrador.counter.returned import Paper

TOPIC_ORDERED = "counter.ordered"

type Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What an order of a kind is to the shop.

    `takes_deposits`: it can be paid in parts; `reserves`: its goods stand aside until it ends; `steps`: what can be said of it on the way;
    `expires`: it is of no use after its day, and may end by itself.
    """

    takes_deposits: bool
    reserves: bool
    steps: tuple[str, ...]
    expires: bool = False


# What the shop owes, by when, what shows that it was kept and what cancelling does: docs/algorithms/orders.md.
KINDS: dict[str, Kind] = {
    "layaway": Kind(takes_deposits=True, reserves=True, steps=(), expires=True),
    "special": Kind(takes_deposits=True, reserves=False, steps=("ready",)),
    "repair": Kind(takes_deposits=True, reserves=False, steps=("ready",)),
    "delivery": Kind(takes_deposits=True, reserves=True, steps=("sent",)),
    "quote": Kind(takes_deposits=False, reserves=False, steps=(), expires=True),
}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _head(paper: Paper, fact: Any, body: Any) -> tuple[Any, ...]:
    """Where and by whom a paper of an order was written."""
    own, raw = paper.own, paper.raw
    return raw(fact.visit.id), own.store, own.id, raw(body.shift), raw(fact.staff)


def _numbers(paper: Paper, fact: Any, body: Any) -> tuple[Any, ...]:
    return body.number, paper.twin, paper.day, fact.at, paper.received_ms


def opened(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of a new order by table."""
    own, raw, totals = paper.own, paper.raw, body.totals
    order, said = raw(body.order), msgspec.json.decode(fact.body)  # as it was written, so that it is sold at the very same prices
    yield "counter_order", [(
        own.organization, order, *_head(paper, fact, body), raw(fact.id), raw(body.buyer), body.kind, *_numbers(paper, fact, body),
        totals.gross, totals.net, _json([[tax.code, tax.base, tax.amount] for tax in totals.taxes]), _json(said["basket"]), _json(said["totals"]),
        raw(body.due.promise), body.due.by, body.kept_share, raw(body.details), paper.flags,
    )]  # fmt: skip
    yield (
        "counter_orderline",
        [
            (
                own.organization,
                order,
                n,
                line.id,
                raw(line.product_id),
                (line.name or "")[:160],
                (line.unit or "")[:10],
                line.quantity * (line.factor or 1000) // 1000,
                line.quantity,
                total.gross,
            )
            for n, (line, total) in enumerate(zip(body.basket.lines, totals.lines, strict=True))
        ],
    )
    yield (
        "counter_ordercomponent",
        [
            (own.organization, order, n, place, raw(part.product_id), part.quantity)
            for n, line in enumerate(body.basket.lines)
            for place, part in enumerate(line.components)
        ],
    )
    yield "counter_ordertoken", [(own.organization, bytes.fromhex(token.hash), order, token.kind) for token in body.tokens]


def paid(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of a deposit by table."""
    own, raw = paper.own, paper.raw
    payment = raw(body.payment)
    shares = [[share.line, share.net, [[tax.code, tax.amount] for tax in share.taxes]] for share in body.shares]
    yield "counter_orderpayment", [(
        own.organization, payment, *_head(paper, fact, body), raw(fact.id), raw(body.order), *_numbers(paper, fact, body),
        body.amount, _json(shares), paper.flags,
    )]  # fmt: skip
    references = {reference.payment: reference.value for reference in body.references}
    yield (
        "counter_ordertender",
        [
            (own.organization, payment, n, method, kept, tendered, references.get(n, ""))
            for n, (method, kept, tendered) in enumerate(kept_of(body))
        ],
    )


def changed(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the row of a step or of a new date."""
    own, raw, due = paper.own, paper.raw, body.due
    yield "counter_orderchange", [(
        own.organization, raw(fact.id), raw(body.order), own.id, raw(body.shift), raw(fact.staff), body.step or "",
        raw(due.promise if due else None), due.by if due else None, body.told, fact.at,
    )]  # fmt: skip


def repriced(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the row of another price."""
    own, raw, said = paper.own, paper.raw, msgspec.json.decode(fact.body)
    yield "counter_orderrepricing", [(
        own.organization, raw(fact.id), raw(body.order), own.id, raw(body.shift), raw(fact.staff), body.totals.gross, _json(said["basket"]),
        _json(said["totals"]), body.agreed, fact.at, paper.flags,
    )]  # fmt: skip


def handed_over(organization: Any, sale: Any, order: Any, body: Any) -> Rows:
    """Return the rows of what a sale handed over of an order in parts: nothing where the order ends with it."""
    if not body.order_part:
        return []
    lines = zip(body.basket.lines, body.totals.lines, strict=True)
    return [(organization, sale, n, order, line.id, line.quantity, charged(total)) for n, (line, total) in enumerate(lines)]


def charged(total: Any) -> int:
    """What a line is charged at: what its discounts, savings and shares leave of its list."""
    return int(total.list - total.discount - total.share - sum(saving.amount for saving in total.savings))


def closed(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of an order that ended without a sale by table."""
    own, raw = paper.own, paper.raw
    closing = raw(fact.id)
    yield "counter_orderclosing", [(
        own.organization, closing, *_head(paper, fact, body), raw(body.order), raw(body.buyer), body.outcome, *_numbers(paper, fact, body),
        body.kept.amount, _json([[tax.code, tax.base, tax.amount] for tax in body.kept.taxes]), paper.flags,
    )]  # fmt: skip
    references = {reference.payment: reference.value for reference in body.references}
    yield (
        "counter_orderrefund",
        [(own.organization, closing, n, refund.method, refund.amount, references.get(n, "")) for n, refund in enumerate(body.refunds)],
    )


def totals(kind: str, body: Any) -> Iterator[tuple[str, int]]:
    """Yield what a fact of an order adds to the totals of its shift."""
    if kind == "order.opened":
        yield "orders", 1
    elif kind == "order.paid":
        yield from (("order_payments", 1), ("order_paid", body.amount))
        for method, kept, _ in kept_of(body):
            yield f"pay:{method}", kept
    elif kind == "order.closed":
        yield "order_kept", body.kept.amount
        for refund in body.refunds:
            yield "order_back", refund.amount
            yield f"pay:{refund.method}", -refund.amount


ROWS = {"order.opened": opened, "order.paid": paid, "order.changed": changed, "order.repriced": repriced, "order.closed": closed}

_HEAD = ("organization_id", "id", "visit_id", "store_id", "journal_id", "shift_id", "staff_id")
_NUMBERS = ("number", "twin", "business_date", "occurred_at", "received_at")
COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_order": (
        *_HEAD, "fact_id", "buyer_id", "kind", *_NUMBERS, "gross", "net", "taxes", "basket", "totals", "promise_id", "due_by", "kept_share",
        "details_id", "flags",
    ),
    "counter_orderline": ("organization_id", "order_id", "n", "line", "product_id", "name", "unit", "quantity", "ordered", "gross"),
    "counter_ordercomponent": ("organization_id", "order_id", "n", "place", "product_id", "quantity"),
    "counter_ordertoken": ("organization_id", "token_hash", "order_id", "kind"),
    "counter_orderpayment": (*_HEAD, "fact_id", "order_id", *_NUMBERS, "amount", "shares", "flags"),
    "counter_ordertender": ("organization_id", "payment_id", "n", "method", "amount", "tendered", "reference"),
    "counter_orderchange": (
        "organization_id", "id", "order_id", "journal_id", "shift_id", "staff_id", "step", "promise_id", "due_by", "told", "at",
    ),
    "counter_orderrepricing": (
        "organization_id", "id", "order_id", "journal_id", "shift_id", "staff_id", "gross", "basket", "totals", "agreed", "at", "flags",
    ),
    "counter_orderhandover": ("organization_id", "sale_id", "n", "order_id", "line", "quantity", "amount"),
    "counter_orderclosing": (*_HEAD, "order_id", "buyer_id", "outcome", *_NUMBERS, "kept", "kept_taxes", "flags"),
    "counter_orderrefund": ("organization_id", "closing_id", "n", "method", "amount", "reference"),
}  # fmt: skip
