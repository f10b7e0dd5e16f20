"""The office and the buyer's page in a real browser: partial pages, the way back, the keyboard, whole without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mostrador.people.models import SignInAttempt
from scripts.shots_office import PAGES, Shown, sign_in
from tests.browser.support.office import SECRET, here, open_shop, plain_files, signed_in
from tests.flows.office import PASSWORD, member
from tests.support.chromium import chromium_path
from tests.sync.shop import DAY, Business

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(live_server: Any, settings: Any) -> str:
    """The office's address."""
    plain_files(settings)
    SignInAttempt.objects.all().delete()
    return str(live_server.url)


@pytest.fixture
def shop(address: str) -> Business:
    """A shop that has sold for a day."""
    return open_shop()


def test_the_list_follows_what_is_typed_without_a_reload(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context()
    page = signed_in(context, address, shop)
    page.goto(f"{address}/productos/")
    page.evaluate("() => { window.sameDocument = true }")

    page.locator("#q").press_sequentially("tomat")

    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.evaluate("() => window.sameDocument") is True
    assert page.url.endswith("/productos/?q=tomat")
    context.close()


def test_a_product_opens_beside_the_list_and_the_way_back_leads_back(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = signed_in(context, address, shop)
    page.goto(f"{address}/productos/")

    page.locator("tbody a.pp", has_text="coffee").click()
    expect(page.locator(".drawer h2")).to_have_text("coffee")
    expect(page.locator("tbody tr")).to_have_count(4)

    page.go_back()
    expect(page.locator(".drawer")).to_have_count(0)
    context.close()


def test_everything_works_without_javascript(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = signed_in(context, address, shop)
    page.goto(f"{address}/productos/")

    page.locator("#q").fill("coffee")
    page.locator("#q").press("Enter")
    page.locator("tbody a.pp").first.click()
    page.locator("[name=price]").fill("95.50")
    page.locator(".drawer .key.now").click()

    expect(page.locator(".note")).to_contain_text("Precio publicado")
    expect(page.locator("tbody tr.on td.r").first).to_contain_text("$95.50")
    context.close()


def test_every_page_says_without_javascript_what_it_says_with_it(chromium: Browser, address: str, shop: Business) -> None:
    looked_at = [here(shown) for shown in PAGES if shown.act is Shown.act and not any("vincular" in one for one in shown.press)]
    email, _ = member(shop)
    said: list[dict[str, str]] = []
    for has_scripts in (True, False):
        context = chromium.new_context(java_script_enabled=has_scripts, viewport={"width": 1440, "height": 900}, locale="es-MX")
        page = context.new_page()
        sign_in(page, address, email, PASSWORD, "es")
        said.append({shown.name: words_of(page, address, shown) for shown in looked_at})
        context.close()

    assert len(looked_at) > 30
    for name, words in said[0].items():
        assert len(words) > 40, name
        assert said[1][name] == words, name


def words_of(page: Page, address: str, shown: Shown) -> str:
    """What a person reads on a page, pressed for as a person would; without the keys that only stand there where no script presses them."""
    page.goto(f"{address}{shown.address}" + (f"?dia={DAY}" if shown.day else ""))
    for selector in shown.press:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
    # The day of today says the time, and the two visits may be a minute apart.
    gone = "noscript, .sub" if shown.name.startswith("office-home") else "noscript"
    page.locator("main").evaluate("(main, gone) => { for (const one of main.querySelectorAll(gone)) one.remove() }", gone)
    return " ".join(page.locator("main").inner_text().split())


def test_an_import_and_a_pairing_need_no_javascript(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, address, shop)
    page.goto(f"{address}/productos/importar/")

    rows = "Clave,Nombre,Precio\nN1,Sin guiones,12\nN2,,1\n"
    page.set_input_files("[name=file]", {"name": "lista.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    page.locator(".key.now").click()
    expect(page.locator("a[href='informe.csv']")).to_be_visible()
    page.locator("[name=only_good]").check()
    page.locator(".key.now").click()
    expect(page.locator("a[href$='informe.csv']")).to_be_visible()
    page.goto(f"{address}/productos/?q=guiones")
    expect(page.locator("tbody a.pp")).to_contain_text("Sin guiones")

    page.goto(f"{address}/cajas/")
    page.locator("form[action$='/vincular/'] button").first.click()
    expect(page.locator(".code")).to_be_visible()
    context.close()


def test_a_pairing_code_counts_down_and_is_gone_after_leaving(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context()
    page = signed_in(context, address, shop)
    page.goto(f"{address}/cajas/")

    page.locator("form[action$='/vincular/'] button").first.click()
    code = page.locator(".code").inner_text()
    expect(page.locator("[data-seconds]")).to_contain_text("Queda 14:5")

    page.goto(f"{address}/cajas/")
    assert code not in page.content()
    context.close()


def test_keyboard_alone_reaches_the_content_and_the_keys(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context()
    page = signed_in(context, address, shop)
    page.goto(f"{address}/productos/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("#q")).to_be_focused()
    context.close()


def test_the_buyers_page_needs_no_script_and_no_cookie(chromium: Browser, address: str, shop: Business) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    received: list[int] = []
    page.on("response", lambda answer: received.append(len(answer.body())))

    page.goto(f"{address}/t/{SECRET}")

    expect(page.locator(".lines li")).to_have_count(2)
    assert context.cookies() == []
    assert sum(received) < 50_000
    context.close()
