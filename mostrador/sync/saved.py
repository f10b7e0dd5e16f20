"""Journals saved to a file by a till, taken in by the office (contracts/README.md, "Saved journal").

The file proves itself: chain and signature. It goes through the same door as a push, so a fact that the server has is `known`, one
that came broken is evidence, and sending the same file again changes nothing.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Raw

from mostrador.kernel.errors import DomainError, Invalid, NotFound
from mostrador.people.models import Device
from mostrador.sync import contract, gate
from mostrador.sync.contract import AnnexText, Push, SignedHead

FORMAT = "mostrador-journal-v1"
FILE_MAX = 64 * 1024 * 1024


class NotASavedJournal(DomainError):
    """The file is not a saved journal, or was cut off: data says the line."""

    code = "not_a_saved_journal"
    status = 422


class Header(msgspec.Struct, frozen=True):
    """The first line of a journal in the file."""

    format: str
    journal: contract.Uuid
    organization: contract.Uuid
    till: contract.Uuid
    series: str
    public_key: str
    first: int = msgspec.field(name="from")
    to: int
    facts: int
    annexes: int
    saved_at: contract.Instant


@dataclass(slots=True)
class Saved:
    """One journal of a file: its facts as bytes, its annexes, its signed head."""

    header: Header
    facts: list[bytes] = field(default_factory=list)
    annexes: list[AnnexText] = field(default_factory=list)
    head: SignedHead | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a journal: facts by state."""

    journal: uuid.UUID
    series: str
    states: dict[str, int]


def take_in(organization_id: uuid.UUID, data: bytes) -> list[Taken]:
    """Send every journal of a file through the door of tills. Refuses another business's and a file that was cut off, whole."""
    journals = list(parse(data))
    devices = {saved.header.journal: _device(organization_id, saved.header) for saved in journals}
    return [_take(devices[saved.header.journal], saved) for saved in journals]


def _device(organization_id: uuid.UUID, header: Header) -> Device:
    if uuid.UUID(header.organization) != organization_id:
        raise NotFound
    device = Device.objects.select_related("till", "till__store").filter(id=uuid.UUID(header.journal)).first()
    if device is None or device.public_key != header.public_key:
        raise NotFound(journal=header.journal)
    return device


def _take(device: Device, saved: Saved) -> Taken:
    """One push for the whole file: only its last fact is signed, and that one vouches for all before it by their hashes."""
    push = Push(1, saved.header.journal, tuple(Raw(fact) for fact in saved.facts), saved.head, tuple(saved.annexes))
    answer = gate.receive(device, push)
    return Taken(device.id, device.series, dict(Counter(result.state for result in answer.answers)))


def parse(data: bytes) -> Iterator[Saved]:
    """Yield the journals of a file, each complete; raise NotASavedJournal otherwise."""
    if len(data) > FILE_MAX:
        raise Invalid(file="too_large")
    lines = data.split(b"\n")
    if lines and lines[-1] == b"":
        lines.pop()
    current: Saved | None = None
    for number, line in enumerate(lines, 1):
        try:
            current = _line(current, line)
        except contract.UNREADABLE as error:
            raise NotASavedJournal(line=number) from error
        if current.head is not None:
            _check(current, number)
            yield current
            current = None
    if current is not None or not lines:
        raise NotASavedJournal(line=len(lines))


def _line(current: Saved | None, line: bytes) -> Saved:
    if current is None:
        header = msgspec.json.decode(line, type=Header)
        if header.format != FORMAT:
            raise msgspec.DecodeError("format")
        return Saved(header)
    kind: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Raw])
    if "head" in kind:
        current.head = msgspec.json.decode(kind["head"], type=SignedHead)
    elif "annex" in kind:
        current.annexes.append(msgspec.json.decode(kind["annex"], type=AnnexText))
    else:
        current.facts.append(line)
    return current


def _check(saved: Saved, number: int) -> None:
    header, head = saved.header, saved.head
    if head is None or (len(saved.facts), len(saved.annexes), head.seq) != (header.facts, header.annexes, header.to):
        raise NotASavedJournal(line=number)
