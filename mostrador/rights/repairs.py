"""What was sold and is away to be repaired: taken in, and given back. Its guarantee stands still meanwhile, as far as the rules of the country say so."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from mostrador.counter.models import Sale, SaleLine
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.rights.compute import Stay
from mostrador.rights.models import RepairEnd, RepairStay


@dataclass(frozen=True, slots=True)
class Known:
    """A stay of a line, by its id."""

    id: uuid.UUID
    n: int
    stay: Stay


def of_sale(sale_id: uuid.UUID) -> list[Known]:
    """Return the stays of a sale's lines, the first taken in first."""
    rows = list(RepairStay.objects.filter(sale_id=sale_id).order_by("began_on", "id"))
    ends = dict(RepairEnd.objects.filter(stay_id__in=[row.id for row in rows]).values_list("stay_id", "ended_on"))
    return [Known(row.id, row.n, Stay(row.began_on, ends.get(row.id))) for row in rows]


def by_line(sale_id: uuid.UUID) -> dict[int, tuple[Stay, ...]]:
    """Return the stays of a sale by line."""
    found: defaultdict[int, list[Stay]] = defaultdict(list)
    for known in of_sale(sale_id):
        found[known.n].append(known.stay)
    return {n: tuple(stays) for n, stays in found.items()}


@whole
def take_in(actor: Actor, *, sale_id: uuid.UUID, n: int, on: dt.date, today: dt.date) -> uuid.UUID:
    """Write down that goods of a line were taken in. Invalid for a day before the sale or to come, and while they are away already."""
    _may(actor)
    sale = Sale.objects.filter(id=sale_id).first()
    if sale is None or not SaleLine.objects.filter(sale_id=sale_id, n=n).exists():
        raise NotFound
    if not sale.business_date <= on <= today:
        raise Invalid(on="no_such_day")
    if any(known.n == n and known.stay.back is None for known in of_sale(sale_id)):
        raise Invalid(on="is_away")
    row = RepairStay(
        organization_id=actor.organization_id, id=new_id(), sale_id=sale_id, n=n, began_on=on, recorded_at=clock.now(), actor_id=actor.id
    )
    row.save(force_insert=True)
    trail.record(actor, "repair_stay", row.id, {"began_on": (None, str(on))})
    return row.id


@whole
def give_back(actor: Actor, *, sale_id: uuid.UUID, stay_id: uuid.UUID, on: dt.date, today: dt.date) -> None:
    """Write down that they went back. Invalid for a day before they were taken in or to come; once said, it stands."""
    _may(actor)
    known = next((one for one in of_sale(sale_id) if one.id == stay_id), None)
    if known is None:
        raise NotFound
    if known.stay.back is not None:
        return
    if not known.stay.began <= on <= today:
        raise Invalid(on="no_such_day")
    RepairEnd(organization_id=actor.organization_id, stay_id=stay_id, ended_on=on, recorded_at=clock.now(), actor_id=actor.id).save(
        force_insert=True
    )
    trail.record(actor, "repair_stay", stay_id, {"ended_on": (None, str(on))})


def _may(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
