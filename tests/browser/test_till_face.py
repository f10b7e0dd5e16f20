"""The face of the till in a real browser, against a small server that keeps what it is sent: what each act costs, and what it writes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.support.waiting import until
from tests.support.chromium import chromium_path

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "till" / "tests" / "screens" / "server.ts"
TYPING_MS = 70  # slower than any scanner
COFFEE = "2000000000015"


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def url() -> Iterator[str]:
    """Start the small server with the built till."""
    assert (ROOT / "build/root/till/index.html").exists(), "the till is not built: run `make front`"
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    address = f"http://127.0.0.1:{(port := free_port())}"
    server = subprocess.Popen(
        [node, "--experimental-strip-types", "--no-warnings", str(SERVER), str(port)], cwd=ROOT / "till", start_new_session=True
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/till/").close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    # The node of the environment is a small program that starts the real one: both end with their group.
    os.killpg(server.pid, signal.SIGTERM)
    server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all journeys."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """Open a new till, paired, that waits for a person."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX")
    page = context.new_page()
    page.goto(f"{url}/till/")
    expect(page.locator(".code")).to_be_visible()
    type_slowly(page, "ABCD2345")
    page.keyboard.press("Enter")
    expect(page.locator(".people")).to_be_visible()
    yield page
    context.close()


def type_slowly(page: Page, text: str) -> None:
    """Type as a person does."""
    page.keyboard.type(text, delay=TYPING_MS)
    page.wait_for_timeout(TYPING_MS)


# All keys of a scan in one go: a busy machine cannot stretch the pauses between them. What nobody prevents falls into the field, as in life.
SCAN = """keys => {
  for (const key of keys) {
    const target = document.activeElement ?? document.body
    const event = new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})
    if (!target.dispatchEvent(event) || key.length > 1 || !(target instanceof HTMLInputElement)) continue
    target.setRangeText(key, target.selectionStart, target.selectionEnd, 'end')
    target.dispatchEvent(new Event('input', {bubbles: true}))
  }
}"""


def scan(page: Page, code: str) -> None:
    """Send a code as a scanner does: its keys faster than any hand, then Enter."""
    page.evaluate(SCAN, [*code, "Enter"])


def enter_as(page: Page, name: str, pin: str) -> None:
    """Choose a person, type the PIN, and open the shift without a float if none is open."""
    page.get_by_role("button", name=name).click()
    type_slowly(page, pin)
    page.keyboard.press("Enter")
    opening = page.get_by_role("button", name="Abrir sin fondo")
    opening.or_(page.locator(".till")).first.wait_for()
    if opening.count() > 0:
        opening.click()
    expect(page.locator(".till")).to_be_visible()


def facts(page: Page, url: str, kind: str) -> list[dict[str, Any]]:
    """Return the facts of a kind that the server has received, once there is one and everything is sent."""

    def received() -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{url}/api/till/v1/received") as answer:
            return [fact for fact in json.load(answer) if fact["kind"] == kind]

    # Right after an act the till may still say that all is sent: what was written last is on its way.
    until(lambda: received() != [], what=f"{kind} arrives")
    expect(page.get_by_text("todo enviado")).to_be_visible(timeout=20_000)
    return received()


def test_a_scanned_item_is_sold_for_exact_cash_with_one_key(page: Page, url: str) -> None:
    enter_as(page, "Rosa Méndez", "1111")

    scan(page, COFFEE)
    page.keyboard.press("F10")

    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    [sale] = facts(page, url, "sale.recorded")
    assert sale["body"]["basket"]["payments"] == [{"method": "cash", "amount": 8900}]
    assert sale["body"]["totals"]["change"] == 0
    assert sale["body"]["number"] == 1


def test_the_received_amount_is_typed_and_the_change_is_shown(page: Page, url: str) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    scan(page, COFFEE)

    page.keyboard.press("F9")
    type_slowly(page, "100")
    expect(page.get_by_role("status", name="Cambio")).to_have_text("$11.00")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    [sale] = facts(page, url, "sale.recorded")
    assert sale["body"]["totals"]["paid"] == 10000
    assert sale["body"]["totals"]["change"] == 1100


def test_a_scale_label_becomes_a_line_with_its_weight(page: Page) -> None:
    enter_as(page, "Rosa Méndez", "1111")

    scan(page, "2010009007502")

    expect(page.locator(".line")).to_have_count(1)
    expect(page.locator(".line")).to_contain_text("0.750")
    expect(page.locator(".line .amount")).to_have_text("28.50")


def test_a_scan_in_the_search_well_leaves_nothing_written_there(page: Page) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    page.keyboard.press("F2")
    type_slowly(page, "pan")

    scan(page, COFFEE)

    expect(page.locator(".line .name b")).to_have_text("Café de olla molido")
    expect(page.get_by_role("textbox", name="Buscar producto")).to_have_value("pan")


def test_an_unknown_code_is_a_row_that_survives_a_reload(page: Page) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    scan(page, COFFEE)

    scan(page, "7501030459941")
    expect(page.locator(".line.bad")).to_contain_text("7501030459941")
    page.reload()
    enter_as(page, "Rosa Méndez", "1111")

    expect(page.locator(".line.bad")).to_contain_text("7501030459941")
    expect(page.locator(".line .name b").first).to_have_text("Café de olla molido")


def test_a_discount_beyond_the_limit_needs_another_person_and_the_sale_names_it(page: Page, url: str) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    scan(page, COFFEE)

    page.keyboard.press("F8")
    page.get_by_role("button", name="20%").click()
    page.get_by_role("button", name="Elena Cruz").click()
    page.get_by_role("button", name="Atención al cliente").click()
    type_slowly(page, "3333")
    page.keyboard.press("Enter")
    expect(page.locator(".selling")).to_be_visible()
    page.keyboard.press("F10")

    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    [approval] = facts(page, url, "approval.given")
    [sale] = facts(page, url, "sale.recorded")
    assert approval["body"]["action"] == "discount"
    assert approval["body"]["amount"] == 1780
    assert sale["body"]["approvals"] == [approval["id"]]
    assert approval["seq"] == sale["seq"] - 1
    assert sale["body"]["totals"]["gross"] == 7120


def test_a_discount_that_nobody_allows_is_taken_back(page: Page) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    scan(page, COFFEE)

    page.keyboard.press("F8")
    page.get_by_role("button", name="20%").click()
    expect(page.get_by_role("region", name="Autorización")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("status", name="Total")).to_have_text("$89.00")


def test_helped_without_a_purchase_is_one_tap_and_can_be_undone(page: Page, url: str) -> None:
    enter_as(page, "Rosa Méndez", "1111")

    page.get_by_role("button", name="Atendido sin compra").click()
    page.get_by_role("button", name="Deshacer").click()
    page.get_by_role("button", name="Atendido sin compra").click()
    page.wait_for_timeout(11_000)

    [closed] = facts(page, url, "visit.closed")
    assert closed["body"]["by_product"] == "nothing_needed"
    assert closed["visit"]["opened_at"] <= closed["at"]


def test_a_scan_right_behind_it_is_the_next_persons(page: Page, url: str) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    helped = page.get_by_role("button", name="Atendido sin compra")

    # In one breath, before anything could be stored: the tap and the keys of a scanner.
    helped.evaluate(f"(button, keys) => {{ button.click(); ({SCAN})(keys) }}", [*COFFEE, "Enter"])

    expect(page.locator(".line .name b")).to_have_text("Café de olla molido")
    expect(page.get_by_role("status", name="Total")).to_have_text("$89.00")
    page.keyboard.press("F10")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
    page.wait_for_timeout(11_000)
    [closed], [sold] = facts(page, url, "visit.closed"), facts(page, url, "sale.recorded")
    assert closed["visit"]["id"] != sold["visit"]["id"]


def test_a_ticket_waits_and_comes_back_with_one_key_each(page: Page) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    scan(page, COFFEE)

    page.keyboard.press("F4")
    expect(page.get_by_role("heading", name="Listo")).to_be_visible()
    page.keyboard.press("F4")

    expect(page.locator(".line .name b")).to_have_text("Café de olla molido")


def test_the_blind_count_closes_the_shift_with_its_difference(page: Page, url: str) -> None:
    enter_as(page, "Rosa Méndez", "1111")
    scan(page, COFFEE)
    page.keyboard.press("F10")
    expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()

    page.get_by_role("button", name="Más", exact=True).click()
    page.get_by_role("button", name="Cerrar turno").click()
    page.get_by_role("button", name="Billetes de $50.00").click()
    type_slowly(page, "2")
    page.get_by_role("button", name="Ya conté").click()
    page.get_by_role("button", name="Cerrar con $100.00").click()

    expect(page.get_by_role("heading", name="Corte Z 1")).to_be_visible()
    [closed] = facts(page, url, "shift.closed")
    assert closed["body"]["expected"] == [{"method": "cash", "amount": 8900}]
    assert closed["body"]["counted"] == [{"method": "cash", "amount": 10000}]
    assert closed["body"]["difference"] == [{"method": "cash", "amount": 1100}]
    assert closed["body"]["denominations"] == [{"value": 5000, "count": 2}]


def test_a_wrong_pin_says_how_many_tries_are_left(page: Page) -> None:
    page.get_by_role("button", name="Rosa Méndez").click()
    type_slowly(page, "9999")
    page.keyboard.press("Enter")

    expect(page.get_by_text("PIN incorrecto")).to_be_visible()
    expect(page.locator(".till")).to_have_count(0)
