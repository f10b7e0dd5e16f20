"""The short code that stands under the QR, for whoever has no camera. It opens a ticket's page together with its number and its total, and nothing by itself."""

import re
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from mostrador.counter import queries
from mostrador.counter.models import BuyerToken, TokenWithdrawal
from mostrador.kernel.scoping import across, scope

# Crockford's base 32: no letter that is taken for a figure. Eight signs are the first forty bits of the secret's SHA-256 (till/src/core/short_code.ts).
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
BITS = 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: the code, the ticket's number as its paper has it, and what was paid, in minor units."""

    code: str
    number: str
    total: int


def short_code(token_hash: bytes) -> str:
    """Return the code of a secret's hash as it stands on paper: K7QM-2XRD."""
    number = int.from_bytes(token_hash[:5], "big")
    signs = "".join(SIGNS[number >> BITS * place & 31] for place in reversed(range(LENGTH)))
    return f"{signs[:4]}-{signs[4:]}"


def opened_by(asked: Asked) -> BuyerToken | None:
    """Return the token that code, number and total open together, in whichever business it is; None if any of them is wrong. Gift tickets have no total, and no code."""
    first = _first_bytes(asked.code)
    if first is None:
        return None
    with across("a short code names its business no more than a secret does"):
        withdrawn = TokenWithdrawal.objects.filter(token_hash=OuterRef("token_hash"))
        rows = BuyerToken.objects.filter(~Exists(withdrawn), token_hash__gte=first, token_hash__lte=first + b"\xff" * 27).exclude(
            kind="gift"
        )
        found = list(rows.order_by("token_hash")[:5])
    return next((token for token in found if _is_of(token, asked)), None)


def by_hash(token_hash: bytes) -> BuyerToken | None:
    """Return the token of a hash that a code has opened before; None once it is withdrawn."""
    with across("an opening names its business by the hash of its secret"):
        withdrawn = TokenWithdrawal.objects.filter(token_hash=token_hash)
        row: BuyerToken | None = BuyerToken.objects.filter(~Exists(withdrawn), token_hash=token_hash).first()
    return row


def _is_of(token: BuyerToken, asked: Asked) -> bool:
    with scope(token.organization_id):
        ticket = queries.ticket(uuid.UUID(str(token.sale_id)))
    return ticket is not None and ticket.number == asked.number and ticket.paid == asked.total


def _first_bytes(code: str) -> bytes | None:
    signs = re.sub(r"[\s-]", "", code).upper().translate(_MISREAD)
    if len(signs) != LENGTH or any(sign not in SIGNS for sign in signs):
        return None
    number = 0
    for sign in signs:
        number = number << BITS | SIGNS.index(sign)
    return number.to_bytes(5, "big")
