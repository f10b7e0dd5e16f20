"""Journals saved to a file by a till, taken in by the office (contracts/README.md, "Saved journal").

The file proves itself: chain and signature. It goes through the same door as a push, so a fact that the server has is `known`, one
that came broken is evidence, and sending the same file again changes nothing.

A journal whose device this database does not know (it was restored from a copy older than the pairing) is taken in when the owner
says that it is theirs, and only if it is whole and holds to the last byte (docs/adr/0010-journals-of-unknown-devices.md).
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Raw

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import DomainError, Forbidden, NotFound
from mostrador.people import recovered
from mostrador.people.models import Device
from mostrador.people.recovered import Lost
from mostrador.sync import contract, gate, saved, verify
from mostrador.sync.contract import JournalOpened, Push
from mostrador.sync.saved import Saved


class UnknownJournal(DomainError):
    """The file holds journals of devices that this database does not know; the owner has not said yet that they are theirs."""

    code = "unknown_journal"
    status = 409


class NotRecoverable(DomainError):
    """A journal of an unknown device cannot be taken in: data says why."""

    code = "not_recoverable"
    status = 422


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a journal: facts by state."""

    journal: uuid.UUID
    series: str
    states: dict[str, int]


def take_in(actor: Actor, data: bytes, *, is_ours: bool = False) -> list[Taken]:
    """Send every journal of a file through the door of tills; `is_ours`: the owner says so of those whose device is not known.

    Refuses whole, before anything is written: a file that was cut off, another business's, and an unknown device's that cannot be
    proved from its first fact on, or that the owner did not vouch for.
    """
    journals = list(saved.parse(data))
    devices = [_device(actor.organization_id, journal) for journal in journals]
    lost = {one.header.journal: _proved(one) for one, device in zip(journals, devices, strict=True) if device is None}
    recovered.require_stores(lost.values())
    if lost and not is_ours:
        facts = sum(journal.header.facts for journal in journals if journal.header.journal in lost)
        raise UnknownJournal(series=", ".join(one.series for one in lost.values()), facts=facts)
    if lost and not actor.may("owner"):
        raise Forbidden
    return [_take(device or recovered.recover(actor, lost[one.header.journal]), one) for one, device in zip(journals, devices, strict=True)]


def _device(organization_id: uuid.UUID, journal: Saved) -> Device | None:
    """The device of a journal; None for one that this database does not know, or knows from such a file alone."""
    header = journal.header
    if uuid.UUID(header.organization) != organization_id:
        raise NotFound
    device = Device.objects.select_related("till", "till__store").filter(id=uuid.UUID(header.journal)).first()
    if device is not None and device.public_key != header.public_key:
        raise NotFound(journal=header.journal)
    return None if device is None or recovered.is_recovered(device) else device


def _proved(journal: Saved) -> Lost:
    """What the first fact says of an unknown device, once everything to the last byte is proved by the key that it names."""
    header = journal.header
    if header.first != 1:
        raise NotRecoverable(recover="not_whole", first=header.first)
    findings = verify.verify_saved(journal).findings
    opening = _opening(journal.facts)
    if findings or opening is None:
        raise NotRecoverable(recover="damaged", seq=findings[0].seq if findings else 1)
    body, at = opening
    return Lost(
        uuid.UUID(header.journal), uuid.UUID(body.till), uuid.UUID(body.store), body.series, body.public_key, clock.from_ms(at)
    )  # fmt: skip


def _opening(facts: Sequence[bytes]) -> tuple[JournalOpened, int] | None:
    try:
        envelope = contract.envelope_decoder.decode(facts[0])
        body = contract.body_decoders["journal.opened", 1].decode(envelope.body)
    except (*contract.UNREADABLE, IndexError):
        return None
    assert isinstance(body, JournalOpened)
    return body, envelope.at


def _take(device: Device, journal: Saved) -> Taken:
    """One push for the whole file: only its last fact is signed, and that one vouches for all before it by their hashes."""
    push = Push(1, journal.header.journal, tuple(Raw(fact) for fact in journal.facts), journal.head, tuple(journal.annexes))
    answer = gate.receive(device, push)
    return Taken(device.id, device.series, dict(Counter(result.state for result in answer.answers)))
