"""What a till offers to help with. A document of its own, so that whatever happens to it no sale and no other document waits (ruling 33)."""

import uuid
from typing import Any

from django.db import connection

from mostrador.kernel import feed
from mostrador.kernel.writing import use_case
from mostrador.trust import need_chips, needs

LOCK_WAIT = "1s"


def guidance(store_id: uuid.UUID) -> dict[str, Any]:
    """Return the chips of needs, ordered by what this store uses. Raises OperationalError when tables of trust are locked for a second."""
    with use_case():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        used = needs.used(store_id)
        chips = sorted(need_chips.chips(), key=lambda one: -used.get(one.id, 0))  # of equals the owner's order stands
        return {"epoch": str(feed.epoch()), "needs": [{"id": str(one.id), "name": one.says.name} for one in chips]}
