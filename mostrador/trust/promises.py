"""What the shop promised, and what became of it: each promise is folded from its events when it is read, so that the clock alone makes it late. Nothing is counted by person."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from mostrador.kernel import clock
from mostrador.people.models import Store
from mostrador.trust import promise_events, promise_fold
from mostrador.trust.honest_date import WINDOW_DAYS, Lasted, honest_days
from mostrador.trust.models import PromiseEvent, Undoing
from mostrador.trust.promise_fold import Promise

PAGE = 100
OPEN_MAX = 500
"""So many open promises of a store are read at once, the oldest first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise as it stands now: the row that made it, its store, and what the fold says. `days_left`: of the store, until it is due; below zero, since it was."""

    id: uuid.UUID
    row: PromiseEvent
    store: Store
    promise: Promise
    events: tuple[PromiseEvent, ...]
    days_left: int

    @property
    def late_days(self) -> int:
        """Whole days since it was due."""
        return max(0, -self.days_left)

    @property
    def is_by_itself(self) -> bool:
        """Whether an order made it, and nobody had to."""
        return self.row.order_id is not None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the promises that fell due were kept: by their first date, by the date that stood, and what else became of those that were made.

    `lead_days`: half were promised within so many days, so that promising far ahead shows beside keeping.
    """

    made: int
    due: int
    first: int
    kept: int
    late: int
    released: int
    void: int
    doubtful: int
    lead_days: int | None


def today(store: Store) -> dt.date:
    """Return the business day that it is in a store."""
    return clock.business_date(clock.now(), store.timezone, store.day_start_minutes)


def said() -> QuerySet[PromiseEvent]:
    """Everything said of promises that nobody took back at once."""
    undone = Undoing.objects.filter(record_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id"))
    return PromiseEvent.objects.exclude(Exists(undone))


def taken_back() -> int:
    """Return how many promises were taken back at once, and count nowhere."""
    stand = said().filter(kind="made", promise_id=OuterRef("promise_id"), organization_id=OuterRef("organization_id"))
    return PromiseEvent.objects.filter(kind="made").exclude(Exists(stand)).values("promise_id").distinct().count()


def standing(made: Iterable[PromiseEvent]) -> list[Standing]:
    """Return the promises that these rows made, as they stand: a constant number of statements."""
    rows = {row.promise_id: row for row in made}
    events: dict[uuid.UUID, list[PromiseEvent]] = defaultdict(list)
    for row in said().filter(promise_id__in=list(rows)).order_by("at", "id"):
        events[row.promise_id].append(row)
    stores = {store.id: store for store in Store.objects.filter(id__in={row.store_id for row in rows.values()})}
    now, found = clock.now(), []
    for promise_id in rows:
        by_id = {row.id: row for row in events[promise_id]}
        promise = promise_fold.fold((promise_events.folded(row) for row in by_id.values()), now)
        if promise is not None:
            row = by_id[promise.made.id]
            store = stores[row.store_id]
            found.append(Standing(promise_id, row, store, promise, tuple(by_id.values()), (promise.due.by - today(store)).days))
    return found


def promise(promise_id: uuid.UUID) -> Standing | None:
    """Return a promise of the business in scope, or None."""
    return next(iter(standing(said().filter(promise_id=promise_id, kind="made"))), None)


def waiting(store_ids: Iterable[uuid.UUID]) -> list[Standing]:
    """Return what is still to be kept in these stores, what is due first, first."""
    ended = said().filter(organization_id=OuterRef("organization_id"), promise_id=OuterRef("promise_id"), kind__in=("kept", "released"))
    rows = said().filter(kind="made", store_id__in=list(store_ids)).exclude(Exists(ended)).order_by("due_at", "at")[:OPEN_MAX]
    return by_due(one for one in standing(rows) if one.promise.is_open)


def ended_since(store_ids: Iterable[uuid.UUID], since: dt.datetime) -> list[Standing]:
    """Return what was kept or let go of in these stores since then, what was due first, first."""
    lately = said().filter(
        organization_id=OuterRef("organization_id"), promise_id=OuterRef("promise_id"), kind__in=("kept", "released"), at__gte=since
    )
    rows = said().filter(Exists(lately), kind="made", store_id__in=list(store_ids))
    return by_due(one for one in standing(rows) if not one.promise.is_open and (one.promise.ended_at or since) >= since)


def by_due(found: Iterable[Standing]) -> list[Standing]:
    """Sort by the date that holds."""
    return sorted(found, key=lambda one: (one.promise.due.at, one.promise.made.at, one.id))


def kept_today(stores: Iterable[Store]) -> list[Standing]:
    """Return what was kept today in these stores, in time or not."""
    found = [
        one for store in stores for one in ended_since([store.id], promise_events.end_of_day(store, today(store) - dt.timedelta(days=1)))
    ]
    return by_due(one for one in found if one.promise.state in {"kept", "kept_late", "broken"})


def for_today(stores: Iterable[Store], still: list[Standing] | None = None) -> list[Standing]:
    """Return what is late and not broken yet, what falls due today, and what was kept today in these stores. `still`: what waits in them, if it was read already."""
    chosen = list(stores)
    waits = waiting([store.id for store in chosen]) if still is None else still
    return [
        *(one for one in waits if one.promise.state == "late" or (one.promise.state == "made" and one.days_left <= 0)),
        *kept_today(chosen),
    ]


def last_made(store_ids: Iterable[uuid.UUID], before: dt.datetime | None = None) -> tuple[list[Standing], bool]:
    """Return a page of all that was promised in these stores, the last first, and whether there is more."""
    rows = said().filter(kind="made", store_id__in=list(store_ids))
    if before is not None:
        rows = rows.filter(at__lt=before)
    page = list(rows.order_by("-at", "-id")[: PAGE + 1])
    return sorted(standing(page[:PAGE]), key=lambda one: one.promise.made.at, reverse=True), len(page) > PAGE


def of_visits(visit_ids: Iterable[uuid.UUID]) -> list[Standing]:
    """Return what was promised in these visits, but for what was a mistake."""
    rows = said().filter(visit_id__in=list(visit_ids), kind="made")
    return by_due(one for one in standing(rows) if one.promise.state != "void")


def counted(store_ids: Iterable[uuid.UUID], since: dt.datetime) -> tuple[Kept, Kept]:
    """Return what became of the promises made in these stores since then: those that people made, and those that were born of orders."""
    rows = said().filter(kind="made", store_id__in=list(store_ids), at__gte=since)
    found = standing(rows)
    return _counted([one for one in found if not one.is_by_itself]), _counted([one for one in found if one.is_by_itself])


def _counted(found: list[Standing]) -> Kept:
    due = [one.promise for one in found if one.promise.counts]
    leads = sorted(
        (one.promise.first.by - clock.business_date(one.promise.made.at, one.store.timezone, one.store.day_start_minutes)).days
        for one in found
        if one.promise.state != "void"
    )
    return Kept(
        made=len(found),
        due=len(due),
        first=sum(one.is_kept_first for one in due),
        kept=sum(one.is_kept for one in due),
        late=sum(one.state in {"late", "kept_late", "broken"} for one in due),
        released=sum(one.promise.state == "released" for one in found),
        void=sum(one.promise.state == "void" for one in found),
        doubtful=sum(one.promise.is_doubtful for one in found),
        lead_days=leads[(len(leads) - 1) // 2] if leads else None,
    )


def honest(store: Store) -> dict[uuid.UUID, int]:
    """Return, for each chip of which the store's own promises of 180 days say so, the days within which nine of ten were kept."""
    now = clock.now()
    rows = said().filter(Q(chip_id__isnull=False), kind="made", store_id=store.id, at__gte=now - dt.timedelta(days=WINDOW_DAYS))
    lasted: dict[uuid.UUID, list[Lasted]] = defaultdict(list)
    for one in standing(rows):
        promise = one.promise
        if one.row.chip_id is None or promise.state == "void" or promise.is_doubtful:
            continue
        until = promise.ended_at or now
        begun, ended = (clock.business_date(at, store.timezone, store.day_start_minutes) for at in (promise.made.at, until))
        is_done = promise.ended_at is not None and promise.state != "released"
        lasted[one.row.chip_id].append(Lasted(max(0, (ended - begun).days), is_done))
    found = {chip_id: honest_days(lengths) for chip_id, lengths in lasted.items()}
    return {chip_id: days for chip_id, days in found.items() if days is not None}
