"""The buyer's page in a browser that runs no script: opened by its code, kept as a PDF, with no cookie."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from mostrador.counter.short_codes import short_code
from tests.browser.support.office import plain_files
from tests.flows.test_page import SECRET, token
from tests.support.chromium import chromium_path
from tests.sync.shop import Business, a_business

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the module."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield started
        started.close()


def a_sale(business: Business) -> str:
    """A purchase of just now that SECRET opens; return its number."""
    till = business.till()
    till.open_shift()
    sold = till.sell(("coffee", 2000), extras=token())
    till.push()
    return f"{sold['body']['series']}-{sold['body']['number']}"


def test_a_phone_without_scripts_opens_a_purchase_by_its_code_and_keeps_it(browser: Browser, live_server: Any, settings: Any) -> None:
    plain_files(settings)
    business = a_business("MX")
    number = a_sale(business)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="es-MX")
    page = context.new_page()

    page.goto(f"{live_server.url}/t/")
    page.fill("#code", short_code(hashlib.sha256(SECRET.encode()).digest()))
    page.fill("#number", number)
    page.fill("#total", "178.00")
    page.get_by_role("button", name="Ver mi compra").click()
    expect(page.get_by_role("heading", name="Mi compra")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.goto(f"{live_server.url}/t/{SECRET}")
    assert context.cookies() == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar en PDF").click()
    assert download.value.suggested_filename == f"{number}.pdf"
    context.close()
