"""How a fact that the intake only journaled becomes a row: by kind, each once, in any order of arrival.

The types of the facts live in sync.contract, above this package; here they are only read by their attributes.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from mostrador.counter.models import TokenWithdrawal
from mostrador.kernel import clock
from mostrador.people.models import Store
from mostrador.trust import promise_events, promise_fold, sample_flow
from mostrador.trust.advice_models import Recommendation
from mostrador.trust.claim_models import Claim
from mostrador.trust.models import Handoff, Need, PromiseEvent, Undoing
from mostrador.trust.sample_models import Sample
from mostrador.trust.shelf_models import ShelfPrice

LOCK_WAIT = "2s"
ONE = 1000


@dataclass(frozen=True, slots=True)
class Aside:
    """A fact beside the sale: its envelope and body, the store of its journal; when it was received, and when its till had been heard before."""

    store: Store
    fact: Any
    body: Any
    received_at: dt.datetime
    contact_at: dt.datetime | None


def write(organization_id: uuid.UUID, facts: Iterable[Aside]) -> None:
    """Make the rows, inside the caller's transaction; what stands already stays as it is.

    On PostgreSQL it waits for a locked table two seconds and then raises: the worker has others to serve, and comes back.
    """
    rows: dict[type[models.Model], list[models.Model]] = {}
    for one in facts:
        made = MAKES[one.fact.kind](organization_id, one)
        rows.setdefault(type(made), []).append(made)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
    fresh = sample_flow.before(organization_id, rows)
    for model, made_rows in rows.items():
        model._default_manager.bulk_create(made_rows, ignore_conflicts=True, batch_size=500)
    sample_flow.follow(organization_id, fresh)


def _record(organization_id: uuid.UUID, one: Aside) -> dict[str, Any]:
    """What every record takes from its envelope."""
    fact = one.fact
    return {
        "organization_id": organization_id, "fact_id": uuid.UUID(fact.id), "visit_id": uuid.UUID(fact.visit.id), "store_id": one.store.id,
        "journal_id": uuid.UUID(fact.journal), "is_late": bool(one.body.late), "at": clock.from_ms(fact.at),
    }  # fmt: skip


def _identifier(text: str | None) -> uuid.UUID | None:
    return None if text is None else uuid.UUID(text)


def _need(organization_id: uuid.UUID, one: Aside) -> Need:
    body = one.body
    return Need(
        **_record(organization_id, one), chip_id=uuid.UUID(body.chip), origin=body.origin, max_spend=body.max_spend,
        needed_by=body.needed_by, text_id=_identifier(body.text),
    )  # fmt: skip


def _recommendation(organization_id: uuid.UUID, one: Aside) -> Recommendation:
    body = one.body
    return Recommendation(
        **_record(organization_id, one), kind=body.kind, reason=body.reason, target_id=_identifier(body.target), need_id=_identifier(body.need),
        instead_of=_identifier(body.instead_of), eligible=list(body.eligible), ranker=body.ranker, inputs=list(body.inputs),
        is_declared=bool(body.declared),
    )  # fmt: skip


def _handoff(organization_id: uuid.UUID, one: Aside) -> Handoff:
    fact, body = one.fact, one.body
    return Handoff(**_record(organization_id, one), by_id=_identifier(fact.staff), to_id=uuid.UUID(body.to), part=body.part)


def _claim(organization_id: uuid.UUID, one: Aside) -> Claim:
    body = one.body
    return Claim(
        **_record(organization_id, one), product_id=uuid.UUID(body.product), statement_id=uuid.UUID(body.topic or body.point),
        is_topic=body.topic is not None, said=body.said, sheet_id=_identifier(body.sheet), promise_id=_identifier(body.promise),
    )  # fmt: skip


def _page_closed(organization_id: uuid.UUID, one: Aside) -> TokenWithdrawal:
    fact = one.fact
    return TokenWithdrawal(
        organization_id=organization_id,
        token_hash=bytes.fromhex(one.body.hash),
        actor_id=_identifier(fact.staff),
        at=clock.from_ms(fact.at),
    )


def _sample(organization_id: uuid.UUID, one: Aside) -> Sample:
    body = one.body
    return Sample(
        **_record(organization_id, one),
        product_id=uuid.UUID(body.product),
        quantity=body.quantity,
        lot=body.lot or "",
        is_told=bool(body.told),
    )


def _undoing(organization_id: uuid.UUID, one: Aside) -> Undoing:
    fact = one.fact
    return Undoing(
        organization_id=organization_id, record_id=uuid.UUID(one.body.record), fact_id=uuid.UUID(fact.id), at=clock.from_ms(fact.at)
    )


def _promise(organization_id: uuid.UUID, one: Aside) -> PromiseEvent:
    fact, body = one.fact, one.body
    offset = dt.timedelta(milliseconds=body.clock_offset_ms or 0)
    at, is_doubtful = promise_fold.believed(clock.from_ms(fact.at), one.received_at, one.contact_at, offset)
    return promise_events.of_fact(organization_id, one.store, fact, body, promise_events.When(at, is_doubtful))


def _shelf_price(organization_id: uuid.UUID, one: Aside) -> ShelfPrice:
    body = one.body
    return ShelfPrice(
        **_record(organization_id, one), product_id=uuid.UUID(body.product), shelf_price=body.shelf_price, till_price=body.till_price,
        factor=body.factor or ONE,
    )  # fmt: skip


MAKES: dict[str, Callable[[uuid.UUID, Aside], models.Model]] = {
    "claim.stated": _claim,
    "handoff.made": _handoff,
    "need.stated": _need,
    "page.closed": _page_closed,
    "recommendation.made": _recommendation,
    "record.undone": _undoing,
    "shelf_price.stated": _shelf_price,
    "sample.given": _sample,
    **dict.fromkeys(promise_events.KINDS, _promise),
}
