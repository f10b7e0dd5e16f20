"""Tips in one tap, and a card whose outcome nobody knows: the till asks before anything is charged again."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_tip_is_one_tap_before_paying_in_cash_and_by_card_and_stands_apart_from_what_was_sold(floor: Floor) -> None:
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/ajustes/tiendas/")
        page.get_by_role("link", name="Centro").click()
        page.fill("[name=tips]", "10 15")
        page.locator("form:has([name=tips]) button").first.click()
        expect(page.get_by_text("Guardada: Centro.")).to_be_visible()
    rosa = floor.till("C1", ROSA, float_minor=500_00)

    rosa.scan(COFFEE)
    rosa.press("F9")
    rosa.tap(re.compile(r"^Propina 10\s?%"))
    expect(rosa.page.get_by_role("status", name="Total")).to_have_text("$97.90")
    rosa.press("Enter")
    rosa.sold()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    expect(rosa.page.locator(".roll").first).to_contain_text("Propina")
    rosa.press("Escape")
    rosa.press("Escape")

    # By card, of any amount; pressed again it is taken back.
    rosa.scan(COFFEE)
    rosa.press("F9")
    rosa.tap("Tarjeta", within=rosa.page.locator(".modes"))
    rosa.tap("Otra propina")
    rosa.type("20")
    rosa.press("Enter")
    expect(rosa.page.get_by_role("status", name="Por cobrar")).to_have_text("$109.00")
    rosa.tap(re.compile(r"^Propina 15\s?%"))
    rosa.tap(re.compile(r"^Propina 15\s?%"))
    expect(rosa.page.get_by_role("status", name="Por cobrar")).to_have_text("$89.00")
    rosa.tap("Otra propina")
    rosa.type("20")
    rosa.press("Enter")
    rosa.press("Enter")
    rosa.sold()
    rosa.press("Enter")

    rosa.all_sent()
    assert floor.books.rows("SELECT gross, tip FROM counter_sale ORDER BY number") == [(89_00, 8_90), (89_00, 20_00)]
    assert floor.books.rows("SELECT method, amount FROM counter_payment ORDER BY amount") == [("cash", 97_90), ("card", 109_00)]
    rosa.close_shift(cash=597_90, others={"Tarjeta": "109"}, total="$706.90")
    rosa.all_sent()
    figures = floor.books.closing("C1A")["figures"]
    assert (figures["gross"], figures["tips"]) == (178_00, 28_90)
    floor.everything_holds()


def test_a_card_whose_outcome_nobody_knows_waits_and_is_asked_before_anything_is_charged_again(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    question = rosa.page.get_by_role("heading", name="¿Salió el cobro en la terminal?")
    rosa.scan(COFFEE)
    rosa.press("F9")
    rosa.tap("Tarjeta", within=rosa.page.locator(".modes"))
    reference = rosa.page.get_by_text(re.compile("Cobro T[0-9A-F]{8}-1")).inner_text().removeprefix("Cobro ")
    rosa.tap("No sé si salió")
    expect(rosa.page.get_by_text("Tarjeta por confirmar")).to_be_visible()

    # Neither key charges: both ask.
    for key in ("F10", "F9"):
        rosa.press(key)
        expect(question).to_be_visible()
        rosa.tap("No sé: dejar pendiente")
        expect(question).to_have_count(0)
    # It survives the till's end, and keeps a shift from closing.
    rosa.close()
    rosa.open()
    rosa.enter(ROSA)
    expect(rosa.page.get_by_text("Tarjeta por confirmar")).to_be_visible()

    # It did not go through: charged again, this time the till ends in the middle.
    rosa.press("F9")
    rosa.tap("No salió")
    rosa.tap("Tarjeta", within=rosa.page.locator(".modes"))
    expect(rosa.page.get_by_text(re.compile("Cobro T[0-9A-F]{8}-2"))).to_be_visible()
    rosa.page.wait_for_timeout(300)  # what is on show is on the disk a moment later
    rosa.close()
    rosa.open()
    rosa.enter(ROSA)
    rosa.press("F9")
    # It did: two taps, and the ticket is paid, once.
    rosa.tap("Sí, salió")
    rosa.sold()
    rosa.press("Enter")

    rosa.all_sent()
    assert floor.books.rows("SELECT method, amount, reference FROM counter_payment") == [("card", 89_00, reference[:-1] + "2")]
    floor.everything_holds()


def test_a_transfer_shows_where_it_goes_in_a_code_that_a_reader_of_others_reads(floor: Floor) -> None:
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/ajustes/")
        page.fill("[name=transfer_holder]", "La Esquina")
        page.fill("[name=transfer_account]", "0321 8000 0118 3597 19")
        page.locator("form:has([name=transfer_account]) button").first.click()
        expect(page.get_by_text("Ajustes guardados.")).to_be_visible()
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.press("F9")
    rosa.tap("Transferencia", within=rosa.page.locator(".modes"))
    code = rosa.page.get_by_role("img", name="Código para transferir")
    expect(code).to_be_visible()

    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))

    holder, number, amount, reference = str(found.text).split("\n")
    assert (holder, number, amount) == ("La Esquina", "032180000118359719", "89.00 MXN")
    expect(rosa.page.get_by_text(reference)).to_be_visible()
    rosa.press("Enter")
    rosa.sold()
    rosa.press("Enter")
    rosa.all_sent()
    assert floor.books.rows("SELECT method, amount, reference FROM counter_payment") == [("transfer", 89_00, reference)]
    floor.everything_holds()
