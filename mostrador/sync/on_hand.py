"""How much of a product there is, here and in other stores: asked by a till when somebody looks at it, never on the way of a sale (docs/adr/0022)."""

import uuid
from typing import Any

from mostrador.catalogue.models import Product
from mostrador.kernel import clock
from mostrador.people.models import Store
from mostrador.stock import makeable
from mostrador.stock import services as stock
from mostrador.stock.models import StockLevel

OTHERS_MAX = 8
# Of so many stores the names are looked up: some of them may be closed for good.
ASKED_MAX = 40
WAITING_MAX = 200


def on_hand(product_id: uuid.UUID, store_id: uuid.UUID) -> dict[str, Any] | None:
    """Return what a store holds of a product and which others hold most of it, thousandths; None for no product of the business in scope.

    `here` is null where none of it ever moved: nobody counts it. `is_current`: what has come in is in it, even what waits for the worker.
    """
    if not Product.objects.filter(id=product_id).exists():
        return None
    made = makeable.by_store([product_id])
    if product_id in made:
        return _of_kit(made[product_id], store_id)
    waiting = stock.waiting_of(product_id, WAITING_MAX)
    moved = waiting or {}
    levels = StockLevel.objects.filter(product_id=product_id)
    own = levels.filter(store_id=store_id).values_list("quantity", flat=True).first()
    elsewhere = levels.exclude(store_id=store_id).filter(quantity__gt=0)
    most = dict(elsewhere.order_by("-quantity", "store_id").values_list("store_id", "quantity")[:ASKED_MAX])
    # Where something waits there may be no level yet, or none above zero.
    of_waiting = dict(levels.filter(store_id__in=moved).values_list("store_id", "quantity"))
    known = {store: quantity for store, quantity in (dict.fromkeys(moved, 0) | of_waiting | most).items() if store != store_id}
    names = dict(Store.objects.filter(id__in=known, archived_at=None).values_list("id", "name"))
    held = sorted(
        ((quantity + moved.get(store, 0), names[store], store) for store, quantity in known.items() if store in names), reverse=True
    )
    others = [(store, name, quantity) for quantity, name, store in held if quantity > 0]
    unseen = elsewhere.count() - len(most) if len(most) == ASKED_MAX else 0
    return {
        "at": clock.now_ms(),
        "here": None if own is None and store_id not in moved else (own or 0) + moved.get(store_id, 0),
        "others": [{"store": str(store), "name": name, "quantity": quantity} for store, name, quantity in others[:OTHERS_MAX]],
        "more": max(0, len(others) - OTHERS_MAX) + unseen,
        "is_current": waiting is not None,
    }


def _of_kit(made: dict[uuid.UUID, int], store_id: uuid.UUID) -> dict[str, Any]:
    """The same of a kit: how many can be made here and elsewhere of what it is made of."""
    names = dict(Store.objects.filter(id__in=made, archived_at=None).values_list("id", "name"))
    others = sorted((-count, name, store) for store, name in names.items() if store != store_id and (count := made[store]) > 0)
    return {
        "at": clock.now_ms(),
        "here": made.get(store_id),
        "others": [{"store": str(store), "name": name, "quantity": -count} for count, name, store in others[:OTHERS_MAX]],
        "more": max(0, len(others) - OTHERS_MAX),
        "is_current": True,
    }
