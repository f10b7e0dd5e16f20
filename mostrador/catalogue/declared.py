"""Prices from before Mostrador, as the owner says they were: marked so, and never over what was recorded here (invariant X7)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from mostrador.catalogue.models import PriceEvent
from mostrador.catalogue.services import PRICE_MAX, get_product
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.writing import whole


@whole
def declare_price(actor: Actor, *, product_id: uuid.UUID, price: int, valid_from: dt.datetime) -> None:
    """Say that a product cost so much from an instant on, before its first price was recorded here. Refuses any later instant: Invalid."""
    declare_prices(actor, [(product_id, price, valid_from)])


@whole
def declare_prices(actor: Actor, rows: Sequence[tuple[uuid.UUID, int, dt.datetime]]) -> None:
    """As `declare_price`, for many."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    for product_id, price, valid_from in rows:
        get_product(product_id)
        if not 0 <= price <= PRICE_MAX:
            raise Invalid(price="out_of_range")
        first = PriceEvent.objects.filter(product_id=product_id, is_declared=False).order_by("valid_from").first()
        if first is None or valid_from >= first.valid_from:
            raise Invalid(declared="recorded")
    now = clock.now()
    for product_id, price, valid_from in rows:
        PriceEvent(
            organization_id=actor.organization_id, product_id=product_id, price=price, valid_from=valid_from, recorded_at=now,
            actor_id=actor.id, is_declared=True,
        ).save(force_insert=True)  # fmt: skip
        trail.record(actor, "product", product_id, {"declared_price": (None, price)})
