"""Modifiers: groups of options that a product may be sold with. A sold line names its options, so options are renamed or archived, never deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.db.models import Max

from mostrador.catalogue import standing
from mostrador.catalogue.models import ModifierGroup, ModifierOption
from mostrador.catalogue.promotions import known_goods
from mostrador.catalogue.terms import Pick
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import use_case, whole

GROUPS_MAX = 200
OPTIONS_MAX = 30
NAME_MAX = 40
PRICE_MAX = 10**11
"""Ten-thousandths that an option adds or takes off at most."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option as people say it. `price`: what it adds to one unit, ten-thousandths, also below zero; `id` is None for a new one."""

    id: uuid.UUID | None
    name: str
    price: int = 0
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """What a group says: how many of its options are chosen, at least and at most, and of which products."""

    name: str
    least: int
    most: int
    pick: Pick
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it stands, its options in their order."""

    id: uuid.UUID
    position: int
    is_archived: bool
    says: Saying


def groups(*, archived: bool = False) -> list[Group]:
    """Return the groups in the order in which the till asks; with `archived`, those that ended as well, last."""
    rows = ModifierGroup.objects.all() if archived else ModifierGroup.objects.filter(archived_at=None)
    return _said(sorted(rows, key=lambda row: (row.archived_at is not None, row.position, row.id)))


def group(group_id: uuid.UUID) -> Group:
    """Return one group; NotFound for any other."""
    return _said([_get(group_id)])[0]


def said(ids: Sequence[uuid.UUID] | None) -> list[Group]:
    """Return the groups of these ids that have not ended, for the feed; None: all of them."""
    rows = ModifierGroup.objects.filter(archived_at=None)
    return _said(list((rows if ids is None else rows.filter(id__in=list(ids))).order_by("position", "id")))


def _said(rows: Sequence[ModifierGroup]) -> list[Group]:
    options: dict[uuid.UUID, list[Option]] = {row.id: [] for row in rows}
    for row in ModifierOption.objects.filter(group_id__in=list(options), archived_at=None).order_by("position", "id"):
        options[row.group_id].append(Option(row.id, row.name, row.price, row.is_default))
    return [
        Group(
            row.id, row.position, row.archived_at is not None,
            Saying(row.name, row.least, row.most, msgspec.convert(row.pick, Pick), tuple(options[row.id])),
        )
        for row in rows
    ]  # fmt: skip


@whole
def add_group(actor: Actor, *, says: Saying) -> ModifierGroup:
    """Begin a group; the till asks for it after those that stand already. Refuses what no till could ask, and goods of nobody: Invalid."""
    _may_edit(actor)
    _check(says, None)
    if ModifierGroup.objects.filter(archived_at=None).count() >= GROUPS_MAX:
        raise Invalid(groups="too_many")
    last = ModifierGroup.objects.aggregate(last=Max("position"))["last"] or 0
    row = ModifierGroup(
        organization_id=actor.organization_id, id=new_id(), name=says.name.strip(), position=last + 1, least=says.least, most=says.most,
        pick=msgspec.to_builtins(says.pick),
    )  # fmt: skip
    row.save(force_insert=True)
    _write_options(actor, row.id, says.options)
    touched(actor.organization_id, "modifier_group", [row.id])
    return row


def change_group(actor: Actor, *, group_id: uuid.UUID, says: Saying) -> None:
    """Say something else from now on. Options keep their ids; those that are left out are archived. Sold lines keep what they say."""
    _may_edit(actor)
    with use_case():
        before = _said([_get(group_id)])[0].says
        _check(says, group_id)
        if before == says:
            return
        ModifierGroup.objects.filter(id=group_id).update(
            name=says.name.strip(), least=says.least, most=says.most, pick=msgspec.to_builtins(says.pick)
        )
        _write_options(actor, group_id, says.options)
        changes = {name: (str(getattr(before, name)), str(getattr(says, name))) for name in ("name", "least", "most", "pick")}
        changes["options"] = (_in_words(before.options), _in_words(says.options))
        trail.record(actor, "modifier_group", group_id, {name: pair for name, pair in changes.items() if pair[0] != pair[1]})
        touched(actor.organization_id, "modifier_group", [group_id])


def end_group(actor: Actor, *, group_id: uuid.UUID, ended: bool = True) -> None:
    """Take a group off the tills, or bring it back."""
    _may_edit(actor)
    standing.end(actor, ModifierGroup, "modifier_group", group_id, ended=ended)


def move_group(actor: Actor, *, group_id: uuid.UUID, up: bool) -> None:
    """Let the till ask for a group before its neighbour, or after it."""
    _may_edit(actor)
    standing.move(actor, ModifierGroup, "modifier_group", group_id, up=up)


def _write_options(actor: Actor, group_id: uuid.UUID, options: Sequence[Option]) -> None:
    """Write what the options are now: known ones in place, new ones beside them, and whatever is left out is archived."""
    kept = set(ModifierOption.objects.filter(group_id=group_id).values_list("id", flat=True))
    if {option.id for option in options if option.id} - kept:
        raise Invalid(options="unknown")
    for position, option in enumerate(options, 1):
        fields = {"name": option.name.strip(), "price": option.price, "is_default": option.is_default, "position": position}
        if option.id is not None:
            ModifierOption.objects.filter(id=option.id).update(**fields, archived_at=None)
        else:
            ModifierOption(organization_id=actor.organization_id, id=new_id(), group_id=group_id, **fields).save(force_insert=True)
    gone = kept - {option.id for option in options if option.id is not None}
    ModifierOption.objects.filter(id__in=gone, archived_at=None).update(archived_at=clock.now())


def _in_words(options: Sequence[Option]) -> str:
    return ", ".join(f"{option.name} {option.price}" for option in options)


def _check(says: Saying, group_id: uuid.UUID | None) -> None:
    name = says.name.strip()
    if not name:
        raise Invalid(name="empty")
    if len(name) > NAME_MAX:
        raise Invalid(name="too_long")
    if ModifierGroup.objects.filter(name=name).exclude(id__in=[group_id] if group_id else []).exists():
        raise Invalid(name="taken")
    _check_options(says.options)
    if not 1 <= says.most <= len(says.options):
        raise Invalid(most="more_than_options")
    if not 0 <= says.least <= says.most:
        raise Invalid(least="more_than_most")
    if sum(option.is_default for option in says.options) > says.most:
        raise Invalid(options="too_many_defaults")
    if says.pick.is_empty:
        raise Invalid(pick="empty")
    known_goods([says.pick])


def _check_options(options: Sequence[Option]) -> None:
    if not options:
        raise Invalid(options="empty")
    if len(options) > OPTIONS_MAX:
        raise Invalid(options="too_many")
    if any(not option.name.strip() or len(option.name.strip()) > NAME_MAX for option in options):
        raise Invalid(options="too_long")
    if len({option.name.strip().casefold() for option in options}) != len(options):
        raise Invalid(options="twice")
    if any(abs(option.price) > PRICE_MAX for option in options):
        raise Invalid(options="out_of_range")


def _get(group_id: uuid.UUID) -> ModifierGroup:
    row = ModifierGroup.objects.filter(id=group_id).first()
    if row is None:
        raise NotFound
    return row


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
