"""A gift card is sold with goods, pays by a scan and a tap, shows its balance by another code, and goes back only while nothing was spent of it."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER
from tests.browser.support.till import Till
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def sell_card(till: Till, amount: str) -> str:
    """Put a card of so much on the ticket, take the money exactly in cash, and return the code that its paper bears."""
    till.more("Tarjeta regalo")
    till.type(amount)
    till.press("Enter")
    expect(till.page.locator("[data-line=gift-card]")).to_contain_text("Tarjeta regalo")
    till.press("F10")
    till.sold()
    code = re.search(r"GC(?:-\w{4}){4}", till.page.locator(".done").inner_text())
    assert code is not None
    till.press("Enter")
    return code[0]


def test_a_card_is_sold_beside_goods_and_pays_at_another_till_by_a_scan_and_a_tap(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    tomas = floor.till("C2", TOMAS, float_minor=500_00)
    rosa.scan(COFFEE)
    code = sell_card(rosa, "200")
    rosa.all_sent()

    tomas.scan(COFFEE)
    tomas.lines(1)
    tomas.count_taps()
    tomas.scan(code)
    expect(tomas.page.get_by_label("Pagos")).to_contain_text("Tarjeta regalo")
    tomas.tap(re.compile("^Cobrar"))
    tomas.sold()
    assert tomas.taps == 1
    tomas.tap("Ticket", within=tomas.page.locator(".sale > .row"))
    expect(tomas.page.locator(".roll").first).to_contain_text(re.compile(r"Saldo de la tarjeta\s*\$111\.00"))
    tomas.press("Escape")
    tomas.press("Enter")

    # More than it holds: the card pays what it can, the rest is cash, in two taps.
    for _ in range(2):
        tomas.scan(COFFEE)
    tomas.lines(1)
    tomas.count_taps()
    tomas.scan(code)
    expect(tomas.page.get_by_label("Pagos")).to_contain_text("$111.00")
    tomas.tap("Agregar pago")
    tomas.tap(re.compile("^Cobrar"))
    tomas.sold()
    assert tomas.taps == 2
    tomas.press("Enter")
    tomas.all_sent()

    assert floor.books.rows("SELECT kind, amount FROM counter_giftcardmove ORDER BY at") == [
        ("load", 200_00),
        ("spend", -89_00),
        ("spend", -111_00),
    ]
    assert floor.books.rows("SELECT gross FROM counter_sale ORDER BY gross") == [(89_00,), (89_00,), (178_00,)]
    rosa.close_shift(cash=789_00, others={}, total="$789.00")
    rosa.all_sent()
    figures = floor.books.closing("C1A")["figures"]
    assert (figures["gross"], figures["gift_cards"]) == (89_00, {"sold": 1, "amount": 200_00, "back": 0})
    floor.everything_holds()


def test_a_card_is_topped_up_blocked_by_the_office_and_taken_back_only_unspent(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    code = sell_card(rosa, "100")
    rosa.all_sent()
    rosa.scan(code)
    expect(rosa.page.get_by_text("Saldo $100.00")).to_be_visible()
    rosa.type("50")
    rosa.press("Enter")
    rosa.press("F10")
    rosa.sold()
    rosa.press("Enter")
    rosa.all_sent()

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/tarjetas/")
        expect(page.get_by_text("La tienda debe $150.00 en tarjetas")).to_be_visible()
        page.locator("tbody a.open").first.click()
        page.get_by_role("button", name="Bloquear").click()
        expect(page.get_by_text(re.compile(r"bloqueada\."))).to_be_visible()
    rosa.scan(code)
    expect(rosa.page.get_by_text("La tienda bloqueó esta tarjeta. Pregunte en la oficina.")).to_be_visible()
    rosa.press("Escape")
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/tarjetas/")
        page.locator("tbody a.open").first.click()
        page.get_by_role("button", name="Emitir de nuevo con otro código").click()
        found = re.search(r"GC(?:-\w{4}){4}", page.content())
        assert found is not None
        # The paper of the office is as good as the first one: the till reads what stands on it.
        drawn = page.get_by_role("img", name="Para pagar, que lo escaneen en caja:")
        [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.screenshot())))
    again = str(read.text)
    assert again == found[0]
    rosa.scan(code)
    expect(rosa.page.get_by_text("Ninguna tarjeta tiene ese código, o la tienda le dio otro.")).to_be_visible()
    rosa.press("Escape")

    # The new paper has the balance; nothing was spent of it, so its money goes back.
    rosa.scan(again)
    rosa.tap(re.compile(r"^Devolver \$150"))
    rosa.tap("Efectivo", within=rosa.page.locator(".modes"))
    expect(rosa.page.get_by_text(re.compile("devueltos \\$150.00"))).to_be_visible()
    rosa.all_sent()
    assert floor.books.rows("SELECT SUM(amount) FROM counter_giftcardmove") == [(0,)]
    rosa.scan(again)
    expect(rosa.page.get_by_text("Ya se usó: no se devuelve en dinero.")).to_be_visible()
    floor.everything_holds()


def test_without_internet_no_card_is_spent_until_the_owner_allows_some(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    code = sell_card(rosa, "100")
    rosa.all_sent()
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/ajustes/sin-internet/")
        page.locator("[name=gift_card]").fill("20")
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_text(re.compile(r"cajas sin internet × \$20\.00"))).to_be_visible()
    floor.settled(lambda books: books.work(), 0)
    for _ in range(3):  # the till hears of the setting, then reads it, then the cards
        rosa.send_now()
        rosa.page.wait_for_timeout(500)
    floor.wire.cut()
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.scan(code)
    expect(rosa.page.get_by_label("Pagos")).to_contain_text("$20.00", timeout=30_000)
    rosa.press("Escape")
    rosa.press("Delete")
    rosa.scan(WATER)
    rosa.scan(code)
    expect(rosa.page.get_by_label("Pagos")).to_contain_text("$18.50", timeout=30_000)
    rosa.tap(re.compile("^Cobrar"))
    rosa.sold()
    rosa.press("Enter")
    floor.wire.join()
    rosa.all_sent()
    assert floor.books.rows("SELECT SUM(amount) FROM counter_giftcardmove") == [(81_50,)]
    floor.everything_holds()
