"""What an office does with single-use coupons: codes are drawn for a promotion, and those that are not to be used any more are void."""

import datetime as dt
import uuid

from mostrador.buyers.queries import offline_limits
from mostrador.catalogue import promotions
from mostrador.counter import coupon_codes, coupon_queries
from mostrador.counter.coupon_models import CouponBatch, CouponCode
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.sealing import seal
from mostrador.kernel.writing import whole

CODES_MAX = 5_000
NAME_MAX = 60


@whole
def issue(actor: Actor, *, promotion_id: uuid.UUID, name: str, count: int, until: dt.datetime | None = None) -> uuid.UUID:
    """Draw so many codes for a promotion that wants single-use codes, and return their batch."""
    _may_lead(actor)
    said = promotions.promotion(promotion_id)
    if not said.terms.single or said.is_archived:
        raise Invalid(promotion="choose")
    if not 1 <= count <= CODES_MAX:
        raise Invalid(count="out_of_range")
    if not name.strip() or len(name.strip()) > NAME_MAX:
        raise Invalid(name="too_long" if name.strip() else "empty")
    now = clock.now()
    if until is not None and until <= now:
        raise Invalid(until="over")
    batch = CouponBatch(
        organization_id=actor.organization_id, id=new_id(), promotion_id=promotion_id, name=name.strip(), made_at=now, until=until
    )
    batch.save(force_insert=True)
    rows = [_drawn(batch, n, code) for n, code in enumerate(_codes(count), 1)]
    CouponCode.objects.bulk_create(rows, batch_size=1000)
    trail.record(actor, "coupon_batch", batch.id, {"codes": (0, count)})
    _told(actor, [row.id for row in rows])
    return batch.id


@whole
def set_void(actor: Actor, *, coupon_id: uuid.UUID, void: bool) -> None:
    """Let a code lower nothing any more, or again. Refuses one that a ticket has used: Invalid."""
    _may_lead(actor)
    row, found = CouponCode.objects.filter(id=coupon_id).first(), coupon_queries.coupon(coupon_id)
    if row is None or found is None:
        raise NotFound
    if (row.voided_at is not None) == void:
        return
    if void and found.state == "used":
        raise Invalid(coupon="used")
    row.voided_at = clock.now() if void else None
    row.save(force_update=True)
    trail.record(actor, "coupon_code", coupon_id, {"void": (not void, void)})
    _told(actor, [coupon_id])


@whole
def void_rest(actor: Actor, *, batch_id: uuid.UUID) -> int:
    """Let no code of a batch be used that has not been, and return how many those were."""
    _may_lead(actor)
    if not CouponBatch.objects.filter(id=batch_id).exists():
        raise NotFound
    left = [one.id for one in coupon_queries.listed(batch_id) if one.state in {"free", "over"}]
    now = clock.now()
    for start in range(0, len(left), 1000):
        CouponCode.objects.filter(id__in=left[start : start + 1000]).update(voided_at=now)
    if left:
        trail.record(actor, "coupon_batch", batch_id, {"void": (0, len(left))})
        _told(actor, left)
    return len(left)


def _codes(count: int) -> set[str]:
    """So many codes, none twice; that none of them was drawn before the database sees to, which would take a billion batches."""
    found: set[str] = set()
    while len(found) < count:
        found.add(coupon_codes.draw())
    return found


def _drawn(batch: CouponBatch, n: int, code: str) -> CouponCode:
    row = CouponCode(
        organization_id=batch.organization_id, id=new_id(), batch_id=batch.id, n=n, code_hash=coupon_codes.code_hash(code), sealed=""
    )
    row.sealed = seal(code.encode(), row.id.bytes)
    return row


def _told(actor: Actor, ids: list[uuid.UUID]) -> None:
    """Tills hold codes only where the owner lets them be taken without asking."""
    if offline_limits()["coupon"] != 0:
        touched(actor.organization_id, "coupon", ids)


def _may_lead(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
