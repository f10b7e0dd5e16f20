"""What a till is told of buyers: who they are, what their accounts hold, what may be spent of them, and what they bought lately."""

from typing import Literal

from mostrador.sync.contract_types import Amount, Known, NotNegative, Said, Uuid


class OnAccount(Said, frozen=True):
    """How much a buyer may owe, and owes, minor units."""

    limit: NotNegative
    balance: Amount


class BuyerGroup(Said, frozen=True):
    """The group that a buyer belongs to: price lists and promotions may be for it alone."""

    id: Uuid
    name: str


class Authorised(Said, frozen=True):
    """Somebody who may take goods on a buyer's account."""

    id: Uuid
    name: str


class PointsLot(Said, frozen=True):
    """So many points are good until then, milliseconds."""

    until: NotNegative
    points: NotNegative


class Lapses(Said, frozen=True):
    """How a buyer's points run out: so many months after the last movement, or after each was earned; and the next that do, the soonest first."""

    by: Literal["moved", "earned"]
    months: NotNegative
    next: tuple[PointsLot, ...]


class Other(Said, frozen=True):
    """Somebody who turned out to be the same person as another: what of theirs still finds that person."""

    id: Uuid
    name: str
    phone: str
    tax_id: str


class Buyer(Said, frozen=True):
    """A buyer as a till needs them. `credit`: what the shop owes, minor units; `points`: whole points; `others`: who is the same person."""

    id: Uuid
    name: str
    phone: str
    tax_id: str
    fiado: OnAccount
    credit: Amount
    points: Amount
    lapses: Lapses | None = None
    group: BuyerGroup | None = None
    authorised: tuple[Authorised, ...] = ()
    others: tuple[Other, ...] = ()


class Buyers(Said, frozen=True):
    """Buyers in the order of their ids, and whether there are more."""

    buyers: tuple[Buyer, ...]
    more: bool
    known: Known


class Bought(Said, frozen=True):
    """A line of a purchase: thousandths of its unit, minor units with tax."""

    name: str
    unit: str
    quantity: Amount
    gross: Amount


class Purchase(Said, frozen=True):
    """A sale to a buyer in any store of the business. `number`: as its paper bears it; `lines`: the first of them, `more`: how many are not here."""

    sale: Uuid
    number: str
    at: NotNegative
    store: str
    gross: Amount
    lines: tuple[Bought, ...]
    more: NotNegative


class Purchases(Said, frozen=True):
    """What a buyer bought lately, the latest first."""

    purchases: tuple[Purchase, ...]
