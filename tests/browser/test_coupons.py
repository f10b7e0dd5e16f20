"""A single-use coupon is typed or scanned, is one ticket's alone, and without the server is taken only as the owner allows; what was taken twice is listed."""

import contextlib
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS
from tests.browser.support.till import Till
from tests.browser.support.waiting import until
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


COUNT = """() => new Promise((done) => {
    const open = indexedDB.open('mostrador-coupons')
    open.onsuccess = () => {
        const asked = open.result.transaction('cards').objectStore('cards').count()
        asked.onsuccess = () => { open.result.close(); done(asked.result) }
    }
})"""


def issue(page: Page, floor: Floor, count: int) -> list[str]:
    """Say a promotion that wants single-use codes, draw so many, and return them as the batch shows them."""
    page.goto(f"{floor.wire.address}/promociones/?nueva=percent")
    for name, value in {"name": "Feria", "percent": "10", "products": "P1"}.items():
        page.fill(f"[name={name}]", value)
    page.locator("[name=single]").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("ya baja precios")).to_be_visible()
    page.goto(f"{floor.wire.address}/cupones/?nuevo=1")
    page.select_option("[name=promotion]", label="Feria")
    page.fill("[name=name]", "Volantes")
    page.fill("[name=count]", str(count))
    page.get_by_role("button", name="Emitir códigos").click()
    expect(page.get_by_text(f"{count} códigos emitidos.")).to_be_visible()
    return page.locator("tbody b.mono").all_inner_texts()


def search(till: Till, code: str) -> None:
    """Type a code as one looks for a product."""
    till.press("F2")
    till.page.locator(".search input").fill(code)
    till.press("Enter")


def total(till: Till, text: str) -> None:
    """What the ticket comes to."""
    expect(till.page.get_by_role("status", name="Total")).to_have_text(text, timeout=40_000)


def takes(till: Till, code: str) -> bool:
    """Scan a code; whether the till puts it on the ticket."""
    till.scan(code)
    with contextlib.suppress(AssertionError):
        expect(till.page.get_by_text("Cupón aplicado")).to_be_visible(timeout=2_000)
        return True
    return False


def alert(till: Till, text: str) -> None:
    """What the till says, and that it was read."""
    expect(till.page.get_by_text(re.compile(text))).to_be_visible()


def test_a_code_costs_no_tap_by_scanner_two_keys_typed_and_lowers_one_ticket_only(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    tomas = floor.till("C2", TOMAS, float_minor=500_00)
    with owner(floor) as page:
        codes = issue(page, floor, 4)
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.count_taps()
    search(rosa, codes[0].lower().replace("-", " "))
    total(rosa, "$80.10")
    assert rosa.taps == 2, "F2 and Enter: letters and digits are free"
    expect(rosa.page.get_by_text("Cupón aplicado")).to_be_visible()

    # On an open ticket it is nobody else's; taken off, it is free again.
    tomas.scan(COFFEE)
    tomas.lines(1)
    tomas.scan(codes[0])
    alert(tomas, "Ese cupón está en otro ticket abierto")
    total(tomas, "$89.00")
    rosa.tap("Quitar el cupón")
    total(rosa, "$89.00")
    tomas.count_taps()
    until(lambda: takes(tomas, codes[0]), what="the server has heard that the code is free again", seconds=40)
    total(tomas, "$80.10")
    tomas.press("F10")
    tomas.sold()
    assert tomas.taps == 1, "a scan costs nothing: exact cash is one key, as without a coupon"
    tomas.press("Enter")
    tomas.all_sent()

    # Used: the till says by which ticket. A wrong letter is noticed without asking.
    search(rosa, codes[0])
    alert(rosa, r"Ese cupón ya se usó: ticket C2A-1, ")
    rosa.press("Escape")
    turned = codes[1][:3] + codes[1][4] + codes[1][3] + codes[1][5:]
    if turned != codes[1]:
        search(rosa, turned)
        alert(rosa, "Ese código de cupón está mal escrito")
        rosa.press("Escape")
    total(rosa, "$89.00")
    rosa.scan(codes[1])
    total(rosa, "$80.10")
    rosa.pay_exact()
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT name, amount FROM counter_salesaving") == [("Feria", 8_90), ("Feria", 8_90)]
    assert floor.books.rows("SELECT count(DISTINCT coupon_id), count(*) FROM counter_couponuse") == [(2, 2)]
    floor.everything_holds()


def test_without_the_server_a_till_takes_none_or_as_many_as_the_owner_says_and_a_second_use_is_listed(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    tomas = floor.till("C2", TOMAS, float_minor=500_00)
    with owner(floor) as page:
        codes = issue(page, floor, 3)
    rosa.scan(COFFEE)
    rosa.scan(codes[2])
    total(rosa, "$80.10")  # by now the promotion has come
    floor.wire.cut()
    tomas.scan(COFFEE)
    tomas.lines(1)
    tomas.scan(codes[0])
    alert(tomas, "Sin internet no se puede saber si ese cupón ya se usó")
    total(tomas, "$89.00")
    # What was kept for a ticket is good for it.
    rosa.pay_exact()
    rosa.press("Enter")

    floor.wire.join()
    rosa.all_sent()
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/ajustes/sin-internet/")
        page.locator("[name=coupon]").fill("1")
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_text("Con 4 cajas, en el peor caso: 4 usos que nadie pudo comprobar.")).to_be_visible()
    rosa.scan(COFFEE)
    for till in (rosa, tomas):
        holds_codes(till, 2)
    floor.wire.cut()
    for till in (rosa, tomas):
        till.scan(codes[0])
        total(till, "$80.10")
        till.pay_exact()
        till.press("Enter")
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.scan(codes[1])
    alert(rosa, "Sin internet no se puede saber si ese cupón ya se usó")
    total(rosa, "$89.00")

    floor.wire.join()
    rosa.all_sent()
    tomas.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT count(DISTINCT coupon_id), count(*) FROM counter_couponuse") == [(2, 3)]
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/cupones/")
        listed = page.locator(".items li")
        expect(listed).to_have_count(1)
        expect(listed).to_contain_text(codes[0])
        expect(listed).to_contain_text("usado más de una vez")
        expect(listed).to_contain_text("C1A-2")
        expect(listed).to_contain_text("C2A-1")
        expect(listed).to_contain_text("De más: $8.90")


def holds_codes(till: Till, count: int) -> None:
    """Wait until so many codes lie at the till."""
    until(lambda: till.page.evaluate(COUNT) == count, what=f"{count} codes at the till", seconds=60)
