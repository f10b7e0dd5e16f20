"""What stands in an order that the owner states, promotions, price lists and modifiers alike: one goes past its neighbour, ends, or comes back."""

import uuid
from collections.abc import Iterable
from typing import Any, Literal

from mostrador.catalogue.record_models import Standing
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import use_case

type Kind = Literal["promotion", "price_list", "modifier_group"]
# What prices hang on: since when it stands is kept.
PRICING: frozenset[str] = frozenset({"promotion", "price_list", "product"})


def note(actor: Actor, kind: str, rows: Iterable[Any]) -> None:
    """Write down how rows stand from now on, where prices hang on them, inside the caller's transaction."""
    if kind in PRICING:
        Standing.objects.bulk_create([
            Standing(
                organization_id=actor.organization_id, kind=kind, row_id=row.id, stands=row.archived_at is None,
                position=getattr(row, "position", 0), conditions=getattr(row, "conditions", {}), recorded_at=clock.now(), actor_id=actor.id,
            )
            for row in rows
        ])  # fmt: skip


def end(actor: Actor, model: Any, kind: Kind, row_id: uuid.UUID, *, ended: bool) -> None:
    """Take one off the tills, or bring it back. NotFound where there is none."""
    with use_case():
        row = model.objects.filter(id=row_id).first()
        if row is None:
            raise NotFound
        if (row.archived_at is not None) != ended:
            row.archived_at = clock.now() if ended else None
            model.objects.filter(id=row_id).update(archived_at=row.archived_at)
            note(actor, kind, [row])
            trail.record(actor, kind, row_id, {"archived": (not ended, ended)})
            touched(actor.organization_id, kind, [row_id])


def move(actor: Actor, model: Any, kind: Kind, row_id: uuid.UUID, *, up: bool) -> None:
    """Let one come before its neighbour, or after it; the first and the last stay. NotFound where there is none that stands."""
    with use_case():
        rows = list(model.objects.filter(archived_at=None).order_by("position", "id"))
        place = next((place for place, row in enumerate(rows) if row.id == row_id), None)
        if place is None:
            raise NotFound
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        moved = [row for position, row in enumerate(rows, 1) if row.position != position]
        for position, row in enumerate(rows, 1):
            row.position = position
        model.objects.bulk_update(moved, ["position"])
        note(actor, kind, moved)
        trail.record(actor, kind, row_id, {"position": (place + 1, other + 1)})
        touched(actor.organization_id, kind, [row.id for row in moved])
