"""The trail of edits: who changed which field of a row that people edit."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.models import Edit

type Changes = Mapping[str, tuple[object, object]]

_marks: ContextVar[Changes | None] = ContextVar("marks", default=None)


@contextmanager
def marked(marks: Changes) -> Iterator[None]:
    """Let every edit that is recorded within say this too: where it was made, who allowed it."""
    token = _marks.set(marks)
    try:
        yield
    finally:
        _marks.reset(token)


def record(actor: Actor, entity: str, entity_id: uuid.UUID, changes: Changes) -> None:
    """Write what changed as {field: [before, after]}, inside the caller's transaction. No changes, no row."""
    if changes:
        row(actor, entity, entity_id, {**changes, **(_marks.get() or {})}).save(force_insert=True)


def row(actor: Actor, entity: str, entity_id: uuid.UUID, changes: Changes) -> Edit:
    """Return the row of an edit, for those who write many at once."""
    return Edit(
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


def of(entity: str, entity_id: uuid.UUID, limit: int = 20) -> list[Edit]:
    """Return the last edits of a thing, newest first."""
    return list(Edit.objects.filter(entity=entity, entity_id=entity_id).order_by("-at", "-id")[:limit])
