"""Products as people and files name them: variants behind one key, and names that are letters to the till whatever they say."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, Playwright, expect

from scripts.shots_hands import press, search_for, type_slowly
from tests.browser.support.floor import Floor
from tests.browser.support.shop import ROSA, WATER
from tests.browser.support.small import small_server
from tests.support.chromium import chromium_path

pytestmark = pytest.mark.browser

HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1> \x1b[2J"
READ = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"


@pytest.fixture
def page(driver: Playwright) -> Iterator[Page]:
    """A till that sells, on the small server, whose T-shirt comes in four variants."""
    with small_server() as url:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX").new_page()
        page.goto(f"{url}/till/")
        expect(page.locator(".code")).to_be_visible()
        type_slowly(page, "ABCD2345")
        press(page, "Enter")
        page.get_by_role("button", name="Rosa Méndez").click()
        type_slowly(page, "1111")
        press(page, "Enter")
        page.get_by_role("button", name="Abrir sin fondo").click()
        yield page
        browser.close()


def test_variants_stand_behind_one_key_and_the_chosen_one_is_sold(page: Page) -> None:
    search_for(page, "playera")
    expect(page.locator(".products .product")).to_have_count(1)
    press(page, "Enter")
    expect(page.locator(".variants .product")).to_have_count(4)
    expect(page.locator(".line")).to_have_count(0)

    page.locator(".variants .product").filter(has_text="Azul S").click()

    expect(page.locator(".line")).to_have_count(1)
    expect(page.locator(".line")).to_contain_text("Azul S")
    expect(page.get_by_role("status", name="Total")).to_have_text("$129.00")
    expect(page.locator(".variants")).to_have_count(0)
    press(page, "F10")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    sent = page.evaluate("async () => (await fetch('/api/till/v1/received')).json()")
    if not any(fact["kind"] == "sale.recorded" for fact in sent):
        page.wait_for_timeout(500)
        sent = page.evaluate("async () => (await fetch('/api/till/v1/received')).json()")
    [sale] = [fact for fact in sent if fact["kind"] == "sale.recorded"]
    [line] = sale["body"]["basket"]["lines"]
    assert line["name"].startswith("Playera de algodón") and line["name"].endswith("Azul S")


@pytest.mark.slow
def test_a_name_that_is_markup_is_read_and_never_run(floor: Floor) -> None:
    with closing(sqlite3.connect(floor.server.database, timeout=10)) as database, database:
        changed = database.execute("UPDATE catalogue_product SET name = ? WHERE name = 'Agua de manantial'", [HOSTILE])
        assert changed.rowcount == 1
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    body = rosa.page.locator("body")
    key = rosa.page.locator(".products .product").filter(has_text=READ)
    expect(key).to_have_count(1)

    key.click()
    expect(rosa.page.locator(".line")).to_contain_text(READ)
    search_for(rosa.page, "script")
    expect(rosa.page.locator(".products .product").filter(has_text=READ)).to_have_count(1)
    rosa.press("Escape")
    rosa.scan(WATER)
    rosa.pay_exact()
    rosa.page.locator(".done .mini button").nth(1).click()
    expect(rosa.page.locator(".roll").first).to_contain_text(READ)
    rosa.all_sent()

    assert rosa.page.evaluate("() => window.hit") is None
    assert body.locator("script:not([src]), img[src='x']").count() == 0
    assert floor.books.rows("SELECT name, quantity FROM counter_saleline") == [(HOSTILE, 2000)]


@pytest.mark.parametrize("keys", ["Shift+F10", "ContextMenu"])
def test_by_keyboard_a_key_with_variants_shows_its_sheet_and_each_of_them_there(page: Page, keys: str) -> None:
    sheet = page.locator(".left .paper")
    search_for(page, "playera")
    page.locator(".products .product").focus()
    page.keyboard.press(keys)
    expect(sheet.get_by_role("heading", name="Playera")).to_be_visible()
    variants = sheet.get_by_role("group", name=re.compile("variante de Playera")).get_by_role("button")
    expect(variants).to_have_count(4)
    expect(variants.nth(0)).to_have_attribute("aria-pressed", "true")
    first = variants.nth(0).inner_text()
    # PageDown shows the next one; Tab reaches each, and Enter shows it.
    page.keyboard.press("PageDown")
    expect(variants.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(sheet.locator("h3 + p")).to_contain_text(variants.nth(1).inner_text())
    variants.nth(3).focus()
    page.keyboard.press("Enter")
    expect(variants.nth(3)).to_have_attribute("aria-pressed", "true")
    expect(sheet.locator("h3 + p")).to_contain_text(variants.nth(3).inner_text())
    assert variants.nth(3).inner_text() != first
    # Nothing was sold by it. PageUp goes back one, and the next Enter puts what is on show on the ticket.
    expect(page.locator(".line")).to_have_count(0)
    page.keyboard.press("PageUp")
    expect(variants.nth(2)).to_have_attribute("aria-pressed", "true")
    chosen = variants.nth(2).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(1)
    expect(page.locator(".line")).to_contain_text(chosen)


def test_shift_and_f10_charges_nothing(page: Page) -> None:
    search_for(page, "playera")
    press(page, "Enter")
    page.locator(".variants .product").first.click()
    expect(page.locator(".line")).to_have_count(1)
    search_for(page, "playera")
    page.locator(".products .product").focus()
    page.keyboard.press("Shift+F10")
    expect(page.locator(".left .paper").get_by_role("heading", name="Playera")).to_be_visible()
    expect(page.locator(".line")).to_have_count(1)
    page.keyboard.press("Escape")
