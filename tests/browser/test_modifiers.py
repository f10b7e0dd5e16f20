"""What may be chosen beside a product: said in the office, asked for at the till in a tap per group, on paper, in the books, offline too."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, ROSA
from tests.browser.support.till import Till
from tests.support.chromium import chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def owner(floor: Floor) -> Iterator[Page]:
    """The owner in the office of the shop, in a browser of her own."""
    browser = floor._playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
    page = browser.new_context(locale="es-MX", viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{floor.wire.address}/entrar/")
    page.fill("[name=email]", "duena@esquina.example")
    page.fill("[name=password]", "una-frase-larga-1")
    page.locator(".key.now").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield page
    browser.close()


def say(page: Page, floor: Floor, *, products: str, options: tuple[tuple[str, str], ...], **fields: str) -> None:
    """Say a group by its form."""
    page.goto(f"{floor.wire.address}/modificadores/?nuevo=1")
    for n, (name, price) in enumerate(options, 1):
        page.fill(f"[name=option_{n}]", name)
        page.fill(f"[name=price_{n}]", price)
    for name, value in {**fields, "products": products}.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("La caja ya ofrece")).to_be_visible()


def hears(till: Till) -> None:
    """Wait until the till knows of what was said last: something may be chosen beside the coffee. The line goes again."""
    till.scan(COFFEE)
    till.page.locator(".line").click()
    expect(till.page.get_by_role("button", name="Opciones")).to_be_visible(timeout=40_000)
    till.press("Delete")
    till.lines(0)


def taps(till: Till, *names: str) -> int:
    """Press these in the sheet of options, one after the other, and return how many presses that took."""
    for name in names:
        till.tap(name, within=till.page.locator(".options"))
    return len(names)


def test_options_cost_a_tap_per_group_and_one_key_where_they_are_usual(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        say(page, floor, name="Leche", least="1", most="1", products="P2", options=(("Entera", ""), ("Avena", "8")))
        say(page, floor, name="Tamaño", least="1", most="1", products="P2", options=(("Chico", ""), ("Grande", "12")))
        say(page, floor, name="Bolsa", least="0", most="1", products="P1", options=(("De tela", "25"),))
    page = rosa.page
    sheet = page.locator(".options")
    hears(rosa)
    rosa.scan(CAPPUCCINO)
    expect(sheet.get_by_text("Tamaño")).to_be_visible()

    # Two groups, two taps: the second answer is the whole answer.
    assert taps(rosa, "Avena", "Grande") == 2
    expect(sheet).to_have_count(0)
    rosa.total("$69.00")
    # What is usual: one key.
    rosa.scan(CAPPUCCINO)
    expect(sheet).to_be_visible()
    rosa.press("Enter")
    rosa.lines(2)
    rosa.total("$118.00")
    # By key: a digit per group.
    rosa.scan(CAPPUCCINO)
    expect(sheet).to_be_visible()
    rosa.type("21")
    rosa.lines(3)
    rosa.total("$175.00")
    # Whoever scans on loses nothing, and a product whose groups are all optional asks nothing.
    rosa.scan(CAPPUCCINO)
    expect(sheet).to_be_visible()
    floor.wire.cut()
    rosa.scan(COFFEE)
    rosa.lines(4)
    rosa.total("$313.00")
    # On the line: the line, «Opciones», the option.
    page.locator(".line:not(.gone)", has_text="Café de olla").click()
    rosa.tap("Opciones")
    taps(rosa, "De tela")
    rosa.total("$338.00")
    expect(page.locator(".line", has_text="De tela")).to_contain_text("Café de olla")
    rosa.pay_exact()
    rosa.tap("Ticket", within=page.locator(".done"))
    roll = page.locator(".roll").first
    for text in ("+ Avena $8.00", "+ Grande $12.00", "+ De tela $25.00", "+ Entera"):
        expect(roll).to_contain_text(text)

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT n, name, price FROM counter_salemodifier ORDER BY n, place") == [
        (0, "Avena", 80_000), (0, "Grande", 120_000), (1, "Entera", 0), (1, "Chico", 0), (2, "Avena", 80_000), (2, "Chico", 0),
        (3, "De tela", 250_000),
    ]  # fmt: skip
    assert floor.books.rows("SELECT n, unit_price, quantity FROM counter_saleline ORDER BY n") == [
        (0, 690_000, 1000), (1, 490_000, 2000), (2, 570_000, 1000), (3, 1_140_000, 1000),
    ]  # fmt: skip
    floor.everything_holds()


def test_several_extras_wait_for_the_key_and_a_mistake_is_left_by_escape(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        say(page, floor, name="Extras", least="1", most="2", products="P2", options=(("Carga", "12"), ("Crema", "10"), ("Canela", "")))
        say(page, floor, name="Bolsa", least="0", most="1", products="P1", options=(("De tela", "25"),))
    hears(rosa)
    rosa.scan(CAPPUCCINO)
    sheet = rosa.page.locator(".options")
    expect(sheet.get_by_text("Canela")).to_be_visible()
    rosa.press("Escape")
    expect(sheet).to_have_count(0)
    rosa.lines(0)

    rosa.tap("Capuchino")
    taps(rosa, "Canela")
    rosa.press("F10")
    rosa.sold()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT name, price FROM counter_salemodifier ORDER BY place") == [("Carga", 120_000), ("Canela", 0)]
    assert floor.books.rows("SELECT gross FROM counter_sale") == [(61_00,)]
    floor.everything_holds()
