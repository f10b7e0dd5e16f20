"""Combos and kits from the office to the till and back: a tap a slot, the usual by one key, one price, offline, on paper, returned in part and whole."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, PIECES, ROSA, WATER
from tests.browser.support.till import Till
from tests.browser.test_modifiers import owner
from tests.browser.test_returns import code_of, open_by

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEVELS = "SELECT p.name, l.quantity FROM stock_stocklevel l JOIN catalogue_product p ON p.id = l.product_id ORDER BY p.name"


def say(page: Page, floor: Floor, kind: str, **fields: str) -> None:
    """Make a product a combo or a kit by its form."""
    page.goto(f"{floor.wire.address}/combos/?nuevo={kind}")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("las cajas lo reciben en segundos")).to_be_visible()


def hears(till: Till, code: str, has_heard: Callable[[], bool]) -> None:
    """Wait until the till knows of what was said last; the ticket is empty again."""
    for _ in range(40):
        till.scan(code)
        till.page.wait_for_timeout(300)
        known = has_heard()
        till.press("Escape")
        if till.page.locator(".line:not(.gone)").count():
            till.press("Delete")
        if known:
            return
        till.page.wait_for_timeout(1000)
    raise AssertionError("the till has not heard of it")


def ticket(till: Till) -> list[str]:
    """What stands on the ticket, a row each, figures and all."""
    return [re.sub(r"\s+", " ", row).strip() for row in till.page.locator(".line:not(.gone)").all_inner_texts()]


def parts_come_back(rosa: Till, code: str) -> None:
    """One part comes back at what was paid for it, then the whole of the other combo in one tap more."""
    page = rosa.page
    rosa.count_taps()
    open_by(rosa, code)
    rosa.tap(re.compile("^Capuchino"))
    rosa.tap("No era lo que necesitaba")
    rosa.tap("Devolver $74.55")
    expect(page.get_by_text("Devuelto: $74.55")).to_be_visible()
    assert rosa.taps == 3
    rosa.press("Escape")
    open_by(rosa, code)
    rosa.tap(re.compile("^Café de olla molido.*94.00"))
    rosa.tap("No era lo que necesitaba")
    rosa.tap("Devolver $94.00")
    expect(page.get_by_text("Devuelto: $94.00")).to_be_visible()


def the_books_say_so(floor: Floor, rosa: Till) -> None:
    """What the two combos and their returns became."""
    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT name, quantity, unit_price FROM counter_salecombo ORDER BY place") == [
        ("Café de olla molido", 1000, 890_000), ("Café de olla molido", 1000, 940_000),
    ]  # fmt: skip
    assert floor.books.rows("SELECT gross FROM counter_saleline ORDER BY n") == [(74_55,), (14_45,), (66_94,), (27_06,)]
    levels = dict(floor.books.rows(LEVELS))
    assert (levels["Café de olla molido"], levels["Capuchino"], levels["Agua de manantial"]) == (PIECES, PIECES, PIECES)
    assert levels["Jitomate saladet"] == 40_000 - 250
    floor.everything_holds()


def test_a_combo_costs_a_tap_a_slot_or_one_key_and_its_parts_come_back_at_their_share(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        say(page, floor, "combo", product="P1", slot_1="Bebida", choices_1="P2\nP3 + 5", slot_2="Fruta", quantity_2="0.25", choices_2="P4")
    page, sheet = rosa.page, rosa.page.locator(".options")
    hears(rosa, COFFEE, lambda: sheet.count() > 0)
    rosa.lines(0)

    # The usual: one key, after a scan that costs nothing.
    rosa.count_taps()
    rosa.scan(COFFEE)
    expect(sheet.get_by_text("Bebida")).to_be_visible()
    rosa.press("Enter")
    rosa.total("$89.00")
    assert rosa.taps == 1
    assert [text.split(" ")[0] for text in ticket(rosa)] == ["1", "1", "0.250"]

    # A tap a slot: the second answer is the whole answer.
    floor.wire.cut()
    rosa.count_taps()
    rosa.scan(COFFEE)
    rosa.tap(re.compile("^Agua de manantial"), within=sheet)
    rosa.tap(re.compile("^Jitomate"), within=sheet)
    expect(sheet).to_have_count(0)
    assert rosa.taps == 2
    rosa.total("$183.00")
    # By digits, and the same again becomes two.
    rosa.scan(COFFEE)
    expect(sheet).to_be_visible()
    rosa.type("21")
    rosa.total("$277.00")
    expect(page.locator(".line.part")).to_have_count(4)

    # What is done to a part is done to the combo.
    page.locator(".line.part").last.locator("button").click()
    rosa.tap("Uno menos")
    rosa.total("$183.00")
    rosa.press("Escape")

    rosa.pay_exact()
    rosa.tap("Ticket", within=page.locator(".done"))
    roll = page.locator(".roll").first
    for text in ("Café de olla molido", "89.00", "Capuchino", "Agua de manantial", "+$5.00", "0.250 kg Jitomate"):
        expect(roll).to_contain_text(text)
    code = code_of(rosa)
    rosa.press("Escape")
    rosa.press("Escape")

    parts_come_back(rosa, code)
    the_books_say_so(floor, rosa)


def test_a_kit_costs_one_scan_and_its_components_leave_the_shelf(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        say(page, floor, "kit", product="P2", components="P1\nP3 * 2")
    hears(rosa, CAPPUCCINO, lambda: rosa.page.locator(".line:not(.gone)", has_text="2 Agua de manantial").count() > 0)
    rosa.lines(0)
    floor.wire.cut()

    rosa.scan(CAPPUCCINO)
    rosa.scan(CAPPUCCINO)
    rosa.scan(WATER)
    rosa.lines(2)
    rosa.total("$116.50")
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    expect(rosa.page.locator(".roll").first).to_contain_text("· 4 Agua de manantial")
    code = code_of(rosa)
    rosa.press("Escape")
    rosa.press("Escape")
    open_by(rosa, code)
    rosa.tap(re.compile("^Capuchino"))
    rosa.tap("Uno menos")
    rosa.tap("No era lo que necesitaba")
    rosa.tap("Devolver $49.00")
    expect(rosa.page.get_by_text("Devuelto: $49.00")).to_be_visible()

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    levels = dict(floor.books.rows(LEVELS))
    assert (levels["Capuchino"], levels["Café de olla molido"], levels["Agua de manantial"]) == (PIECES, PIECES - 1000, PIECES - 3000)
    floor.everything_holds()
