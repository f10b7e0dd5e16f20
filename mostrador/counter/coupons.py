"""How facts become uses of single-use coupons, and what of a sale's coupons cannot be."""

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from mostrador.buyers.queries import offline_limits
from mostrador.counter.journal import Journal
from mostrador.kernel import feed, outbox

TOPIC_USED = "counter.coupon_used"

type Rows = list[tuple[Any, ...]]


def fault(body: Any) -> str | None:
    """Return where a sale's coupons are not what they must be: each once, and of a promotion that lowered the sale, one of each; or None."""
    named, lowered = body.coupons or (), {promotion.id for promotion in body.basket.promotions}
    ids, versions = {one.id for one in named}, {one.promotion for one in named}
    if len(ids) != len(named) or len(versions) != len(named):
        return "coupons.id"
    return None if versions <= lowered else "coupons.promotion"


def rows(journal: Journal, body: Any, at: int) -> Iterator[tuple[str, Rows]]:
    """Yield by table the codes that lowered a sale; most sales have none."""
    if body.coupons:
        own, raw = journal.own, journal.raw
        yield "counter_couponuse", [
            (own.organization, raw(body.sale), n, raw(one.id), raw(one.promotion), at) for n, one in enumerate(body.coupons)
        ]  # fmt: skip


def told(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Tell the tills that hold codes that some are used (the worker's handler of TOPIC_USED)."""
    if offline_limits()["coupon"] != 0:
        ids = {uuid.UUID(source) for payload in payloads for source in payload["sources"]}  # type: ignore[attr-defined]  # JSON of ours
        feed.touched(organization_id, "coupon", ids)


outbox.handles(TOPIC_USED, lambda organization_id, payloads: partial(told, organization_id, payloads))

COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_couponuse": ("organization_id", "sale_id", "n", "coupon_id", "promotion_id", "at"),
}
