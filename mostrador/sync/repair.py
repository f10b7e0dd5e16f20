"""What a person does with a fact that did not become rows by itself: parked, or kept as evidence because it fits no chain.

Try again, name another product, accept it as recorded, admit what was evidence, or leave it on record. The fact itself never changes.
Each repair is a row with person and reason, written in the same transaction as what it brought about (ruling 5).
"""

import dataclasses
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DataError, IntegrityError, connection, transaction
from msgspec.structs import replace

from mostrador.counter import checks
from mostrador.counter.facts import ByHand, Rows
from mostrador.counter.journal import Journal
from mostrador.counter.known import Asking, Known
from mostrador.counter.queries import numbered
from mostrador.kernel import clock, feed, outbox, sql
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import DomainError, Forbidden, Invalid, NotFound
from mostrador.kernel.sql import Writes
from mostrador.kernel.writing import use_case
from mostrador.people.models import Device
from mostrador.sync import content, contract, storage
from mostrador.sync.content import Read
from mostrador.sync.intake import ORDER
from mostrador.sync.models import Evidence, EvidenceResolution, JournalEntry, JournalHead, ParkedFact, ParkedResolution

# Reasons of which only the till's arithmetic or its numbers are in doubt: a person may take what it printed as it is.
ACCEPTABLE = frozenset({"totals", "unknown_engine", "basket", "not_paid", "revoked", "other_series", "number_used", "z_used"})
# A number that is used already is no fault of a fact that a person takes in by hand: it bears it on paper.
NUMBERS = frozenset({"number_used", "z_used"})


class StillFaulty(DomainError):
    """The fact cannot become rows this way either: data holds the reason."""

    code = "still_faulty"
    status = 409


@dataclass(frozen=True, slots=True)
class Repair:
    """How to repair, and why.

    `retry`, `map` with {old product id: new one}, `accept` with the till's figures, or `leave`: it stays on record and becomes no rows.
    What was evidence is admitted by `retry`.
    """

    action: str
    note: str
    mapping: dict[str, str] | None = None


def repair(actor: Actor, *, journal_id: uuid.UUID, seq: int, how: Repair) -> None:
    """Decide a parked fact. Refuses to make rows of what still does not add up: StillFaulty, and nothing is written."""
    _check(actor, how)
    with use_case():
        parked = ParkedFact.objects.filter(journal_id=journal_id, seq=seq).first()
        if parked is None or ParkedResolution.objects.filter(journal_id=journal_id, seq=seq).exists():
            raise NotFound
        if how.action != "leave":
            entry = JournalEntry.objects.get(journal_id=journal_id, seq=seq)
            may_twin = how.action == "accept" and parked.reason in NUMBERS
            if parked.reason == "revoked" and how.action != "accept":
                raise StillFaulty(reason="revoked")
            _tried(lambda: _apply(_fact(entry), how, by_evidence=False, may_twin=may_twin))
        ParkedResolution.objects.create(
            organization_id=actor.organization_id, journal_id=journal_id, seq=seq, action=how.action, note=how.note[:200],
            mapping=how.mapping or {}, actor_id=actor.id, at=clock.now(),
        )  # fmt: skip
        _tell(actor, journal_id)


def admit(actor: Actor, *, journal_id: uuid.UUID, digest: str, how: Repair) -> None:
    """Decide bytes that fit no chain, each once. What cannot become rows: StillFaulty, and nothing is written."""
    _check(actor, how)
    with use_case():
        evidence = Evidence.objects.filter(journal_id=journal_id, digest=digest).order_by("received_at", "id").first()
        if evidence is None or EvidenceResolution.objects.filter(journal_id=journal_id, digest=digest).exists():
            raise NotFound
        fact = None
        if how.action != "leave":
            fact = _fact(evidence)
            _tried(lambda: _apply(fact, how, by_evidence=True, may_twin=True))
        EvidenceResolution.objects.create(
            organization_id=actor.organization_id, journal_id=journal_id, digest=digest, seq=evidence.seq,
            action="admit" if how.action == "retry" else how.action, note=how.note[:200],
            mapping=how.mapping or {}, actor_id=actor.id, at=clock.now(),
            kind=fact.envelope.kind if fact and fact.envelope else "", fact_id=uuid.UUID(fact.chain.id) if fact else None,
        )  # fmt: skip
        _tell(actor, journal_id)


def _check(actor: Actor, how: Repair) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
    if how.action not in {"retry", "map", "accept", "leave"} or (how.action == "map") != bool(how.mapping):
        raise Invalid(action="unknown")
    if not how.note.strip():
        raise Invalid(note="empty")


def _tried(apply: Callable[[], None]) -> None:
    """Make the rows, or leave none at all."""
    try:
        with transaction.atomic():
            apply()
    except (IntegrityError, DataError, OverflowError) as error:
        raise StillFaulty(reason="conflict") from error


def _tell(actor: Actor, journal_id: uuid.UUID) -> None:
    """Its till shows it as waiting until it hears otherwise."""
    feed.touched(actor.organization_id, "till", Device.objects.filter(id=journal_id).values_list("till_id", flat=True))


def _fact(kept: JournalEntry | Evidence) -> Read:
    """What the bytes say. Raises StillFaulty for what says nothing, or speaks for another journal."""
    try:
        read = content.read(storage.unpack(kept.bytes, kept.journal_id), kept.journal_id)
    except contract.UNREADABLE as error:
        raise StillFaulty(reason="not_a_fact") from error
    if read.fault is not None or read.envelope is None:
        raise StillFaulty(reason=read.fault.reason if read.fault else "schema")
    if read.chain.journal != str(kept.journal_id):
        raise StillFaulty(reason="other_journal")
    return read


def _apply(read: Read, how: Repair, *, by_evidence: bool, may_twin: bool) -> None:
    assert read.envelope is not None
    body = _mapped(read.body, how.mapping or {})
    journal, hand = _journal(uuid.UUID(read.chain.journal), body), sql.hand()
    asking = Asking(journal.own.organization, hand.vendor, journal.known)
    content.learn(hand, content.lookups(asking, [dataclasses.replace(read, body=body)], with_products=True))
    is_accepted = how.action == "accept"
    fault = checks.check(journal, read.envelope, body, as_recorded=is_accepted)
    if fault is not None and not (is_accepted and fault.reason in ACCEPTABLE):
        raise StillFaulty(reason=fault.reason)
    twin = numbered(journal.id, number=getattr(body, "number", None), z=getattr(body, "z", None)) if may_twin else 0
    flags = (*(["accepted"] if is_accepted else []), *(["evidence"] if by_evidence else []), *(["number_used"] if twin else []))
    rows = Rows(journal, ByHand(flags, twin))
    rows.add(read.envelope, body)
    writes = Writes()
    rows.into(writes)
    writes.write(hand, ORDER)
    for topic, sources in rows.goods.items():
        outbox.enqueue(journal.organization, topic, {"sources": sources})
    if isinstance(body, contract.SaleRecorded):
        head = JournalHead.objects.filter(journal_id=journal.id)
        head.update(perpetual=head.values_list("perpetual", flat=True)[0] + body.totals.gross)


def _journal(journal_id: uuid.UUID, body: object) -> Journal:
    """The journal as it stood for this fact: its number counts as not used yet."""
    device = Device.objects.select_related("till", "till__store").get(id=journal_id)
    store = device.till.store
    return Journal(
        device.organization_id,
        device.id,
        device.store_id,
        device.till_id,
        device.series,
        device.public_key,
        device.replaces,
        store.timezone,
        store.day_start_minutes,
        connection.vendor,
        clock.now_ms(),
        getattr(body, "number", 1) - 1,
        getattr(body, "z", 1) - 1,
        0,
        Known(),
    )


def _mapped(body: object, mapping: dict[str, str]) -> object:
    """The body with other products in its lines; everything else as recorded."""
    if not mapping:
        return body
    if isinstance(body, contract.SaleRecorded):
        lines = tuple(replace(line, product_id=mapping.get(line.product_id or "", line.product_id)) for line in body.basket.lines)
        return replace(body, basket=replace(body.basket, lines=lines))
    if isinstance(body, contract.ReturnRecorded):
        back = tuple(replace(line, product_id=mapping.get(line.product_id or "", line.product_id)) for line in body.document.lines)
        return replace(body, document=replace(body.document, lines=back))
    return body
