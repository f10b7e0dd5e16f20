"""What people come for, as the owner says it: the chips of «Necesidad», and the goods that may do each job (ruling 37)."""

import uuid
from dataclasses import dataclass

import msgspec

from mostrador.catalogue.promotions import known_goods
from mostrador.catalogue.terms import Pick
from mostrador.kernel.actor import Actor
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust import chip_rows
from mostrador.trust.models import NeedChip

NAME_MAX = chip_rows.NAME_MAX


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
    return [_said(row) for row in chip_rows.rows(NeedChip, archived=archived)]


def chip(chip_id: uuid.UUID) -> Chip:
    """Return one chip; NotFound for any other."""
    return _said(chip_rows.get(NeedChip, chip_id))


def names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what chips are called, also those that ended."""
    return chip_rows.names(NeedChip, ids)


@whole
def add_chip(actor: Actor, *, says: Saying) -> uuid.UUID:
    """Begin a chip, last in order. Refuses an empty or a known name, and goods of nobody: Invalid."""
    name = _checked(actor, says, None)
    row = NeedChip(
        organization_id=actor.organization_id, id=new_id(), name=name, position=chip_rows.next_position(NeedChip),
        pick=msgspec.to_builtins(says.pick),
    )  # fmt: skip
    row.save(force_insert=True)
    chip_rows.changed(NeedChip, actor, row.id, {"name": (None, name)})
    return row.id


@whole
def change_chip(actor: Actor, *, chip_id: uuid.UUID, says: Saying) -> None:
    """Say it in other words, or of other goods: what was stated by it before says the new words too."""
    name, row = _checked(actor, says, chip_id), chip_rows.get(NeedChip, chip_id)
    wanted = {"name": name, "pick": msgspec.to_builtins(says.pick)}
    changes = {field: (getattr(row, field), value) for field, value in wanted.items() if getattr(row, field) != value}
    if changes:
        NeedChip.objects.filter(id=chip_id).update(**wanted)
        chip_rows.changed(NeedChip, actor, chip_id, changes)


@whole
def move_chip(actor: Actor, *, chip_id: uuid.UUID, up: bool) -> None:
    """Change places with the chip before or after it; at the end of the row nothing happens."""
    chip_rows.move(NeedChip, actor, chip_id, up=up)


@whole
def end_chip(actor: Actor, *, chip_id: uuid.UUID, ended: bool) -> None:
    """Take a chip from the tills, or bring it back; what was stated by it stays."""
    chip_rows.end(NeedChip, actor, chip_id, ended=ended)


def _said(row: NeedChip) -> Chip:
    return Chip(row.id, Saying(row.name, msgspec.convert(row.pick, Pick)), row.archived_at is not None)


def _checked(actor: Actor, says: Saying, own: uuid.UUID | None) -> str:
    name = chip_rows.named(NeedChip, actor, says.name, own)
    known_goods([says.pick])
    return name
