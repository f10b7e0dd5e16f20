"""What a till is told of products that are others: kits and combos."""

from mostrador.pricing.basket import Component
from mostrador.sync.contract_types import NotNegative, Said, Uuid


class Kit(Said, frozen=True):
    """A product that is others: what goes with one of it, thousandths."""

    id: Uuid
    components: tuple[Component, ...]


class ComboChoice(Said, frozen=True):
    """A product that may fill a slot, and what it adds to the price of the combo, ten-thousandths."""

    product_id: Uuid
    name: str
    extra: NotNegative


class ComboSlot(Said, frozen=True):
    """A place of a combo, and so much of one of its choices (thousandths); the first choice is the usual one."""

    name: str
    quantity: NotNegative
    choices: tuple[ComboChoice, ...]


class Combo(Said, frozen=True):
    """A product at one price, made of a choice for each slot."""

    id: Uuid
    slots: tuple[ComboSlot, ...]
