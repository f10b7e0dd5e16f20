"""What a till offers to help with. A document of its own, so that whatever happens to it no sale and no other document waits (ruling 33)."""

import uuid
from dataclasses import asdict
from typing import Any

import msgspec
from django.db import connection

from mostrador.kernel import feed
from mostrador.kernel.scoping import current_organization
from mostrador.kernel.writing import use_case
from mostrador.people import queries as people
from mostrador.people.models import Store
from mostrador.rights import paper
from mostrador.trust import advising, claim_topics, need_chips, needs, places, promise_chips, promises, sample_goods, sheets, strip, wall
from mostrador.trust.sheets import Sheet

LOCK_WAIT = "1s"


def guidance(store_id: uuid.UUID) -> dict[str, Any]:
    """Return what a till of a store offers beside the sale. Raises OperationalError when tables of trust are locked for a second."""
    with use_case():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        with wall.behind():
            return _said(store_id)


def _said(store_id: uuid.UUID) -> dict[str, Any]:
    """The chips of needs, ordered by what this store uses, what it promises, where else somebody is helped, and what may be recommended by."""
    used = needs.used(store_id)
    chips = sorted(need_chips.chips(), key=lambda one: -used.get(one.id, 0))  # of equals the owner's order stands
    return {
        "epoch": str(feed.epoch()),
        "hidden": strip.hidden(),
        "needs": [{"id": str(one.id), "name": one.says.name, "pick": msgspec.to_builtins(one.says.pick)} for one in chips],
        "samples": _samples(store_id),
        **_promising(store_id),
        "places": [_place(one) for one in places.approved()],
        "stores": [_store(one) for one in people.stores() if one.id != store_id],
        "advice": _advice(store_id),
        "sheets": [_sheet(one) for one in sheets.at_tills()],
        "topics": [{"id": str(one.id), "name": one.name} for one in claim_topics.topics()],
        "rights": [_right(one) for one in _on_paper(store_id)],
    }


def _on_paper(store_id: uuid.UUID) -> list[paper.OnPaper]:
    """What a receipt of this store may say that its buyer can ask for. A shop's guarantee that a law prolongs is left to the page."""
    organization = people.business(current_organization())
    return paper.on_paper(organization.country, promises.today(Store.objects.get(id=store_id)))


def _right(one: paper.OnPaper) -> dict[str, Any]:
    return {
        "es": one.es,
        "en": one.en,
        "amount": one.lasts.amount,
        "unit": one.lasts.unit,
        "stale_after": one.stale_after.isoformat() if one.stale_after else None,
        "usual": one.usual,
        "categories": [{"id": str(which), "has": has} for which, has in one.categories],
        "products": [{"id": str(which), "has": has} for which, has in one.products],
    }


def _promising(store_id: uuid.UUID) -> dict[str, Any]:
    """What is promised here, each with the days that nine of ten took, or the owner's; and when the store is closed."""
    store, chips = Store.objects.get(id=store_id), promise_chips.chips()
    honest = promises.honest(store) if chips else {}
    return {
        "promises": [
            {"id": str(one.id), "name": one.says.name, "days": honest.get(one.id, one.says.days), "honest": one.id in honest}
            for one in chips
        ],
        "finds_out": next((str(one.id) for one in chips if one.says.finds_out), None),
        "closed_weekdays": store.closed_weekdays,
        "closed_dates": store.closed_dates,
    }


def _sheet(one: Sheet) -> dict[str, Any]:
    points = [{"id": str(point.id), "kind": point.kind, "says": point.says, "basis": point.basis} for point in one.points]
    return {"id": str(one.id), "product": str(one.product_id), "points": points}


def _samples(store_id: uuid.UUID) -> list[dict[str, Any]]:
    used = sample_goods.used(store_id)
    goods = sorted(sample_goods.goods(), key=lambda one: -used.get(one.product_id, 0))
    return [{"product": str(one.product_id), **asdict(one.says)} for one in goods]


def _place(one: places.Known) -> dict[str, Any]:
    return {"id": str(one.id), **asdict(one.facts), "verified_on": one.verified_on.isoformat()}


def _store(one: Store) -> dict[str, Any]:
    return {"id": str(one.id), "name": one.name, "address": one.address, "phone": one.phone}


def _advice(store_id: uuid.UUID) -> dict[str, Any]:
    """What a till may rank by: nothing here knows what a product costs the shop (docs/adr/0038)."""
    given = advising.given()
    return {
        "returns": [[str(product), rate] for product, rate in sorted(advising.return_rates().items())],
        "contradicted": [[str(product), times] for product, times in sorted(advising.contradictions().items())],
        "out": [str(product) for product in advising.out_of(store_id)],
        "incentives": [[str(product), says] for product, says in sorted(given.declared.items())],
        "undeclared": [str(product) for product in sorted(given.undeclared)],
    }
