"""The office and the buyer's page in a real browser: nothing for axe to find, nothing wider than its window, whole without JavaScript."""

import hashlib
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from mostrador.catalogue import services as catalogue
from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from mostrador.people.models import SignInAttempt
from mostrador.sync.cashier import Extras
from scripts.shots_office import PAGES, SIZES, Shown, axe, overflow, visit
from tests.flows.office import PASSWORD, member
from tests.sync.shop import DAY, Business, Till, a_business

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IMPORT = "Clave,Nombre,Precio,Existencia\nA1,Piñata,120.50,3\nA2,,1,1\n".encode()
SECRET = "Zm9vYmFyYmF6cXV4MTIzNA"
HERE: tuple[Shown, ...] = (
    *(shown for shown in PAGES if "cafe+olla" not in shown.address and shown.name != "office-home-empty"),
    Shown("office-product", "/productos/?q=coffee", ("tbody a.pp",)),
    Shown("office-product-edit", "/productos/?q=coffee", ("tbody a.pp", "a[href*='editar']")),
    Shown("office-parked", "/por-revisar/", ("tbody a.open",)),
    Shown("buyer-own", f"/t/{SECRET}"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(live_server: Any, settings: Any) -> str:
    """The office of a shop that has sold for a day."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    SignInAttempt.objects.all().delete()
    return str(live_server.url)


@pytest.fixture
def shop(address: str) -> Business:
    """A shop with a day of sales, one of them parked, and a buyer who has its secret."""
    business = a_business("MX")
    with scope(business.id):
        catalogue.add_category(business.actor, name="Bebidas", picto="botella", tint="cielo")
    till: Till = business.till()
    till.open_shift()
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    till.sell(("coffee", 2000), ("tomato", 750), extras=Extras(tokens=({"kind": "ticket", "hash": digest},)))
    till.end_without_sale()
    body = till.sale_body(("water", 1000))
    body["basket"]["lines"][0]["product_id"] = "01a21078-0000-7000-8000-000000000000"
    till.write_sale(body)
    till.close_shift()
    till.push()
    drain()
    return business


def signed_in(context: BrowserContext, url: str, business: Business, language: str = "es") -> Page:
    """A page of the office, signed in by its form."""
    email, _ = member(business)
    page = context.new_page()
    page.goto(f"{url}/entrar/")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator(".key.now").click()
    page.goto(f"{url}/cuenta/")
    page.locator(f"button[name=language][value={language}]").first.click()
    return page


@pytest.mark.parametrize("theme,language", [("light", "es"), ("dark", "en")])  # all four: python -m scripts.shots_office --axe
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    chromium: Browser, address: str, shop: Business, theme: str, language: str
) -> None:
    scheme: Any = theme
    context = chromium.new_context(color_scheme=scheme, locale="es-MX" if language == "es" else "en-US")
    page = signed_in(context, address, shop, language)
    said: list[str] = []
    # A page that is refused says so in the console, too: that is no fault of the page.
    page.on("console", lambda message: said.append(message.text) if message.type == "error" and "404" not in message.text else None)
    found = []
    for shown in HERE:
        page.set_viewport_size({"width": 1440, "height": 900})
        visit(page, address, shown, DAY)
        for size in ("desktop", "phone", "tablet"):
            page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
            wrong = overflow(page) + (axe(page) if size != "tablet" else [])
            found += [f"{shown.name} {size}: {one}" for one in wrong]
    found += import_pages(page, address)
    context.close()

    assert found == []
    assert said == []


def import_pages(page: Page, address: str) -> list[str]:
    """What is wrong with the pages of an import: its preview with an error, and its end."""
    page.goto(f"{address}/productos/importar/")
    page.set_input_files("[name=file]", {"name": "lista.csv", "mimeType": "text/csv", "buffer": IMPORT})
    page.locator(".key.now").click()
    found = [f"import preview: {one}" for one in axe(page) + overflow(page)]
    page.locator("[name=only_good]").check()
    page.locator(".key.now").click()
    return found + [f"import done: {one}" for one in axe(page) + overflow(page)]


def test_the_gates_pass_axe_in_both_themes(chromium: Browser, address: str, shop: Business) -> None:
    found = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}/entrar/")
        found += axe(page) + overflow(page)
        context.close()

    assert found == []


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

    page.locator("tbody a.pp").first.click()
    expect(page.locator(".drawer h2")).to_have_text("coffee")
    expect(page.locator("tbody tr")).to_have_count(3)

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
