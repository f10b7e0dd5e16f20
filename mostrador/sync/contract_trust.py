"""What a visit brings besides a sale, as types. The intake journals these facts and asks nothing more of them; the worker applies them (docs/adr/0036)."""

import datetime as dt
from typing import Literal

from mostrador.sync.contract_types import Amount, Code, Counted, Date, Positive, Strict, Uuid


class NeedStated(Strict, frozen=True):
    """need.stated.v1: what somebody came for. `max_spend`: minor units; `text`: the annex with their own words; `late`: written down afterwards."""

    shift: Uuid
    chip: Uuid
    origin: Literal["buyer_said", "seller_inferred"]
    max_spend: Positive | None = None
    needed_by: Date | None = None
    text: Uuid | None = None
    late: bool | None = None

    def __post_init__(self) -> None:
        if self.needed_by is not None:
            dt.date.fromisoformat(self.needed_by)


class RecordUndone(Strict, frozen=True):
    """record.undone.v1: a record (the id of its fact) was taken back at once; it counts nowhere."""

    record: Uuid


class PromiseMade(Strict, frozen=True):
    """promise.made.v1: by the end of the store's day `due`. `product`: what it is about; `text`: the annex in the shop's own words; `clock_offset_ms`: as last known."""

    promise: Uuid
    shift: Uuid
    chip: Uuid
    due: Date
    clock_offset_ms: Amount | None = None
    product: Uuid | None = None
    text: Uuid | None = None
    late: bool | None = None

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.due)


class PromiseKept(Strict, frozen=True):
    """promise.kept.v1"""

    promise: Uuid
    shift: Uuid
    evidence: Literal["done", "told", "handed_over"]
    clock_offset_ms: Amount | None = None


class PromiseRenegotiated(Strict, frozen=True):
    """promise.renegotiated.v1: another day was agreed with the buyer. `revision`: how many times one had been, as far as the till knew."""

    promise: Uuid
    shift: Uuid
    due: Date
    revision: Counted
    told: Literal["present", "phone", "message"]
    clock_offset_ms: Amount | None = None

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.due)


class PromiseReleased(Strict, frozen=True):
    """promise.released.v1: the buyer does not want it any more."""

    promise: Uuid
    shift: Uuid
    revision: Counted
    clock_offset_ms: Amount | None = None


class PromiseVoided(Strict, frozen=True):
    """promise.voided.v1: it was a mistake; it counts within a quarter of an hour."""

    promise: Uuid
    shift: Uuid
    reason: Code
    clock_offset_ms: Amount | None = None


TrustBody = NeedStated | RecordUndone | PromiseMade | PromiseKept | PromiseRenegotiated | PromiseReleased | PromiseVoided
TRUST_BODIES: dict[tuple[str, int], type[TrustBody]] = {
    ("need.stated", 1): NeedStated,
    ("record.undone", 1): RecordUndone,
    ("promise.made", 1): PromiseMade,
    ("promise.kept", 1): PromiseKept,
    ("promise.renegotiated", 1): PromiseRenegotiated,
    ("promise.released", 1): PromiseReleased,
    ("promise.voided", 1): PromiseVoided,
}
TRUST_WITH_VISIT = frozenset({"need.stated", "promise.made"})
