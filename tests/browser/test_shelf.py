"""Looking at goods from the till: what they cost and where there is some, scan after scan, the ticket untouched, offline too."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, ROSA, TOMATO_750_G
from tests.browser.support.till import Till
from tests.browser.test_modifiers import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def branch(page: Page, floor: Floor, name: str, product: str, quantity: str) -> None:
    """Another store, and so much of a product in it."""
    page.goto(f"{floor.wire.address}/ajustes/tiendas/?nueva=1")
    page.fill("[name=name]", name)
    page.fill("[name=code]", name.upper())
    page.fill("[name=timezone]", "America/Mexico_City")
    page.locator("aside .key.now").click()
    page.goto(f"{floor.wire.address}/existencias/?q={product}")
    page.get_by_role("link", name=product).click()
    page.select_option("[name=store]", label=name)
    page.select_option("[name=how]", "how_in")
    page.fill("[name=quantity]", quantity)
    page.get_by_role("button", name="Anotar").click()
    expect(page.locator("aside dl.calc")).to_contain_text(quantity)


def row(till: Till, name: str) -> str:
    """What stands beside a word of the sheet."""
    found = till.page.locator(".left dl div", has=till.page.locator("dt", has_text=re.compile(f"^{re.escape(name)}$")))
    return found.locator("dd").inner_text()


def test_a_price_is_a_key_and_a_scan_and_the_ticket_stays_as_it_is(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        branch(page, floor, "Norte", "Capuchino", "7")
    sheet = rosa.page.locator(".left .paper")
    rosa.scan(COFFEE)
    rosa.total("$89.00")
    before = rosa.presses

    # A key and a scan.
    rosa.press("Control+i")
    rosa.scan(CAPPUCCINO)
    expect(sheet.get_by_role("heading", name="Capuchino")).to_be_visible()
    assert rosa.presses - before == 1
    expect(sheet.get_by_role("status", name="Precio")).to_have_text("$49.00")
    expect(sheet).to_contain_text("Impuestos incluidos $6.76")
    expect(sheet.locator(".here dd")).to_have_text("100")
    assert row(rosa, "Norte") == "7"
    # The next scan shows the next product: what the scale weighed, too.
    rosa.scan(TOMATO_750_G)
    expect(sheet.get_by_role("heading", name="Jitomate saladet")).to_be_visible()
    expect(sheet.get_by_role("status", name="Precio")).to_have_text("$38.00")
    assert row(rosa, "Este código: 0.750 kg") == "$28.50"
    expect(sheet).to_contain_text("Ninguna otra tienda tiene.")
    # What nobody carries is said, and is no row of the ticket.
    rosa.scan("7501030459941")
    expect(sheet.get_by_role("heading", name="7501030459941")).to_be_visible()
    rosa.lines(1)
    expect(rosa.page.locator(".line.bad")).to_have_count(0)
    # Words find too; Esc leaves, and nothing was sold.
    rosa.type("capu")
    rosa.press("Enter")
    expect(sheet.get_by_role("heading", name="Capuchino")).to_be_visible()
    rosa.press("Escape")
    expect(sheet.get_by_role("heading", name="Consultar precio")).to_have_count(0)
    rosa.total("$89.00")
    assert rosa.presses - before == 3


def test_one_more_key_puts_what_is_on_show_on_the_ticket_and_by_finger_it_is_two_taps(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    sheet = rosa.page.locator(".left .paper")
    rosa.scan(COFFEE)
    rosa.press("Control+i")
    rosa.scan(TOMATO_750_G)
    expect(sheet.get_by_role("heading", name="Jitomate saladet")).to_be_visible()
    rosa.press("Enter")
    rosa.lines(2)
    rosa.total("$117.50")
    before = rosa.presses
    rosa.more("Consultar precio")
    expect(sheet).to_contain_text("Escanee un producto")
    assert rosa.presses - before == 2


def test_offline_the_price_is_there_and_stock_says_how_old_it_is_or_that_it_is_not_known(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    sheet = rosa.page.locator(".left .paper")
    rosa.press("Control+i")
    rosa.scan(CAPPUCCINO)
    expect(sheet.locator(".here dd")).to_have_text("100")
    rosa.press("Enter")
    rosa.pay_exact()
    rosa.all_sent()
    floor.wire.cut()
    rosa.scan(CAPPUCCINO)
    rosa.pay_exact()

    rosa.press("Control+i")
    rosa.scan(CAPPUCCINO)
    expect(sheet.get_by_role("status", name="Precio")).to_have_text("$49.00")
    # Heard a moment ago, and two sold since: one that the server has counted, one that it has not.
    expect(sheet.locator(".here dd")).to_have_text("98")
    expect(sheet).to_contain_text("Sin internet: se supo hace")
    rosa.scan(COFFEE)
    expect(sheet.get_by_role("status", name="Precio")).to_have_text("$89.00")
    expect(sheet).to_contain_text("Sin internet: existencias de otras tiendas no se ven")
    floor.wire.join()
    rosa.scan(CAPPUCCINO)
    rosa.all_sent()
    rosa.scan(COFFEE)
    expect(sheet.locator(".here dd")).to_have_text("100")
    rosa.press("Escape")
    floor.everything_holds()


def held(till: Till, what: Locator) -> None:
    """A finger that stays on a key."""
    box = what.bounding_box()
    assert box is not None
    hand = till.page.context.new_cdp_session(till.page)
    at = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
    till.page.wait_for_timeout(900)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_key_held_shows_the_product_and_its_sheet_says_where_there_is_some(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        branch(page, floor, "Norte", "Capuchino", "7")
    sheet = rosa.page.locator(".left .paper")
    key = rosa.page.locator(".left .products .product", has_text="Capuchino")
    held(rosa, key)
    expect(sheet.get_by_role("heading", name="Capuchino")).to_be_visible()
    expect(sheet.locator(".here dd")).to_have_text("100")
    assert row(rosa, "Norte") == "7"
    rosa.lines(0)
    # Its sheet says the same; a mouse opens it with its other button.
    rosa.tap("Corregir", within=sheet)
    expect(sheet.get_by_role("heading", name="Corregir Capuchino")).to_be_visible()
    expect(sheet.locator(".here dd")).to_have_text("100")
    assert row(rosa, "Norte") == "7"
    rosa.press("Escape")
    floor.wire.cut()
    key.click(button="right")
    expect(sheet).to_contain_text("Sin internet: se supo hace")
    rosa.tap("Corregir", within=sheet)
    expect(sheet.get_by_role("heading", name="Corregir Capuchino")).to_be_visible()
    expect(sheet).to_contain_text("Sin internet: se supo hace")
    assert row(rosa, "Norte") == "7"
    floor.wire.join()
    floor.everything_holds()
