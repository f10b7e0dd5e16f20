"""A ticket of any till of the business, for goods that come back at another one: its fact as it was written, and the returns of it so far."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import Max

from mostrador.counter.models import BuyerToken, Return, Sale, TokenWithdrawal
from mostrador.kernel import clock
from mostrador.people.models import Device
from mostrador.sync import contract, storage
from mostrador.sync.contract_types import FACTS_MAX
from mostrador.sync.models import JournalEntry

CODE = re.compile(r"(?P<series>[A-Z0-9]{1,8})-(?P<number>[1-9][0-9]{0,9})(?:-(?P<tail>[0-9A-F]{6}))?")
HASH = re.compile(r"[0-9a-f]{64}")
# A batch is written at one moment, and holds no more facts than this.
BATCH = FACTS_MAX


def ticket(*, store_id: uuid.UUID, code: str = "", token: str = "") -> dict[str, Any] | None:
    """Return a ticket of the business in scope: `at`, the body of its sale, the bodies of the returns that named it, and on which paper
    the secret stands.

    By the code on its paper (A1-482-9F31C2), in its own store by its number alone (A1-482), or by the hash of the secret in its QR.
    None for one that is not here, and for one that a person admitted from evidence: no journal holds it.
    """
    opening = _opening(token) if token else None
    sale = (Sale.objects.filter(id=opening.sale_id).first() if opening else None) if token else _by_code(code, store_id)
    written = None if sale is None else _fact(sale)
    if sale is None or written is None:
        return None
    back = Return.objects.filter(sale_id=sale.id).order_by("occurred_at", "id")
    returns = [fact for row in back if (fact := _fact(row)) is not None]
    return {
        "at": written.at,
        "paper": opening.kind if opening else None,
        "sale": written.body,
        "returns": [{"at": fact.at, "body": fact.body} for fact in returns],
    }


def _opening(token: str) -> BuyerToken | None:
    if not HASH.fullmatch(token):
        return None
    digest = bytes.fromhex(token)
    if TokenWithdrawal.objects.filter(token_hash=digest).exists():
        return None
    return BuyerToken.objects.filter(token_hash=digest).first()


def _by_code(code: str, store_id: uuid.UUID) -> Sale | None:
    found = CODE.fullmatch(code.strip().upper())
    if found is None:
        return None
    journals = list(Device.objects.filter(series=found["series"]).values_list("id", flat=True))
    sales = Sale.objects.filter(journal_id__in=journals, number=int(found["number"]) if len(found["number"]) < 10 else -1)
    if found["tail"] is None:
        return sales.filter(store_id=store_id).order_by("twin").first()
    return next((sale for sale in sales.order_by("twin") if str(sale.id)[-6:].upper() == found["tail"]), None)


def _fact(row: Sale | Return) -> contract.Envelope | None:
    """The fact that a row was made from. Facts have no index of their own (they are written with every sale): it is found by when it came."""
    for entries in _near(row.journal_id, clock.to_ms(row.received_at)):
        entry = entries.filter(fact_id=row.fact_id).first()
        if entry is not None:
            return contract.envelope_decoder.decode(storage.unpack(entry.bytes, entry.journal_id))
    return None


def _near(journal_id: uuid.UUID, received_ms: int) -> Iterator[Any]:
    """Where to look in a journal for what was received at a moment: first there, then, should the server's clock have gone back, everywhere."""
    entries = JournalEntry.objects.filter(journal_id=journal_id)
    low, high = 1, (entries.aggregate(last=Max("seq"))["last"] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        at = entries.filter(seq=middle).values_list("received_at", flat=True).first()
        if at is not None and clock.to_ms(at) < received_ms:
            low = middle + 1
        else:
            high = middle
    yield entries.filter(seq__gte=low, seq__lt=low + BATCH)
    yield entries
