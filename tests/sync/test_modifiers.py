"""Lines sold with options: each stands in a row of its own, the price includes them, and what is not an option of ours is seen."""

from mostrador.catalogue import modifiers
from mostrador.catalogue.modifiers import Option, Saying
from mostrador.catalogue.terms import Pick
from mostrador.config.worker import drain
from mostrador.counter import queries
from mostrador.counter.models import Sale, SaleLine, SaleModifier
from mostrador.kernel.scoping import scope
from tests.sync.books import doctor, everything, grown, parked
from tests.sync.shop import Business, Json, Till, document, reasons, states

OAT = "0199b2a4-7000-7b00-8b00-0000000000aa"
CHOSEN = [{"id": OAT, "name": "Avena", "price": 80_000}, {"id": "0199b2a4-7000-7b00-8b00-0000000000ab", "name": "Sin azúcar", "price": 0}]


def latte(till: Till, quantity: int = 2000, **more: object) -> Json:
    """A line of coffee with oat milk and without sugar."""
    return {**till.line("1", "coffee", quantity), "unit_price": 970_000, "modifiers": CHOSEN, **more}


def test_the_options_of_a_line_are_rows_and_its_price_includes_them(till: Till) -> None:
    before = everything()
    till.sell(lines=[latte(till), till.line("2", "water", 1000)])

    assert states(till.push()) == ["accepted"]

    assert grown(before)["counter_salemodifier"] == 2
    with scope(till.business.id):
        rows = SaleModifier.objects.order_by("n", "place").values_list("n", "place", "option_id", "name", "price")
        assert [(n, place, str(option), name, price) for n, place, option, name, price in rows] == [
            (0, 0, OAT, "Avena", 80_000), (0, 1, CHOSEN[1]["id"], "Sin azúcar", 0),
        ]  # fmt: skip
        assert list(SaleLine.objects.order_by("n").values_list("unit_price", "gross")) == [(970_000, 19_400), (185_000, 1_850)]
        ticket = queries.ticket(Sale.objects.get().id)
    assert ticket is not None
    assert [[row.name for row in each.modifiers] for each in ticket.rows] == [["Avena", "Sin azúcar"], []]
    assert doctor() == []


def test_part_of_a_line_with_options_comes_back_at_its_share_of_the_whole_price(till: Till) -> None:
    sold = till.sell(lines=[latte(till)])
    till.take_back(sold, (0, 1000))

    assert states(till.push()) == ["accepted", "accepted"]
    assert doctor() == []


def test_an_option_that_has_no_id_of_ours_parks_the_sale(till: Till) -> None:
    till.sell(lines=[latte(till, modifiers=[{"id": "avena", "name": "Avena", "price": 80_000}])])

    assert reasons(till.push()) == ["schema"]
    assert [reason for _, _, reason in parked(till)] == ["schema"]


def test_an_option_of_nobody_is_kept_as_it_was_sold(till: Till) -> None:
    """The catalogue of another day may have had it: what was sold was sold."""
    till.sell(lines=[latte(till)])

    assert states(till.push()) == ["accepted"]


def test_a_till_hears_of_groups_with_their_options(shop: Business) -> None:
    till = shop.till()
    with scope(shop.id):
        says = Saying(
            "Leche", 1, 1, Pick(products=(shop.products["coffee"],)), (Option(None, "Entera", is_default=True), Option(None, "Avena", -5))
        )
        row = modifiers.add_group(shop.actor, says=says)
        options = [str(option.id) for option in modifiers.group(row.id).says.options]
    drain()

    assert document(till.pull("catalogue"))["modifier_groups"] == [
        {
            "id": str(row.id), "name": "Leche", "position": 1, "least": 1, "most": 1, "pick": {"products": [shop.products["coffee"]]},
            "options": [
                {"id": options[0], "name": "Entera", "price": 0, "default": True}, {"id": options[1], "name": "Avena", "price": -5, "default": False},
            ],
        },
    ]  # fmt: skip
