"""The rows of what is said of promises: made of a till's fact, of an order's own dates, or by a service of the office. Only ever added."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from mostrador.kernel.ids import new_id
from mostrador.people.models import Store
from mostrador.trust.models import PromiseEvent
from mostrador.trust.promise_fold import Event

KINDS = ("promise.made", "promise.kept", "promise.renegotiated", "promise.released", "promise.voided")


@dataclass(frozen=True, slots=True)
class When:
    """An hour, as far as it is believed."""

    at: dt.datetime
    is_doubtful: bool = False


def end_of_day(store: Store, day: dt.date) -> dt.datetime:
    """Return the instant at which a business day ends in a store."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(store.timezone))
    return (midnight + dt.timedelta(minutes=store.day_start_minutes)).astimezone(dt.UTC)


def of_fact(organization_id: uuid.UUID, store: Store, fact: Any, body: Any, when: When) -> PromiseEvent:
    """Return the row of a fact of a till: `at` and the day's end as the server has them."""
    due_by = dt.date.fromisoformat(body.due) if hasattr(body, "due") else None
    return PromiseEvent(
        organization_id=organization_id, id=uuid.UUID(fact.id), fact_id=uuid.UUID(fact.id), promise_id=uuid.UUID(body.promise),
        kind=fact.kind.removeprefix("promise."), source="till", store_id=store.id, journal_id=uuid.UUID(fact.journal),
        visit_id=uuid.UUID(fact.visit.id) if fact.visit else None, staff_id=_identifier(fact.staff), chip_id=_identifier(getattr(body, "chip", None)),
        product_id=_identifier(getattr(body, "product", None)), due_by=due_by,
        due_at=end_of_day(store, due_by) if due_by else None, revision=getattr(body, "revision", None),
        word=next((value for name in ("evidence", "told", "reason") if (value := getattr(body, name, None))), ""),
        text_id=_identifier(getattr(body, "text", None)), is_late=bool(getattr(body, "late", None)), at=when.at, is_doubtful=when.is_doubtful,
    )  # fmt: skip


def said(organization_id: uuid.UUID, promise_id: uuid.UUID, kind: str, store_id: uuid.UUID, at: dt.datetime, **more: Any) -> PromiseEvent:
    """Return the row of what the office or the system says; `id` in `more`: of something that may be said again and counts once."""
    return PromiseEvent(
        organization_id=organization_id,
        id=more.pop("id", None) or new_id(),
        promise_id=promise_id,
        kind=kind,
        store_id=store_id,
        at=at,
        **more,
    )


def folded(row: PromiseEvent) -> Event:
    """Return a row as the fold reads it."""
    return Event(
        row.id, row.kind, row.at, row.is_doubtful, row.due_by, row.due_at, row.revision, row.told, row.is_leader, row.word  # type: ignore[arg-type]  # kinds are ours
    )  # fmt: skip


def _identifier(text: str | None) -> uuid.UUID | None:
    return None if text is None else uuid.UUID(text)
