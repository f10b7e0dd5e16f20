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


def pages(shop: Business, store_id: uuid.UUID | None = None) -> list[tuple[str, list[uuid.UUID]]] | None:
    """The pages that a store has arranged: their names and what stands on them."""
    with scope(shop.id):
        found = favourites.of_store(store_id or shop.store_id)
    return None if found is None else [(page.name, list(page.products)) for page in found]


def own(shop: Business, store_id: uuid.UUID | None = None) -> list[uuid.UUID] | None:
    """What a store has arranged on its only page."""
    found = pages(shop, store_id)
    if found is None:
        return None
    [(name, products)] = found
    assert name == ""
    return products


def own_or_named(shop: Business) -> list[uuid.UUID]:
    """What stands on the only page, whatever it is called."""
    [(_, products)] = pages(shop) or []
    return products


def another(shop: Business, sku: str) -> uuid.UUID:
    """One more product, taxed as coffee is."""
    with scope(shop.id):
        coffee = catalogue.get_product(ids(shop, "coffee")[0])
        return catalogue.add_product(shop.actor, sku=sku, name=sku, price=9_0000, tax_group_id=coffee.tax_group_id, unit="pieza").id


def archive(shop: Business, *products: uuid.UUID, archived: bool = True) -> None:
    """Take products off sale, or put them on it again."""
    with scope(shop.id):
        for product in products:
            catalogue.archive_product(shop.actor, product_id=product, archived=archived)


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


def test_a_store_has_pages_that_are_named_ordered_filled_and_taken_out(shop: Business, owner: Client) -> None:
    coffee, water, tomato = ids(shop, "coffee", "water", "tomato")
    here = f"{ROOM}?tienda={shop.store_id}"
    for product in (coffee, water, tomato):
        owner.post(here, {"product": str(product)})
    assert 'aria-label="Páginas de favoritos"' not in owner.get(here).content.decode(), "one page needs no tabs"

    owner.post(here, {"page": "new", "name": "  Bebidas "})
    assert pages(shop) == [("Favoritos", [coffee, water, tomato]), ("Bebidas", [])]
    assert 'aria-label="Páginas de favoritos"' in owner.get(here).content.decode()
    owner.post(here, {"product": str(water), "to": "2"})
    owner.post(here, {"product": str(coffee), "to": "2"})
    assert pages(shop) == [("Favoritos", [tomato]), ("Bebidas", [water, coffee])]
    second = f"{here}&pagina=2"
    owner.post(second, {"product": str(coffee), "move": "up"})
    owner.post(second, {"page": "name", "name": "Calientes"})
    owner.post(second, {"page": "earlier"})
    assert pages(shop) == [("Calientes", [coffee, water]), ("Favoritos", [tomato])]
    shown = owner.get(second).content.decode()
    assert "tomato" in shown
    assert "coffee" not in shown, "what stands on another page"
    owner.post(here, {"page": "out"})
    assert pages(shop) == [("Favoritos", [tomato, coffee, water])]


def test_pages_that_nobody_could_tell_apart_are_refused_with_a_sentence(shop: Business, owner: Client) -> None:
    here = f"{ROOM}?tienda={shop.store_id}"
    owner.post(here, {"product": str(ids(shop, "coffee")[0])})
    owner.post(here, {"page": "new", "name": "Pan"})
    before = everything(shop)
    for said, sentence in (
        ({"page": "new", "name": "pan"}, "Ya hay una con ese nombre."),
        ({"page": "name", "name": " "}, "Falta"),
        ({"page": "new", "name": "x" * 25}, "demasiado largo"),
    ):
        answer = owner.post(here, said)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    owner.post(here, {"product": str(ids(shop, "coffee")[0]), "to": "9"})
    assert owner.get(f"{here}&pagina=77").status_code == 200
    assert everything(shop) == before
    for n in range(10):
        owner.post(here, {"page": "new", "name": f"P{n}"})
    assert "Hasta 12 páginas" in owner.post(here, {"page": "new", "name": "Trece"}).content.decode()


def test_what_is_archived_stands_where_it_stood_when_it_comes_back(shop: Business, owner: Client) -> None:
    coffee, water, tomato = ids(shop, "coffee", "water", "tomato")
    bread = another(shop, "bread")
    here = f"{ROOM}?tienda={shop.store_id}"
    for product in (coffee, water, tomato, bread):
        owner.post(here, {"product": str(product)})
    owner.post(here, {"page": "new", "name": "Otra"})
    archive(shop, coffee, tomato)

    assert pages(shop) == [("Favoritos", [water, bread]), ("Otra", [])]
    owner.post(here, {"product": str(bread), "move": "up"})
    owner.post(here, {"page": "later"})
    owner.post(f"{here}&pagina=2", {"page": "name", "name": "De siempre"})
    assert pages(shop) == [("Otra", []), ("De siempre", [bread, water])]

    archive(shop, coffee, tomato, archived=False)
    assert pages(shop) == [("Otra", []), ("De siempre", [coffee, bread, water, tomato])], "first, and behind the water"
    archive(shop, water)
    owner.post(f"{here}&pagina=2", {"product": str(bread), "move": "out"})
    owner.post(f"{here}&pagina=2", {"page": "out"})
    archive(shop, water, archived=False)
    assert own_or_named(shop) == [coffee, water, tomato], "on the page that took in what stood with it"


def test_what_the_business_has_archived_stands_where_it_stood_in_a_store_s_own_order(shop: Business, owner: Client) -> None:
    coffee, water, tomato = ids(shop, "coffee", "water", "tomato")
    with scope(shop.id):
        for place, product in enumerate((coffee, water, tomato)):
            catalogue.change_product(shop.actor, product_id=product, favourite=place)
    archive(shop, water)

    owner.post(f"{ROOM}?tienda={shop.store_id}", {"product": str(tomato), "move": "up"})
    assert own(shop) == [tomato, coffee]
    archive(shop, water, archived=False)
    assert own(shop) == [tomato, coffee, water]
