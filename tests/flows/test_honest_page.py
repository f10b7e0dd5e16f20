"""What the buyer's page says of prices: what was told of the one before, the price per litre, and what the total is made of; and the office's list of shelves that differ."""

import uuid

from django.test import Client

from mostrador.catalogue import services
from mostrador.catalogue.models import Product
from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from mostrador.trust import shelf_prices
from tests.flows.office import office
from tests.flows.test_page import page, token
from tests.sync.shop import Business, Till, a_business


def lowered(till: Till, *priors: dict[str, object]) -> None:
    """A coffee that a promotion lowered by a tenth, of which the buyer was told so much."""
    basket = till.basket(("coffee", 1000), ("water", 2000))
    basket["promotions"] = [
        {"id": str(uuid.uuid4()), "name": "Oferta", "kind": "each", "reward": {"percent": 100_000}, "stack": False, "lines": ["1"]}
    ]
    basket["payments"] = [{"method": "cash", "amount": 117_10}]
    till.sell_basket(basket, Extras(tokens=token().tokens, priors=priors))
    till.push()


def open_till(shop: Business) -> Till:
    """A till of the shop, whose water is half a litre."""
    with scope(shop.id):
        services.change_product(shop.actor, product_id=uuid.UUID(shop.products["water"]), content=500_000, content_unit="ml")
    till = shop.till()
    till.open_shift()
    return till


def test_what_was_told_at_the_till_stands_on_the_page_with_what_the_total_is_made_of(shop: Business) -> None:
    lowered(open_till(shop), {"line": "1", "price": 890_000})

    html = page().replace("\xa0", " ")

    assert "Antes $89.00: el precio más bajo de los 30 días previos" in html
    assert "Oferta −$8.90" in html
    assert "$18.50 c/u · $37.00 por L" in html
    made = html.split("De qué se compone su total")[1].split("</section>")[0]
    for part in ("Productos", "$126.00", "Descuentos", "−$8.90", "Total", "$117.10"):
        assert part in made or part.replace("−", "-") in made, part


def test_where_there_was_no_reduction_to_speak_of_the_page_speaks_of_none(shop: Business) -> None:
    lowered(open_till(shop), {"line": "1", "price": None})

    html = page()

    assert "Precio de hoy −$8.90" in html.replace("\xa0", " ")
    assert "Oferta" not in html
    assert "Antes $" not in html
    assert "30 días previos" not in html


def differs(shop: Business) -> None:
    """A shelf that says less."""
    till = open_till(shop)
    body = {"shift": till.shift, "product": shop.products["coffee"], "shelf_price": 850_000, "till_price": 890_000}
    till.write("shelf_price.stated", body, visit=till.visit().document(), staff=shop.cashier)
    till.push()
    drain()


def test_the_office_sees_which_shelves_differ_and_gives_the_product_their_price(shop: Business) -> None:
    differs(shop)
    owner = office(shop)

    html = owner.get("/productos/anaquel/").content.decode()
    assert "$85.00" in html
    assert "$89.00" in html
    assert "Un precio no coincide" in owner.get("/productos/").content.decode()
    said = {"product": shop.products["coffee"], "store": str(shop.store_id)}
    assert owner.post("/productos/anaquel/", {**said, "how": "nonsense"}).status_code == 422
    assert owner.post("/productos/anaquel/", {**said, "how": "price"}).status_code == 302

    with scope(shop.id):
        assert Product.objects.get(sku="coffee").price == 850_000
        assert shelf_prices.standing() == []
    assert "precio corregido" in owner.get("/productos/anaquel/").content.decode()


def test_a_stranger_and_who_only_reads_change_nothing(shop: Business) -> None:
    differs(shop)
    said = {"product": shop.products["coffee"], "store": str(shop.store_id), "how": "tag"}

    assert office(a_business()).post("/productos/anaquel/", said).status_code == 404
    assert office(shop, "auditor").post("/productos/anaquel/", said).status_code == 403
    assert Client().post("/productos/anaquel/", said).status_code in {302, 401, 403}
    with scope(shop.id):
        assert len(shelf_prices.standing()) == 1
