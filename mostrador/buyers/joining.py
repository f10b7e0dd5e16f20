"""Joining two buyers who are one person, and separating them again. Nothing that happened is written anew: docs/adr/0035."""

import uuid
from collections.abc import Iterable

from mostrador.buyers import joins
from mostrador.buyers.models import Buyer, BuyerJoin
from mostrador.buyers.points import TOPIC_LAPSE
from mostrador.kernel import clock, outbox, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import use_case, whole


@whole
def join(actor: Actor, *, other_id: uuid.UUID, kept_id: uuid.UUID) -> None:
    """Say that two buyers are one person, of whom the card and the limit of `kept` count. Refuses with Invalid(buyer=code):

    same (twice the same one), ring (kept stands for other already), joined (either is joined to somebody: separate them first), away (kept is put
    away), nameless (kept has no name).
    """
    _may_lead(actor)
    rows = {row.id: row for row in Buyer.objects.select_for_update().filter(id__in=[other_id, kept_id]).order_by("id")}
    if not {other_id, kept_id} <= rows.keys():
        raise NotFound
    now = joins.joined()
    wrong = _wrong(now, rows[other_id], rows[kept_id])
    if wrong:
        raise Invalid(buyer=wrong)
    _write(actor, other_id, kept_id, list(rows[other_id].consent))
    trail.record(actor, "buyer", kept_id, {"joined": ("", other_id)})
    _tell(actor, (kept_id, *now.spread([other_id])))


def separate(actor: Actor, *, other_id: uuid.UUID) -> None:
    """Say that somebody who was joined to another is two persons after all. Who was joined to them goes with them; again changes nothing."""
    _may_lead(actor)
    with use_case():
        if Buyer.objects.select_for_update().filter(id=other_id).first() is None:
            raise NotFound
        now = joins.joined()
        row = now.rows.get(other_id)
        if row is not None:
            kept_id = now.of(other_id)
            _write(actor, other_id, None, [])
            trail.record(actor, "buyer", kept_id, {"joined": (other_id, "")})
            _tell(actor, (kept_id, *joins.joined().spread([other_id])))


def grant(actor: Actor, buyer_id: uuid.UUID, channels: Iterable[str]) -> None:
    """Let somebody who is joined to others be written to by these, whatever those said before: the person just said so. Inside a use case."""
    now, fresh = joins.joined(), list(channels)
    for other in now.others(buyer_id):
        row = now.rows[other]
        if not set(fresh) <= set(row.consent):
            _write(actor, other, row.kept_id, [*row.consent, *(one for one in fresh if one not in row.consent)])


def _wrong(now: joins.Joined, other: Buyer, kept: Buyer) -> str:
    """Why these two cannot be joined, or nothing."""
    if other.id == kept.id:
        return "same"
    if now.of(kept.id) == other.id:
        return "ring"
    if other.id in now.rows or kept.id in now.rows:
        return "joined"
    if kept.archived_at is not None:
        return "away"
    return "" if kept.name else "nameless"


def _write(actor: Actor, other_id: uuid.UUID, kept_id: uuid.UUID | None, consent: list[str]) -> None:
    BuyerJoin.objects.create(
        organization_id=actor.organization_id, id=new_id(), other_id=other_id, kept_id=kept_id, consent=consent, actor_id=actor.id, at=clock.now(),
        n=1 + BuyerJoin.objects.filter(other_id=other_id).count(),
    )  # fmt: skip


def _tell(actor: Actor, ids: Iterable[uuid.UUID]) -> None:
    """Tell the tills; and look at once what of the points has run out, for they run out together."""
    touched(actor.organization_id, "buyer", ids)
    outbox.enqueue(actor.organization_id, TOPIC_LAPSE, {})


def _may_lead(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
