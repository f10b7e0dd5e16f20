"""A combo is sold at one price; each part has its share of it, its own tax and its own way off the shelf, and comes back at what was paid for it."""

import uuid

from mostrador.catalogue import combos
from mostrador.catalogue.combos import Choice, Slot
from mostrador.config.worker import drain
from mostrador.counter.made_of import SaleCombo, SalePart
from mostrador.counter.models import SaleLine
from mostrador.kernel.scoping import scope
from tests.sync.books import doctor, everything, grown
from tests.sync.shop import Business, Json, Till, document, reasons, states
from tests.sync.test_kits import levels


def combo(till: Till, **more: object) -> Json:
    """A coffee and a water at 80.00 together."""
    return {
        "id": "c", "quantity": 1000, "unit_price": 800_000, "parts": [{"line": "1", "extra": 100_000}, {"line": "2"}],
        "product_id": till.business.products["tomato"], "name": "Combo", **more,
    }  # fmt: skip


def lines(till: Till) -> list[Json]:
    """The lines of the combo, and one beside it."""
    return [till.line("1", "coffee", 1000), till.line("2", "water", 1000), till.line("3", "water", 1000)]


def test_a_combo_becomes_rows_and_its_parts_share_its_price(till: Till) -> None:
    before = everything()
    till.sell(lines=lines(till), combos=[combo(till)])

    assert states(till.push()) == ["accepted"]

    assert (grown(before)["counter_salecombo"], grown(before)["counter_salepart"]) == (1, 2)
    with scope(till.business.id):
        gross = list(SaleLine.objects.order_by("n").values_list("gross", flat=True))
        assert gross[0] + gross[1] == 8_000
        assert SaleCombo.objects.values_list("place", "product_id", "name", "quantity", "unit_price").get() == (
            0, uuid.UUID(till.business.products["tomato"]), "Combo", 1000, 800_000,
        )  # fmt: skip
        assert list(SalePart.objects.order_by("n").values_list("n", "combo", "extra")) == [(0, 0, 100_000), (1, 0, 0)]
    assert levels(till) == {"coffee": -1000, "water": -2000}
    assert doctor() == []


def test_parts_come_back_one_by_one_for_exactly_what_was_paid(till: Till) -> None:
    sold = till.sell(lines=lines(till), combos=[combo(till, discount={"percent": 100_000})])
    back = [till.take_back(sold, (n, 1000)) for n in (0, 1)]

    assert states(till.push()) == ["accepted"] * 3

    assert sum(one["body"]["totals"]["gross"] for one in back) == 7_200
    assert levels(till) == {"water": -1000}
    assert doctor() == []


def test_what_is_no_combo_is_parked_and_said(till: Till) -> None:
    till.sell(lines=lines(till), combos=[combo(till, product_id="pan")])
    till.sell(lines=lines(till), combos=[combo(till, quantity=0)])

    assert set(reasons(till.push())) == {"schema"}


def test_a_till_hears_what_a_combo_is_made_of_and_that_it_is_one_no_more(shop: Business) -> None:
    till = shop.till()
    coffee, water = (uuid.UUID(shop.products[name]) for name in ("coffee", "water"))
    with scope(shop.id):
        combos.set_slots(shop.actor, combo_id=coffee, says=[Slot("Bebida", (Choice(water, 50_000),), 2000)])
    drain()
    manifest = document(till.pull("catalogue"))
    choice = {"product_id": shop.products["water"], "name": "water", "extra": 50_000}
    assert manifest["combos"] == [{"id": shop.products["coffee"], "slots": [{"name": "Bebida", "quantity": 2000, "choices": [choice]}]}]
    with scope(shop.id):
        combos.set_slots(shop.actor, combo_id=coffee, says=[])
    drain()

    changes = document(till.pull(f"changes?epoch={manifest['epoch']}&n={manifest['n']}"))["changes"]

    assert [(change["kind"], change["row"]) for change in changes] == [("combo", None)]
