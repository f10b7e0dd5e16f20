"""A combo on the ticket is made of other choices: its line, «Opciones», a tap a choice. Its count, its discount and its note stay."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scripts.shots_hands import choose_found, press, type_slowly
from tests.browser.support.small import small_server
from tests.browser.support.till import TAPS
from tests.browser.test_changed_keys import sign_in
from tests.support.chromium import chromium_path

pytestmark = pytest.mark.browser


@pytest.fixture
def page() -> Iterator[Page]:
    """A till of the small shop that sells: its combo is a drink and a bread."""
    with small_server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="es-MX").new_page()
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        page.goto(f"{url}/till/")
        expect(page.locator(".code")).to_be_visible()
        type_slowly(page, "ABCD2345")
        press(page, "Enter")
        sign_in(page)
        press(page, "ArrowRight")
        type_slowly(page, "500")
        press(page, "Enter")
        expect(page.locator(".till")).to_be_visible()
        yield page
        browser.close()


def rows(page: Page) -> list[str]:
    """What stands on the ticket, without figures of one piece."""
    return [re.sub(r"\s+", " ", row).strip() for row in page.locator(".line:not(.gone)").all_inner_texts()]


def test_a_combo_is_made_of_other_choices_in_a_tap_each(page: Page) -> None:
    choose_found(page, "combo desayuno")
    press(page, "Enter")
    expect(page.locator(".line")).to_have_count(3)
    total = page.get_by_role("status", name="Total")
    expect(total).to_have_text("$40.00")

    # The dearer drink asks for its milk in the same sheet.
    page.evaluate(TAPS)
    page.locator(".line.last button").first.click()
    page.get_by_role("button", name="Opciones").click()
    expect(page.get_by_role("button", name="Café americano", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=re.compile("^Capuchino")).first.click()
    page.get_by_role("button", name=re.compile("^Avena")).click()
    press(page, "Enter")
    expect(page.locator(".options")).to_have_count(0)
    assert page.evaluate("() => window.taps") == 5
    expect(total).to_have_text("$60.00")
    assert rows(page) == ["1 Combo desayuno $60.00 c/u 60.00", "1 Capuchino Chico Avena +$12.00", "1 Pan de yema"]

    # What was chosen before is marked, and what is left as it is stays.
    page.locator(".line button").nth(1).click()
    page.get_by_role("button", name="Opciones").click()
    expect(page.get_by_role("button", name=re.compile("^Avena"))).to_have_attribute("aria-pressed", "true")
    press(page, "Escape")
    expect(total).to_have_text("$60.00")
    press(page, "F10")
    expect(page.locator(".done h2")).to_be_visible()
