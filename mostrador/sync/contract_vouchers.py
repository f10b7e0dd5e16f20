"""What a Z says of vouchers, as types (docs/adr/0029)."""

from typing import Annotated

from msgspec import Meta

from mostrador.sync.contract_types import Amount, NotNegative, Strict, Uuid


class VoucherFigure(Strict, frozen=True):
    """How many vouchers of a kind, and what they are worth."""

    kind: Uuid
    name: Annotated[str, Meta(max_length=60)]
    slips: NotNegative
    amount: Amount


type VoucherRows = Annotated[tuple[VoucherFigure, ...], Meta(min_length=1, max_length=100)]


class VoucherFigures(Strict, frozen=True):
    """Vouchers of a shift, and what of them went beyond the tickets: kept by the shop, given back as cash, owed to buyers."""

    kinds: VoucherRows
    surplus: NotNegative
    change: NotNegative
    credit: NotNegative
