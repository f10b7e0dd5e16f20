"""Reading journals that a till saved to a file (contracts/README.md, "Saved journal"). sync.recovery takes them in, sync.verify proves them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Raw

from mostrador.kernel.errors import DomainError, Invalid
from mostrador.sync import contract
from mostrador.sync.contract import AnnexText, SignedHead
from mostrador.sync.contract_types import Instant, Uuid

FORMAT = "mostrador-journal-v1"
FILE_MAX = 64 * 1024 * 1024
# What is practised at a till bears this series, and no till is ever given it (till/src/data/practice.ts).
PRACTICE_SERIES = "PRACTICA"


class NotASavedJournal(DomainError):
    """The file is not a saved journal, or was cut off: data says the line."""

    code = "not_a_saved_journal"
    status = 422


class PractisedJournal(NotASavedJournal):
    """The file is of a till's practice: nothing of it happened."""

    code = "practised_journal"


class Header(msgspec.Struct, frozen=True):
    """The first line of a journal in the file."""

    format: str
    journal: Uuid
    organization: Uuid
    till: Uuid
    series: str
    public_key: str
    first: int = msgspec.field(name="from")
    to: int
    facts: int
    annexes: int
    saved_at: Instant


@dataclass(slots=True)
class Saved:
    """One journal of a file: its facts as bytes, its annexes, its signed head."""

    header: Header
    facts: list[bytes] = field(default_factory=list)
    annexes: list[AnnexText] = field(default_factory=list)
    head: SignedHead | None = None


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
        if header.series == PRACTICE_SERIES:
            raise PractisedJournal
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
