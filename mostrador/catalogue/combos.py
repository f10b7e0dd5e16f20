"""Combos: a product at one price, made of a choice for each slot. A sale keeps what was chosen and paid, so that people may change it at any time."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mostrador.catalogue.models import ComboChoice, ComboSlot, KitComponent, Product
from mostrador.catalogue.queries import names
from mostrador.catalogue.services import PRICE_MAX, get_product
from mostrador.kernel import trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import whole
from mostrador.pricing.basket import COMBO_PARTS_MAX

SLOTS_MAX = COMBO_PARTS_MAX
CHOICES_MAX = 30
NAME_MAX = 40
QUANTITY_MAX = 10**6


@dataclass(frozen=True, slots=True)
class Choice:
    """What may fill a slot, and what it adds to the combo's price (ten-thousandths). `name`: what it is called; asked for, never written."""

    product_id: uuid.UUID
    extra: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a combo: what people call it, how much of the choice it takes (thousandths), and its choices, the usual one first."""

    name: str
    choices: tuple[Choice, ...]
    quantity: int = 1000


def slots(combos: Iterable[uuid.UUID] | None) -> dict[uuid.UUID, list[Slot]]:
    """Return the slots of these combos, in the owner's order; None: of all combos. Products that are no combo are left out."""
    places, choices = ComboSlot.objects.order_by("combo_id", "place"), ComboChoice.objects.order_by("combo_id", "slot", "position")
    if combos is not None:
        wanted = list(combos)
        places, choices = places.filter(combo_id__in=wanted), choices.filter(combo_id__in=wanted)
    rows = list(choices.values_list("combo_id", "slot", "product_id", "extra"))
    called = names({product_id for _, _, product_id, _ in rows})
    filled: dict[tuple[uuid.UUID, int], list[Choice]] = {}
    for combo_id, place, product_id, extra in rows:
        filled.setdefault((combo_id, place), []).append(Choice(product_id, extra, called[product_id]))
    found: dict[uuid.UUID, list[Slot]] = {}
    for combo_id, place, name, quantity in places.values_list("combo_id", "place", "name", "quantity"):
        found.setdefault(combo_id, []).append(Slot(name, tuple(filled.get((combo_id, place), ())), quantity))
    return found


@whole
def set_slots(actor: Actor, *, combo_id: uuid.UUID, says: Sequence[Slot]) -> None:
    """Make a product a combo of these slots, or with none an ordinary product again.

    Refuses combos in it, a kit itself, a product without a price or by weight, and what is asked for a serial number or a lot: Invalid.
    """
    if not actor.may("owner", "manager"):
        raise Forbidden
    check(combo_id, says)
    before = slots([combo_id]).get(combo_id, [])
    if _plain(before) == _plain(says):
        return
    ComboChoice.objects.filter(combo_id=combo_id).delete()
    ComboSlot.objects.filter(combo_id=combo_id).delete()
    _write(actor.organization_id, combo_id, says)
    trail.record(actor, "product", combo_id, {"slots": (_plain(before), _plain(says))})
    touched(actor.organization_id, "combo", [combo_id])


def check(combo_id: uuid.UUID, says: Sequence[Slot]) -> None:
    """Refuse with Invalid what `set_slots` would refuse. Writes nothing."""
    combo = get_product(combo_id)
    if says and (combo.sold_by != "piece" or combo.trace):
        raise Invalid(slots="weighed")
    if says and combo.price is None:
        raise Invalid(slots="no_price")
    _check(combo_id, says)


def _write(organization_id: uuid.UUID, combo_id: uuid.UUID, says: Sequence[Slot]) -> None:
    ComboSlot.objects.bulk_create(
        ComboSlot(organization_id=organization_id, combo_id=combo_id, place=place, name=slot.name.strip(), quantity=slot.quantity)
        for place, slot in enumerate(says, 1)
    )
    ComboChoice.objects.bulk_create(
        ComboChoice(
            organization_id=organization_id, combo_id=combo_id, slot=place, product_id=choice.product_id, extra=choice.extra, position=position
        )
        for place, slot in enumerate(says, 1)
        for position, choice in enumerate(slot.choices, 1)
    )  # fmt: skip


def _plain(says: Sequence[Slot]) -> list[object]:
    return [[slot.name.strip(), slot.quantity, [[str(one.product_id), one.extra] for one in slot.choices]] for slot in says]


def _check(combo_id: uuid.UUID, says: Sequence[Slot]) -> None:
    if len(says) > SLOTS_MAX:
        raise Invalid(slots="too_many")
    for slot in says:
        _check_slot(slot)
    if len({slot.name.strip().casefold() for slot in says}) != len(says):
        raise Invalid(slots="twice")
    ids = {choice.product_id for slot in says for choice in slot.choices}
    found = {row.id: row for row in Product.objects.filter(id__in=ids)}
    if found.keys() != ids:
        raise Invalid(choices="unknown")
    is_within = combo_id in ids or ComboSlot.objects.filter(combo_id__in=ids).exists()
    is_part = ComboChoice.objects.filter(product_id=combo_id).exists() or KitComponent.objects.filter(product_id=combo_id).exists()
    if is_within or (says and is_part) or (says and KitComponent.objects.filter(kit_id=combo_id).exists()):
        raise Invalid(choices="combo")
    if any(row.trace for row in found.values()):
        raise Invalid(choices="trace")


def _check_slot(slot: Slot) -> None:
    if not slot.name.strip():
        raise Invalid(slots="empty")
    if len(slot.name.strip()) > NAME_MAX:
        raise Invalid(slots="too_long")
    if not slot.choices:
        raise Invalid(choices="empty")
    if len(slot.choices) > CHOICES_MAX:
        raise Invalid(choices="too_many")
    if len({choice.product_id for choice in slot.choices}) != len(slot.choices):
        raise Invalid(choices="twice")
    if not 1 <= slot.quantity <= QUANTITY_MAX or any(not 0 <= choice.extra <= PRICE_MAX for choice in slot.choices):
        raise Invalid(choices="out_of_range")
