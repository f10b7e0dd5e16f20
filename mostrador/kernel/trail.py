"""The trail of edits: who changed which field of a row that people edit."""

import uuid

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.models import Edit


def record(actor: Actor, entity: str, entity_id: uuid.UUID, changes: dict[str, tuple[object, object]]) -> None:
    """Write what changed as {field: [before, after]}, inside the caller's transaction. No changes, no row."""
    if not changes:
        return
    Edit.objects.create(
        organization_id=actor.organization_id,
        at=clock.now(),
        actor_id=actor.id,
        actor_kind=actor.kind,
        entity=entity,
        entity_id=entity_id,
        changes={field: [_plain(before), _plain(after)] for field, (before, after) in changes.items()},
    )


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
