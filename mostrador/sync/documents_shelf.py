"""What a till is told of the goods on the shelf: how much there is, here and elsewhere."""

from mostrador.sync.contract_types import Amount, Known, NotNegative, Said, Uuid


class HeldElsewhere(Said, frozen=True):
    """Another store that holds some of a product, thousandths."""

    store: Uuid
    name: str
    quantity: Amount


class OnHand(Said, frozen=True):
    """How much of a product there is. `here`: thousandths, null where nobody counts it; `others`: those with most first, `more`: how many others there are.

    `known` says how far the asking till's journal had come in then; null when not all of it is counted yet.
    """

    at: NotNegative
    here: Amount | None
    others: tuple[HeldElsewhere, ...]
    more: NotNegative
    known: Known | None
