"""The owner says a promotion in the office; the till lowers by it, with the server and without, and paper, books and Z agree."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
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


def say(page: Page, floor: Floor, shape: str, **fields: str) -> None:
    """Say a promotion by its form."""
    page.goto(f"{floor.wire.address}/promociones/?nueva={shape}")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("ya baja precios")).to_be_visible()


def hears(till: Till, text: str) -> None:
    """Wait until the till knows of it: the first piece of what is picked lies on the ticket and says what is lacking."""
    expect(till.page.locator(".lines").get_by_text(text)).to_be_visible(timeout=40_000)


def test_three_for_two_said_in_the_office_lowers_at_the_till_and_explains_itself(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        say(page, floor, "n_for_m", name="3x2 en agua", take="3", pay="2", products="P3")
    rosa.scan(WATER)
    hears(rosa, "3x2 en agua")
    expect(rosa.page.get_by_text("Con 2 más, baja el precio")).to_be_visible()

    rosa.scan(WATER)
    expect(rosa.page.get_by_text("Con 1 más, baja el precio")).to_be_visible()
    floor.wire.cut()
    rosa.scan(WATER)
    expect(rosa.page.locator(".line").first).to_contain_text("3x2 en agua")
    expect(rosa.page.get_by_role("status", name="Total")).to_have_text("$37.00")
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    roll = rosa.page.locator(".roll").first
    expect(roll).to_contain_text("3x2 en agua")
    expect(roll).to_contain_text("-18.50")
    expect(roll).to_contain_text("Usted ahorró $18.50")

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT gross, discount, engine FROM counter_sale") == [(126_00, 18_50, 2)]
    assert floor.books.rows("SELECT name, amount FROM counter_salesaving") == [("3x2 en agua", 18_50)]
    rosa.close_shift(cash=626_00, others={}, total="$626.00")
    rosa.all_sent()
    assert floor.books.closing("C1A")["figures"]["discount"] == 18_50
    floor.everything_holds()


def test_a_coupon_is_scanned_or_typed_and_can_be_taken_away(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    with owner(floor) as page:
        say(page, floor, "percent", name="Vecino", percent="10", products="P1", coupon="vecino-10")
        say(page, floor, "amount", name="Agua fría", amount="1", products="P3")
    rosa.scan(WATER)
    hears(rosa, "Agua fría")  # by now both have come
    rosa.scan(COFFEE)
    expect(rosa.page.get_by_role("status", name="Total")).to_have_text("$106.50")

    rosa.scan("VECINO10")
    expect(rosa.page.get_by_text("Cupón aplicado")).to_be_visible()
    expect(rosa.page.get_by_role("status", name="Total")).to_have_text("$97.60")
    rosa.tap("Quitar el cupón")
    expect(rosa.page.get_by_role("status", name="Total")).to_have_text("$106.50")
    rosa.press("F2")
    rosa.page.keyboard.type("Vecino 10", delay=60)
    rosa.press("Enter")
    expect(rosa.page.get_by_role("status", name="Total")).to_have_text("$97.60")
    rosa.pay_exact()
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert sorted(floor.books.rows("SELECT name, amount FROM counter_salesaving")) == [("Agua fría", 1_00), ("Vecino", 8_90)]
    floor.everything_holds()
