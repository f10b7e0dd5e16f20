"""What all chips of the strip have in common: words of the owner in the owner's order, which end and come back; tills hear of each change."""

import uuid

from django.db.models import Max

from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.trust.claim_models import ClaimTopic
from mostrador.trust.models import NeedChip, PromiseChip

type Chips = type[NeedChip] | type[PromiseChip] | type[ClaimTopic]

CHIPS_MAX = 40
NAME_MAX = 28
"""So long a word still fits a chip of the till."""
_NAMES: dict[Chips, str] = {NeedChip: "need_chip", PromiseChip: "promise_chip", ClaimTopic: "claim_topic"}


def rows[Chip: (NeedChip, PromiseChip, ClaimTopic)](chips: type[Chip], *, archived: bool) -> list[Chip]:
    """Return the chips in the owner's order; with `archived`, those that ended as well, last."""
    found = chips.objects.all() if archived else chips.objects.filter(archived_at=None)
    return sorted(found, key=lambda row: (row.archived_at is not None, row.position, row.id))


def get[Chip: (NeedChip, PromiseChip, ClaimTopic)](chips: type[Chip], chip_id: uuid.UUID) -> Chip:
    """Return one chip; NotFound for any other."""
    row = chips.objects.filter(id=chip_id).first()
    if row is None:
        raise NotFound
    return row


def names(chips: Chips, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what chips are called, also those that ended."""
    return dict(chips.objects.filter(id__in=list(ids)).values_list("id", "name"))


def named(chips: Chips, actor: Actor, wanted: str, own: uuid.UUID | None) -> str:
    """Return a name as it will stand. Forbidden for who may not say it; Invalid for one that is empty, too long or of another chip."""
    may_edit(actor)
    name = wanted.strip()
    if not name:
        raise Invalid(name="empty")
    if len(name) > NAME_MAX:
        raise Invalid(name="too_long")
    if any(known != own for known in chips.objects.filter(name=name).values_list("id", flat=True)):
        raise Invalid(name="taken")
    return name


def next_position(chips: Chips) -> int:
    """Return the place after the last; Invalid where there are as many as a till can offer."""
    if chips.objects.filter(archived_at=None).count() >= CHIPS_MAX:
        raise Invalid(chips="too_many")
    return int(chips.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def move[Chip: (NeedChip, PromiseChip, ClaimTopic)](chips: type[Chip], actor: Actor, chip_id: uuid.UUID, *, up: bool) -> None:
    """Change places with the chip before or after it; at the end of the row nothing happens."""
    may_edit(actor)
    found = list(chips.objects.filter(archived_at=None).order_by("position", "id"))
    here = next((n for n, row in enumerate(found) if row.id == chip_id), None)
    if here is None:
        raise NotFound
    there = here - 1 if up else here + 1
    if not 0 <= there < len(found):
        return
    found[here], found[there] = found[there], found[here]
    for n, row in enumerate(found, 1):
        if row.position != n:
            chips.objects.filter(id=row.id).update(position=n)
    changed(chips, actor, chip_id, {"position": (here + 1, there + 1)})


def end[Chip: (NeedChip, PromiseChip, ClaimTopic)](chips: type[Chip], actor: Actor, chip_id: uuid.UUID, *, ended: bool) -> None:
    """Take a chip from the tills, or bring it back; what was said by it stays."""
    may_edit(actor)
    row = get(chips, chip_id)
    if (row.archived_at is not None) == ended:
        return
    chips.objects.filter(id=chip_id).update(archived_at=clock.now() if ended else None)
    changed(chips, actor, chip_id, {"ended": (not ended, ended)})


def may_edit(actor: Actor) -> None:
    """Refuse whoever may not say the words: Forbidden."""
    if not actor.may("owner", "manager"):
        raise Forbidden


def changed(chips: Chips, actor: Actor, chip_id: uuid.UUID, changes: dict[str, tuple[object, object]]) -> None:
    """Write down who changed what, and let the tills hear of it."""
    trail.record(actor, _NAMES[chips], chip_id, changes)
    touched(actor.organization_id, "till", [actor.organization_id])
