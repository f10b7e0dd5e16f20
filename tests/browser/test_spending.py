"""An account is asked before it is spent; without a network a till spends what the owner allows it, and what comes to be short is listed (ruling 29)."""

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, TOMAS, WATER
from tests.browser.test_buyers import choose, limit, pay_on_account, with_lucia
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_online_no_account_is_spent_twice_and_offline_each_till_spends_what_the_owner_allows(floor: Floor) -> None:
    rosa = with_lucia(floor)
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/ajustes/sin-internet/")
        page.get_by_label("Por cuenta y por caja").first.fill("50")
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_text("En el peor caso: 4 cajas sin internet × $50.00 = $200.00 de una misma cuenta.")).to_be_visible()
    tomas = floor.till("C2", TOMAS, float_minor=500_00)

    # This till has not heard yet what the other has just put on account: it asks, and hears.
    choose(tomas, "Lucía Ñandú")
    tomas.press("Escape")
    rosa.scan(COFFEE)
    pay_on_account(rosa)
    rosa.sold()
    rosa.press("Enter")
    rosa.all_sent()
    tomas.scan(COFFEE)
    pay_on_account(tomas)
    tomas.sold()
    tomas.press("Enter")
    tomas.all_sent()
    floor.settled(lambda books: books.work(), 0)

    floor.wire.cut()
    choose(rosa, "Lucía Ñandú")
    rosa.press("Escape")
    rosa.scan(COFFEE)
    rosa.press("F9")
    rosa.tap("Fiado", within=rosa.page.locator(".modes"))
    expect(rosa.page.get_by_text("Sin internet se le fían hasta $50.00.")).to_be_visible(timeout=30_000)
    rosa.press("Enter")
    # As far as this till knows 211.00 may still be owed, but not without asking: somebody may allow it.
    expect(rosa.page.get_by_role("heading", name="Fiar $89.00 más allá del límite")).to_be_visible()
    rosa.press("Escape")
    rosa.press("Escape")
    rosa.press("Delete")
    rosa.scan(WATER)
    pay_on_account(rosa)
    rosa.sold()
    rosa.press("Enter")

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert sorted(floor.books.rows("SELECT amount FROM counter_payment WHERE method = 'fiado'")) == [(18_50,), (89_00,), (89_00,)]

    with owner(floor) as page:
        limit(page, floor, "Lucía Ñandú", "100")
        page.goto(f"{floor.wire.address}/clientes/?estado=pasados")
        expect(page.get_by_text("Debe más de lo que se le fía. Cóbrele, súbale el límite o perdone la diferencia.")).to_be_visible()
    floor.everything_holds()
