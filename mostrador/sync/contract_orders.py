"""Facts of orders as types: what is settled later (docs/algorithms/orders.md)."""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from mostrador.pricing.basket import Basket
from mostrador.pricing.totals import Totals
from mostrador.sync.contract_types import (
    LINES_MAX,
    Approvals,
    CatalogueVersion,
    Counter,
    Currency,
    Date,
    NotNegative,
    Positive,
    Reference,
    Series,
    Strict,
    TaxFigure,
    Tendered,
    Token,
    Uuid,
)


class Due(Strict, frozen=True):
    """What an order promises: the promise's id, and the day at whose end in the store it is due (ruling 30)."""

    promise: Uuid
    by: Date

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.by)


Share = Annotated[int, Meta(ge=0, le=1_000_000)]


class OrderOpened(Strict, frozen=True):
    """order.opened.v1: what is to be done or where it goes stands in the annex `details`."""

    order: Uuid
    kind: Literal["layaway", "special", "repair", "delivery", "quote"]
    shift: Uuid
    series: Series
    number: Counter
    basket: Basket
    totals: Totals
    due: Due
    kept_share: Share
    details: Uuid | None
    tokens: Annotated[tuple[Token, ...], Meta(max_length=4)]
    approvals: Approvals
    catalogue: CatalogueVersion | None
    buyer: Uuid | None = None


class ShareTax(Strict, frozen=True):
    """What of a share is a tax."""

    code: Annotated[str, Meta(min_length=1, max_length=64)]
    amount: NotNegative


class LineShare(Strict, frozen=True):
    """What of a deposit goes to a line of the order."""

    line: Annotated[str, Meta(min_length=1, max_length=64)]
    net: NotNegative
    taxes: Annotated[tuple[ShareTax, ...], Meta(max_length=8)]


class OrderPaid(Strict, frozen=True):
    """order.paid.v1: a deposit or an instalment; its shares by line and tax sum to it."""

    payment: Uuid
    order: Uuid
    shift: Uuid
    series: Series
    number: Counter
    currency: Currency
    amount: Positive
    payments: Annotated[tuple[Tendered, ...], Meta(min_length=1, max_length=20)]
    change: NotNegative
    shares: Annotated[tuple[LineShare, ...], Meta(max_length=LINES_MAX)]
    references: Annotated[tuple[Reference, ...], Meta(max_length=20)]
    approvals: Approvals


class OrderChanged(Strict, frozen=True):
    """order.changed.v1: it moved on, or its date was agreed anew; `told`: the buyer knows."""

    order: Uuid
    shift: Uuid
    step: Literal["ready", "sent"] | None
    due: Due | None
    told: bool


class OrderRepriced(Strict, frozen=True):
    """order.repriced.v1: its price is known now, or another one was agreed; deposits stay."""

    order: Uuid
    shift: Uuid
    basket: Basket
    totals: Totals
    agreed: Literal["phone", "present"]
    approvals: Approvals
    catalogue: CatalogueVersion | None


class Refunded(Strict, frozen=True):
    """What of the deposits went back by one method."""

    method: Literal["cash", "card", "transfer", "credit"]
    amount: Positive


class KeptDeposit(Strict, frozen=True):
    """What the shop keeps of the deposits of an order that was cancelled, and what of it is tax."""

    amount: NotNegative
    taxes: Annotated[tuple[TaxFigure, ...], Meta(max_length=8)]


class OrderClosed(Strict, frozen=True):
    """order.closed.v1: it ended without a sale, or what was left of its deposits went back; what was paid and not used = what goes back + what is kept."""

    order: Uuid
    shift: Uuid
    series: Series
    number: Counter
    currency: Currency
    outcome: Literal["cancelled", "expired", "settled"]
    paid: NotNegative
    refunds: Annotated[tuple[Refunded, ...], Meta(max_length=20)]
    kept: KeptDeposit
    references: Annotated[tuple[Reference, ...], Meta(max_length=20)]
    approvals: Approvals
    buyer: Uuid | None = None
