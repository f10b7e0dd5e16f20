"""What tills hear of vouchers, as types."""

from typing import Annotated, Literal

from msgspec import Meta

from mostrador.sync.contract_types import Positive, Said, Uuid


class VoucherKind(Said, frozen=True):
    """A kind of voucher that the shop takes. `change`: what happens to what a slip is worth beyond the ticket; in cash at most `change_max`.

    `limit`: of one ticket, in face value; `without`: categories that it does not pay; `back`: how what it paid goes back when goods do.
    """

    id: Uuid
    name: str
    values: tuple[Positive, ...]
    change: Literal["none", "cash", "credit"]
    change_max: Positive | None
    number: Literal["no", "may", "must"]
    limit: Positive | None
    without: tuple[Uuid, ...]
    back: Literal["credit", "cash"]


class VoucherSeen(Said, frozen=True):
    """A voucher of that number paid before: on which ticket, and when, milliseconds."""

    number: Annotated[str, Meta(max_length=40)]
    ticket: str
    at: int


class VouchersSeen(Said, frozen=True):
    """Where a voucher of that number was taken before; nothing where it was not."""

    seen: tuple[VoucherSeen, ...]
