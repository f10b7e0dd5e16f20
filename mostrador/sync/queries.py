"""Reads of what waits for a person: parked facts and evidence of broken chains, with what they hold."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mostrador.catalogue import queries as catalogue
from mostrador.kernel import clock
from mostrador.kernel.ready import ready
from mostrador.people.models import Device
from mostrador.sync import contract, storage
from mostrador.sync.models import Annex, Evidence, EvidenceResolution, JournalEntry, ParkedFact, ParkedResolution
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
class Broken:
    """Evidence as it is shown: the names of a parked fact, for both wait for a person. `digest`: the bytes' SHA-256, by which they are known."""

    journal_id: uuid.UUID
    digest: str
    seq: int | None
    kind: str
    reason: str
    shift_id: uuid.UUID | None
    amount: int | None
    parked_at: dt.datetime
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parked:
    """A fact that waits: where it comes from, why, what it holds, and what can be done. `number`: of its ticket or Z."""

    fact: ParkedFact | Broken
    series: str
    at: dt.datetime | None
    number: int | None
    lines: tuple[ParkedLine, ...]

    @property
    def is_evidence(self) -> bool:
        """Whether it fits no chain."""
        return isinstance(self.fact, Broken)

    @property
    def may_accept(self) -> bool:
        """Whether only the till's arithmetic or numbers are in doubt, so that its figures may be taken as they are."""
        return self.fact.reason in ACCEPTABLE or (self.is_evidence and self.may_retry)

    @property
    def may_retry(self) -> bool:
        """Whether it is a fact at all, and not one that a person must decide to accept."""
        return self.at is not None and self.fact.reason not in {"revoked", "other_journal"}

    @property
    def may_map(self) -> bool:
        """Whether naming another product can help."""
        return bool(self.unknown) and (self.is_evidence or self.fact.reason == "unknown_product")

    @property
    def unknown(self) -> tuple[ParkedLine, ...]:
        """Its products that this business does not have, each once."""
        seen = {line.product_id: line for line in self.lines if not line.is_known}
        return tuple(seen.values())


def waiting() -> list[Parked]:
    """Return what is parked and not decided, oldest first, at most PAGE."""
    return [_shown(row) for row in _undecided()[:PAGE]]


def broken() -> list[Parked]:
    """Return the bytes that fit no chain and are not decided, oldest first, at most PAGE."""
    return [_shown(row) for row in _undecided_evidence()[:PAGE]]


def waiting_counts() -> tuple[int, int]:
    """Return how many wait for a person: parked facts, and evidence."""
    return len(_undecided()), len(_evidence_left(Evidence.objects.defer("bytes")))


def waiting_of_shift(shift_id: uuid.UUID) -> int:
    """Return how many facts of a shift wait: what its Z may differ by."""
    rows: list[ParkedFact | Broken] = [*_undecided(), *_undecided_evidence()]
    return sum(1 for row in rows if row.shift_id == shift_id)


def parked(journal_id: uuid.UUID, seq: int) -> Parked | None:
    """Return one parked fact that waits, or None."""
    row = next((one for one in _undecided() if one.journal_id == journal_id and one.seq == seq), None)
    return _shown(row) if row else None


def evidence(journal_id: uuid.UUID, digest: str) -> Parked | None:
    """Return one piece of evidence that waits, or None."""
    row = next((one for one in _undecided_evidence() if one.journal_id == journal_id and one.digest == digest), None)
    return _shown(row) if row else None


def like(row: Parked) -> list[Parked]:
    """Return what else waits of the same journal for the same reason, oldest first."""
    rows: Sequence[ParkedFact | Broken] = _undecided_evidence() if row.is_evidence else _undecided()
    alike = (one for one in rows if (one.journal_id, one.reason) == (row.fact.journal_id, row.fact.reason) and one != row.fact)
    return [_shown(one) for one in alike]


def resolved(limit: int = 20) -> list[ParkedResolution | EvidenceResolution]:
    """Return what people decided last, newest first."""
    newest: list[ParkedResolution | EvidenceResolution] = [*ParkedResolution.objects.order_by("-at")[:limit]]
    newest += EvidenceResolution.objects.order_by("-at")[:limit]
    return sorted(newest, key=lambda one: one.at, reverse=True)[:limit]


def waiting_seqs(journals: Sequence[uuid.UUID]) -> tuple[dict[uuid.UUID, set[int]], dict[uuid.UUID, set[int]]]:
    """Return, of each of these journals that ever had one, the seqs of parked facts and of evidence that wait."""
    parked: dict[uuid.UUID, set[int]] = {}
    for journal, seq in _parked_seqs(journals):
        parked.setdefault(journal, set()).add(seq)
    for journal, seq in ParkedResolution.objects.filter(journal_id__in=list(parked)).values_list("journal_id", "seq"):
        parked[journal].discard(seq)
    refused: dict[uuid.UUID, set[int]] = {}
    rows = _evidence_of(journals)
    for row in rows:
        refused.setdefault(row.journal_id, set())
    for row in _evidence_left(rows) if rows else ():
        if row.seq is not None:
            refused[row.journal_id].add(row.seq)
    return parked, refused


@ready
def _parked_seqs(journals: Sequence[uuid.UUID]) -> Any:
    return ParkedFact.objects.filter(journal_id__in=journals).values_list("journal_id", "seq")


@ready
def _evidence_of(journals: Sequence[uuid.UUID]) -> Any:
    return Evidence.objects.filter(journal_id__in=journals).defer("bytes").order_by("received_at", "id")


def _undecided() -> list[ParkedFact]:
    done = set(ParkedResolution.objects.values_list("journal_id", "seq"))
    return [row for row in ParkedFact.objects.order_by("parked_at", "journal_id", "seq") if (row.journal_id, row.seq) not in done]


def _undecided_evidence() -> list[Broken]:
    return [_broken(row) for row in _evidence_left(Evidence.objects.order_by("received_at", "id"))]


def _evidence_left(rows: Iterable[Evidence]) -> list[Evidence]:
    """What of these, oldest first, is not decided: each bytes once, for whatever was said first against them."""
    seen = set(EvidenceResolution.objects.values_list("journal_id", "digest"))
    left = []
    for row in rows:
        if (row.journal_id, row.digest) not in seen:
            seen.add((row.journal_id, row.digest))
            left.append(row)
    return left


def _broken(row: Evidence) -> Broken:
    envelope, body = _read(row.bytes, row.journal_id)
    totals = body.get("totals")
    gross = totals.get("gross") if isinstance(totals, dict) else None
    return Broken(
        row.journal_id, row.digest, row.seq, envelope.kind if envelope else "", row.reason, _uuid(body.get("shift")),
        gross if isinstance(gross, int) else None, row.received_at, {},
    )  # fmt: skip


def _uuid(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _shown(row: ParkedFact | Broken) -> Parked:
    series = Device.objects.filter(id=row.journal_id).values_list("series", flat=True).first() or "?"
    envelope, body = _read(_bytes(row), row.journal_id)
    if envelope is None:
        return Parked(row, series, None, None, ())
    unknown = set(row.detail.get("products", ())) if isinstance(row, ParkedFact) else _not_here(body)
    number = body.get("number", body.get("z"))
    return Parked(row, series, clock.from_ms(envelope.at), number if isinstance(number, int) else None, tuple(_lines(body, unknown)))


def _bytes(row: ParkedFact | Broken) -> bytes | memoryview | None:
    if isinstance(row, Broken):
        return Evidence.objects.filter(journal_id=row.journal_id, digest=row.digest).values_list("bytes", flat=True).first()
    return JournalEntry.objects.filter(journal_id=row.journal_id, seq=row.seq).values_list("bytes", flat=True).first()


def _read(packed: bytes | memoryview | None, journal_id: uuid.UUID) -> tuple[contract.Envelope | None, dict[str, Any]]:
    """A fact's envelope, and its body as plain values; none where the bytes are no fact."""
    if packed is None:
        return None, {}
    try:
        envelope = contract.envelope_decoder.decode(storage.unpack(packed, journal_id))
        body = msgspec.json.decode(envelope.body)
    except contract.UNREADABLE:
        return None, {}
    return (envelope, body) if isinstance(body, dict) else (None, {})


def _not_here(body: dict[str, Any]) -> set[str]:
    """The products of a sale that this business does not have."""
    named = {line.product_id for line in _lines(body, set())}
    ids = {identifier for text in named if (identifier := _uuid(text))}
    return named - {str(product) for product in catalogue.known(ids)}


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


def annex_text(annex_id: uuid.UUID) -> str:
    """Return the text that travelled beside a fact; nothing where it was erased or has not come."""
    return Annex.objects.filter(id=annex_id).values_list("text", flat=True).first() or ""
