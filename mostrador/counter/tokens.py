"""The secrets that open a buyer's page: which a sale has, and withdrawing one (ruling 15)."""

import uuid
from dataclasses import dataclass

from mostrador.counter.models import BuyerToken, TokenWithdrawal
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, NotFound
from mostrador.kernel.writing import use_case


@dataclass(frozen=True, slots=True)
class Opening:
    """A secret of a sale: `digest` its SHA-256 in hexadecimal, `kind` ticket, gift, slip or reprint."""

    digest: str
    kind: str
    is_withdrawn: bool


def of_sale(sale_id: uuid.UUID) -> list[Opening]:
    """Return the secrets of a sale of the business in scope, by kind."""
    tokens = list(BuyerToken.objects.filter(sale_id=sale_id).order_by("kind", "token_hash"))
    hashes = [bytes(token.token_hash) for token in tokens]
    closed = {bytes(row) for row in TokenWithdrawal.objects.filter(token_hash__in=hashes).values_list("token_hash", flat=True)}
    return [Opening(digest.hex(), token.kind, digest in closed) for token, digest in zip(tokens, hashes, strict=True)]


def withdraw(actor: Actor, *, sale_id: uuid.UUID, digest: str) -> None:
    """Close what a secret of a sale opens, for good; again changes nothing. A copy of the ticket bears a new one."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    with use_case():
        found = next((one for one in of_sale(sale_id) if one.digest == digest), None)
        if found is None:
            raise NotFound
        if not found.is_withdrawn:
            TokenWithdrawal.objects.create(
                organization_id=actor.organization_id, token_hash=bytes.fromhex(digest), actor_id=actor.id, at=clock.now()
            )
