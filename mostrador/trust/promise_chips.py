"""What the shop promises, as the owner says it: the chips of «Prometer», and within how many days, as long as the store's own history does not say."""

import uuid
from dataclasses import dataclass

from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Invalid
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust import chip_rows
from mostrador.trust.models import PromiseChip

DAYS_MAX = 365
NAME_MAX = chip_rows.NAME_MAX


@dataclass(frozen=True, slots=True)
class Saying:
    """What a chip says, and the days that hold until the store's own promises say otherwise. `finds_out`: what «no sé, lo averiguamos» makes."""

    name: str
    days: int
    finds_out: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip as it stands."""

    id: uuid.UUID
    says: Saying
    is_archived: bool


def chips(*, archived: bool = False) -> list[Chip]:
    """Return the chips in the owner's order; with `archived`, those that ended as well, last."""
    return [_said(row) for row in chip_rows.rows(PromiseChip, archived=archived)]


def chip(chip_id: uuid.UUID) -> Chip:
    """Return one chip; NotFound for any other."""
    return _said(chip_rows.get(PromiseChip, chip_id))


def names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what chips are called, also those that ended."""
    return chip_rows.names(PromiseChip, ids)


@whole
def add_chip(actor: Actor, *, says: Saying) -> uuid.UUID:
    """Begin a chip, last in order. Refuses an empty or a known name, and days that no calendar of ours has: Invalid."""
    name = _checked(actor, says, None)
    row = PromiseChip(
        organization_id=actor.organization_id, id=new_id(), name=name, days=says.days, finds_out=says.finds_out,
        position=chip_rows.next_position(PromiseChip),
    )  # fmt: skip
    row.save(force_insert=True)
    _alone(row)
    chip_rows.changed(PromiseChip, actor, row.id, {"name": (None, name), "days": (None, says.days)})
    return row.id


@whole
def change_chip(actor: Actor, *, chip_id: uuid.UUID, says: Saying) -> None:
    """Say it in other words, or with other days: what was promised by it keeps its date."""
    name, row = _checked(actor, says, chip_id), chip_rows.get(PromiseChip, chip_id)
    wanted: dict[str, object] = {"name": name, "days": says.days, "finds_out": says.finds_out}
    changes = {field: (getattr(row, field), value) for field, value in wanted.items() if getattr(row, field) != value}
    if changes:
        PromiseChip.objects.filter(id=chip_id).update(**wanted)
        _alone(chip_rows.get(PromiseChip, chip_id))
        chip_rows.changed(PromiseChip, actor, chip_id, changes)


@whole
def move_chip(actor: Actor, *, chip_id: uuid.UUID, up: bool) -> None:
    """Change places with the chip before or after it; at the end of the row nothing happens."""
    chip_rows.move(PromiseChip, actor, chip_id, up=up)


@whole
def end_chip(actor: Actor, *, chip_id: uuid.UUID, ended: bool) -> None:
    """Take a chip from the tills, or bring it back; what was promised by it stays."""
    chip_rows.end(PromiseChip, actor, chip_id, ended=ended)


def _alone(row: PromiseChip) -> None:
    """One at most finds things out: the one that was said to last."""
    if row.finds_out:
        PromiseChip.objects.filter(finds_out=True).exclude(id=row.id).update(finds_out=False)


def _said(row: PromiseChip) -> Chip:
    return Chip(row.id, Saying(row.name, row.days, row.finds_out), row.archived_at is not None)


def _checked(actor: Actor, says: Saying, own: uuid.UUID | None) -> str:
    name = chip_rows.named(PromiseChip, actor, says.name, own)
    if not 0 <= says.days <= DAYS_MAX:
        raise Invalid(days="out_of_range")
    return name
