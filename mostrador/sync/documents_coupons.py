"""What tills hear of single-use coupons (contracts/README.md)."""

from typing import Literal

from msgspec import Struct

from mostrador.sync.contract_types import Hash, Known, NotNegative, Said, Uuid


class CouponCode(Said, frozen=True):
    """A code that may be used: `code` is its hash, `coupon` what stands in the terms of its promotion, `until` when it ends (ms)."""

    id: Uuid
    code: Hash
    coupon: Hash
    until: NotNegative | None


class CouponCodes(Said, frozen=True):
    """The codes that a till may take without asking, in the order of their ids, and whether there are more."""

    coupons: tuple[CouponCode, ...]
    more: bool
    known: Known


class CouponRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A ticket wants a code kept for it, or let go of: by the hash of the code, or by the id that it was answered with."""

    sale: Uuid
    keep: bool
    code: Hash | None = None
    coupon: Uuid | None = None

    def __post_init__(self) -> None:
        if (self.code is None) == (self.coupon is None):
            raise ValueError("a code, or its id")


class CouponUsed(Said, frozen=True):
    """The ticket that used a code, and when (ms)."""

    ticket: str
    at: NotNegative


class CouponFound(Said, frozen=True):
    """A code as of now. `over`: its time or its promotion has ended; `used`: by which ticket, where it was."""

    id: Uuid
    coupon: Hash
    state: Literal["free", "used", "void", "over"]
    until: NotNegative | None
    used: CouponUsed | None


class CouponAnswer(Said, frozen=True):
    """The code, and whether it is kept for this ticket now; one that is free and not kept is kept for another."""

    coupon: CouponFound
    kept: bool
