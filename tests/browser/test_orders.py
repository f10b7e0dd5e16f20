"""What is settled later: put aside, paid in parts, delivered at its price; ordered offline; cancelled as its paper said."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER
from tests.browser.support.till import Till

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def put_aside(till: Till, kind: str, details: str = "") -> None:
    """Make an order of the ticket on show."""
    till.press("Control+e")
    expect(till.page.get_by_role("heading", name="Pedido o apartado")).to_be_visible()
    till.tap(re.compile(f"^{kind}"), within=till.page.locator(".kinds"))
    if details:
        till.page.get_by_label(re.compile("Qué hay que hacer|Dirección")).fill(details)
    till.tap(f"Anotar {kind}")


def open_order(till: Till, name: str) -> None:
    """Find an order and show it."""
    till.press("Control+e")
    expect(till.page.get_by_role("heading", name="Pedidos y apartados")).to_be_visible()
    till.page.locator("li", has_text=name).get_by_role("button").click()
    expect(till.page.get_by_role("heading", name=name)).to_be_visible()


def test_a_layaway_is_paid_in_parts_and_delivered_at_its_price(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.scan(COFFEE)
    put_aside(rosa, "Apartado")
    # 20 % of 178.00, in whole pesos, is what is asked for.
    rosa.tap("Recibir $35.00")
    expect(rosa.page.get_by_text("Abono de $35.00. Restan $143.00.")).to_be_visible()

    floor.wire.cut()
    open_order(rosa, "C1A-1")
    rosa.tap("Abonar")
    rosa.type("50")
    rosa.tap("Recibir $50.00")
    expect(rosa.page.locator("dl")).to_contain_text("$93.00")

    # Nothing else can be put on its ticket.
    rosa.tap("Entregar")
    expect(rosa.page.get_by_text("Entrega de Apartado C1A-1")).to_be_visible()
    rosa.scan(WATER)
    expect(rosa.page.get_by_text("Es la entrega de un pedido: lo demás va en otro ticket.")).to_be_visible()
    rosa.press("F10")
    rosa.sold()
    rosa.press("Enter")

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT method, amount FROM counter_payment ORDER BY n") == [("deposit", 85_00), ("cash", 93_00)]
    assert floor.books.rows("SELECT COUNT(*) FROM counter_sale WHERE order_id IS NOT NULL") == [(1,)]
    rosa.close_shift(cash=678_00, others={}, total="$678.00")
    rosa.all_sent()
    assert floor.books.closing("C1A")["figures"]["orders"] == {"opened": 1, "payments": 2, "paid": 85_00, "back": 0, "kept": 0}
    floor.everything_holds()


def test_a_repair_is_written_down_offline_said_to_be_ready_and_cancelled_with_all_of_its_deposit(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    floor.wire.cut()
    rosa.scan(COFFEE)
    put_aside(rosa, "Reparación", "Tapas de goma, número 40")
    rosa.type("40")
    rosa.tap("Recibir $40.00")
    expect(rosa.page.get_by_text("Restan $49.00.")).to_be_visible()
    open_order(rosa, "C1A-1")
    expect(rosa.page.get_by_text("Tapas de goma, número 40")).to_be_visible()
    rosa.tap("Está listo")
    expect(rosa.page.locator(".state")).to_contain_text("Listo")
    rosa.tap("Cambiar fecha")
    rosa.tap("15 días")
    expect(rosa.page.get_by_text(re.compile("^Nueva fecha"))).to_be_visible()

    rosa.tap("Cancelar")
    expect(rosa.page.get_by_text("Se devuelven $40.00")).to_be_visible()
    rosa.tap("Cancelar", within=rosa.page.locator(".ask"))
    if rosa.page.get_by_role("button", name=TOMAS[0]).is_visible():
        rosa.tap(TOMAS[0])
        rosa.type(TOMAS[1])
        rosa.press("Enter")
    expect(rosa.page.get_by_text("C1A-1 cancelado. Se devuelven $40.00.")).to_be_visible()

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT method, amount FROM counter_orderrefund") == [("cash", 40_00)]
    assert floor.books.rows("SELECT step FROM counter_orderchange ORDER BY at") == [("ready",), ("",)]
    assert floor.books.rows("SELECT text FROM sync_annex") == [("Tapas de goma, número 40",)]
    floor.everything_holds()


def test_another_till_of_the_store_takes_a_deposit(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(WATER)
    put_aside(rosa, "Encargo")
    rosa.press("Escape")
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)

    other = floor.till("C2", ROSA, float_minor=100_00)
    open_order(other, "C1A-1")
    other.tap("Abonar")
    other.tap("Recibir $18.50")
    expect(other.page.locator("dl")).to_contain_text("$0.00")
    other.tap("Entregar")
    other.press("F10")
    other.sold()
    other.press("Enter")
    other.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT method, amount FROM counter_payment") == [("deposit", 18_50)]
    floor.everything_holds()
