"""Orders in parts: some of it is handed over now, a repair's price is agreed at its end, and what nobody fetched gives its money back. Taps are counted."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER
from tests.browser.support.till import Till
from tests.browser.test_modifiers import owner
from tests.browser.test_orders import open_order, put_aside

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def allowed(till: Till) -> None:
    """Somebody allows what is asked for, where it is."""
    if till.page.get_by_role("button", name=TOMAS[0]).is_visible():
        till.tap(TOMAS[0])
        till.type(TOMAS[1])
        till.press("Enter")


def sell(till: Till) -> None:
    """Charge what is on the ticket in cash, exactly, and begin the next."""
    till.press("F10")
    till.sold()
    till.press("Enter")


def hand_over(till: Till) -> None:
    """Hand over all that is left of the order on show, which is one tap, and charge it."""
    till.count_taps()
    till.tap("Entregar")
    expect(till.page.get_by_text(re.compile("^Entrega de"))).to_be_visible()
    assert till.taps == 1
    sell(till)


def all_counted(floor: Floor, till: Till) -> None:
    """The till has sent everything, and the worker has done all that waits for it."""
    till.all_sent()
    floor.settled(lambda books: books.work(), 0)


def test_a_layaway_is_handed_over_in_parts_offline_and_comes_to_its_total(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.scan(COFFEE)
    rosa.scan(WATER)
    put_aside(rosa, "Apartado")
    rosa.type("100")
    rosa.tap("Recibir $100.00")
    floor.wire.cut()
    open_order(rosa, "C1A-1")

    # One tap to say that it is a part, one for each piece, one to hand it over.
    rosa.count_taps()
    rosa.tap("Entregar una parte")
    rosa.page.get_by_role("button", name=re.compile("Café.*: más")).click()
    rosa.tap(re.compile("^Entregar"), within=rosa.page.locator(".ask"))
    expect(rosa.page.get_by_text("Entrega de Apartado C1A-1")).to_be_visible()
    assert rosa.taps == 3
    sell(rosa)
    open_order(rosa, "C1A-1")
    expect(rosa.page.get_by_text("Entregado 1")).to_be_visible()
    expect(rosa.page.locator(".left dl")).to_contain_text("$11.00")
    expect(rosa.page.locator(".left dl")).to_contain_text("$96.50")

    hand_over(rosa)
    floor.wire.join()
    all_counted(floor, rosa)
    assert floor.books.rows("SELECT gross FROM counter_sale ORDER BY number") == [(89_00,), (107_50,)]
    assert floor.books.rows("SELECT line, quantity FROM counter_orderhandover ORDER BY sale_id, n") == [
        ("1", 1000),
        ("1", 1000),
        ("2", 1000),
    ]
    paid = floor.books.rows(
        "SELECT p.method, p.amount FROM counter_payment p JOIN counter_sale s ON s.id = p.sale_id ORDER BY s.number, p.n"
    )
    assert paid == [("deposit", 89_00), ("deposit", 11_00), ("cash", 96_50)]
    floor.everything_holds()


def test_the_price_of_a_repair_is_agreed_before_it_is_handed_over(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    put_aside(rosa, "Reparación", "Tapas de goma")
    rosa.type("40")
    rosa.tap("Recibir $40.00")
    floor.wire.cut()
    open_order(rosa, "C1A-1")

    # A tap to take it up, scans, a tap that says what it costs, and the customer's yes in one.
    rosa.count_taps()
    rosa.tap("Nuevo precio")
    expect(rosa.page.get_by_text("Otro precio de Reparación C1A-1")).to_be_visible()
    rosa.scan(WATER)
    rosa.tap("Nuevo precio")
    expect(rosa.page.get_by_text("El cliente está de acuerdo")).to_be_visible()
    expect(rosa.page.locator(".left dl")).to_contain_text("$89.00")
    expect(rosa.page.locator(".left dl")).to_contain_text("$107.50")
    rosa.tap("Por teléfono")
    assert rosa.taps == 3
    allowed(rosa)
    expect(rosa.page.get_by_text("C1A-1: precio acordado.")).to_be_visible()
    expect(rosa.page.locator(".left dl")).to_contain_text("Precio anterior")
    expect(rosa.page.locator(".left dl")).to_contain_text("$67.50")

    hand_over(rosa)
    floor.wire.join()
    all_counted(floor, rosa)
    assert floor.books.rows("SELECT agreed, gross FROM counter_orderrepricing") == [("phone", 107_50)]
    assert floor.books.rows("SELECT method, amount FROM counter_payment ORDER BY n") == [("deposit", 40_00), ("cash", 67_50)]
    floor.everything_holds()


def test_a_layaway_for_which_nobody_comes_ends_by_itself_and_its_deposit_is_given_back(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    put_aside(rosa, "Apartado")
    rosa.type("40")
    rosa.tap("Recibir $40.00")
    open_order(rosa, "C1A-1")
    rosa.tap("Cambiar fecha")
    # The till offers no day that has passed: it stands for the month in which nobody came.
    long_ago = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=30)
    rosa.page.get_by_label("Otra fecha").fill(long_ago.isoformat())
    rosa.all_sent()

    # Nobody does anything: the worker sees that its day and the week of grace are over.
    floor.settled(lambda books: books.rows("SELECT due_by, kept, owed FROM counter_orderexpiry"), [(long_ago.isoformat(), 0, 40_00)])
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/pedidos/")
        expect(page.get_by_text("Por devolver al cliente")).to_be_visible()
        expect(page.locator("main")).to_contain_text("C1A-1")
        expect(page.locator("main")).to_contain_text("$40.00")

    rosa.press("Escape")
    rosa.press("Control+e")
    rosa.tap("Terminados")
    expect(rosa.page.locator("li", has_text="C1A-1")).to_contain_text("Vencido sin recoger", timeout=40_000)
    rosa.count_taps()
    rosa.page.locator("li", has_text="C1A-1").get_by_role("button").click()
    expect(rosa.page.locator(".left dl")).to_contain_text("Por devolver$40.00")
    rosa.tap("Devolver")
    assert rosa.taps == 2
    allowed(rosa)
    expect(rosa.page.get_by_text("Se devuelven $40.00")).to_be_visible()
    all_counted(floor, rosa)

    assert floor.books.rows("SELECT method, amount FROM counter_orderrefund") == [("cash", 40_00)]
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/pedidos/")
        expect(page.get_by_text("Por devolver al cliente")).to_have_count(0)
    rosa.close_shift(cash=500_00, others={}, total="$500.00")
    rosa.all_sent()
    floor.everything_holds()
