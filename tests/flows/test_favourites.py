"""Favourites by store in the office: moved, added, taken out, said as a whole, and the business's again."""

import uuid

from django.test import Client

from mostrador.catalogue import favourites
from mostrador.catalogue import services as catalogue
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from tests.flows.office import everything
from tests.sync.shop import Business

ROOM = "/productos/favoritos/"


def ids(shop: Business, *names: str) -> list[uuid.UUID]:
    """The ids of products of the shop."""
    return [uuid.UUID(shop.products[name]) for name in names]


def own(shop: Business, store_id: uuid.UUID | None = None) -> list[uuid.UUID] | None:
    """What a store has arranged."""
    with scope(shop.id):
        return favourites.of_store(store_id or shop.store_id)


def test_a_store_begins_with_those_of_the_business_and_then_has_its_own(shop: Business, owner: Client) -> None:
    coffee, water, tomato = ids(shop, "coffee", "water", "tomato")
    with scope(shop.id):
        north = people.add_store(shop.actor, code="NORTE", name="Norte", timezone="America/Mexico_City").id
        for place, product in enumerate((coffee, water)):
            catalogue.change_product(shop.actor, product_id=product, favourite=place)
    here = f"{ROOM}?tienda={shop.store_id}"
    assert own(shop) is None

    owner.post(here, {"product": str(water), "move": "up"})
    assert own(shop) == [water, coffee]
    owner.post(here, {"product": str(tomato)})
    assert own(shop) == [water, coffee, tomato]
    owner.post(here, {"product": str(water), "move": "down"})
    assert own(shop) == [coffee, water, tomato]
    owner.post(here, {"order": f"{tomato} {coffee} {water}"})
    assert own(shop) == [tomato, coffee, water]
    owner.post(here, {"product": str(coffee), "move": "out"})
    assert own(shop) == [tomato, water]
    assert own(shop, north) is None, "the other store has those of the business"
    page = owner.get(f"{ROOM}?tienda={north}").content.decode()
    assert page.index("coffee") < page.index("water")
    assert "tomato" not in page
    owner.post(here, {"usual": "1"})
    assert own(shop) is None


def test_an_order_that_is_not_of_these_products_changes_nothing(shop: Business, owner: Client, other: Business) -> None:
    coffee, water = ids(shop, "coffee", "water")
    here = f"{ROOM}?tienda={shop.store_id}"
    owner.post(here, {"order": ""}), owner.post(here, {"product": str(coffee)}), owner.post(here, {"product": str(water)})
    before = everything(shop)

    for said in (
        {"order": f"{coffee}"},
        {"order": f"{coffee} {uuid.UUID(int=3)}"},
        {"product": "no"},
        {"product": other.products["coffee"]},
    ):
        owner.post(here, said)
    assert everything(shop) == before
    assert own(shop) == [coffee, water]
