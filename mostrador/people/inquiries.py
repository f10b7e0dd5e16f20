"""Who looked at what one person answers for, when and why: kept in the trail for ever, and good for the rest of the day (ruling 31)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.writing import use_case
from mostrador.people.models import StaffMember

PURPOSES = ("count_difference", "complaint", "cash_missing", "teaching", "other")
ENTITY = "inquiry"
GOOD_FOR = dt.timedelta(hours=12)
LATEST = 20


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Somebody asked for the events of a person, and said why."""

    id: uuid.UUID
    at: dt.datetime
    actor_id: uuid.UUID | None
    member_id: uuid.UUID
    purpose: str
    note: str


def open_inquiry(actor: Actor, *, member_id: uuid.UUID, purpose: str, note: str) -> uuid.UUID:
    """Write down why somebody wants to see what one person answers for; return the inquiry's id."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    if not StaffMember.objects.filter(id=member_id).exists():
        raise NotFound
    with use_case():
        row = trail.row(actor, ENTITY, member_id, {"purpose": (None, purpose), "note": (None, note)})
        row.save(force_insert=True)
    return row.id


def of_today(actor: Actor, inquiry_id: uuid.UUID | None) -> Inquiry | None:
    """Return an inquiry of this person that is still good, or None: nobody looks by another's purpose."""
    if inquiry_id is None:
        return None
    found = Edit.objects.filter(id=inquiry_id, entity=ENTITY, actor_id=actor.id, at__gte=clock.now() - GOOD_FOR).first()
    return _inquiry(found) if found else None


def latest() -> list[Inquiry]:
    """Return the last inquiries, newest first."""
    return [_inquiry(row) for row in Edit.objects.filter(entity=ENTITY).order_by("-at", "-id")[:LATEST]]


def _inquiry(row: Edit) -> Inquiry:
    return Inquiry(row.id, row.at, row.actor_id, row.entity_id, row.changes["purpose"][1], row.changes["note"][1])
