"""What the office says of promises: kept, agreed anew, let go of, a mistake. Each is one more event; what it comes to the fold decides."""

import datetime as dt
import uuid
from typing import Any

from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.writing import whole
from mostrador.trust import promise_events, promises
from mostrador.trust.promises import Standing

REASONS = ("mistake", "twice", "never_promised")
TOLD = ("present", "phone", "message")
EVIDENCE = ("done", "told", "handed_over")
AHEAD_MAX = 730


@whole
def keep(actor: Actor, *, promise_id: uuid.UUID, evidence: str) -> None:
    """Say that it was kept, now: nobody says so of another hour."""
    one = _open(actor, promise_id)
    if evidence not in EVIDENCE:
        raise Invalid(evidence="unknown")
    _say(actor, one, "kept", word=evidence)


@whole
def renegotiate(actor: Actor, *, promise_id: uuid.UUID, due_by: dt.date, told: str, revision: int) -> None:
    """Agree on another day with the buyer, who knows: before it is due. `revision`: what whoever asks has seen."""
    one = _open(actor, promise_id)
    if told not in TOLD:
        raise Invalid(told="unknown")
    if clock.now() > one.promise.due.at:
        raise Invalid(due="after_due")
    if not promises.today(one.store) <= due_by <= promises.today(one.store) + dt.timedelta(days=AHEAD_MAX):
        raise Invalid(due="out_of_range")
    if revision != one.promise.revision:
        raise Invalid(due="agreed_meanwhile")
    due_at = promise_events.end_of_day(one.store, due_by)
    _say(actor, one, "renegotiated", word=told, revision=revision, due_by=due_by, due_at=due_at)


@whole
def release(actor: Actor, *, promise_id: uuid.UUID) -> None:
    """The buyer does not want it any more."""
    one = _open(actor, promise_id)
    _say(actor, one, "released", revision=one.promise.revision)


@whole
def void(actor: Actor, *, promise_id: uuid.UUID, reason: str) -> None:
    """It was a mistake: a manager says so, with a reason, and it is counted among the mistakes."""
    one = _mine(actor, promise_id)
    if reason not in REASONS:
        raise Invalid(reason="unknown")
    if one.promise.state != "void":
        _say(actor, one, "voided", word=reason, is_leader=True)


def _mine(actor: Actor, promise_id: uuid.UUID) -> Standing:
    if not actor.may("owner", "manager"):
        raise Forbidden
    one = promises.promise(promise_id)
    if one is None:
        raise NotFound
    if one.is_by_itself:
        raise Invalid(promise="of_order")  # an order owns its date (ruling 30)
    return one


def _open(actor: Actor, promise_id: uuid.UUID) -> Standing:
    one = _mine(actor, promise_id)
    if not one.promise.is_open:
        raise Invalid(promise="ended")
    return one


def _say(actor: Actor, one: Standing, kind: str, **more: Any) -> None:
    row = promise_events.said(
        actor.organization_id,
        one.id,
        kind,
        one.store.id,
        clock.now(),
        source="office",
        staff_id=actor.id if actor.kind == "person" else None,
        **more,
    )
    row.save(force_insert=True)
    trail.record(actor, "promise", one.id, {kind: (None, str(more.get("due_by") or more.get("word") or ""))})
