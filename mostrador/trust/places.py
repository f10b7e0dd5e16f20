"""Other places: where else somebody is well served. Anybody of the team who has an office proposes one, a manager approves it, tills get what was approved.

Public facts only (docs/adr/0038): what they are good for, where they are, how to reach them, and the day somebody looked. There is no field for a
price of theirs, and a text that names one is refused; why they are recommended is one of two reasons that speak for them.
"""

import datetime as dt
import re
import uuid
from dataclasses import dataclass

from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust.advice_models import Place

PLACES_MAX = 60
STALE_DAYS = 180
"""After so many days nobody knows whether it is still so: it is said with the place, which stays."""
WHY = ("they_specialise", "we_lack_it")
LONGEST = {"name": 60, "good_for": 80, "address": 120, "phone": 30, "url": 120, "fee": 80}
_PRICE = re.compile(r"[$€£¥]|\d+[.,]\d{2}\b|\d\s*%|\b(?:MXN|EUR|USD|pesos?|euros?|dólar(?:es)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a place. `fee`: what the shop gets for sending somebody there, as the buyer reads it; empty: nothing."""

    name: str
    good_for: str
    why: str
    address: str = ""
    phone: str = ""
    url: str = ""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A place as it stands. `verified_by`, `proposed_by`: who of the team."""

    id: uuid.UUID
    facts: Facts
    verified_on: dt.date
    verified_by: uuid.UUID | None
    proposed_by: uuid.UUID | None
    is_approved: bool
    is_archived: bool

    def is_stale(self, today: dt.date) -> bool:
        """Whether it was too long ago that somebody looked."""
        return (today - self.verified_on).days > STALE_DAYS


def places(*, archived: bool = False) -> list[Known]:
    """Return the places: those to approve first, then by name; with `archived`, those that ended as well, last."""
    rows = Place.objects.all() if archived else Place.objects.filter(archived_at=None)
    known = [_known(row) for row in rows]
    return sorted(known, key=lambda one: (one.is_archived, one.is_approved, one.facts.name.casefold(), one.id))


def approved() -> list[Known]:
    """Return the places that tills may recommend, by name."""
    return [one for one in places() if one.is_approved]


def place(place_id: uuid.UUID) -> Known:
    """Return one place; NotFound for any other."""
    return _known(_get(place_id))


def names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what places are called, also those that ended."""
    return dict(Place.objects.filter(id__in=list(ids)).values_list("id", "name"))


@whole
def propose(actor: Actor, *, facts: Facts, today: dt.date) -> uuid.UUID:
    """Write a place down, looked at today; who may approve approves it by writing it. Invalid for what is no public fact, or a name that is there."""
    _may_propose(actor)
    said = _checked(facts, None)
    if Place.objects.filter(archived_at=None).count() >= PLACES_MAX:
        raise Invalid(places="too_many")
    row = Place(
        organization_id=actor.organization_id, id=new_id(), verified_on=today, verified_by=actor.id, proposed_by=actor.id,
        **_columns(said), **_approval(actor),
    )  # fmt: skip
    row.save(force_insert=True)
    _changed(actor, row.id, {"name": (None, said.name)})
    return row.id


@whole
def change(actor: Actor, *, place_id: uuid.UUID, facts: Facts, today: dt.date) -> None:
    """Say other facts of it, looked at today. What somebody without that right changes has to be approved again."""
    _may_propose(actor)
    said, row = _checked(facts, place_id), _get(place_id)
    wanted = {**_columns(said), "verified_on": today, "verified_by": actor.id, **_approval(actor)}
    changes: dict[str, tuple[object, object]] = {
        field: (getattr(row, field), value) for field, value in _columns(said).items() if getattr(row, field) != value
    }
    Place.objects.filter(id=place_id).update(**wanted)
    _changed(actor, place_id, {**changes, "verified_on": (str(row.verified_on), str(today))})


@whole
def verify(actor: Actor, *, place_id: uuid.UUID, today: dt.date) -> None:
    """Somebody looked, and it is still so."""
    _may_propose(actor)
    row = _get(place_id)
    Place.objects.filter(id=place_id).update(verified_on=today, verified_by=actor.id)
    _changed(actor, place_id, {"verified_on": (str(row.verified_on), str(today))})


@whole
def approve(actor: Actor, *, place_id: uuid.UUID) -> None:
    """Let tills recommend it."""
    _may_approve(actor)
    row = _get(place_id)
    if row.approved_at is None:
        Place.objects.filter(id=place_id).update(**_approval(actor))
        _changed(actor, place_id, {"approved": (False, True)})


@whole
def end(actor: Actor, *, place_id: uuid.UUID, ended: bool) -> None:
    """Take a place from the tills, or bring it back; what was recommended before keeps its name."""
    _may_approve(actor)
    row = _get(place_id)
    if (row.archived_at is not None) == ended:
        return
    Place.objects.filter(id=place_id).update(archived_at=clock.now() if ended else None)
    _changed(actor, place_id, {"ended": (not ended, ended)})


def _columns(facts: Facts) -> dict[str, str]:
    return {field: getattr(facts, field) for field in (*LONGEST, "why")}


def _approval(actor: Actor) -> dict[str, object]:
    if actor.may("owner", "manager"):
        return {"approved_at": clock.now(), "approved_by": actor.id}
    return {"approved_at": None, "approved_by": None}


def _known(row: Place) -> Known:
    facts = Facts(**{field: getattr(row, field) for field in (*LONGEST, "why")})
    return Known(row.id, facts, row.verified_on, row.verified_by, row.proposed_by, row.approved_at is not None, row.archived_at is not None)


def _get(place_id: uuid.UUID) -> Place:
    row = Place.objects.filter(id=place_id).first()
    if row is None:
        raise NotFound
    return row


def _may_propose(actor: Actor) -> None:
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden


def _may_approve(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden


def _checked(facts: Facts, own: uuid.UUID | None) -> Facts:
    said = Facts(**{field: getattr(facts, field).strip() for field in (*LONGEST, "why")})
    wrong: dict[str, object] = {field: "too_long" for field, longest in LONGEST.items() if len(getattr(said, field)) > longest}
    wrong |= {field: "empty" for field in ("name", "good_for") if not getattr(said, field)}
    if said.why not in WHY:
        wrong["why"] = "choose"
    if not (said.address or said.phone or said.url):
        wrong["address"] = "no_way_there"
    if said.url and not re.fullmatch(r"https?://[^\s<>\"']+", said.url):
        wrong["url"] = "no_address"
    wrong |= {field: "no_prices" for field in ("name", "good_for", "address") if _PRICE.search(getattr(said, field))}
    if any(known != own for known in Place.objects.filter(name=said.name).values_list("id", flat=True)):
        wrong["name"] = "taken"
    if wrong:
        raise Invalid(**wrong)
    return said


def _changed(actor: Actor, place_id: uuid.UUID, changes: dict[str, tuple[object, object]]) -> None:
    trail.record(actor, "place", place_id, changes)
    touched(actor.organization_id, "till", [actor.organization_id])
