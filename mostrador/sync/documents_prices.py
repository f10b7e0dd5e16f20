"""What tills hear of prices besides those that they charge, as types."""

from msgspec import Struct

from mostrador.sync.contract_types import NotNegative, Said, Uuid


class PriorPrice(Struct, frozen=True, array_like=True):
    """A product, and its lowest price for everybody before the reduction, ten-thousandths; null: nothing may be called "before"."""

    product: Uuid
    price: NotNegative | None


class ReductionSaid(Said, frozen=True):
    """A version of a promotion that lowers the price of one for everybody, and from when to when this holds. Of what `priors` leaves out, the usual price is the one before."""

    version: Uuid
    since: NotNegative
    until: NotNegative | None
    priors: tuple[PriorPrice, ...]


class ShelfSays(Struct, frozen=True, array_like=True):
    """A product whose shelf says another price than the till, ten-thousandths, until somebody sees to it."""

    product: Uuid
    price: NotNegative


class Prices(Said, frozen=True):
    """What a till must know to speak truly of prices. `days`: of how many days before a reduction the lowest price is meant. A promotion that is not named is not spoken of."""

    epoch: Uuid
    days: NotNegative
    reductions: tuple[ReductionSaid, ...]
    shelves: tuple[ShelfSays, ...]
