"""How facts become moves of gift cards, and what they add to a shift: money on a card is no revenue and bears no tax (ruling 29)."""

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from mostrador.counter.returned import Paper
from mostrador.kernel import feed, outbox

TOPIC_MOVED = "counter.gift_card_moved"
METHOD = "gift_card"

type Rows = list[tuple[Any, ...]]


def named(kind: str, body: Any) -> list[str]:
    """Return the cards that a fact names, each once."""
    if kind == "sale.recorded":
        found = [load.id for load in body.basket.gift_cards] + [row.gift_card for row in body.basket.payments]
    elif kind == "return.recorded":
        found = [row.gift_card for row in body.document.refunds]
    else:
        found = [body.gift_card]
    return [*dict.fromkeys(card for card in found if card is not None)]


def rows(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield by table the moves of a sale, a return or a refund, and the keys of cards that a sale made."""
    own, raw = paper.own, paper.raw
    source, moves = _source(fact.kind, body), _moves(fact.kind, body)
    yield (
        "counter_giftcardmove",
        [
            (
                own.organization, raw(source), n, raw(card), kind, amount, own.store, own.id, raw(body.shift), body.number, paper.day, fact.at,
            )
            for n, (card, kind, amount) in enumerate(moves)
        ],
    )  # fmt: skip
    if fact.kind == "sale.recorded":
        yield (
            "counter_giftcardkey",
            [
                (own.organization, bytes.fromhex(load.page), bytes.fromhex(load.code), raw(load.id), 0, fact.at)
                for load in body.basket.gift_cards
                if load.code is not None and load.page is not None
            ],
        )


def refund_rows(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the row of a card that was taken back."""
    own, raw = paper.own, paper.raw
    yield "counter_giftcardrefund", [(
        own.organization, raw(body.refund), raw(fact.visit.id), own.store, own.id, raw(body.shift), raw(fact.staff), raw(fact.id), raw(body.gift_card),
        body.number, paper.twin, paper.day, fact.at, paper.received_ms, body.method, body.amount, paper.flags,
    )]  # fmt: skip


def _source(kind: str, body: Any) -> str:
    return str(body.sale if kind == "sale.recorded" else body.return_id if kind == "return.recorded" else body.refund)


def _moves(kind: str, body: Any) -> Iterator[tuple[str, str, int]]:
    """Yield card, kind and by how much it holds more."""
    if kind == "sale.recorded":
        yield from ((load.id, "load", load.amount) for load in body.basket.gift_cards)
        yield from ((row.gift_card, "spend", -row.amount) for row in body.basket.payments if row.gift_card is not None)
    elif kind == "return.recorded":
        yield from ((row.gift_card, "back", row.amount) for row in body.document.refunds if row.gift_card is not None)
    else:
        yield body.gift_card, "refund", -body.amount


def totals(kind: str, body: Any) -> Iterator[tuple[str, int]]:
    """Yield what a fact adds to the totals of its shift for cards that were sold or taken back."""
    if kind == "sale.recorded" and body.basket.gift_cards:
        yield from (("gift_cards", len(body.basket.gift_cards)), ("gift_cards_sold", sum(load.amount for load in body.basket.gift_cards)))
    elif kind == "gift_card.refunded":
        yield from (("gift_cards_back", body.amount), (f"pay:{body.method}", -body.amount))


def told(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Tell the tills that cards moved (the worker's handler of TOPIC_MOVED)."""
    ids = {uuid.UUID(source) for payload in payloads for source in payload["sources"]}  # type: ignore[attr-defined]  # JSON of ours
    feed.touched(organization_id, "gift_card", ids)


outbox.handles(TOPIC_MOVED, lambda organization_id, payloads: partial(told, organization_id, payloads))

COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_giftcardmove": (
        "organization_id", "source_id", "n", "card_id", "kind", "amount", "store_id", "journal_id", "shift_id", "number", "business_date", "at",
    ),
    "counter_giftcardkey": ("organization_id", "page_hash", "code_hash", "card_id", "issue", "made_at"),
    "counter_giftcardrefund": (
        "organization_id", "id", "visit_id", "store_id", "journal_id", "shift_id", "staff_id", "fact_id", "card_id", "number", "twin",
        "business_date", "occurred_at", "received_at", "method", "amount", "flags",
    ),
}  # fmt: skip
