"""A kit sells as one line; its components leave the shelf in its place and come back with it."""

import uuid

from mostrador.catalogue import kits
from mostrador.config.worker import drain
from mostrador.counter.made_of import ReturnComponent, SaleComponent
from mostrador.counter.models import SaleLine
from mostrador.kernel.scoping import scope
from mostrador.stock.models import StockLevel
from tests.sync.books import doctor, everything, grown, parked
from tests.sync.shop import Business, Json, Till, document, reasons, states


def components(till: Till, *made_of: tuple[str, int]) -> list[Json]:
    """Components as a fact has them."""
    return [{"product_id": till.business.products[name], "name": name, "quantity": quantity} for name, quantity in made_of]


def basket(till: Till, quantity: int = 2000) -> Json:
    """A line of a kit (two waters and half a kilo of tomatoes each), and one of water beside it."""
    made_of = components(till, ("water", 2 * quantity), ("tomato", quantity // 2))
    return {**till.line("1", "coffee", quantity), "components": made_of}


def levels(till: Till) -> dict[str, int]:
    """What the shelves hold, by the name of the product; what never moved is left out."""
    drain()
    names = {product: name for name, product in till.business.products.items()}
    with scope(till.business.id):
        return {names[str(row.product_id)]: row.quantity for row in StockLevel.objects.all() if row.quantity}


def test_components_leave_the_shelf_in_place_of_the_kit(till: Till) -> None:
    before = everything()
    till.sell(lines=[basket(till), till.line("2", "water", 1000)])

    assert states(till.push()) == ["accepted"]

    assert grown(before)["counter_salecomponent"] == 2
    with scope(till.business.id):
        assert list(SaleLine.objects.order_by("n").values_list("name", "gross")) == [("coffee", 17_800), ("water", 1_850)]
        assert list(SaleComponent.objects.order_by("place").values_list("n", "name", "quantity")) == [
            (0, "water", 4000),
            (0, "tomato", 1000),
        ]
    assert levels(till) == {"water": -5000, "tomato": -1000}
    assert doctor() == []


def test_what_comes_back_of_a_kit_comes_back_to_the_shelf_and_scrap_does_not(till: Till) -> None:
    sold = till.sell(lines=[basket(till)])
    made_of = components(till, ("water", 2000), ("tomato", 500))
    first = till.take_back(sold, (0, 1000), line={"components": made_of})
    given = first["body"]["totals"]["lines"][0]
    before = {0: {"quantity": 1000, "gross": given["gross"], "taxes": given["taxes"]}}
    till.take_back(sold, (0, 1000), before=before, knew=[first["body"]["return"]], line={"components": made_of, "goods": "scrap"})

    assert states(till.push()) == ["accepted"] * 3

    with scope(till.business.id):
        assert ReturnComponent.objects.count() == 4
    assert levels(till) == {"water": -2000, "tomato": -500}
    assert doctor() == []


def test_a_component_of_nobody_parks_the_sale(till: Till) -> None:
    line = basket(till)
    line["components"][0]["product_id"] = "01a21078-0000-7000-8000-000000000000"
    till.sell(lines=[line])

    assert reasons(till.push()) == ["unknown_product"]
    assert [reason for _, _, reason in parked(till)] == ["unknown_product"]
    assert levels(till) == {}


def test_a_component_that_would_come_to_the_shelf_by_being_sold_parks_the_sale(till: Till) -> None:
    line = basket(till)
    line["components"][0]["quantity"] = -1000
    till.sell(lines=[line])

    assert reasons(till.push()) == ["quantity"]
    assert levels(till) == {}


def test_a_till_hears_what_a_kit_is_made_of_and_that_it_is_one_no_more(shop: Business) -> None:
    till = shop.till()
    with scope(shop.id):
        coffee, water = (uuid.UUID(shop.products[name]) for name in ("coffee", "water"))
        kits.set_components(shop.actor, kit_id=coffee, parts=[(water, 2000)])
    drain()
    manifest = document(till.pull("catalogue"))
    part = {"product_id": shop.products["water"], "name": "water", "quantity": 2000}
    assert manifest["kits"] == [{"id": shop.products["coffee"], "components": [part]}]
    with scope(shop.id):
        kits.set_components(shop.actor, kit_id=coffee, parts=[])
    drain()

    changes = document(till.pull(f"changes?epoch={manifest['epoch']}&n={manifest['n']}"))["changes"]

    assert [(change["kind"], change["row"]) for change in changes] == [("kit", None)]
