"""What people come for, as the owner says it: the chips of «Necesidad», and the goods that may do each job (ruling 37)."""

import uuid
from dataclasses import dataclass

import msgspec
from django.db.models import Max

from mostrador.catalogue.promotions import known_goods
from mostrador.catalogue.terms import Pick
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust.models import NeedChip

CHIPS_MAX = 40
NAME_MAX = 28
"""So long a word still fits a chip of the till."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a chip says, and which goods may do the job; none named: the till offers no product for it."""

    name: str
    pick: Pick


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip as it stands."""

    id: uuid.UUID
    says: Saying
    is_archived: bool


def chips(*, archived: bool = False) -> list[Chip]:
    """Return the chips in the owner's order; with `archived`, those that ended as well, last."""
    rows = NeedChip.objects.all() if archived else NeedChip.objects.filter(archived_at=None)
    return [_said(row) for row in sorted(rows, key=lambda row: (row.archived_at is not None, row.position, row.id))]


def chip(chip_id: uuid.UUID) -> Chip:
    """Return one chip; NotFound for any other."""
    return _said(_get(chip_id))


def names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what chips are called, also those that ended."""
    return dict(NeedChip.objects.filter(id__in=list(ids)).values_list("id", "name"))


@whole
def add_chip(actor: Actor, *, says: Saying) -> uuid.UUID:
    """Begin a chip, last in order. Refuses an empty or a known name, and goods of nobody: Invalid."""
    name = _checked(actor, says, None)
    if NeedChip.objects.filter(archived_at=None).count() >= CHIPS_MAX:
        raise Invalid(chips="too_many")
    last = NeedChip.objects.aggregate(last=Max("position"))["last"] or 0
    row = NeedChip(organization_id=actor.organization_id, id=new_id(), name=name, position=last + 1, pick=msgspec.to_builtins(says.pick))
    row.save(force_insert=True)
    _changed(actor, row.id, {"name": (None, name)})
    return row.id


@whole
def change_chip(actor: Actor, *, chip_id: uuid.UUID, says: Saying) -> None:
    """Say it in other words, or of other goods: what was stated by it before says the new words too."""
    name, row = _checked(actor, says, chip_id), _get(chip_id)
    wanted = {"name": name, "pick": msgspec.to_builtins(says.pick)}
    changes = {field: (getattr(row, field), value) for field, value in wanted.items() if getattr(row, field) != value}
    if changes:
        NeedChip.objects.filter(id=chip_id).update(**wanted)
        _changed(actor, chip_id, changes)


@whole
def move_chip(actor: Actor, *, chip_id: uuid.UUID, up: bool) -> None:
    """Change places with the chip before or after it; at the end of the row nothing happens."""
    _may_edit(actor)
    rows = list(NeedChip.objects.filter(archived_at=None).order_by("position", "id"))
    here = next((n for n, row in enumerate(rows) if row.id == chip_id), None)
    if here is None:
        raise NotFound
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for n, row in enumerate(rows, 1):
        if row.position != n:
            NeedChip.objects.filter(id=row.id).update(position=n)
    _changed(actor, chip_id, {"position": (here + 1, there + 1)})


@whole
def end_chip(actor: Actor, *, chip_id: uuid.UUID, ended: bool) -> None:
    """Take a chip from the tills, or bring it back; what was stated by it stays."""
    _may_edit(actor)
    row = _get(chip_id)
    if (row.archived_at is not None) == ended:
        return
    NeedChip.objects.filter(id=chip_id).update(archived_at=clock.now() if ended else None)
    _changed(actor, chip_id, {"ended": (not ended, ended)})


def _said(row: NeedChip) -> Chip:
    return Chip(row.id, Saying(row.name, msgspec.convert(row.pick, Pick)), row.archived_at is not None)


def _get(chip_id: uuid.UUID) -> NeedChip:
    row = NeedChip.objects.filter(id=chip_id).first()
    if row is None:
        raise NotFound
    return row


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden


def _checked(actor: Actor, says: Saying, own: uuid.UUID | None) -> str:
    _may_edit(actor)
    name = says.name.strip()
    if not name:
        raise Invalid(name="empty")
    if len(name) > NAME_MAX:
        raise Invalid(name="too_long")
    if any(known != own for known in NeedChip.objects.filter(name=name).values_list("id", flat=True)):
        raise Invalid(name="taken")
    known_goods([says.pick])
    return name


def _changed(actor: Actor, chip_id: uuid.UUID, changes: dict[str, tuple[object, object]]) -> None:
    trail.record(actor, "need_chip", chip_id, changes)
    touched(actor.organization_id, "till", [actor.organization_id])
