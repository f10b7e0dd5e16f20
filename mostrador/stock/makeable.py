"""How many of a kit can be made of what its components are on hand: a kit has no stock of its own. Quantities: int thousandths."""

import uuid
from collections.abc import Iterable

from mostrador.catalogue import kits
from mostrador.stock import services
from mostrador.stock.models import StockLevel

WHOLE = 1000


def by_store(product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, int]]:
    """Return of each kit among these products how many whole ones each store can make, what waits for the worker included.

    A component that never moved anywhere is counted by nobody and limits nothing; one that others hold and a store does not, limits it to none.
    """
    made_of = kits.components(list(product_ids))
    wanted = {part.product_id for parts in made_of.values() for part in parts}
    held: dict[uuid.UUID, dict[uuid.UUID, int]] = {}
    for store_id, product_id, quantity in StockLevel.objects.filter(product_id__in=wanted).values_list(
        "store_id", "product_id", "quantity"
    ):
        held.setdefault(product_id, {})[store_id] = quantity
    if wanted:
        for (store_id, product_id), quantity in services.waiting().items():
            if product_id in wanted:
                of_product = held.setdefault(product_id, {})
                of_product[store_id] = of_product.get(store_id, 0) + quantity
    found: dict[uuid.UUID, dict[uuid.UUID, int]] = {}
    for kit_id, parts in made_of.items():
        counted = [(held[part.product_id], part.quantity) for part in parts if part.product_id in held]
        stores = {store for levels, _ in counted for store in levels}
        found[kit_id] = {store: WHOLE * max(0, min(levels.get(store, 0) // each for levels, each in counted)) for store in stores}
    return found


def whole(product_ids: Iterable[uuid.UUID], store_id: uuid.UUID | None = None) -> dict[uuid.UUID, int]:
    """Return how many of each kit among these products a store can make, or all stores each by itself; of one that nobody counts, nothing."""
    made = by_store(product_ids)
    if store_id:
        return {kit_id: stores[store_id] for kit_id, stores in made.items() if store_id in stores}
    return {kit_id: sum(stores.values()) for kit_id, stores in made.items() if stores}
