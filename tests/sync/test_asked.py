"""Goods that are asked about: boxes leave the shelf as pieces, serial numbers and lots stay with their line, an age check with its sale."""

import datetime as dt
import uuid
from typing import Any

import pytest

from mostrador.catalogue import services as catalogue
from mostrador.catalogue import units
from mostrador.catalogue.models import Product, SellingUnit
from mostrador.catalogue.units import Unit
from mostrador.config.worker import drain
from mostrador.counter import accountability, queries, returns
from mostrador.counter.models import Sale
from mostrador.counter.traces import AgeCheck, ReturnTrace, SaleTrace
from mostrador.kernel import clock
from mostrador.kernel.errors import Invalid
from tests.sync.books import doctor, everything, grown, in_scope, parked, stock
from tests.sync.shop import Business, Json, Till, document, reasons, states

SALE = {"serial": "SN-0001", "lot": "L7", "expires": "2026-12-01"}


def sell_line(till: Till, ware: str, quantity: int, **more: Any) -> Json:
    """Sell one line with more fields than the basket of the tests has."""
    basket = till.basket((ware, quantity))
    basket["lines"][0] |= more
    return till.sell_basket(basket)


def coffee(business: Business) -> uuid.UUID:
    """The product that the tests sell."""
    found: uuid.UUID = in_scope(business, lambda: Product.objects.get(sku="coffee").id)
    return found


def test_a_box_of_twelve_takes_twelve_pieces_off_the_shelf(till: Till) -> None:
    before = stock(till.business)["coffee"]

    sell_line(till, "coffee", 2000, unit="caja", factor=12_000)
    assert states(till.push())[-1] == "accepted"

    assert stock(till.business)["coffee"] == before - 24_000
    assert doctor() == []


def test_a_box_that_comes_back_brings_its_pieces(till: Till) -> None:
    before = stock(till.business)["coffee"]
    sold = sell_line(till, "coffee", 2000, unit="caja", factor=12_000)
    till.take_back(sold, (0, 1000))

    assert set(states(till.push())) == {"accepted"}

    assert stock(till.business)["coffee"] == before - 12_000
    assert in_scope(till.business, returns.doubtful) == []


def test_a_serial_number_stays_with_its_line_and_shows_when_it_comes_back(till: Till) -> None:
    sold = sell_line(till, "coffee", 1000, **SALE)
    till.take_back(sold, (0, 1000))
    till.push()

    with_trace = in_scope(till.business, lambda: list(SaleTrace.objects.values_list("n", "serial", "lot", "expires")))
    assert with_trace == [(0, "SN-0001", "L7", "2026-12-01")]
    assert in_scope(till.business, lambda: list(ReturnTrace.objects.values_list("n", "serial", "lot"))) == [(0, "SN-0001", "L7")]
    ticket = in_scope(till.business, lambda: queries.ticket(Sale.objects.get().id))
    assert ticket is not None
    assert [row.which.serial for row in ticket.rows if row.which] == ["SN-0001"]
    [back] = in_scope(till.business, lambda: returns.of_sale(Sale.objects.get().id))
    assert [which.serial for _, which in back.rows if which] == ["SN-0001"]


def test_an_age_check_is_kept_with_who_looked_and_nothing_else(till: Till) -> None:
    body = till.sale_body(("coffee", 1000))
    body["age_check"] = {"minimum": 18, "how": "document", "by": till.business.cashier}
    till.write_sale(body)

    assert set(states(till.push())) == {"accepted"}

    rows = in_scope(till.business, lambda: list(AgeCheck.objects.values_list("minimum", "how", "staff_id")))
    assert rows == [(18, "document", uuid.UUID(till.business.cashier))]


def test_goods_that_ask_for_an_age_and_a_sale_that_says_nothing_of_it_are_a_doubt_and_refused_by_nobody(till: Till) -> None:
    business = till.business
    in_scope(business, lambda: catalogue.change_product(business.actor, product_id=coffee(business), age_min=18))
    for number, (ware, minimum) in enumerate((("coffee", None), ("coffee", 16), ("coffee", 18), ("water", None)), 1):
        body = till.sale_body((ware, 1000), number=number, sale=str(uuid.uuid4()))
        if minimum:
            body["age_check"] = {"minimum": minimum, "how": "looks", "by": business.cashier}
        till.write_sale(body)

    assert set(states(till.push())) == {"accepted"}

    flags = in_scope(business, lambda: list(Sale.objects.order_by("number").values_list("flags", flat=True)))
    assert flags == ["age_unchecked", "age_unchecked", "", ""]
    day = dt.timedelta(days=1)
    now = clock.now()
    listed, _ = in_scope(business, lambda: accountability.entries(accountability.Wanted(now - 400 * day, now + 400 * day)))
    assert [(one.kind, one.amount, one.flags) for one in listed] == [("age.unchecked", 8_900, ())] * 2
    assert doctor() == []


@pytest.mark.parametrize("broken", [{"serial": "two words"}, {"lot": "x" * 41}, {"expires": "2026-13-01"}, {"factor": 0}])
def test_a_serial_number_that_is_a_text_of_somebodys_is_parked(till: Till, broken: Json) -> None:
    before = everything()
    body = till.sale_body(("coffee", 1000))
    body["basket"]["lines"][0] |= broken
    till.write_sale(body)

    assert reasons(till.push()) == ["schema"]
    assert grown(before) == {"sync_journalentry": 1, "sync_parkedfact": 1}
    assert len(parked(till)) == 1


def test_units_go_down_to_tills_with_age_and_serial(till: Till) -> None:
    business = till.business
    manifest = document(till.pull("catalogue"))
    product_id = coffee(business)

    def ask() -> None:
        catalogue.change_product(business.actor, product_id=product_id, age_min=18, trace="serial")
        units.set_units(business.actor, product_id=product_id, units=[Unit("caja", 12_000, 9_000_000)])

    in_scope(business, ask)
    drain()

    entry = in_scope(business, lambda: SellingUnit.objects.get().id)
    [change] = [
        one
        for one in document(till.pull(f"changes?epoch={manifest['epoch']}&n={manifest['n']}"))["changes"]
        if one["id"] == str(product_id)
    ][-1:]
    assert (change["row"]["age"], change["row"]["trace"]) == (18, "serial")
    assert change["row"]["units"] == [["caja", 12_000, 9_000_000, str(entry)]]


def test_a_unit_that_gets_another_price_leaves_the_old_one_in_the_books(till: Till) -> None:
    business, product_id = till.business, coffee(till.business)

    def change() -> list[tuple[str, int, int | None]]:
        for wanted in ([Unit("caja", 12_000, 9_000_000)], [Unit("caja", 12_000, 8_000_000)], []):
            units.set_units(business.actor, product_id=product_id, units=wanted)
        assert units.of_product(product_id) == ()
        return list(SellingUnit.objects.order_by("id").values_list("unit", "factor", "price"))

    assert in_scope(business, change) == [("caja", 12_000, 9_000_000), ("caja", 12_000, 8_000_000), ("caja", 12_000, None)]


@pytest.mark.parametrize(
    "wanted, code",
    [
        ([Unit("caja", 1000, 1)], "twice"),
        ([Unit("caja", 6000, 1), Unit("paquete", 6000, 2)], "twice"),
        ([Unit("barril", 6000, 1)], "unit"),
        ([Unit("caja", 6000, -1)], "unit"),
        ([Unit("caja", 2000 + n, 1) for n in range(9)], "too_many"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_and_nothing_is_written(till: Till, wanted: list[Unit], code: str) -> None:
    business, product_id = till.business, coffee(till.business)

    def refused() -> int:
        with pytest.raises(Invalid) as error:
            units.set_units(business.actor, product_id=product_id, units=wanted)
        assert error.value.data["units"] == code
        return SellingUnit.objects.count()

    assert in_scope(business, refused) == 0
