"""What tills and server say to each other of tickets that wait in a store."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from mostrador.sync.contract_types import Amount, Instant, NotNegative, Said, Uuid

CONTENT_MAX = 256 * 1024


class ParkedNow(Struct, forbid_unknown_fields=True, frozen=True):
    """A ticket that waits at the till that speaks."""

    id: Uuid
    staff: Uuid | None
    letter: Annotated[str, Meta(min_length=1, max_length=8)]
    lines: Annotated[int, Meta(ge=1, le=1000)]
    total: Amount
    at: Instant


class GivenAway(Struct, forbid_unknown_fields=True, frozen=True):
    """A ticket that the till has let go of, because `want` asked for it; `content` is the till's own text."""

    id: Uuid
    want: Uuid
    content: Annotated[str, Meta(min_length=1, max_length=CONTENT_MAX)]


class HasCome(Struct, forbid_unknown_fields=True, frozen=True):
    """A gift that is on the till's disk."""

    id: Uuid
    want: Uuid


class ParkedRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A till's round: all that it parked, all that it gives, which gifts have come."""

    parked: Annotated[tuple[ParkedNow, ...], Meta(max_length=100)]
    gives: Annotated[tuple[GivenAway, ...], Meta(max_length=20)]
    has: Annotated[tuple[HasCome, ...], Meta(max_length=200)]


class WaitingTicket(Said, frozen=True):
    """A ticket that waits at another till of the store. `free`: that till was heard lately, so it can be asked for."""

    id: Uuid
    till: str
    free: bool
    staff: Uuid | None
    letter: str
    lines: NotNegative
    total: Amount
    at: NotNegative


class AskedFor(Said, frozen=True):
    """A ticket of this till that another wants; `till`: its name."""

    id: Uuid
    want: Uuid
    till: str


class ParkedAnswer(Said, frozen=True):
    """What waits elsewhere, what is wanted of this till's, what was given to it, and which of its gifts are its own again."""

    others: NotNegative
    waiting: tuple[WaitingTicket, ...]
    asked: tuple[AskedFor, ...]
    given: tuple[Uuid, ...]
    kept: tuple[Uuid, ...]


class ClaimRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A till wants to go on with a ticket."""

    ticket: Uuid


class ClaimAnswer(Said, frozen=True):
    """What came of it. `till`: who has it; `want` and `content`: the ticket, when it is this till's."""

    state: Literal["yours", "asked", "silent", "taken", "gone"]
    till: str | None
    want: Uuid | None
    content: str | None
