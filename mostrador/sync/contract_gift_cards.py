"""Facts of gift cards as types (docs/adr/0026)."""

from typing import Literal

from mostrador.sync.contract_types import Approvals, Counter, Currency, Positive, Series, Strict, Uuid


class GiftCardRefunded(Strict, frozen=True):
    """gift_card.refunded.v1: a card was taken back, and what stood on it given out."""

    refund: Uuid
    gift_card: Uuid
    shift: Uuid
    series: Series
    number: Counter
    currency: Currency
    amount: Positive
    method: Literal["cash", "card", "transfer"]
    approvals: Approvals
