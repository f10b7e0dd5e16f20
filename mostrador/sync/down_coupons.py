"""Single-use codes as tills hear of them: those that may be taken without asking, and one as who asks for it is told."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from mostrador.buyers.queries import offline_limits
from mostrador.catalogue import terms
from mostrador.counter import coupon_queries
from mostrador.counter.coupon_queries import Coupon
from mostrador.kernel import clock

COUPONS_MAX = 1000

type Row = dict[str, Any]


def coupons(ids: Iterable[uuid.UUID] | None = None, after: uuid.UUID | None = None) -> list[Row]:
    """Return the single-use codes that a till may take without asking, by id as buyers are: none where the owner allows none, as at first."""
    if offline_limits()["coupon"] == 0:
        return []
    return [
        {
            "id": str(row.id), "code": bytes(row.code_hash).hex(), "coupon": terms.codes_hash(row.batch.promotion_id), "until": _ms(row.batch.until),
        }
        for row in coupon_queries.unused(ids=ids, after=after, limit=COUPONS_MAX)
    ]  # fmt: skip


def coupon(found: Coupon) -> Row:
    """Return a single-use code as who asks for it is told."""
    used = found.uses[0] if found.uses else None
    return {
        "id": str(found.id), "coupon": found.coupon, "state": found.state, "until": _ms(found.until),
        "used": None if used is None else {"ticket": used.ticket, "at": clock.to_ms(used.at)},
    }  # fmt: skip


def _ms(at: dt.datetime | None) -> int | None:
    return None if at is None else clock.to_ms(at)
