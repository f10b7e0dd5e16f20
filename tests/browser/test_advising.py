"""What would serve them best: two taps, the cheapest that does the job among it, nothing on the ticket by force; nobody needs to buy to have been helped, offline too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.support.till import Till
from tests.browser.test_helping import say_need
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = "SELECT kind, reason FROM trust_recommendation ORDER BY at"
STANDING = "SELECT COUNT(*) FROM trust_recommendation r WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = r.fact_id)"
OF_NEED = "SELECT COUNT(*) FROM trust_recommendation r JOIN trust_need n ON n.fact_id = r.need_id AND n.visit_id = r.visit_id"
WITH_SALE = "SELECT COUNT(*) FROM trust_recommendation r JOIN counter_sale s ON s.visit_id = r.visit_id"


def propose(page: Page, address: str, name: str, good_for: str) -> None:
    """Say in the office where else somebody is well served."""
    page.goto(f"{address}/otros-lugares/?nuevo=1")
    page.locator("#f-name").fill(name)
    page.locator("#f-good_for").fill(good_for)
    page.locator("#f-why").select_option("they_specialise")
    page.locator("#f-phone").fill("951 555 0199")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text(f"«{name}» sale ya en la caja.")).to_be_visible()


@pytest.fixture
def rosa(floor: Floor) -> Till:
    """A till of a shop that knows one need, without goods, and two other places."""
    with owner(floor) as page:
        say_need(page, floor.wire.address, "Un regalo")
        propose(page, floor.wire.address, "Zapatería Ruiz", "Arreglo de zapatos")
        propose(page, floor.wire.address, "Farmacia San Jacinto", "Medicinas, abierta de noche")
    till = floor.till("C1", ROSA, float_minor=500_00)
    expect(till.page.get_by_role("group", name="Atención").get_by_role("button", name="Recomendar")).to_be_visible()
    return till


def test_advice_costs_two_taps_and_forces_nothing(floor: Floor, rosa: Till) -> None:
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    sheet = rosa.page.get_by_role("region", name="Recomendar")

    # Of the line that was scanned last: what is of its kind, the cheapest marked, and nothing that the shop earns by it.
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.count_taps()
    rosa.tap("Recomendar", within=strip)
    expect(sheet.get_by_text("La más barata que sirve")).to_have_count(1)
    cheapest = sheet.get_by_role("button", name=re.compile("La más barata que sirve"))
    expect(cheapest).to_contain_text("Agua de manantial")
    cheapest.click()
    assert rosa.taps == 2
    expect(said).to_have_text("Recomendado: Agua de manantial")
    rosa.lines(1)
    rosa.tap("Al ticket")
    rosa.lines(2)
    rosa.pay_exact()
    rosa.press("Enter")

    # Without a network: nobody needs to buy. Two taps, and the next person is another visit.
    floor.wire.cut()
    rosa.count_taps()
    rosa.tap("Recomendar", within=strip)
    rosa.tap("Mejor no comprar hoy", within=sheet)
    assert rosa.taps == 2
    expect(said).to_have_text("Mejor no comprar hoy")
    rosa.scan(WATER)
    rosa.lines(1)
    rosa.pay_exact()
    rosa.press("Enter")
    floor.wire.join()
    rosa.all_sent()

    floor.settled(lambda books: books.rows(KINDS), [("own_cheaper", "same_job_cheaper"), ("no_purchase", "not_suitable")])
    floor.settled(lambda books: books.rows(WITH_SALE), [(1,)])


def test_somebody_is_sent_elsewhere_in_two_taps_with_a_slip_and_has_been_helped(floor: Floor, rosa: Till) -> None:
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")

    # For a need that nothing of the shop answers, the places stand there at once.
    rosa.tap("Necesidad", within=strip)
    rosa.tap("Un regalo")
    rosa.count_taps()
    rosa.tap("Recomendar", within=strip)
    rosa.tap(re.compile("Zapatería Ruiz"))
    assert rosa.taps == 2
    expect(said).to_have_text("Mejor en Zapatería Ruiz")
    rosa.tap("Papel")
    paper = rosa.page.locator(".paper-slip")
    for line in ("Le conviene este lugar:", "Arreglo de zapatos", "Es lo suyo.", "951 555 0199"):
        expect(paper).to_contain_text(line)

    # Taken back, the visit goes on; by keys it is another place.
    rosa.tap("Deshacer")
    expect(said).to_be_empty()
    rosa.press("Control+m")
    rosa.press("2")
    rosa.press("1")
    expect(said).to_have_text("Mejor en Farmacia San Jacinto")
    rosa.all_sent()

    floor.settled(lambda books: books.rows(KINDS), [("other_shop", "they_specialise")] * 2)
    floor.settled(lambda books: books.rows(STANDING), [(1,)])
    floor.settled(lambda books: books.rows(OF_NEED), [(2,)])
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/recomendaciones/")
        expect(page.locator("tbody tr", has_text="Un regalo").locator("td").nth(1)).to_have_text("1 de 1")
        expect(page.locator("tbody tr", has_text="Otro lugar").locator("td").nth(1)).to_have_text("1")


def test_the_next_scan_closes_it_and_nothing_was_said(floor: Floor, rosa: Till) -> None:
    rosa.tap("Recomendar", within=rosa.page.get_by_role("group", name="Atención"))
    sheet = rosa.page.get_by_role("region", name="Recomendar")
    rosa.tap("Otro lugar", within=sheet)
    expect(sheet.get_by_role("button", name=re.compile("Farmacia San Jacinto"))).to_be_visible()
    rosa.scan(COFFEE)
    expect(sheet).to_be_hidden()
    rosa.lines(1)
    rosa.pay_exact()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(KINDS), [])
