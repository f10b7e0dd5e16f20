"""What buyers ask of the shop's goods, as the owner says it: the questions of «Me preguntó», beside the points of a product's sheet."""

import uuid
from dataclasses import dataclass

from mostrador.kernel.actor import Actor
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust import chip_rows
from mostrador.trust.claim_models import ClaimTopic

NAME_MAX = chip_rows.NAME_MAX


@dataclass(frozen=True, slots=True)
class Topic:
    """A question as it stands."""

    id: uuid.UUID
    name: str
    is_archived: bool


def topics(*, archived: bool = False) -> list[Topic]:
    """Return the questions in the owner's order; with `archived`, those that ended as well, last."""
    return [_said(row) for row in chip_rows.rows(ClaimTopic, archived=archived)]


def topic(topic_id: uuid.UUID) -> Topic:
    """Return one question; NotFound for any other."""
    return _said(chip_rows.get(ClaimTopic, topic_id))


def names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what questions are called, also those that ended."""
    return chip_rows.names(ClaimTopic, ids)


@whole
def add_topic(actor: Actor, *, name: str) -> uuid.UUID:
    """Begin a question, last in order. Refuses an empty or a known one: Invalid."""
    wanted = chip_rows.named(ClaimTopic, actor, name, None)
    row = ClaimTopic(organization_id=actor.organization_id, id=new_id(), name=wanted, position=chip_rows.next_position(ClaimTopic))
    row.save(force_insert=True)
    chip_rows.changed(ClaimTopic, actor, row.id, {"name": (None, wanted)})
    return row.id


@whole
def rename_topic(actor: Actor, *, topic_id: uuid.UUID, name: str) -> None:
    """Say it in other words: what was answered to it stays."""
    wanted, row = chip_rows.named(ClaimTopic, actor, name, topic_id), chip_rows.get(ClaimTopic, topic_id)
    if row.name != wanted:
        ClaimTopic.objects.filter(id=topic_id).update(name=wanted)
        chip_rows.changed(ClaimTopic, actor, topic_id, {"name": (row.name, wanted)})


@whole
def move_topic(actor: Actor, *, topic_id: uuid.UUID, up: bool) -> None:
    """Change places with the question before or after it; at the end of the row nothing happens."""
    chip_rows.move(ClaimTopic, actor, topic_id, up=up)


@whole
def end_topic(actor: Actor, *, topic_id: uuid.UUID, ended: bool) -> None:
    """Take a question from the tills, or bring it back; what was answered to it stays."""
    chip_rows.end(ClaimTopic, actor, topic_id, ended=ended)


def _said(row: ClaimTopic) -> Topic:
    return Topic(row.id, row.name, row.archived_at is not None)
