"""Keys of a device: pick an act, press another key; the till does, shows and remembers it, refuses what cannot be, and goes back to the standard ones."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.shots_hands import press, scan, type_slowly
from tests.browser.support.small import small_server
from tests.support.chromium import chromium_path

pytestmark = pytest.mark.browser
COFFEE = "2000000000015"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A till that sells, with its list of keys on show."""
    with small_server() as url:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="es-MX")
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{url}/till/")
        expect(page.locator(".code")).to_be_visible(timeout=20_000)
        type_slowly(page, "ABCD2345")
        press(page, "Enter")
        sign_in(page)
        press(page, "ArrowRight")
        type_slowly(page, "500")
        press(page, "Enter")
        expect(page.locator(".till")).to_be_visible(timeout=20_000)
        press(page, "?")
        yield page
        context.close()


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Rosa Méndez").click()
    type_slowly(page, "1111")
    press(page, "Enter")
    expect(page.locator(".zones, .till").first).to_be_visible(timeout=20_000)


def change(page: Page, act: str, *keys: str) -> None:
    page.get_by_role("button", name=re.compile(f"^Cambiar la tecla de «{act}»")).click()
    press(page, *keys)


def test_an_act_gets_another_key_that_works_is_shown_and_stays(page: Page) -> None:
    change(page, "Cobrar", "Home")
    expect(page.get_by_role("button", name="Cambiar la tecla de «Cobrar»: Home")).to_be_visible()
    press(page, "Escape")
    scan(page, COFFEE)
    expect(page.get_by_role("button", name=re.compile("^Cobrar")).locator("kbd")).to_have_text("Home")

    press(page, "F9")
    expect(page.locator(".selling")).to_be_visible()
    press(page, "Home")
    expect(page.get_by_role("status", name="Cambio")).to_be_visible()
    press(page, "Escape")
    page.reload()
    sign_in(page)
    press(page, "Home")
    expect(page.get_by_role("status", name="Cambio")).to_be_visible()


def test_what_cannot_be_is_refused_with_a_word_and_changes_nothing(page: Page) -> None:
    change(page, "Cobrar", "F2")
    expect(page.get_by_text("Ya es de «Buscar». Elija otra.")).to_be_visible()
    press(page, "F5")
    expect(page.get_by_text("Esa tecla es del navegador. Elija otra.")).to_be_visible()
    press(page, "a")
    expect(page.get_by_text(re.compile("^Esa tecla escribe"))).to_be_visible()
    press(page, "Escape")

    expect(page.get_by_role("button", name="Cambiar la tecla de «Cobrar»: F9")).to_be_visible()


def test_the_standard_keys_come_back_with_one_tap(page: Page) -> None:
    change(page, "Aparcar o retomar", "F6")
    expect(page.get_by_text("Ya es de «Ticket nuevo». Elija otra.")).to_be_visible()
    press(page, "End")
    change(page, "Ticket nuevo", "Home")
    expect(page.get_by_role("button", name=re.compile("Cambiar la tecla de «Ticket nuevo»: (?!F6)"))).to_be_visible()

    page.get_by_role("button", name="Volver a las teclas de siempre").click()

    expect(page.get_by_role("button", name="Cambiar la tecla de «Aparcar o retomar»: F4")).to_be_visible()
    expect(page.get_by_role("button", name="Cambiar la tecla de «Ticket nuevo»: F6")).to_be_visible()
