"""The Z of a shift as types: what a till computed of it, what was counted, and the difference."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from mostrador.sync.contract_types import Amount, Code, Counter, Currency, Date, Method, NotNegative, Positive, Strict, TaxFigure, Uuid
from mostrador.sync.contract_vouchers import VoucherFigures, VoucherRows


class MethodAmount(Strict, frozen=True):
    """An amount by method of payment."""

    method: Method
    amount: Amount


class Denomination(Strict, frozen=True):
    """How many coins or notes of a value were counted."""

    value: Positive
    count: Positive


class ReturnFigures(Strict, frozen=True):
    """What a shift gave back, amounts above zero; `refunds` by method are taken off already in the figures' `payments`."""

    returns: Positive
    gross: Amount
    net: Amount
    tax: Amount
    rounding: Amount
    taxes: tuple[TaxFigure, ...]
    refunds: tuple[MethodAmount, ...]


class AccountFigures(Strict, frozen=True):
    """What buyers paid on their accounts in a shift; it stands in the figures' `payments` too."""

    payments: Positive
    amount: Amount


class Drops(Strict, frozen=True):
    """Cash taken to the safe, how often and how much; it stands in `cash_out` too."""

    times: Positive
    amount: Positive


class OrderFigures(Strict, frozen=True):
    """What a shift did with orders: how many began, deposits taken (in the figures' `payments` too), given back (taken off there), and kept."""

    opened: NotNegative
    payments: NotNegative
    paid: Amount
    back: Amount
    kept: Amount


class GiftCardFigures(Strict, frozen=True):
    """Money put on gift cards in a shift, how often and how much, and given out for cards that were taken back; both stand in `payments` too."""

    sold: NotNegative
    amount: Amount
    back: Amount


class Figures(Strict, frozen=True):
    """The figures of a Z, as the till computed them. `payments`: what came in less what was given back.

    `returned`, `accounts`, `drops`, `orders`, `gift_cards` and `vouchers` are left out when there was nothing of it.
    """

    sales: NotNegative
    visits_without_sale: NotNegative
    first_number: Positive | None
    last_number: Positive | None
    gross: Amount
    net: Amount
    tax: Amount
    discount: Amount
    rounding: Amount
    tips: Amount
    taxes: tuple[TaxFigure, ...]
    payments: tuple[MethodAmount, ...]
    float: NotNegative
    cash_in: NotNegative
    cash_out: NotNegative
    drawer_openings: NotNegative
    reprints: NotNegative
    returned: ReturnFigures | None = None
    accounts: AccountFigures | None = None
    drops: Drops | None = None
    orders: OrderFigures | None = None
    gift_cards: GiftCardFigures | None = None
    vouchers: VoucherFigures | None = None


class ShiftClosed(Strict, frozen=True):
    """shift.closed.v1"""

    shift: Uuid
    z: Counter
    business_date: Date
    currency: Currency
    expected: tuple[MethodAmount, ...]
    counted: tuple[MethodAmount, ...]
    difference: tuple[MethodAmount, ...]
    denominations: Annotated[tuple[Denomination, ...], Meta(max_length=40)]
    figures: Figures
    perpetual: Amount
    reason: Code | None = None
    recounts: Positive | None = None
    vouchers: VoucherRows | None = None

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.business_date)
