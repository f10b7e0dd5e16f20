"""What a buyer is told of a reduced price is the price before it, on the ticket, the paper and the page; and what the shelf says is charged in two taps, offline too."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.test_promotions import owner, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STANDING = (
    "SELECT shelf_price, till_price FROM trust_shelfprice s WHERE NOT EXISTS (SELECT 1 FROM trust_undoing u WHERE u.record_id = s.fact_id)"
)


def declare(page: Page, floor: Floor, product: str, price: str) -> None:
    """Say what a product cost before Mostrador: for forty days already."""
    page.goto(f"{floor.wire.address}/productos/?q={product}")
    page.get_by_role("link", name=product).first.click()
    page.locator("summary", has_text="Precios de antes de Mostrador").click()
    page.fill("[name=declared_price]", price)
    page.fill("[name=declared]", (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Declarar").click()
    expect(page.get_by_text("quedó declarado")).to_be_visible()


def test_a_reduction_is_told_by_the_price_before_it_and_one_that_is_none_is_not(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        declare(page, floor, "Café", "89")
        declare(page, floor, "Agua", "15")
        say(page, floor, "percent", name="Mañanas", percent="20", products="P1")
        say(page, floor, "amount", name="Oferta fresca", amount="2", products="P3")
    rosa.scan(COFFEE)
    line = rosa.page.locator(".line").first
    expect(line).to_contain_text("−20% · Ahorra $17.80 · antes $89.00 (30 días)", timeout=60_000)
    floor.wire.cut()
    rosa.scan(WATER)
    # It cost 15.00 within the thirty days, and 16.50 is charged.
    expect(rosa.page.locator(".line").nth(1)).to_contain_text("Precio de hoy $16.50")
    expect(rosa.page.locator(".line").nth(1)).not_to_contain_text("Oferta")
    expect(rosa.page.get_by_text("Ahorra $17.80", exact=True)).to_be_visible()
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    roll = rosa.page.locator(".roll").first
    expect(roll).to_contain_text("Antes $89.00 (30 días)")
    expect(roll).to_contain_text("Precio de hoy")
    expect(roll).not_to_contain_text("Oferta fresca")
    expect(roll).to_contain_text("Usted ahorró $17.80")

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT n, price FROM counter_saleprior ORDER BY n") == [(0, 890_000), (1, None)]
    floor.everything_holds()


def test_what_the_shelf_says_costs_two_taps_and_is_the_offices_to_mend(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    said = rosa.page.get_by_role("status", name="Lo último que se anotó")
    rosa.scan(COFFEE)
    floor.wire.cut()

    # The line, what the shelf says, the key that says so.
    rosa.count_taps()
    rosa.tap("Café", within=rosa.page.locator(".lines"))
    rosa.type("85")
    rosa.tap("En el anaquel dice $85.00")
    assert rosa.taps == 2
    expect(said).to_contain_text("Se cobra $85.00, como dice el anaquel")
    rosa.total("$85.00")
    rosa.tap("Deshacer")
    rosa.total("$89.00")

    # Seen once, it needs no typing any more.
    rosa.tap("Café", within=rosa.page.locator(".lines"))
    rosa.type("8450")
    rosa.tap("En el anaquel dice $84.50")
    rosa.total("$84.50")
    rosa.pay_exact()
    rosa.press("Enter")
    rosa.scan(COFFEE)
    rosa.count_taps()
    rosa.tap("Café", within=rosa.page.locator(".lines"))
    rosa.tap("En el anaquel dice $84.50")
    assert rosa.taps == 2
    rosa.total("$84.50")
    rosa.pay_exact()

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.rows(STANDING), [(845_000, 890_000), (845_000, 890_000)])
    assert floor.books.rows("SELECT flags FROM counter_sale") == [("",), ("",)], "nobody had to allow it"
    assert floor.books.rows("SELECT amount FROM counter_counterevent WHERE kind = 'price.shelf'") == [(-4_50,), (-4_50,)]
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/productos/anaquel/")
        expect(page.locator("tbody tr")).to_contain_text("$84.50")
        page.get_by_role("button", name="Poner precio $84.50").click()
        expect(page.get_by_text("El producto cuesta ya lo que decía el anaquel")).to_be_visible()
        expect(page.get_by_text("Todo lo que se ha leído coincide")).to_be_visible()
    floor.everything_holds()
