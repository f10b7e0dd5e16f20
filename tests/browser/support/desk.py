"""The owner at her desk, while the tills of a floor sell."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Playwright

from tests.browser.support.floor import Floor
from tests.support.chromium import chromium_path


@contextmanager
def the_office(driver: Playwright, floor: Floor) -> Iterator[Page]:
    """The owner at her desk, in a browser of her own."""
    browser = driver.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"])
    try:
        page = browser.new_page(base_url=floor.wire.address, locale="es-MX")
        page.goto("/entrar/")
        page.locator("[name=email]").fill("duena@esquina.example")
        page.locator("[name=password]").fill("una-frase-larga-1")
        page.locator("form:has([name=password]) button").click()
        page.wait_for_url(f"{floor.wire.address}/")
        yield page
    finally:
        browser.close()
