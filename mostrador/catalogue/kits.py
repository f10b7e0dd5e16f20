"""Kits: products that are a fixed list of others. A sold line keeps the list as it was, so that people may change it at any time."""

import uuid
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mostrador.catalogue.models import ComboChoice, ComboSlot, KitComponent
from mostrador.catalogue.queries import known, names
from mostrador.catalogue.services import get_product
from mostrador.kernel import trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import whole
from mostrador.pricing.basket import COMPONENTS_MAX

QUANTITY_MAX = 10**6
"""Thousandths of a component in one kit: a thousand pieces."""


class Component(NamedTuple):
    """What goes with one of a kit: a product, what it is called, and how much of it (thousandths)."""

    product_id: uuid.UUID
    name: str
    quantity: int


def components(kits: Iterable[uuid.UUID] | None) -> dict[uuid.UUID, list[Component]]:
    """Return what each of these kits is made of, in the owner's order; None: of all kits. Products that are no kit are left out."""
    rows = KitComponent.objects.order_by("kit_id", "position")
    if kits is not None:
        rows = rows.filter(kit_id__in=list(kits))
    listed = list(rows.values_list("kit_id", "product_id", "quantity"))
    called = names({product_id for _, product_id, _ in listed})
    found: dict[uuid.UUID, list[Component]] = {}
    for kit_id, product_id, quantity in listed:
        found.setdefault(kit_id, []).append(Component(product_id, called[product_id], quantity))
    return found


@whole
def set_components(actor: Actor, *, kit_id: uuid.UUID, parts: Sequence[tuple[uuid.UUID, int]]) -> None:
    """Make a product a kit of [(product, thousandths)], or with none an ordinary product again.

    Refuses kits and combos in it, a combo itself, and what is weighed: Invalid.
    """
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    check(kit_id, parts)
    before = list(KitComponent.objects.filter(kit_id=kit_id).order_by("position").values_list("product_id", "quantity"))
    if before == list(parts):
        return
    KitComponent.objects.filter(kit_id=kit_id).delete()
    KitComponent.objects.bulk_create(
        KitComponent(organization_id=actor.organization_id, kit_id=kit_id, product_id=product_id, quantity=quantity, position=position)
        for position, (product_id, quantity) in enumerate(parts, 1)
    )
    changes = {"components": ([f"{one} {quantity}" for one, quantity in before], [f"{one} {quantity}" for one, quantity in parts])}
    trail.record(actor, "product", kit_id, changes)
    touched(actor.organization_id, "kit", [kit_id])


def check(kit_id: uuid.UUID, parts: Sequence[tuple[uuid.UUID, int]]) -> None:
    """Refuse with Invalid what `set_components` would refuse. Writes nothing."""
    kit = get_product(kit_id)
    if parts and (kit.sold_by != "piece" or kit.trace):
        raise Invalid(components="weighed")
    ids = {product_id for product_id, _ in parts}
    if len(ids) != len(parts):
        raise Invalid(components="twice")
    if len(parts) > COMPONENTS_MAX:
        raise Invalid(components="too_many")
    if known(ids) != ids:
        raise Invalid(components="unknown")
    if any(not 1 <= quantity <= QUANTITY_MAX for _, quantity in parts):
        raise Invalid(components="out_of_range")
    has_others_in_it = (
        KitComponent.objects.filter(kit_id__in=ids).exists() or ComboSlot.objects.filter(combo_id__in=ids | {kit_id}).exists()
    )
    if kit_id in ids or (parts and (has_others_in_it or KitComponent.objects.filter(product_id=kit_id).exists())):
        raise Invalid(components="kit")


def goes_into(product_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the kits and combos that a product is part of."""
    kits = KitComponent.objects.filter(product_id=product_id).values_list("kit_id", flat=True)
    combos = ComboChoice.objects.filter(product_id=product_id).values_list("combo_id", flat=True)
    return sorted({*kits, *combos})
