"""What suppliers give for selling a product, as the owner says it. Declared, the buyer reads it beside the product; undeclared, nobody suggests the product."""

import uuid
from dataclasses import dataclass

from mostrador.catalogue import queries
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust.advice_models import Incentive

SAYS_MAX = 80
INCENTIVES_MAX = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """An incentive in force: of which product, and the words for the buyer; empty: undeclared."""

    id: uuid.UUID
    product_id: uuid.UUID
    name: str
    says: str


def standing() -> list[Standing]:
    """Return the incentives in force, by the name of the product."""
    rows = list(Incentive.objects.filter(ended_at=None))
    names = queries.names(row.product_id for row in rows)
    found = [Standing(row.id, row.product_id, names.get(row.product_id, ""), row.says) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def get(incentive_id: uuid.UUID) -> Standing:
    """Return one incentive in force; NotFound for any other."""
    found = next((one for one in standing() if one.id == incentive_id), None)
    if found is None:
        raise NotFound
    return found


@whole
def add(actor: Actor, *, product_id: uuid.UUID, says: str) -> uuid.UUID:
    """Say that a supplier gives something for a product; said again, the new words stand in place of the old."""
    _may(actor)
    text = says.strip()
    if len(text) > SAYS_MAX:
        raise Invalid(says="too_long")
    if not queries.known([product_id]):
        raise Invalid(product="unknown_code")
    before = Incentive.objects.filter(product_id=product_id, ended_at=None).first()
    if before is None and Incentive.objects.filter(ended_at=None).count() >= INCENTIVES_MAX:
        raise Invalid(product="too_many")
    if before is not None:
        Incentive.objects.filter(id=before.id).update(ended_at=clock.now())
    row = Incentive(organization_id=actor.organization_id, id=new_id(), product_id=product_id, says=text)
    row.save(force_insert=True)
    _changed(actor, row.id, {"says": (before.says if before else None, text)})
    return row.id


@whole
def end(actor: Actor, *, incentive_id: uuid.UUID) -> None:
    """Say that it is given no more; the row stays."""
    _may(actor)
    row = Incentive.objects.filter(id=incentive_id, ended_at=None).first()
    if row is None:
        raise NotFound
    Incentive.objects.filter(id=incentive_id).update(ended_at=clock.now())
    _changed(actor, incentive_id, {"ended": (False, True)})


def _may(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden


def _changed(actor: Actor, incentive_id: uuid.UUID, changes: dict[str, tuple[object, object]]) -> None:
    trail.record(actor, "incentive", incentive_id, changes)
    touched(actor.organization_id, "till", [actor.organization_id])
