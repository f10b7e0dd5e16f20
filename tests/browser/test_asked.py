"""What goods ask for at the counter: a box and its pieces, an age once a ticket, a serial number from the scanner. Said in the office, sold offline."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, PIECES, ROSA, WATER
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOX = "2510000005008"


def drawer(page: Page, floor: Floor, name: str) -> None:
    """Open a product of the office."""
    page.goto(f"{floor.wire.address}/productos/?q={name}")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("complementary", name=name)).to_be_visible()


def said(page: Page, floor: Floor, name: str, **fields: str) -> None:
    """Change what the form of a product says."""
    drawer(page, floor, name)
    page.get_by_role("link", name="Editar datos").click()
    for field, value in fields.items():
        if field == "trace":
            page.select_option("[name=trace]", value)
        else:
            page.fill(f"[name={field}]", value)
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("Guardado:")).to_be_visible()


def say_what_is_asked(floor: Floor) -> None:
    """Coffee only for grown-ups, cappuccinos by number, water by the box too."""
    with owner(floor) as page:
        said(page, floor, "Café", age_min="18")
        said(page, floor, "Capuchino", trace="serial")
        drawer(page, floor, "Agua")
        page.locator("summary", has_text="Otras unidades").click()
        page.fill("[name=units]", "caja * 12 = 200")
        page.get_by_role("button", name="Guardar unidades").click()
        expect(page.get_by_text("Unidades guardadas.")).to_be_visible()
        page.locator("summary", has_text="Códigos de barras").click()
        page.fill("[name=barcodes]", f"{WATER}\n{BOX} * 12")
        page.get_by_role("button", name="Guardar códigos").click()
        expect(page.get_by_text("Códigos guardados.")).to_be_visible()


def test_goods_say_what_they_ask_and_the_till_asks_it_without_a_network(floor: Floor) -> None:
    say_what_is_asked(floor)
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    floor.wire.cut()

    # A box: a scan and one key.
    rosa.scan(BOX)
    expect(rosa.page.locator(".line").first).to_contain_text("Agua de manantial, caja de 12")
    rosa.total("$200.00")
    rosa.pay_exact()

    # Pieces become a box on their line with one key, and a box pieces.
    rosa.scan(WATER)
    rosa.press("Enter")
    rosa.press("Control+u")
    rosa.total("$200.00")
    rosa.press("Control+u")
    rosa.total("$18.50")
    rosa.press("Escape")

    # The age: asked once, while goods are still scanned; one key answers, and nothing is charged before.
    rosa.scan(COFFEE)
    expect(rosa.page.get_by_role("heading", name="¿Tiene 18 años cumplidos?")).to_be_visible()
    rosa.scan(WATER)
    rosa.lines(2)
    rosa.press("F10")
    expect(rosa.page.get_by_role("heading", name="¿Tiene 18 años cumplidos?")).to_be_visible()
    rosa.press("1")
    expect(rosa.page.get_by_role("heading", name="¿Tiene 18 años cumplidos?")).to_have_count(0)
    rosa.scan(COFFEE)
    rosa.pay_exact()

    # What may not be sold leaves alone.
    rosa.scan(WATER)
    rosa.scan(COFFEE)
    rosa.tap("No se vende")
    rosa.total("$18.50")
    rosa.pay_exact()

    # A serial number comes from the scanner; a product's own code is none.
    rosa.scan(CAPPUCCINO)
    expect(rosa.page.get_by_role("heading", name="Número de serie de Capuchino")).to_be_visible()
    rosa.scan(CAPPUCCINO)
    expect(rosa.page.get_by_text("Ese es el código de un producto.")).to_be_visible()
    rosa.scan("SN-0001")
    expect(rosa.page.locator(".line").first).to_contain_text("Serie SN-0001")
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    expect(rosa.page.locator(".roll").first).to_contain_text("Serie SN-0001")

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    rows = floor.books.rows
    assert rows("SELECT name, unit, quantity, factor, gross FROM counter_saleline WHERE factor <> 1000") == [
        ("Agua de manantial, caja de 12", "caja", 1000, 12_000, 200_00)
    ]
    assert rows("SELECT serial FROM counter_saletrace") == [("SN-0001",)]
    assert rows("SELECT minimum, how FROM counter_agecheck") == [(18, "looks")]
    [(held,)] = rows("SELECT quantity FROM stock_stocklevel l JOIN catalogue_product p ON p.id = l.product_id WHERE p.name LIKE 'Agua%'")
    assert held == PIECES - 12_000 - 3_000
    floor.everything_holds()
