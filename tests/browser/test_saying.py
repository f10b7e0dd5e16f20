"""What a buyer asks and is told: two taps from the line or from the product held, taken back within ten seconds, offline too; the sheet stands on their page at no tap, and a return speaks against it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA
from tests.browser.test_promising import say_word
from tests.browser.test_promotions import owner
from tests.browser.test_shelf import held

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLAIMS = "SELECT c.said, COUNT(*) FROM trust_claim c WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = c.fact_id) GROUP BY c.said ORDER BY c.said"
PROMISED = "SELECT COUNT(*) FROM trust_promiseevent e WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = e.fact_id)"


def write_sheet(page: Page, address: str) -> None:
    """Publish the sheet of the coffee, reached from the product, and a question of the shop's."""
    page.goto(f"{address}/productos/")
    page.locator("tbody a.pp", has_text="Café").first.click()
    page.locator("summary", has_text="Ficha honesta").click()
    page.get_by_role("link", name="Abrir la ficha").click()
    page.locator("#f-strength_0").fill("Recién tostado")
    page.locator("#f-limit_0").fill("Lleva canela")
    page.get_by_role("button", name="Publicar ficha").click()
    expect(page.get_by_text("tiene ficha honesta")).to_be_visible()
    page.goto(f"{address}/lo-que-decimos/preguntas/?nueva=1")
    page.locator("#f-name").fill("¿Cuánto dura abierto?")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("sale ya en la caja")).to_be_visible()


def test_an_answer_costs_two_taps_and_what_nobody_knows_is_promised(floor: Floor) -> None:
    with owner(floor) as page:
        write_sheet(page, floor.wire.address)
        say_word(page, floor.wire.address, "Averiguarlo", 1, finds_out=True)
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    sheet = rosa.page.get_by_role("region", name="Me preguntó")

    # Two taps from the line.
    rosa.scan(COFFEE)
    rosa.page.locator(".lines [data-line] button").last.click()
    rosa.count_taps()
    rosa.tap("Me preguntó")
    rosa.tap("Sí: Recién tostado", within=sheet)
    assert rosa.taps == 2
    expect(said).to_contain_text("Dije que sí: Recién tostado")

    # By keys, and taken back: what nobody knew goes with its promise.
    rosa.press("Control+2")
    for digit in "33":
        rosa.press(digit)
    expect(said).to_contain_text("No lo sabíamos: ¿Cuánto dura abierto?")
    expect(said).to_contain_text("Lo averiguamos: mañana")
    rosa.tap("Deshacer")
    expect(said).to_be_empty()

    # Two from the product that is held, where its sheet is read; without the server too, and the next scan goes on selling.
    floor.wire.cut()
    look = rosa.page.get_by_role("region", name="Ficha honesta")
    held(rosa, rosa.page.locator(".left .grid button, .left button", has_text="Café de olla").first)
    rosa.count_taps()
    expect(look).to_contain_text("Lleva canela")
    rosa.tap("No: Lleva canela", within=look)
    assert rosa.taps == 1
    rosa.press("Escape")
    rosa.press("Control+2")
    for digit in "33":
        rosa.press(digit)
    expect(said).to_contain_text("No lo sabíamos")
    rosa.scan(COFFEE)
    floor.wire.join()
    rosa.pay_exact()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(CLAIMS), [("no", 1), ("unsure", 1), ("yes", 1)])
    floor.settled(lambda books: books.rows(PROMISED), [(1,)])


def test_a_return_says_what_was_not_so_and_the_office_puts_it_right(floor: Floor) -> None:
    with owner(floor) as page:
        write_sheet(page, floor.wire.address)
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    rosa.tap("Devolver")
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    rosa.tap(re.compile("^Café"), within=rosa.page.locator(".left"))
    rosa.tap("No resultó como se dijo")
    rosa.tap("Recién tostado", within=rosa.page.get_by_role("group", name="¿Qué no fue así?"))
    rosa.tap("Devolver $89.00")
    expect(rosa.page.get_by_text("Devuelto: $89.00")).to_be_visible()
    rosa.all_sent()
    floor.settled(
        lambda books: books.rows("SELECT COUNT(*) FROM counter_returnline WHERE reason = 'not_as_said' AND statement_id IS NOT NULL"),
        [(1,)],
    )

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/lo-que-decimos/")
        expect(page.locator("tbody tr", has_text="Recién tostado")).to_contain_text("No se sostuvo")
        page.locator("tbody a.open", has_text="Recién tostado").click()
        page.locator("#f-says").fill("Tostado hace un mes")
        page.get_by_role("button", name="Publicar la corrección").click()
        expect(page.locator("tbody tr", has_text="Recién tostado")).to_contain_text("Quitarlo de la ficha")
        page.get_by_role("link", name="Ticket", exact=True).click()
        page.get_by_role("link", name="comprador").click()
        expect(page.locator("main")).to_contain_text("Lo que le dijimos")
        expect(page.locator("main")).to_contain_text("Tostado hace un mes")
    floor.everything_holds()
