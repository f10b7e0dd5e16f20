"""The favourites of each store, in the order of its grid. A store that has not arranged its own has those of the business."""

import uuid
from collections.abc import Sequence

from mostrador.catalogue.models import Product, StoreFavourites
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import building_block, use_case
from mostrador.people.models import Store

FAVOURITES_MAX = 120


def arrange(actor: Actor, *, store_id: uuid.UUID, products: Sequence[uuid.UUID] | None) -> None:
    """Let these be the favourites of a store, in this order; None: those of the business again. Refuses what is no product of the business."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    if not Store.objects.filter(id=store_id).exists():
        raise NotFound
    wanted = None if products is None else list(dict.fromkeys(products))
    if wanted is not None and len(wanted) > FAVOURITES_MAX:
        raise Invalid(products="too_many")
    if wanted and Product.objects.filter(id__in=wanted).count() != len(wanted):
        raise Invalid(products="unknown")
    with use_case():
        put(actor, store_id=store_id, products=wanted)


def put(actor: Actor, *, store_id: uuid.UUID, products: Sequence[uuid.UUID] | None) -> None:
    """As `arrange`, inside the caller's transaction, of products that are known to be the business's."""
    had = StoreFavourites.objects.filter(store_id=store_id).values_list("products", flat=True).first()
    said = None if products is None else [str(product) for product in products]
    if said == had:
        return
    with building_block():
        if said is None:
            StoreFavourites.objects.filter(store_id=store_id).delete()
        else:
            StoreFavourites.objects.update_or_create(
                organization_id=actor.organization_id, store_id=store_id, defaults={"products": said, "updated_at": clock.now()}
            )
        trail.record(actor, "favourites", store_id, {"products": (None if had is None else len(had), None if said is None else len(said))})
        # It stands in the till part: every till takes that anew.
        touched(actor.organization_id, "till", [store_id])


def of_store(store_id: uuid.UUID) -> list[uuid.UUID] | None:
    """Return the favourites that a store has arranged, those on sale, in its order; None: it has those of the business."""
    found = StoreFavourites.objects.filter(store_id=store_id).values_list("products", flat=True).first()
    if found is None:
        return None
    wanted = [uuid.UUID(product) for product in found]
    on_sale = set(Product.objects.filter(id__in=wanted, archived_at=None).values_list("id", flat=True))
    return [product for product in wanted if product in on_sale]


def of_business() -> list[uuid.UUID]:
    """Return the favourites of the business in their order."""
    rows = Product.objects.filter(archived_at=None).exclude(favourite=None).order_by("favourite", "id")
    return list(rows.values_list("id", flat=True)[:FAVOURITES_MAX])
