"""What a till is told of orders: the owner's terms, and what waits in its store."""

from typing import Any, Literal

from mostrador.sync.contract_orders import LineShare
from mostrador.sync.contract_types import Amount, Known, Millionths, NotNegative, Said, Uuid


class OrderTerms(Said, frozen=True):
    """What the owner says of a kind of order: days until it is due, the deposit to ask for and what is kept when it is cancelled (parts per million)."""

    days: NotNegative
    deposit_share: Millionths
    kept_share: Millionths


class ToldDue(Said, frozen=True):
    """By which day (ISO 8601) an order is due, and the promise's id."""

    promise: Uuid
    by: str


class ToldDeposit(Said, frozen=True):
    """A deposit of an order, and what of it goes to which line and tax, minor units."""

    id: Uuid
    amount: Amount
    shares: tuple[LineShare, ...]


class ToldLine(Said, frozen=True):
    """How much of a line was handed over, thousandths of the unit sold, and what it was charged at."""

    line: str
    quantity: Amount
    amount: Amount


class ToldHandover(Said, frozen=True):
    """A sale of an order, and what of its deposits paid for it; no lines: it handed over all of it."""

    sale: Uuid
    at: NotNegative
    deposit: Amount
    lines: tuple[ToldLine, ...]


class ToldBack(Said, frozen=True):
    """What a closing gave back of the deposits, or kept, by the closing's id."""

    id: Uuid
    amount: Amount


class ToldPrice(Said, frozen=True):
    """Another price was agreed: by which fact, and what it cost before."""

    id: Uuid
    was: Amount


class ToldOrder(Said, frozen=True):
    """An order as its store's tills need it. `basket` and `totals`: as they were recorded, or agreed anew; `at`: milliseconds; `lapsed`: the clock ended it, nobody else did."""

    id: Uuid
    kind: Literal["layaway", "special", "repair", "delivery", "quote"]
    number: str
    at: NotNegative
    buyer: Uuid | None
    basket: dict[str, Any]
    totals: dict[str, Any]
    due: ToldDue
    kept_share: Millionths
    details: str
    state: Literal["open", "ready", "sent", "delivered", "cancelled", "expired"]
    payments: tuple[ToldDeposit, ...]
    handovers: tuple[ToldHandover, ...]
    back: tuple[ToldBack, ...]
    repriced: ToldPrice | None
    lapsed: bool


class Orders(Said, frozen=True):
    """The orders of a store that wait or ended lately."""

    orders: tuple[ToldOrder, ...]
    known: Known
