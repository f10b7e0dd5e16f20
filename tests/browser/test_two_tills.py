"""The main job, whole: two tills of one store sell with and without the server, and at night everything agrees to the cent."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, JULIAN, ROSA, TOMAS, TOMATO_750_G, WATER
from tests.browser.support.till import Till

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def sell_with_the_server(rosa: Till, julian: Till) -> None:
    """Five sales: a scan, a scale's label with change, a split one; from the grid by card, and one with an allowed discount."""
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.scan(TOMATO_750_G)
    rosa.total("$28.50")
    rosa.pay_cash("50", change="$21.50")
    rosa.scan(COFFEE)
    rosa.tap("Capuchino")
    rosa.total("$138.00")
    rosa.pay_split("100")

    julian.tap("Capuchino")
    julian.pay_by("Tarjeta", reference="123456")
    julian.scan(COFFEE)
    julian.discount("20%", TOMAS)
    julian.total("$71.20")
    julian.pay_exact()


def sell_without_it(rosa: Till, julian: Till) -> None:
    """Three sales and a visit without one; then both pages are loaded anew, and an open ticket is still there."""
    rosa.type("3*")
    rosa.scan(WATER)
    rosa.total("$55.50")
    rosa.pay_exact()
    rosa.tap("Siguiente")
    rosa.help_without_sale()
    rosa.scan(COFFEE)
    rosa.lines(1)
    julian.scan(COFFEE)
    julian.pay_exact()

    rosa.page.reload()
    julian.page.reload()
    rosa.enter(ROSA)
    julian.enter(JULIAN)
    rosa.lines(1)
    rosa.pay_exact()
    julian.tap("Capuchino")
    julian.tap("Capuchino")
    julian.pay_cash("100", change="$2.00")


def sell_after_a_cold_start(rosa: Till, julian: Till) -> None:
    """Both browsers are closed and opened with no server in sight: the service worker and the journal are all there is."""
    for till, person in ((rosa, ROSA), (julian, JULIAN)):
        till.close()
        till.open()
        till.enter(person)
    rosa.scan(TOMATO_750_G)
    rosa.scan(WATER)
    rosa.pay_by("Transferencia", reference="RASTREO7")
    rosa.move_cash("Salida", "200", "Retiro a bóveda", said="Salieron $200.00")
    julian.scan(WATER)
    julian.pay_exact()
    julian.move_cash("Entrada", "150", "Cambio traído", said="Entraron $150.00")


def close_both(rosa: Till, julian: Till) -> None:
    """Count blindly: what each drawer must hold."""
    rosa.close_shift(cash=662_00, others={"Tarjeta": "38", "Transferencia": "47"}, total="$747.00")
    julian.close_shift(cash=726_70, others={"Tarjeta": "49"}, total="$775.70")
    for till in (rosa, julian):
        expect(till.page.get_by_role("heading", name="Corte Z 1")).to_be_visible()
        expect(till.page.get_by_text("Cuadra al centavo.")).to_be_visible()


def test_two_tills_sell_on_without_their_server_and_the_day_is_there_once_and_to_the_cent(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    julian = floor.till("C2", JULIAN, float_minor=300_00)
    sell_with_the_server(rosa, julian)
    rosa.all_sent()
    julian.all_sent()

    floor.wire.cut()
    sell_without_it(rosa, julian)
    sell_after_a_cold_start(rosa, julian)
    assert floor.books.tickets() == {"C1A": [1, 2, 3], "C2A": [1, 2]}
    expect(rosa.page.locator(".net")).to_contain_text(re.compile(r"\d+ por enviar"))
    floor.wire.join()
    for till in (rosa, julian):
        till.send_now()
        till.all_sent()
    close_both(rosa, julian)
    for till in (rosa, julian):
        till.all_sent()

    assert floor.books.tickets() == {"C1A": [1, 2, 3, 4, 5, 6], "C2A": [1, 2, 3, 4, 5]}
    floor.holds_all_of(rosa)
    floor.holds_all_of(julian)
    assert_the_cash_agrees(floor)
    floor.settled(
        lambda books: books.stock(),
        {"Agua de manantial": 95_000, "Café de olla molido": 95_000, "Capuchino": 96_000, "Jitomate saladet": 38_500},
    )
    floor.everything_holds()


def assert_the_cash_agrees(floor: Floor) -> None:
    """What the tills expected, what was counted, what the server has received: one figure for each."""
    first, second = floor.books.closing("C1A"), floor.books.closing("C2A")
    assert sorted(first["expected"]) == sorted(first["counted"]) == [["card", 38_00], ["cash", 662_00], ["transfer", 47_00]]
    assert sorted(second["expected"]) == sorted(second["counted"]) == [["card", 49_00], ["cash", 726_70]]
    assert [amount for _, amount in first["difference"] + second["difference"]] == [0] * 5
    assert (first["z"], first["perpetual"], second["z"], second["perpetual"]) == (1, 447_00, 1, 325_70)
    received = floor.books.totals("C1A")
    assert received["float"] + received["pay:cash"] - received["cash_out"] == 662_00
    assert (received["sales"], received["visits"], received["gross"]) == (6, 1, 447_00)
    received = floor.books.totals("C2A")
    assert received["float"] + received["pay:cash"] + received["cash_in"] == 726_70
    assert (received["sales"], received["gross"], received["discount"]) == (5, 325_70, 17_80)


def test_an_exact_sale_of_a_scanned_item_is_the_scan_and_one_key(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.page.evaluate(
        "() => { window.acts = 0; for (const kind of ['keydown', 'pointerdown']) window.addEventListener(kind, () => { window.acts += 1 }, true) }"
    )

    rosa.press("F10")
    rosa.sold()

    assert rosa.page.evaluate("window.acts") == 1
    rosa.scan(WATER)
    rosa.lines(1)
    rosa.total("$18.50")
