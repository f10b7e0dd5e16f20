"""Practice: everything works, everything says what it is, and nothing of it is sent or kept; the true shift waits as it was."""

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER
from tests.browser.support.till import Till

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
