"""What a till offers to help with. A document of its own, so that whatever happens to it no sale and no other document waits (ruling 33)."""

import uuid
from typing import Any

from django.db import connection

from mostrador.kernel import feed
from mostrador.kernel.writing import use_case
from mostrador.people.models import Store
from mostrador.trust import need_chips, needs, promise_chips, promises

LOCK_WAIT = "1s"


def guidance(store_id: uuid.UUID) -> dict[str, Any]:
    """Return the chips of needs, ordered by what this store uses, and what it promises within how many days. Raises OperationalError when tables of trust are locked for a second."""
    with use_case():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        used = needs.used(store_id)
        chips = sorted(need_chips.chips(), key=lambda one: -used.get(one.id, 0))  # of equals the owner's order stands
        return {"epoch": str(feed.epoch()), "needs": [{"id": str(one.id), "name": one.says.name} for one in chips], **_promising(store_id)}


def _promising(store_id: uuid.UUID) -> dict[str, Any]:
    """What is promised here, each with the days that nine of ten took, or the owner's; and when the store is closed."""
    store, chips = Store.objects.get(id=store_id), promise_chips.chips()
    honest = promises.honest(store) if chips else {}
    return {
        "promises": [
            {"id": str(one.id), "name": one.says.name, "days": honest.get(one.id, one.says.days), "honest": one.id in honest}
            for one in chips
        ],
        "closed_weekdays": store.closed_weekdays,
        "closed_dates": store.closed_dates,
    }
