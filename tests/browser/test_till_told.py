"""What the till says where the server answers but takes nothing in, and where the browser keeps no program: selling goes on, and what to do."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from scripts.shots_hands import open_menu, press, scan, type_slowly
from tests.browser.support import shop
from tests.browser.support.server import Server
from tests.browser.support.small import small_server
from tests.support.chromium import chromium_path
from tests.support.ports import free_ports

pytestmark = pytest.mark.browser
COFFEE = "2000000000015"
DAY_MS = 25 * 60 * 60 * 1000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A till that sells, on a wire whose answers can be changed (a service worker would fetch past it)."""
    with small_server() as url:
        context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX", service_workers="block")
        page = context.new_page()
        open_till(page, url, "ABCD2345", ("Rosa Méndez", "1111"))
        yield page
        context.close()


def open_till(page: Page, address: str, code: str, person: tuple[str, str]) -> None:
    """Pair, sign in, open a shift without a float."""
    page.goto(f"{address}/till/")
    expect(page.locator(".code")).to_be_visible()
    type_slowly(page, code)
    press(page, "Enter")
    page.get_by_role("button", name=person[0]).click()
    type_slowly(page, person[1])
    press(page, "Enter")
    page.get_by_role("button", name="Abrir sin fondo").click()
    expect(page.locator(".selling")).to_be_visible()


def said(journal: str) -> Callable[[Route], None]:
    """Let the server answer as it does, but say this of the journal."""

    def answer(route: Route) -> None:
        answered = route.fetch()
        route.fulfill(response=answered, json={**answered.json(), "journal": journal, "watermark": 0})

    return answer


def a_day_passes(page: Page) -> None:
    """Move the clocks of till and server on by 25 hours."""

    def later(route: Route) -> None:
        answered = route.fetch()
        said = answered.json()
        route.fulfill(response=answered, json={**said, "time": said["time"] + DAY_MS})

    page.route(re.compile(r"/api/till/v1/(ping|push)$"), later)
    page.evaluate("ms => { const now = Date.now.bind(Date); Date.now = () => now() + ms }", DAY_MS)


def close_counted(page: Page) -> None:
    """Say that everything is counted, close, and leave the Z."""
    page.get_by_role("button", name="Ya conté").click()
    page.get_by_role("button", name=re.compile("^Cerrar con")).click()
    page.get_by_role("button", name="Abrir otro turno").click()


def sell(page: Page, code: str = COFFEE) -> None:
    """Sell one thing for exact cash, and see that it is on the disk."""
    scan(page, code)
    press(page, "F10")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    press(page, "Enter")


def test_a_journal_that_the_server_wants_anew_and_cannot_give_is_no_alarm_and_stops_no_sale(page: Page) -> None:
    page.route("**/api/till/v1/p*", said("reopen"))
    page.route("**/api/till/v1/pair", lambda route: route.fulfill(status=503, json={}))
    sell(page)

    net = page.locator(".net")
    expect(net).to_contain_text("ver qué hacer", timeout=30_000)
    expect(page.locator(".net.wait")).to_be_visible()
    sell(page)

    net.click()
    expect(page.get_by_role("heading", name="El servidor pide un diario nuevo")).to_be_visible()
    expect(page.get_by_text("Siga vendiendo: todo queda en esta caja y se envía después.")).to_be_visible()
    expect(page.get_by_text("súbalo en la oficina, en Cajas")).to_be_visible()
    page.get_by_role("button", name="Sobre Mostrador").click()
    expect(page.get_by_role("button", name="Desvincular esta caja")).to_be_visible()


def test_a_shift_of_another_day_says_so_until_it_is_closed_and_stops_no_sale(page: Page) -> None:
    late = page.get_by_role("button", name=re.compile(r"^Turno del .* Cerrar turno$"))
    expect(page.locator(".net")).to_contain_text("todo enviado", timeout=30_000)
    expect(late).to_have_count(0)
    a_day_passes(page)

    expect(late).to_be_visible(timeout=10_000)
    sell(page)
    page.get_by_role("button", name="Bloquear").click()
    page.get_by_role("button", name="Rosa Méndez").click()
    type_slowly(page, "1111")
    press(page, "Enter")
    expect(page.get_by_text(re.compile(r"^El turno del .* sigue abierto. Ciérrelo y abra otro.$"))).to_be_visible()
    sell(page)

    late.click()
    expect(page.get_by_role("heading", name="Cerrar turno")).to_be_visible()
    expect(late).to_have_count(0)
    close_counted(page)
    expect(page.get_by_role("heading", name="Abrir turno")).to_be_visible()
    expect(late).to_have_count(0)


def test_a_clock_that_is_wrong_is_told_to_who_opens_a_shift(page: Page) -> None:
    page.evaluate("() => { const now = Date.now.bind(Date); Date.now = () => now() + 330_000 }")
    sell(page)
    expect(page.locator(".net")).to_contain_text("todo enviado", timeout=30_000)
    open_menu(page, "calculator")
    close_counted(page)

    expect(page.get_by_role("heading", name="Abrir turno")).to_be_visible()
    expect(page.get_by_text("La hora de esta caja difiere 5 min de la del servidor. Revise el reloj.")).to_be_visible()


def test_on_a_phone_it_has_the_place_of_the_shops_name(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_text("Caja 1 · Rosa Méndez")).to_be_visible()
    a_day_passes(page)

    late = page.locator(".late")
    expect(late).to_be_visible(timeout=10_000)
    expect(page.get_by_text("Caja 1 · Rosa Méndez")).to_have_count(0)
    late.click()
    expect(page.get_by_role("heading", name="Cerrar turno")).to_be_visible()


@pytest.mark.parametrize("width", [1024, 390])
def test_the_banner_of_a_lost_server_leaves_room_for_what_waits_and_for_the_shift(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.route("**/api/till/v1/**", lambda route: route.abort())
    sell(page)
    page.evaluate("ms => { const now = Date.now.bind(Date); Date.now = () => now() + ms }", 60_000)

    expect(page.locator(".bar .off")).to_be_visible(timeout=10_000)
    # On a phone the sign and the number say it; whoever hears the page hears it in words.
    expect(page.locator(".net b")).to_have_text(re.compile("^[1-9]$" if width == 390 else "^[1-9] por enviar$"))
    expect(page.get_by_role("button", name=re.compile("^[1-9] por enviar"))).to_be_visible()
    page.evaluate("ms => { const now = Date.now.bind(Date); Date.now = () => now() + ms }", DAY_MS)
    expect(page.locator(".late")).to_be_visible(timeout=10_000)
    for text in page.locator(".bar .off p > *").all():
        assert text.evaluate("one => one.scrollWidth <= one.clientWidth"), text.text_content()
    page.locator(".late").click()
    expect(page.get_by_role("heading", name="Cerrar turno")).to_be_visible()


def test_cash_that_is_over_makes_no_card_good_that_is_short(page: Page) -> None:
    scan(page, COFFEE)
    press(page, "F9")
    page.get_by_role("button", name="Tarjeta", exact=True).click()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    press(page, "Enter")
    open_menu(page, "calculator")
    type_slowly(page, "1")  # the largest note

    page.get_by_role("button", name="Ya conté").click()
    page.get_by_role("button", name=re.compile("^Cerrar con")).click()

    expect(page.get_by_role("status", name="Diferencia")).to_have_text("-$89.00")
    expect(page.get_by_text("Faltan $89.00")).to_be_visible()
    expect(page.get_by_text("Sobran $1,000.00")).to_be_visible()
    expect(page.get_by_text("Tickets A1-1 a A1-1").first).to_be_visible()


def test_a_server_of_another_version_is_named_with_what_to_do(page: Page) -> None:
    page.route("**/api/till/v1/p*", lambda route: route.fulfill(status=426, json={}))
    sell(page)

    expect(page.locator(".net.alert")).to_contain_text("ver qué hacer", timeout=30_000)
    page.locator(".net").click()
    expect(page.get_by_role("heading", name="Esta caja y el servidor son de versiones distintas")).to_be_visible()
    sell(page)


def test_a_browser_that_keeps_no_program_says_so_in_the_menu_and_about(page: Page) -> None:
    page.locator(".more").click()
    page.get_by_role("button", name="No abre sin el servidor").click()

    expect(page.get_by_role("heading", name="Esta caja no abre sin el servidor")).to_be_visible()
    expect(page.get_by_text("en una ventana normal, no privada")).to_be_visible()
    sell(page)


def test_a_browser_that_keeps_the_program_says_nothing_of_it(browser: Browser) -> None:
    with small_server() as url:
        page = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX").new_page()
        open_till(page, url, "ABCD2345", ("Rosa Méndez", "1111"))
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")

        open_menu(page, "help")
        expect(page.get_by_text("Último contacto")).to_be_visible()
        page.wait_for_timeout(1_500)
        expect(page.get_by_text("no abre sin el servidor")).to_have_count(0)
        page.context.close()


def test_a_certificate_warning_that_was_clicked_away_is_named_with_the_address_of_the_certificate(
    browser: Browser, new_shop: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    shutil.copytree(new_shop[0], tmp_path / "data")
    server = Server(tmp_path / "data", free_ports(1)[0], is_tls=True)
    address = f"https://127.0.0.1:{server.port}"
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX", ignore_https_errors=True)
    try:
        server.start()
        page = context.new_page()
        open_till(page, address, new_shop[1]["C1"], shop.ROSA)
        open_menu(page, "offline")
        expect(page.get_by_role("heading", name="Esta caja no abre sin el servidor")).to_be_visible()
        expect(page.get_by_text(f"Descargue {address}/autoridad.crt")).to_be_visible()
        expect(page.get_by_role("button", name="Descargar el certificado")).to_be_enabled()
        sell(page, shop.COFFEE)
    finally:
        context.close()
        server.kill()


def test_a_start_that_takes_long_says_what_to_do(browser: Browser) -> None:
    with small_server() as url:
        page = browser.new_context(locale="es-MX").new_page()
        page.add_init_script(
            "IDBFactory.prototype.open = () => new EventTarget(); Object.defineProperty(navigator, 'locks', {value: undefined})"
        )
        page.goto(f"{url}/till/")

        expect(page.get_by_role("heading", name="Abriendo la caja")).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)
        expect(page.get_by_role("button", name="Volver a comprobar")).to_be_visible(timeout=15_000)
        page.context.close()
