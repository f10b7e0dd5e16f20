"""Where the facts of a batch come from, how far the journal has come, and what else is known about them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mostrador.counter.known import Known, raw_of
from mostrador.kernel import sql


class Raw(NamedTuple):
    """The ids of a journal as its engine stores them: made once, written in every row."""

    organization: Any
    id: Any
    store: Any
    till: Any


@dataclass(slots=True)
class Journal:
    """Where the facts of a batch come from, how far the journal has come, and what else is known about them."""

    organization: uuid.UUID
    id: uuid.UUID
    store: uuid.UUID
    till: uuid.UUID
    series: str
    public_key: str
    replaces: uuid.UUID | None
    zone: str
    day_start_minutes: int
    vendor: str
    received_ms: int
    last_number: int
    last_z: int
    perpetual: int
    known: Known
    raw: Callable[[str | None], Any] = field(init=False)
    own: Raw = field(init=False)

    def __post_init__(self) -> None:
        self.raw = raw_of(self.vendor)
        self.own = Raw(*(sql.raw_id(self.vendor, known) for known in (self.organization, self.id, self.store, self.till)))
