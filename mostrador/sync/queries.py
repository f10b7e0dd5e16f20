"""Reads of what waits for a person: parked facts with what they hold, evidence of broken chains."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import msgspec

from mostrador.kernel import clock
from mostrador.people.models import Device
from mostrador.sync import contract, storage
from mostrador.sync.models import Evidence, JournalEntry, ParkedFact, ParkedResolution
from mostrador.sync.repair import ACCEPTABLE

PAGE = 100


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A line of a parked sale, as the till wrote it. Quantity in thousandths; gross None where the totals do not say."""

    product_id: str
    name: str
    quantity: int
    gross: int | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked fact: where it comes from, why it waits, what it holds, and what can be done."""

    fact: ParkedFact
    series: str
    at: dt.datetime | None
    number: int | None
    lines: tuple[ParkedLine, ...]

    @property
    def may_accept(self) -> bool:
        """Whether only the till's arithmetic is in doubt, so that its figures may be taken as they are."""
        return self.fact.reason in ACCEPTABLE

    @property
    def may_map(self) -> bool:
        """Whether naming another product can help."""
        return self.fact.reason == "unknown_product" and bool(self.unknown)

    @property
    def unknown(self) -> tuple[ParkedLine, ...]:
        """Its products that this business does not have, each once."""
        seen = {line.product_id: line for line in self.lines if not line.is_known}
        return tuple(seen.values())


def waiting() -> list[Parked]:
    """Return what is parked and not resolved, oldest first, at most PAGE."""
    return [_parked(row) for row in _unresolved()[:PAGE]]


def waiting_count() -> int:
    """Return how many parked facts wait."""
    return len(_unresolved())


def waiting_of_shift(shift_id: uuid.UUID) -> int:
    """Return how many parked facts of a shift wait: what its Z may differ by."""
    return sum(1 for row in _unresolved() if row.shift_id == shift_id)


def parked(journal_id: uuid.UUID, seq: int) -> Parked | None:
    """Return one parked fact that waits, or None."""
    row = next((one for one in _unresolved() if one.journal_id == journal_id and one.seq == seq), None)
    return _parked(row) if row else None


def evidence() -> list[Evidence]:
    """Return the bytes that did not fit their chain, newest first, at most PAGE."""
    return list(Evidence.objects.order_by("-received_at", "-id").defer("bytes")[:PAGE])


def resolved(limit: int = 20) -> list[ParkedResolution]:
    """Return what people did last with parked facts, newest first."""
    return list(ParkedResolution.objects.order_by("-at")[:limit])


def _unresolved() -> list[ParkedFact]:
    done = set(ParkedResolution.objects.values_list("journal_id", "seq"))
    return [row for row in ParkedFact.objects.order_by("parked_at", "journal_id", "seq") if (row.journal_id, row.seq) not in done]


def _parked(row: ParkedFact) -> Parked:
    series = Device.objects.filter(id=row.journal_id).values_list("series", flat=True).first() or "?"
    body = _body(row)
    if body is None:
        return Parked(row, series, None, None, ())
    unknown = set(row.detail.get("products", ())) if row.reason == "unknown_product" else set()
    return Parked(row, series, body[1], body[0].get("number"), tuple(_lines(body[0], unknown)))


def _body(row: ParkedFact) -> tuple[dict[str, Any], dt.datetime] | None:
    """The fact's body as plain values, and when; None where its bytes are not even a fact."""
    entry = JournalEntry.objects.filter(journal_id=row.journal_id, seq=row.seq).first()
    if entry is None:
        return None
    try:
        envelope = contract.envelope_decoder.decode(storage.unpack(entry.bytes, entry.journal_id))
        body = msgspec.json.decode(envelope.body)
    except contract.UNREADABLE:
        return None
    return (body, clock.from_ms(envelope.at)) if isinstance(body, dict) else None


def _lines(body: dict[str, Any], unknown: set[str]) -> list[ParkedLine]:
    basket, totals = body.get("basket"), body.get("totals")
    rows = basket.get("lines") if isinstance(basket, dict) else None
    priced = totals.get("lines") if isinstance(totals, dict) else None
    grosses = {line.get("id"): line.get("gross") for line in priced or () if isinstance(line, dict)}
    return [
        ParkedLine(
            str(line.get("product_id") or ""),
            str(line.get("name") or ""),
            line["quantity"] if isinstance(line.get("quantity"), int) else 0,
            grosses.get(line.get("id")) if isinstance(grosses.get(line.get("id")), int) else None,
            str(line.get("product_id")) not in unknown,
        )
        for line in rows or ()
        if isinstance(line, dict)
    ]
