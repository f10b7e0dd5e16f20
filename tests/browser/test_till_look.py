"""How the till looks where a picture showed it wrong: what is measured here was cut, broken or too small before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scripts.shots_hands import press, scan, type_slowly
from scripts.shots_stage import Place, Stage
from tests.browser.support.small import small_server
from tests.support.chromium import chromium_path

pytestmark = pytest.mark.browser
COFFEE = "2000000000015"
LARGE = "localStorage.setItem('mostrador-preferences', JSON.stringify({language: 'es', sound: false, size: 'large'}))"
# How far a price reaches into the picture beside it, and the narrowest key, in the till's own pixels.
KEYS = """() => {
  const keys = [...document.querySelectorAll('.product')]
  const into = keys.map((key) => key.querySelector('.price').getBoundingClientRect().right - key.querySelector('.picture').getBoundingClientRect().left)
  return [Math.max(...into), Math.min(...keys.map((key) => key.offsetWidth))]
}"""
SIZE = "(one) => parseFloat(getComputedStyle(one).fontSize)"


@pytest.fixture
def page() -> Iterator[Page]:
    """A till that sells."""
    with small_server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        stage = Stage(browser.new_context(service_workers="block", locale="es-MX"), Place(url, "ABCD2345", "Rosa Méndez", "1111"))
        stage.open()
        stage.pair()
        stage.open_shift()
        yield stage.page
        browser.close()


def test_on_a_phone_the_change_is_larger_than_the_total_and_fits(page: Page) -> None:
    scan(page, COFFEE)
    page.set_viewport_size({"width": 390, "height": 844})
    total = page.get_by_role("status", name="Total").evaluate(SIZE)
    press(page, "F9")
    for received, change in (("100", "$11.00"), ("500", "$411.00"), ("20000", "$19,911.00")):
        type_slowly(page, received)
        figure = page.get_by_role("status", name="Cambio")
        expect(figure).to_have_text(change)
        right, width = figure.evaluate("(one) => [one.getBoundingClientRect().right, one.offsetWidth]")
        assert right <= 390 - 20 and width <= 350, change
        assert figure.evaluate("(one) => one.getBoundingClientRect().left") >= 20, change
        if received != "20000":
            assert figure.evaluate(SIZE) > total
        press(page, "Delete")


@pytest.mark.parametrize("width, height", [(1440, 900), (1024, 768)])
def test_in_large_type_no_price_runs_into_its_picture(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(LARGE)
    page.reload()
    page.get_by_role("button", name="Rosa Méndez").click()
    type_slowly(page, "1111")
    press(page, "Enter")
    expect(page.locator(".product").first).to_be_visible()

    into, narrowest = page.evaluate(KEYS)

    assert into <= 0
    assert narrowest >= 128
