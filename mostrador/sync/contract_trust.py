"""What a visit brings besides a sale, as types. The intake journals these facts and asks nothing more of them; the worker applies them (docs/adr/0036)."""

import datetime as dt
from typing import Literal

from mostrador.sync.contract_types import Date, Positive, Strict, Uuid


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


TrustBody = NeedStated | RecordUndone
TRUST_BODIES: dict[tuple[str, int], type[TrustBody]] = {
    ("need.stated", 1): NeedStated,
    ("record.undone", 1): RecordUndone,
}
TRUST_WITH_VISIT = frozenset({"need.stated"})
