"""What a sale says of single-use coupons as types (docs/adr/0034)."""

from mostrador.sync.contract_types import Strict, Uuid


class SaleCoupon(Strict, frozen=True):
    """A code that lowered the sale, by its id, and the version of the promotion that did."""

    id: Uuid
    promotion: Uuid
