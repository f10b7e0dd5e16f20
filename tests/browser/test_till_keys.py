"""A day at the till by keyboard alone: no finger, no mouse. Every choice is reached, and Enter belongs to what was typed last."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.shots_hands import press, scan, type_slowly
from tests.browser.support.small import small_server
from tests.browser.support.waiting import until
from tests.support.chromium import chromium_path

pytestmark = pytest.mark.browser
COFFEE = "2000000000015"
TOMATO = "2010009007502"  # 0.750 kg, from the label of a scale
FOCUSED = "() => document.activeElement instanceof HTMLButtonElement ? document.activeElement.innerText.trim() : ''"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def url() -> Iterator[str]:
    """The small server, with nothing received yet."""
    with small_server() as address:
        yield address


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A till that was paired, entered and opened by keys, with a float of 500."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{url}/till/")
    expect(page.locator(".code")).to_be_visible()
    type_slowly(page, "ABCD2345")
    press(page, "Enter")
    expect(page.locator(".people")).to_be_visible()
    go_to(page, "Rosa Méndez")
    press(page, "Enter")
    type_slowly(page, "1111")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Abrir turno")).to_be_visible()
    press(page, "ArrowRight")
    type_slowly(page, "500")
    press(page, "Enter")
    expect(page.locator(".till")).to_be_visible()
    yield page
    context.close()


def go_to(page: Page, name: str) -> None:
    """Press Tab until the button with this name has the focus."""
    for _ in range(80):
        press(page, "Tab")
        if page.evaluate(FOCUSED).startswith(name):
            return
    raise AssertionError(f"«{name}» is not reached by Tab")


def facts(url: str, kind: str) -> list[dict[str, Any]]:
    """The facts of a kind that the server has received, once there is one."""

    def received() -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{url}/api/till/v1/received") as answer:
            return [fact for fact in json.load(answer) if fact["kind"] == kind]

    until(lambda: received() != [], what=f"{kind} arrives")
    return received()


def test_a_line_gets_its_discount_and_the_panel_goes_with_the_marked_line(page: Page) -> None:
    scan(page, COFFEE)
    scan(page, TOMATO)

    press(page, "Enter", "ArrowUp")
    expect(page.get_by_role("region", name="Café de olla molido")).to_be_visible()
    press(page, "ArrowRight", "ArrowRight")
    type_slowly(page, "10")
    press(page, "Enter")

    expect(page.locator(".line").first).to_contain_text("80.10")
    press(page, "ArrowDown", "Delete")
    expect(page.get_by_role("status", name="Total")).to_have_text("$80.10")


def test_a_mode_reached_by_tab_leaves_enter_to_what_is_typed_next(page: Page) -> None:
    scan(page, COFFEE)
    press(page, "F8")
    go_to(page, "Importe")
    press(page, "Enter")
    type_slowly(page, "4")
    press(page, "Enter")

    expect(page.locator(".selling")).to_be_visible()
    expect(page.get_by_role("status", name="Total")).to_have_text("$85.00")


def test_a_discount_beyond_the_limit_is_allowed_by_tab_and_pin(page: Page, url: str) -> None:
    scan(page, COFFEE)
    press(page, "F8")
    type_slowly(page, "20")
    press(page, "Enter")
    go_to(page, "Elena Cruz")
    press(page, "Enter")
    go_to(page, "Atención al cliente")
    press(page, "Enter")
    type_slowly(page, "3333")
    press(page, "Enter")

    expect(page.locator(".selling")).to_be_visible()
    assert page.get_by_role("status", name="Total").inner_text() == "$71.20"
    press(page, "F10")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    assert facts(url, "approval.given")[0]["body"]["reason"] == "buyer_care"


def test_a_payment_is_split_and_delete_takes_back_a_payment_and_no_line(page: Page, url: str) -> None:
    scan(page, COFFEE)
    press(page, "F9", *["ArrowRight"] * 4)
    type_slowly(page, "30")
    press(page, "Enter", "Delete")
    expect(page.locator(".line:not(.gone)")).to_have_count(1)
    expect(page.locator("output.large")).to_have_text("$89.00")

    type_slowly(page, "50")
    press(page, "Enter", "ArrowDown", "Enter", "Enter")

    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    [sale] = facts(url, "sale.recorded")
    assert [(one["method"], one["amount"]) for one in sale["body"]["basket"]["payments"]] == [("cash", 5000), ("card", 3900)]


def test_the_day_goes_from_float_to_z_with_a_note_chosen_by_an_arrow_and_cash_put_in(page: Page, url: str) -> None:
    scan(page, COFFEE)
    press(page, "F9", "ArrowDown")
    expect(page.get_by_role("status", name="Cambio")).to_have_text("$1.00")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    press(page, "Enter")

    press(page, "F1", "2", "ArrowRight")
    type_slowly(page, "20")
    press(page, "ArrowDown", "ArrowDown", "Enter")
    expect(page.locator(".selling")).to_be_visible()

    scan(page, COFFEE)
    press(page, "F9", "ArrowRight", "Enter")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    press(page, "Enter")

    press(page, "F1", "6", "ArrowDown")
    type_slowly(page, "1")
    press(page, "ArrowRight")
    type_slowly(page, "89")
    press(page, "Enter")
    expect(page.get_by_text("Al cerrar, el conteo ya no cambia.")).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Corte Z 1")).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Abrir turno")).to_be_visible()

    assert facts(url, "shift.opened")[0]["body"]["float"] == 50000
    [moved], [closed] = facts(url, "cash.moved"), facts(url, "shift.closed")
    assert (moved["body"]["direction"], moved["body"]["amount"], moved["body"]["reason"]) == ("in", 2000, "float_added")
    assert closed["body"]["counted"] == [{"method": "cash", "amount": 50000}, {"method": "card", "amount": 8900}]
