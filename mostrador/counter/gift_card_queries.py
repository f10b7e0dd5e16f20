"""Reads of gift cards: found by their code, what each holds, its moves, and what the shop owes by all of them. Amounts: int minor units."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, Sum

from mostrador.counter.gift_card_models import GiftCard, GiftCardKey, GiftCardMove
from mostrador.counter.queries import number_of
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import across
from mostrador.people.models import Device, Store

PREFIX = "mostrador-gift-card-v1|"
PAGE = 100


@dataclass(frozen=True, slots=True)
class CardState:
    """A card as it stands. `loaded`: all that was ever put on it; `is_unspent`: nothing was paid with it and it was not taken back."""

    id: uuid.UUID
    balance: int
    loaded: int
    moves: int
    is_unspent: bool
    is_blocked: bool
    last_at: dt.datetime | None

    @property
    def number(self) -> str:
        """What people call it: the end of its id, as its paper has it."""
        return number_of_card(self.id)

    @property
    def short(self) -> int:
        """By how much more was spent of it than there was, as an amount above zero."""
        return max(0, -self.balance)


@dataclass(frozen=True, slots=True)
class CardMove:
    """A line of a card's history, and what it came to."""

    at: dt.datetime
    kind: str
    number: str
    store: str
    amount: int
    balance: int
    source_id: uuid.UUID


def number_of_card(card_id: uuid.UUID) -> str:
    """Return what people call a card."""
    return card_id.hex[-8:].upper()


def code_hash(code: str) -> bytes:
    """Return the hash of a code that spends a card, whatever blanks and hyphens it was written with."""
    folded = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    return hashlib.sha256((PREFIX + folded).encode()).digest()


def cards(ids: Iterable[uuid.UUID] | None = None) -> list[CardState]:
    """Return cards as they stand, of these ids or all, the last moved first."""
    found = [
        CardState(row.id, row.balance or 0, row.loaded or 0, row.n, row.spent == 0, row.blocked_at is not None, row.last)
        for row in _counted(None if ids is None else list(ids))
    ]
    return sorted(found, key=lambda card: (card.last_at or dt.datetime.min.replace(tzinfo=dt.UTC), card.id), reverse=True)


@ready
def _counted(ids: list[uuid.UUID] | None) -> Any:
    rows = GiftCard.objects.all() if ids is None else GiftCard.objects.filter(id__in=ids)
    return rows.annotate(
        balance=Sum("moves__amount"), loaded=Sum("moves__amount", filter=Q(moves__kind="load")), n=Count("moves__n"),
        spent=Count("moves__n", filter=~Q(moves__kind="load")), last=Max("moves__at"),
    )  # fmt: skip


def card(card_id: uuid.UUID) -> CardState | None:
    """Return one card of the business in scope, or None."""
    return next(iter(cards([card_id])), None)


def keys_of(ids: Iterable[uuid.UUID] | None = None) -> dict[uuid.UUID, GiftCardKey]:
    """Return the key that stands of each card: the last that was issued."""
    rows = GiftCardKey.objects.all() if ids is None else GiftCardKey.objects.filter(card_id__in=list(ids))
    ordered = sorted(rows, key=lambda row: row.issue)
    return {row.card_id: row for row in ordered}


def by_code(digest: bytes) -> uuid.UUID | None:
    """Return the card that a code spends, by the code's hash; None for an unknown one, and one that another has replaced."""
    row = GiftCardKey.objects.filter(code_hash=digest).first()
    return None if row is None or bytes(keys_of([row.card_id])[row.card_id].code_hash) != digest else row.card_id


def by_secret(secret: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Return (business, card) of the page that a secret opens; None for one that is unknown, replaced, or of a blocked card."""
    digest = hashlib.sha256(secret.encode()).digest()
    with across("a buyer's secret names its business"):
        row: GiftCardKey | None = GiftCardKey.objects.filter(page_hash=digest).first()
        if row is None:
            return None
        is_replaced = GiftCardKey.objects.filter(organization_id=row.organization_id, card_id=row.card_id, issue__gt=row.issue).exists()
        is_blocked = GiftCard.objects.filter(organization_id=row.organization_id, id=row.card_id, blocked_at__isnull=False).exists()
    return None if is_blocked or is_replaced else (row.organization_id, row.card_id)


def moves(card_id: uuid.UUID) -> list[CardMove]:
    """Return the moves of a card, oldest first, with what it came to after each."""
    return _told(GiftCardMove.objects.filter(card_id=card_id).order_by("at", "source_id", "n"))


def _told(rows: Iterable[GiftCardMove]) -> list[CardMove]:
    found, balance = list(rows), 0
    series = dict(Device.objects.filter(id__in={row.journal_id for row in found}).values_list("id", "series"))
    stores = dict(Store.objects.filter(id__in={row.store_id for row in found}).values_list("id", "name"))
    lines = []
    for row in found:
        balance += row.amount
        number = number_of(series.get(row.journal_id, "?"), row.number)
        lines.append(CardMove(row.at, row.kind, number, stores.get(row.store_id, ""), row.amount, balance, row.source_id))
    return lines


def every_move() -> Iterable[tuple[uuid.UUID, CardMove]]:
    """Yield (card, move) of every card, card by card, oldest first."""
    by_card: dict[uuid.UUID, list[GiftCardMove]] = {}
    for row in GiftCardMove.objects.order_by("card_id", "at", "source_id", "n"):
        by_card.setdefault(row.card_id, []).append(row)
    for card_id, rows in by_card.items():
        yield from ((card_id, line) for line in _told(rows))


def liability() -> int:
    """Return what the shop owes by all cards: what is below nothing on one makes no other card worth less."""
    return sum(max(0, row.balance) for row in cards())


def loaded_by_sale() -> dict[uuid.UUID, int]:
    """Return what each sale that sold cards put on them."""
    rows = GiftCardMove.objects.filter(kind="load").values_list("source_id").annotate(total=Sum("amount")).order_by("source_id")
    return dict(rows)


def moved_by_source() -> dict[uuid.UUID, int]:
    """Return what each sale, return and refund did to cards, loads apart: what their payments and refunds say as well."""
    rows = GiftCardMove.objects.exclude(kind="load").values_list("source_id").annotate(total=Sum("amount")).order_by("source_id")
    return dict(rows)
