"""Practice: everything works, everything says what it is, and nothing of it is sent or kept; the true shift waits as it was."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER
from tests.browser.support.till import Till
from tests.browser.test_gift_cards import sell_card

pytestmark = pytest.mark.browser


def band(till: Till) -> None:
    """See what this is, whatever else is on."""
    expect(till.page.get_by_role("complementary", name="MODO PRÁCTICA")).to_be_visible()


def test_a_cashier_is_let_in_practises_a_day_and_finds_the_true_shift_as_it_was(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.scan(COFFEE)
    rosa.press("F4")
    rosa.all_sent()
    floor.wire.cut()
    rosa.scan(WATER)
    rosa.pay_exact()
    rosa.tap("Siguiente")
    before = rosa.facts()

    rosa.more("Modo práctica")
    rosa.tap(TOMAS[0])
    rosa.type(TOMAS[1])
    rosa.press("Enter")
    expect(rosa.page.get_by_role("heading", name="¿Quién atiende?")).to_be_visible()
    band(rosa)
    floor.wire.join()
    rosa.enter(ROSA)
    band(rosa)
    rosa.open_shift(50_00)
    band(rosa)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".sale > .row"))
    expect(rosa.page.locator(".roll").first).to_contain_text("PRÁCTICA - SIN VALOR")
    rosa.press("Escape")
    rosa.page.reload()
    rosa.enter(ROSA)
    band(rosa)
    rosa.close_shift(cash=139_00, others={}, total="$139.00")
    expect(rosa.page.locator(".roll").first).to_contain_text("PRÁCTICA - SIN VALOR")
    band(rosa)

    rosa.tap("Salir y borrar")
    expect(rosa.page.get_by_role("complementary", name="MODO PRÁCTICA")).to_have_count(0)
    rosa.enter(ROSA)

    expect(rosa.page.locator(".till")).to_be_visible()
    expect(rosa.page.get_by_role("navigation", name="Tickets abiertos")).to_contain_text("en espera")
    assert [fact.hash for fact in rosa.facts()] == [fact.hash for fact in before]
    rosa.send_now()
    rosa.all_sent()
    assert floor.books.tickets() == {"C1A": [1]}
    floor.holds_all_of(rosa)
    floor.everything_holds()
    assert (
        rosa.page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name).filter((name) => name.startsWith('practice')))")
        == []
    )


def test_a_true_gift_card_that_is_scanned_in_practice_is_left_alone(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    code = sell_card(rosa, "200")
    rosa.all_sent()
    before = rosa.facts()
    asked = list[str]()

    rosa.more("Modo práctica")
    rosa.tap(TOMAS[0])
    rosa.type(TOMAS[1])
    rosa.press("Enter")
    band(rosa)
    rosa.enter(ROSA)
    rosa.open_shift(50_00)
    rosa.page.on("request", lambda request: asked.append(request.url))
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.scan(code)
    expect(rosa.page.get_by_text("En la práctica no se usan tarjetas de verdad.")).to_be_visible()
    rosa.press("Escape")
    rosa.pay_exact()
    # None is sold in practice either: its paper would look like money.
    rosa.tap("Siguiente")
    rosa.tap(re.compile("^Más$"))
    expect(rosa.page.get_by_role("button", name="Cerrar turno")).to_be_visible()
    expect(rosa.page.get_by_role("button", name="Tarjeta regalo")).to_have_count(0)
    rosa.press("Escape")
    assert [url for url in asked if "/api/" in url] == []
    rosa.tap("Salir y borrar")
    expect(rosa.page.get_by_role("complementary", name="MODO PRÁCTICA")).to_have_count(0)
    rosa.enter(ROSA)

    assert [fact.hash for fact in rosa.facts()] == [fact.hash for fact in before]
    assert floor.books.rows("SELECT kind, amount FROM counter_giftcardmove") == [("load", 200_00)]
    assert floor.books.rows("SELECT COUNT(*) FROM buyers_reservation") == [(0,)]
    rosa.scan(code)
    expect(rosa.page.get_by_text("Saldo $200.00")).to_be_visible()
    floor.everything_holds()
