"""What a till must know to speak truly of reduced prices. A document of its own: without it, or beyond it, a till sells on and says nothing."""

import uuid
from typing import Any

from mostrador.catalogue import price_words
from mostrador.catalogue.price_words import Known
from mostrador.kernel import clock, feed
from mostrador.kernel.models import Organization
from mostrador.people.models import Store
from mostrador.trust import shelf_prices


def prices(organization_id: uuid.UUID, store_id: uuid.UUID) -> dict[str, Any]:
    """Return the reductions for everybody in a store, and of which products the price before is not the usual one; and what shelves say otherwise."""
    organization, store = Organization.objects.get(id=organization_id), Store.objects.get(id=store_id)
    where, rule = price_words.settled(organization, store)
    return {
        "epoch": str(feed.epoch()),
        "days": rule.days,
        "reductions": [_reduction(one) for one in price_words.known(where, rule)],
        "shelves": [[str(one.product_id), one.shelf_price] for one in shelf_prices.standing(store_id)],
    }


def _reduction(one: Known) -> dict[str, Any]:
    return {
        "version": str(one.version_id),
        "since": clock.to_ms(one.since),
        "until": None if one.until is None else clock.to_ms(one.until),
        "priors": [[str(product), price] for product, price in one.priors],
    }
