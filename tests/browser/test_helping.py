"""What somebody came for: two taps and no typing, taken back within ten seconds, closed by the next scan, offline too; the owner says the words and reads how often."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEEDS = "SELECT COUNT(*) FROM trust_need"
STANDING = "SELECT COUNT(*) FROM trust_need n WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = n.fact_id)"
HANDED = "SELECT h.part, COUNT(*) FROM trust_handoff h WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = h.fact_id) GROUP BY h.part"
HELD = (
    "SELECT COALESCE(c.outcome, 'open'), COUNT(*) FROM counter_order o LEFT JOIN counter_orderclosing c ON c.order_id = o.id"
    " WHERE o.kind = 'quote' GROUP BY 1 ORDER BY 1"
)
LATE = "SELECT COUNT(*) FROM trust_need n JOIN counter_sale s ON s.visit_id = n.visit_id WHERE n.is_late"
WITH_SALE = "SELECT COUNT(*) FROM trust_need n JOIN counter_sale s ON s.visit_id = n.visit_id"


def say_need(page: Page, address: str, name: str) -> None:
    """Say in the office what people come for."""
    page.goto(f"{address}/necesidades/?nuevo=1")
    page.locator("#f-name").fill(name)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text(f"«{name}» sale ya en la caja.")).to_be_visible()


def test_a_need_costs_two_taps_and_the_sale_goes_on(floor: Floor) -> None:
    with owner(floor) as page:
        for name in ("Un regalo", "Algo rápido para comer"):
            say_need(page, floor.wire.address, name)
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")

    # Two taps, before anything is scanned; the sale that follows is of the same visit.
    rosa.count_taps()
    rosa.tap("Necesidad", within=strip)
    rosa.tap("Un regalo")
    assert rosa.taps == 2
    expect(said).to_have_text("Busca: Un regalo")
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.pay_exact()
    rosa.press("Enter")

    # The next scan closes what is open, and nothing was said.
    rosa.tap("Necesidad", within=strip)
    expect(rosa.page.get_by_role("region", name="Necesidad")).to_be_visible()
    rosa.scan(WATER)
    expect(rosa.page.get_by_role("region", name="Necesidad")).to_be_hidden()
    rosa.lines(1)

    # By keys: the strip's, then its chip, then the need's place. Taken back at once.
    rosa.press("Control+m")
    rosa.press("1")
    rosa.press("2")
    expect(said).to_have_text("Busca: Algo rápido para comer")
    rosa.tap("Deshacer")
    expect(said).to_be_empty()
    rosa.pay_exact()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(NEEDS), [(2,)])
    floor.settled(lambda books: books.rows(STANDING), [(1,)])
    floor.settled(lambda books: books.rows(WITH_SALE), [(2,)])

    # Without a server the same two taps; it arrives when there is one.
    rosa.press("Enter")
    floor.wire.cut()
    rosa.count_taps()
    rosa.tap("Necesidad", within=strip)
    rosa.tap("Algo rápido para comer")
    assert rosa.taps == 2
    rosa.help_without_sale()
    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(STANDING), [(2,)])

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/necesidades/")
        for row in ("Un regalo", "Algo rápido para comer"):
            expect(page.locator("tbody tr", has_text=row).locator("td").nth(1)).to_have_text("1")


def test_a_colleague_joins_or_goes_on_in_two_taps_offline_too(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    rosa.scan(COFFEE)
    rosa.count_taps()
    rosa.tap("Relevo", within=strip)
    rosa.page.get_by_role("region", name="Relevo").locator(".chips .key").first.click()
    assert rosa.taps == 2
    expect(said).to_contain_text("ayuda también")
    rosa.pay_exact()
    rosa.press("Enter")
    floor.wire.cut()
    rosa.scan(WATER)
    rosa.count_taps()
    rosa.tap("Relevo", within=strip)
    rosa.page.get_by_role("region", name="Relevo").locator(".others .key").first.click()
    assert rosa.taps == 2
    expect(said).to_contain_text("Sigue")
    rosa.tap("Deshacer")
    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(HANDED), [("joins", 1)])


def test_whom_somebody_helped_is_a_list_for_them_alone_without_counts(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.press("Enter")
    floor.wire.cut()
    rosa.scan(COFFEE)
    rosa.tap("Lo piensa")
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.press("Enter")
    rosa.more("Lo que ayudé")
    room = rosa.page.locator(".left .paper")
    expect(room.get_by_role("listitem")).to_have_count(3)
    expect(room.get_by_role("listitem").nth(1)).to_contain_text("Cotización")
    # Neither money nor sums: it is nobody's score.
    expect(room).not_to_contain_text("$")
    expect(room).to_contain_text("Solo lo ve usted")
    floor.wire.join()


def test_what_somebody_thinks_over_is_kept_in_one_tap_and_sold_at_its_price_when_they_come_back(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    floor.wire.cut()
    rosa.scan(COFFEE)
    rosa.count_taps()
    rosa.tap("Lo piensa", within=strip)
    assert rosa.taps == 1
    expect(said).to_contain_text("Precio guardado hasta el")
    expect(rosa.page.get_by_role("heading", name="Listo")).to_be_visible()
    # Taken back, it is the ticket that it was.
    rosa.tap("Deshacer")
    rosa.lines(1)
    rosa.tap("Lo piensa", within=strip)
    expect(rosa.page.get_by_role("heading", name="Listo")).to_be_visible()
    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(HELD), [("cancelled", 1), ("open", 1)])


def test_for_a_day_it_may_be_written_down_from_the_ticket_and_says_so(floor: Floor) -> None:
    with owner(floor) as page:
        say_need(page, floor.wire.address, "Un regalo")
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.more("Tickets de esta caja")
    rosa.page.locator(".left ol li button").first.click()
    rosa.tap("Anotar qué buscaba")
    expect(rosa.page.get_by_role("region", name="Necesidad")).to_contain_text("De quien llevó el ticket")
    rosa.tap("Un regalo")
    expect(rosa.page.get_by_role("status", name="Lo último que se anotó")).to_contain_text("Anotado después")
    rosa.all_sent()
    floor.settled(lambda books: books.rows(LATE), [(1,)])


def test_when_tickets_come_fast_the_strip_folds_itself_and_opens_again_by_one_tap(floor: Floor) -> None:
    with owner(floor) as page:
        say_need(page, floor.wire.address, "Un regalo")
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    strip = rosa.page.get_by_role("group", name="Atención")
    need = strip.get_by_role("button", name="Necesidad")

    for _ in range(2):
        rosa.scan(COFFEE)
        rosa.pay_exact()
        rosa.press("Enter")
    expect(need).to_be_visible()
    rosa.scan(COFFEE)
    rosa.pay_exact()
    expect(need).to_be_hidden()
    expect(strip.get_by_role("button", name="Atendido sin compra")).to_be_visible()
    # Whoever wants it has it, also while the queue goes on.
    rosa.tap("Atención", within=strip)
    expect(need).to_be_visible()
    rosa.press("Enter")
    rosa.scan(COFFEE)
    rosa.pay_exact()
    expect(need).to_be_visible()


def test_a_shop_without_needs_offers_none(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)

    expect(rosa.page.get_by_role("button", name="Atendido sin compra")).to_be_visible()
    expect(rosa.page.get_by_role("button", name="Necesidad")).to_be_hidden()
    rosa.press("Control+m")
    expect(rosa.page.get_by_role("region", name="Necesidad")).to_be_hidden()
