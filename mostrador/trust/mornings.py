"""Who reads in the morning, by e-mail, what is promised for the day; and when that is: at half past eight by the clock of each store.

One row of the outbox waits for the next morning of a business and writes the one after it, so no clock of its own runs (kernel.outbox).
Who reads is said by each person for themself: nobody is put on a list by another.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from mostrador.kernel import clock
from mostrador.kernel.models import Outbox
from mostrador.kernel.writing import whole
from mostrador.people.models import Store
from mostrador.trust.models import MorningReader

TOPIC_MORNING = "trust.morning"
HOUR = dt.time(8, 30)
LATE = dt.timedelta(hours=6)
"""A server that slept so long says nothing any more: by then it is no morning."""


def reads(user_id: uuid.UUID) -> bool:
    """Whether this person reads it."""
    return MorningReader.objects.filter(user_id=user_id).exists()


def readers() -> list[uuid.UUID]:
    """Return who reads it."""
    return list(MorningReader.objects.order_by("user_id").values_list("user_id", flat=True))


@whole
def read(organization_id: uuid.UUID, user_id: uuid.UUID, *, wanted: bool) -> None:
    """Begin to read it, or end."""
    if not wanted:
        MorningReader.objects.filter(user_id=user_id).delete()
    elif not reads(user_id):
        MorningReader.objects.create(organization_id=organization_id, user_id=user_id)
        if not Outbox.objects.filter(organization_id=organization_id, topic=TOPIC_MORNING).exists():
            wait(organization_id, clock.now())


def wait(organization_id: uuid.UUID, after: dt.datetime) -> None:
    """Wait for the next morning after this instant; without a reader or a store there is none. Inside the caller's transaction."""
    stores = Store.objects.filter(archived_at=None)
    due = next_morning(stores, after)
    if due is not None and MorningReader.objects.exists():
        Outbox.objects.create(organization_id=organization_id, topic=TOPIC_MORNING, payload={"at": clock.to_ms(due)}, due_at=due)


def next_morning(stores: Iterable[Store], after: dt.datetime) -> dt.datetime | None:
    """Return the first half past eight after an instant in any of these stores; None of none."""
    found = []
    for zone in {ZoneInfo(store.timezone) for store in stores}:
        day = after.astimezone(zone).date()
        mornings = (dt.datetime.combine(day + dt.timedelta(days=n), HOUR, zone).astimezone(dt.UTC) for n in range(2))
        found.append(next(morning for morning in mornings if morning > after))
    return min(found, default=None)


def waking(stores: Iterable[Store], at: dt.datetime) -> list[Store]:
    """Return the stores of which it is the morning, and that are open that day."""
    return [store for store in stores if at.astimezone(ZoneInfo(store.timezone)).time() == HOUR and _is_open(store, at)]


def _is_open(store: Store, at: dt.datetime) -> bool:
    day = at.astimezone(ZoneInfo(store.timezone)).date()
    return day.weekday() not in store.closed_weekdays and day.isoformat() not in store.closed_dates
