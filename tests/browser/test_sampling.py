"""Something given to try: two taps, one more where it contains something, taken back within ten seconds, offline too; no sale waits for it, the paper says that it cost nothing, the shelf that it left."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STANDING = "SELECT COUNT(*) FROM trust_sample s WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = s.fact_id)"
TOLD = "SELECT COUNT(*) FROM trust_sample WHERE is_told"
LATE = "SELECT COUNT(*) FROM trust_sample t JOIN counter_sale s ON s.visit_id = t.visit_id WHERE t.is_late"
WITH_SALE = "SELECT COUNT(*) FROM trust_sample t JOIN counter_sale s ON s.visit_id = t.visit_id"


def mark(page: Page, address: str, code: str, allergens: str = "") -> None:
    """Say in the office that a product is given to try."""
    page.goto(f"{address}/muestras/?nuevo=1")
    page.locator("#f-product").fill(code)
    page.locator("#f-allergens").fill(allergens)
    page.locator(".drawer").get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("se da a probar desde ahora")).to_be_visible()


def test_a_sample_costs_two_taps_and_the_sale_goes_on(floor: Floor) -> None:
    with owner(floor) as page:
        mark(page, floor.wire.address, WATER)
        mark(page, floor.wire.address, COFFEE, "leche")
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    sheet = rosa.page.get_by_role("region").locator(".chips .key")

    # Two taps, before anything is scanned; the row beside the ticket says that it costs nothing. The sale that follows is of the same visit.
    rosa.count_taps()
    rosa.tap("Muestra", within=strip)
    sheet.first.click()
    assert rosa.taps == 2
    expect(said).to_contain_text("sin costo, sin compromiso")
    expect(rosa.page.locator(".paper > .given")).to_contain_text("Muestra sin costo, sin compromiso")
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.pay_exact()
    rosa.press("Enter")
    expect(rosa.page.locator(".paper > .given")).to_be_hidden()

    # What it contains is said first: the only further tap that there is.
    rosa.count_taps()
    rosa.tap("Muestra", within=strip)
    sheet.nth(1).click()
    expect(rosa.page.get_by_text("Contiene: leche")).to_be_visible()
    sheet.first.click()
    assert rosa.taps == 3
    expect(said).to_contain_text("Muestra:")
    # The next scan closes what is open, and nothing was said.
    rosa.tap("Muestra", within=strip)
    rosa.scan(WATER)
    expect(rosa.page.get_by_role("region", name="Muestra")).to_be_hidden()
    rosa.lines(1)

    # By keys: the strip's own, then the first. Taken back at once.
    rosa.press("Control+m")
    rosa.press("1")
    rosa.press("1")
    expect(said).to_contain_text("sin costo")
    rosa.tap("Deshacer")
    expect(said).to_be_empty()
    rosa.pay_exact()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(STANDING), [(2,)])
    floor.settled(lambda books: books.rows(TOLD), [(1,)])
    floor.settled(lambda books: books.rows(WITH_SALE), [(3,)])


def test_without_a_server_it_is_the_same_and_anything_is_found_by_its_name(floor: Floor) -> None:
    with owner(floor) as page:
        mark(page, floor.wire.address, COFFEE)
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    floor.wire.cut()
    rosa.count_taps()
    rosa.tap("Muestra", within=strip)
    rosa.page.get_by_role("region", name="Muestra").locator(".chips .key").first.click()
    assert rosa.taps == 2
    rosa.tap("Muestra", within=strip)
    rosa.press("a")
    field = rosa.page.get_by_role("region", name="Muestra").get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill("agua")
    expect(rosa.page.get_by_role("region", name="Muestra").locator(".chips .key").first).to_contain_text("Agua")
    rosa.press("Enter")
    expect(rosa.page.locator(".paper > .given")).to_contain_text("2 muestras sin costo, sin compromiso")
    rosa.help_without_sale()
    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(STANDING), [(2,)])


def test_for_a_day_it_may_be_written_down_from_the_ticket(floor: Floor) -> None:
    with owner(floor) as page:
        mark(page, floor.wire.address, COFFEE)
        page.goto(f"{floor.wire.address}/necesidades/?nuevo=1")
        page.locator("#f-name").fill("Un regalo")
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_text("«Un regalo» sale ya en la caja.")).to_be_visible()
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.more("Tickets de esta caja")
    rosa.page.locator(".left ol li button").first.click()
    rosa.tap("Anotar qué buscaba")
    rosa.tap("Fue una muestra")
    sheet = rosa.page.get_by_role("region", name="Muestra")
    expect(sheet).to_contain_text("De quien llevó el ticket")
    sheet.locator(".chips .key").first.click()
    expect(rosa.page.get_by_role("status", name="Lo último que se anotó")).to_contain_text("Anotado después")
    rosa.all_sent()
    floor.settled(lambda books: books.rows(LATE), [(1,)])


def test_a_shop_that_gives_nothing_offers_no_such_piece(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)

    expect(rosa.page.get_by_role("button", name="Atendido sin compra")).to_be_visible()
    expect(rosa.page.get_by_role("group", name="Atención").get_by_role("button", name="Muestra")).to_be_hidden()
