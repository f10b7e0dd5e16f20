"""What a person does with a parked fact: try again, map a product, or accept it as recorded. The fact itself never changes.

Each repair is a row with person and reason, written in the same transaction as what it brought about (ruling 5).
"""

import dataclasses
import uuid
from dataclasses import dataclass

import msgspec
from django.db import DataError, IntegrityError, connection, transaction

from mostrador.counter import facts as counter
from mostrador.counter.facts import Asking, Journal, Known, Rows
from mostrador.counter.goods import TOPIC as GOODS_SOLD
from mostrador.kernel import clock, feed, outbox, sql
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import DomainError, Forbidden, Invalid, NotFound
from mostrador.kernel.sql import Writes
from mostrador.kernel.writing import use_case
from mostrador.people.models import Device
from mostrador.sync import content, contract, storage
from mostrador.sync.intake import ORDER
from mostrador.sync.models import JournalEntry, JournalHead, ParkedFact, ParkedResolution

# Reasons of which only the till's arithmetic is in doubt: a person may take its figures as they are.
ACCEPTABLE = frozenset({"totals", "unknown_engine", "basket", "not_paid", "revoked", "other_series"})


class StillFaulty(DomainError):
    """The fact cannot become rows this way either: data holds the reason."""

    code = "still_faulty"
    status = 409


@dataclass(frozen=True, slots=True)
class Repair:
    """How to repair: `retry`, `map` with {old product id: new one}, or `accept`; and why."""

    action: str
    note: str
    mapping: dict[str, str] | None = None


def repair(actor: Actor, *, journal_id: uuid.UUID, seq: int, how: Repair) -> None:
    """Turn a parked fact into rows. Refuses what still does not add up: StillFaulty, and nothing is written."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    if how.action not in {"retry", "map", "accept"} or (how.action == "map") != bool(how.mapping):
        raise Invalid(action="unknown")
    if how.action == "accept" and not how.note.strip():
        raise Invalid(note="empty")
    with use_case():
        parked = _parked(journal_id, seq)
        try:
            with transaction.atomic():
                _apply(parked, how)
        except (IntegrityError, DataError, OverflowError) as error:
            raise StillFaulty(reason="conflict") from error
        ParkedResolution.objects.create(
            organization_id=actor.organization_id,
            journal_id=journal_id,
            seq=seq,
            action=how.action,
            note=how.note[:200],
            mapping=how.mapping or {},
            actor_id=actor.id,
            at=clock.now(),
        )
        # Its till shows it as waiting until it hears otherwise.
        feed.touched(actor.organization_id, "till", Device.objects.filter(id=journal_id).values_list("till_id", flat=True))


def _parked(journal_id: uuid.UUID, seq: int) -> ParkedFact:
    parked = ParkedFact.objects.filter(journal_id=journal_id, seq=seq).first()
    if parked is None or ParkedResolution.objects.filter(journal_id=journal_id, seq=seq).exists():
        raise NotFound
    return parked


def _apply(parked: ParkedFact, how: Repair) -> None:
    entry = JournalEntry.objects.get(journal_id=parked.journal_id, seq=parked.seq)
    read = content.read(storage.unpack(entry.bytes, entry.journal_id), entry.journal_id)
    if read.fault is not None or read.envelope is None:
        raise StillFaulty(reason=read.fault.reason if read.fault else "schema")
    body = _mapped(read.body, how.mapping or {})
    journal, hand = _journal(parked, body), sql.hand()
    asking = Asking(journal.own.organization, hand.vendor, journal.known)
    content.learn(hand, content.lookups(asking, [dataclasses.replace(read, body=body)], with_products=True))
    fault = counter.check(journal, read.envelope, body, as_recorded=how.action == "accept")
    if fault is not None and not (how.action == "accept" and fault.reason in ACCEPTABLE):
        raise StillFaulty(reason=fault.reason)
    rows = Rows(journal, accepted=how.action == "accept")
    rows.add(read.envelope, body)
    writes = Writes()
    rows.into(writes)
    writes.write(hand, ORDER)
    if rows.sold:
        outbox.enqueue(parked.organization_id, GOODS_SOLD, {"sources": rows.sold})
    if isinstance(body, contract.SaleRecorded):
        head = JournalHead.objects.filter(journal_id=parked.journal_id)
        head.update(perpetual=head.values_list("perpetual", flat=True)[0] + body.totals.gross)


def _journal(parked: ParkedFact, body: object) -> Journal:
    """The journal as it stood for this fact: its number counts as not used yet."""
    device = Device.objects.select_related("till", "till__store").get(id=parked.journal_id)
    store = device.till.store
    return Journal(
        device.organization_id,
        device.id,
        device.store_id,
        device.till_id,
        device.series,
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
    if not mapping or not isinstance(body, contract.SaleRecorded):
        return body
    lines = [msgspec.structs.replace(line, product_id=mapping.get(line.product_id or "", line.product_id)) for line in body.basket.lines]
    return msgspec.structs.replace(body, basket=msgspec.structs.replace(body.basket, lines=type(body.basket.lines)(lines)))
