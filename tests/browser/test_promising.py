"""Something is promised in two taps with its date, taken back within ten seconds, printed on the ticket; «Hoy prometimos» keeps it, offline too; the office sees it kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STANDING = "SELECT e.kind, COUNT(*) FROM trust_promiseevent e WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = e.fact_id) GROUP BY e.kind ORDER BY e.kind"
WITH_SALE = "SELECT COUNT(*) FROM trust_promiseevent e JOIN counter_sale s ON s.visit_id = e.visit_id"


def say_word(page: Page, address: str, name: str, days: int, *, finds_out: bool = False) -> None:
    """Say in the office what the shop promises, and within how many days."""
    page.goto(f"{address}/promesas/palabras/?nueva=1")
    page.locator("#f-name").fill(name)
    page.locator("#f-days").fill(str(days))
    page.locator("[name=finds_out]").set_checked(finds_out)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text(f"«{name}» sale ya en la caja.")).to_be_visible()


def test_a_promise_costs_two_taps_with_its_date_and_is_kept_offline_too(floor: Floor) -> None:
    with owner(floor) as page:
        say_word(page, floor.wire.address, "Averiguarlo", 0)
        say_word(page, floor.wire.address, "Pedirlo para usted", 3)
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    sheet = rosa.page.get_by_role("region", name="Prometer")

    # Two taps; the date comes with the chip, and stands on the ticket.
    rosa.scan(COFFEE)
    rosa.count_taps()
    rosa.tap("Prometer", within=strip)
    sheet.get_by_role("button", name="Averiguarlo").click()
    assert rosa.taps == 2
    expect(said).to_contain_text("Prometido: Averiguarlo")
    expect(said).to_contain_text("hoy · sale en el ticket")

    # Another day is one tap more; taken back at once it counts nowhere.
    rosa.count_taps()
    rosa.tap("Prometer", within=strip)
    rosa.tap("Un día más", within=sheet)
    sheet.get_by_role("button", name="Averiguarlo").click()
    assert rosa.taps == 3
    expect(said).to_contain_text("mañana")
    rosa.tap("Deshacer")
    expect(said).to_be_empty()

    rosa.pay_exact()
    rosa.tap(re.compile("^Ticket$"))
    paper = rosa.page.get_by_text("Le prometimos").first
    expect(paper).to_be_visible()
    expect(rosa.page.get_by_text(re.compile(r"^Averiguarlo")).first).to_be_visible()
    rosa.press("Escape")
    rosa.press("Enter")
    rosa.all_sent()
    floor.settled(lambda books: books.rows(STANDING), [("made", 1)])
    floor.settled(lambda books: books.rows(WITH_SALE), [(2,)])

    # Its store's list is known without a server; keeping it is a fact that arrives when there is one.
    rosa.more("Hoy prometimos")
    row = rosa.page.locator(".left ol li", has_text="Averiguarlo")
    expect(row).to_be_visible()
    floor.wire.cut()
    # Another day is two taps: what was promised, and how whoever waits knows. It may be taken back as well.
    rosa.count_taps()
    row.get_by_role("button", name="Averiguarlo").click()
    rosa.tap("Por teléfono", within=row)
    assert rosa.taps == 2
    expect(rosa.page.get_by_text("Nueva fecha: mañana")).to_be_visible()
    rosa.press("3")
    expect(row).to_contain_text("antes")
    rosa.tap("Deshacer")
    rosa.press("2")
    expect(row).to_contain_text("hoy")
    row.get_by_role("button", name="Averiguarlo").click()
    rosa.tap("Ya no la necesita", within=row)
    expect(row).to_have_count(0)
    rosa.tap("Deshacer")
    rosa.tap("Ya quedó", within=row)
    expect(row).to_contain_text("Cumplida")
    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(STANDING), [("kept", 1), ("made", 1)])

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/promesas/?ver=todo")
        expect(page.locator("tbody tr", has_text="Averiguarlo")).to_contain_text("Cumplida")


def test_a_shop_without_words_offers_none(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    expect(strip.get_by_role("button").first).to_be_visible()
    expect(strip.get_by_role("button", name="Prometer")).to_have_count(0)
