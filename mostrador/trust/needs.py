"""What people came for: how often each need was stated in a store, and the last of them. Nothing here is counted by person."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from mostrador.kernel import clock
from mostrador.trust.models import Need, Undoing

USE_DAYS = 90
"""Over so many days a store's use puts its chips in order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a need was stated, and when last."""

    chip_id: uuid.UUID
    times: int
    last: dt.datetime


def standing() -> QuerySet[Need]:
    """The needs that nobody took back."""
    return Need.objects.exclude(Exists(Undoing.objects.filter(record_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id"))))


def asked(since: dt.datetime, store_id: uuid.UUID | None = None) -> list[Asked]:
    """Return how often each need was stated since then, in one store or in all, the most frequent first."""
    rows = standing().filter(at__gte=since)
    if store_id is not None:
        rows = rows.filter(store_id=store_id)
    counted = rows.values("chip_id").annotate(times=Count("fact_id"), last=Max("at")).values_list("chip_id", "times", "last")
    return sorted((Asked(*row) for row in counted), key=lambda one: (-one.times, one.chip_id))


def used(store_id: uuid.UUID, now: dt.datetime | None = None) -> dict[uuid.UUID, int]:
    """Return how often a store used each chip in the last 90 whole days: by day, so that chips keep their place while somebody works with them."""
    today = (now or clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = standing().filter(store_id=store_id, at__gte=today - dt.timedelta(days=USE_DAYS), at__lt=today)
    return dict(rows.values("chip_id").annotate(times=Count("fact_id")).values_list("chip_id", "times"))
