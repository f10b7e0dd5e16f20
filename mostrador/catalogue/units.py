"""The units that a product is sold in besides its own: a box of twelve, a sack of 25 kg, each with its price (docs/adr/0021).

A barcode that sells as much as one of them sells that unit: `catalogue.models.Barcode.quantity` is its factor.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mostrador.catalogue.models import SellingUnit
from mostrador.catalogue.services import PRICE_MAX, get_product
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import building_block, use_case

UNITS = ("pieza", "par", "paquete", "caja", "kg", "g", "L", "ml", "m", "bulto", "docena")
FACTOR_MAX = 10**8
UNITS_MAX = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit besides the product's own: `factor` thousandths of that one cost `price`, ten-thousandths of the major unit."""

    unit: str
    factor: int
    price: int


@dataclass(frozen=True, slots=True)
class Said:
    """A unit, and the row that says so, which sales name."""

    id: uuid.UUID
    product_id: uuid.UUID
    unit: str
    factor: int
    price: int


def of_products(ids: Iterable[uuid.UUID] | None) -> list[Said]:
    """Return the units of these products, by product and size; None: of all products."""
    rows = SellingUnit.objects.all() if ids is None else SellingUnit.objects.filter(product_id__in=list(ids))
    last = {
        (product_id, factor): (row_id, unit, price)
        for row_id, product_id, factor, unit, price in rows.order_by("id").values_list("id", "product_id", "factor", "unit", "price")
    }
    return [
        Said(row_id, product_id, unit, factor, price)
        for (product_id, factor), (row_id, unit, price) in sorted(last.items())
        if price is not None
    ]


def of_product(product_id: uuid.UUID) -> tuple[Unit, ...]:
    """Return the units of one product, smallest first."""
    return tuple(Unit(said.unit, said.factor, said.price) for said in of_products([product_id]))


def set_units(actor: Actor, *, product_id: uuid.UUID, units: Sequence[Unit]) -> None:
    """Make these the units of a product, besides its own. Refuses two of one size, its own size, and what is no price: Invalid."""
    _may_edit(actor)
    with use_case():
        replace_units(actor, product_id=product_id, units=units)


def replace_units(actor: Actor, *, product_id: uuid.UUID, units: Sequence[Unit]) -> None:
    """As `set_units`, inside the caller's transaction."""
    _may_edit(actor)
    get_product(product_id)
    _check(units)
    had, now = of_product(product_id), clock.now()
    if tuple(sorted(units, key=lambda unit: unit.factor)) == had:
        return
    before, after = {unit.factor: unit for unit in had}, {unit.factor: unit for unit in units}
    rows: list[tuple[str, int, int | None]] = [(unit.unit, unit.factor, unit.price) for unit in units if before.get(unit.factor) != unit]
    rows += [(unit.unit, unit.factor, None) for unit in had if unit.factor not in after]
    with building_block():
        SellingUnit.objects.bulk_create([_row(actor, product_id, row, now) for row in rows])
        trail.record(actor, "product", product_id, {"units": (_plain(had), _plain(units))})
        touched(actor.organization_id, "product", [product_id])


def add_units(actor: Actor, wanted: Mapping[uuid.UUID, Sequence[Unit]]) -> set[uuid.UUID]:
    """Add units to many products, or give them another price, inside the caller's transaction (the importer's way); others stay. Return whose
    units that changed.
    """
    if not wanted:
        return set()
    now = clock.now()
    had = {(said.product_id, said.factor): Unit(said.unit, said.factor, said.price) for said in of_products(wanted)}
    rows = [(product_id, unit) for product_id, units in wanted.items() for unit in units if had.get((product_id, unit.factor)) != unit]
    SellingUnit.objects.bulk_create(
        [_row(actor, product_id, (unit.unit, unit.factor, unit.price), now) for product_id, unit in rows], batch_size=1000
    )
    return {product_id for product_id, _ in rows}


def _row(actor: Actor, product_id: uuid.UUID, said: tuple[str, int, int | None], now: dt.datetime) -> SellingUnit:
    unit, factor, price = said
    return SellingUnit(
        organization_id=actor.organization_id, id=new_id(), product_id=product_id, unit=unit, factor=factor, price=price, recorded_at=now,
        actor_id=actor.id,
    )  # fmt: skip


def _plain(units: Iterable[Unit]) -> list[Any]:
    return [[unit.unit, unit.factor, unit.price] for unit in sorted(units, key=lambda unit: unit.factor)]


def _check(units: Sequence[Unit]) -> None:
    if len(units) > UNITS_MAX:
        raise Invalid(units="too_many")
    if len({unit.factor for unit in units}) != len(units) or any(unit.factor == 1000 for unit in units):
        raise Invalid(units="twice")
    for unit in units:
        if unit.unit not in UNITS or not 0 < unit.factor <= FACTOR_MAX or not 0 <= unit.price <= PRICE_MAX:
            raise Invalid(units="unit")


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
