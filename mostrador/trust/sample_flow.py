"""Samples leave the shelf as they are written down, and come back to it when they are taken back at once: the row is the move (docs/adr/0011).

What each cost is remembered with it, as it was known then.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.db import connection, models

from mostrador.catalogue.models import CostEvent
from mostrador.kernel import outbox
from mostrador.kernel.sql import Question
from mostrador.stock import services as stock
from mostrador.trust.models import Undoing
from mostrador.trust.sample_models import Sample, SampleCost

TOPIC_GIVEN = "trust.sample_given"
TOPIC_TAKEN_BACK = "trust.sample_taken_back"

# A till may name a product that the business never had: it has no level, and moves nothing.
_KNOWN = "JOIN catalogue_product p ON p.organization_id = s.organization_id AND p.id = s.product_id"
_UNDONE = "JOIN trust_undoing u ON u.organization_id = s.organization_id AND u.record_id = s.fact_id"


@dataclass(frozen=True, slots=True)
class Fresh:
    """Of rows that are about to be written: the samples that do not stand yet, and those that will have been taken back."""

    given: tuple[Sample, ...]
    taken_back: tuple[uuid.UUID, ...]


def given(which: stock.Which) -> Question:
    """Ask what left each store as samples: negative thousandths."""
    some, values = which.among("s.fact_id")
    return _summed("-SUM", _KNOWN, some), values


def taken_back(which: stock.Which) -> Question:
    """Ask what of it came back, for it never was: thousandths."""
    some, values = which.among("s.fact_id")
    return _summed("SUM", f"{_KNOWN} {_UNDONE}", some), values


def _summed(total: str, joined: str, some: str) -> str:
    return (
        f"SELECT s.organization_id, s.store_id, s.product_id, {total}(s.quantity) FROM trust_sample s {joined}"  # noqa: S608  # our own words
        f" WHERE s.organization_id = %s{some} GROUP BY s.organization_id, s.store_id, s.product_id ORDER BY 2, 3"
    )


def before(organization_id: uuid.UUID, rows: Mapping[type[models.Model], Sequence[models.Model]]) -> Fresh:
    """Return what of these rows is new, inside the transaction that will write them. Whoever else writes samples of the business waits: each moves its goods once."""
    samples = [cast("Sample", row) for row in rows.get(Sample, ())]
    undone = {cast("Undoing", row).record_id for row in rows.get(Undoing, ())}
    if not samples and not undone:
        return Fresh((), ())
    _alone(organization_id)
    ids = {row.fact_id for row in samples}
    standing = set(Sample.objects.filter(fact_id__in=ids | undone).values_list("fact_id", flat=True))
    known = set(Undoing.objects.filter(record_id__in=ids | undone).values_list("record_id", flat=True))
    fresh = {row.fact_id: row for row in samples if row.fact_id not in standing}
    back = (fresh.keys() & (known | undone)) | (standing & (undone - known))
    return Fresh(tuple(fresh.values()), tuple(sorted(back)))


def follow(organization_id: uuid.UUID, fresh: Fresh) -> None:
    """Once the rows stand: remember what the samples cost, and let their goods move."""
    SampleCost.objects.bulk_create(_costs(organization_id, fresh.given), batch_size=500)
    for topic, sources in ((TOPIC_GIVEN, [row.fact_id for row in fresh.given]), (TOPIC_TAKEN_BACK, fresh.taken_back)):
        if sources:
            outbox.enqueue(organization_id, topic, {"sources": [source.hex for source in sources]})


def _costs(organization_id: uuid.UUID, samples: Iterable[Sample]) -> list[SampleCost]:
    """What each product cost when it was given."""
    rows = list(samples)
    events = CostEvent.objects.filter(product_id__in={row.product_id for row in rows}).order_by("-valid_from", "-id")
    dated = list(events.values_list("product_id", "valid_from", "cost"))
    found = ((row, next((cost for product, since, cost in dated if product == row.product_id and since <= row.at), None)) for row in rows)
    return [SampleCost(organization_id=organization_id, fact_id=row.fact_id, unit_cost=cost) for row, cost in found if cost is not None]


def _alone(organization_id: uuid.UUID) -> None:
    """On PostgreSQL wait for others who write samples of this business; on SQLite there is one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"samples {organization_id}"])


stock.flows(TOPIC_GIVEN, given)
stock.flows(TOPIC_TAKEN_BACK, taken_back)
