"""What an office does with gift cards: a lost one is blocked, and its balance is issued anew by another code. Every act stands in the trail."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass

from mostrador.counter.gift_card_models import GiftCard, GiftCardKey
from mostrador.counter.gift_card_queries import code_hash
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import use_case

# Crockford's letters: none is taken for another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16


@dataclass(frozen=True, slots=True)
class Issued:
    """What is shown once and kept nowhere: the code that spends the card, and the secret of the page that shows its balance."""

    code: str
    page: str


def set_blocked(actor: Actor, *, card_id: uuid.UUID, blocked: bool) -> None:
    """Block a card, so that no till that can ask spends of it and its page is closed; or let it be spent again."""
    _may_lead(actor)
    with use_case():
        row = _card(card_id)
        if (row.blocked_at is not None) == blocked:
            return
        row.blocked_at = clock.now() if blocked else None
        row.save(force_update=True)
        trail.record(actor, "gift_card", card_id, {"blocked": (not blocked, blocked)})
        touched(actor.organization_id, "gift_card", [card_id])


def reissue(actor: Actor, *, card_id: uuid.UUID) -> Issued:
    """Give a card another code and another page: what its paper says is worth nothing from now on, and its balance stays. Lifts a block."""
    _may_lead(actor)
    with use_case():
        row = _card(card_id)
        issued = Issued(draw_code(), secrets.token_urlsafe(16))
        GiftCardKey.objects.create(
            organization_id=actor.organization_id, page_hash=hashlib.sha256(issued.page.encode()).digest(), code_hash=code_hash(issued.code),
            card_id=card_id, issue=GiftCardKey.objects.filter(card_id=card_id).count() + 1, made_at=clock.now(),
        )  # fmt: skip
        if row.blocked_at is not None:
            row.blocked_at = None
            row.save(force_update=True)
        trail.record(actor, "gift_card", card_id, {"code": ("", "issued anew")})
        touched(actor.organization_id, "gift_card", [card_id])
    return issued


def draw_code() -> str:
    """Return a new code: GC and sixteen letters in fours, 80 random bits."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(("GC", *(letters[start : start + 4] for start in range(0, LENGTH, 4))))


def _card(card_id: uuid.UUID) -> GiftCard:
    row = GiftCard.objects.select_for_update().filter(id=card_id).first()
    if row is None:
        raise NotFound
    return row


def _may_lead(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
