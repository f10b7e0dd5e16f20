"""Codes that no product carries: scanned at the till, told in the office, given to a product there, and sold by the next scan."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA
from tests.browser.support.till import Till
from tests.browser.support.waiting import until
from tests.browser.test_modifiers import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SODA, CARD = "7501030459941", "4111111111111111"


def knows(till: Till) -> bool:
    """Whether the price check says what the code is of."""
    till.scan(SODA)
    said = till.page.locator(".left .paper h2, .left .paper h3").filter(has_text=re.compile(f"^({SODA}|Capuchino)$"))
    expect(said).to_be_visible()
    return said.inner_text() == "Capuchino"


def test_what_nobody_carries_is_remembered_told_and_sold_once_a_product_has_it(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    before = rosa.presses
    rosa.scan(SODA)
    row = rosa.page.locator(".line.bad", has_text=SODA)
    expect(row).to_be_visible()
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.scan(SODA)
    rosa.scan(CARD)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    assert rosa.presses - before == 2, "that it is remembered costs nobody a press"
    rosa.all_sent()

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/productos/")
        page.get_by_role("link", name="Códigos sin producto 1").click()
        told = page.locator("tbody tr")
        expect(told).to_have_count(1)
        expect(told).to_contain_text(SODA)
        expect(told.locator("td[data-l='Atenciones']")).to_have_text("2")
        page.get_by_role("link", name=f"Añadir a un producto: {SODA}").click()
        page.get_by_label("Buscar producto para agregarlo").fill("capu")
        page.get_by_role("button", name="Capuchino").click()
        page.get_by_role("button", name="Añadir", exact=True).click()
        expect(page.locator("main")).to_contain_text(f"{SODA} es ya de Capuchino")
        expect(page.locator("main")).to_contain_text("Todo lo que se escaneó tiene producto")

    rosa.press("Control+i")
    until(lambda: knows(rosa), what="the till knows the code")
    rosa.press("Escape")
    rosa.scan(SODA)
    rosa.lines(1)
    expect(rosa.page.locator(".line.bad")).to_have_count(0)
    floor.everything_holds()
