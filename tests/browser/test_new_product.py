"""Products created, assigned and corrected from the counter: three presses, with somebody's PIN where it needs one; offline something stands in."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, JULIAN, ROSA, TOMAS
from tests.browser.support.till import Till
from tests.browser.test_modifiers import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE, OTHER = "7501030459941", "7501030459958"
SHEET = ".left .paper"


def unknown(till: Till, code: str) -> None:
    """Scan what no product carries, and press «Crear» on its row."""
    till.scan(code)
    row = till.page.locator(".line.bad", has_text=code)
    expect(row).to_be_visible()
    till.tap("Crear", within=row)
    expect(till.page.locator(SHEET)).to_contain_text(code)


def approved(till: Till, person: tuple[str, str]) -> None:
    """Somebody else allows it with the PIN."""
    name, pin = person
    expect(till.page.locator(".approve")).to_contain_text("Crear o corregir un producto")
    if till.page.locator(".approve").get_by_role("button", name=name).count():
        till.tap(name, within=till.page.locator(".approve"))
    till.type(pin)
    till.press("Enter")


def without_price(page: Page, floor: Floor, name: str) -> None:
    """A product whose price the till asks."""
    page.goto(f"{floor.wire.address}/productos/nuevo/")
    page.fill("[name=name]", name)
    page.fill("[name=sku]", "VAR")
    page.locator("aside .key.now").click()
    expect(page.locator("aside")).to_contain_text(name)


def test_a_product_is_created_in_three_presses_and_sold_at_once_at_every_till(floor: Floor) -> None:
    tomas, julian = floor.till("C1", TOMAS, float_minor=500_00), floor.till("C2", JULIAN, float_minor=500_00)
    before = tomas.presses

    unknown(tomas, CODE)
    tomas.type("Mazapán")
    tomas.press("Enter")
    tomas.type("8.50")
    tomas.press("Enter")

    tomas.total("$8.50")
    assert tomas.presses - before == 3
    expect(tomas.page.locator(".line.bad")).to_have_count(0)
    tomas.scan(CODE)
    tomas.total("$17.00")
    tomas.pay_exact()
    # The other till has it with the next changes, once the worker has numbered them.
    floor.settled(lambda books: books.work(), 0)
    julian.send_now()
    julian.scan(CODE)
    julian.total("$8.50")
    julian.pay_exact()
    tomas.all_sent()
    julian.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT name, price, sku FROM catalogue_product WHERE name LIKE 'Maza%'") == [("Mazapán", 85_000, CODE)]
    assert floor.books.stock()["Mazapán"] == -3_000
    floor.everything_holds()


def test_who_may_not_asks_and_the_trail_says_who_and_who_allowed_it(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    unknown(rosa, CODE)
    rosa.type("capu")
    # Nothing is lost by asking, nor by a no.
    rosa.tap("Crear y vender")
    expect(rosa.page.locator(".approve")).to_be_visible()
    rosa.press("Escape")
    expect(rosa.page.get_by_role("textbox", name="Nombre")).to_have_value("capu")
    # A code for what is there already: one more of the product.
    rosa.tap("Capuchino", within=rosa.page.locator(SHEET))
    approved(rosa, TOMAS)
    rosa.total("$49.00")
    rosa.scan(CODE)
    rosa.total("$98.00")

    # Corrected from the price check: another name, another price, in one act.
    rosa.press("Control+i")
    rosa.scan(CAPPUCCINO)
    rosa.tap("Corregir")
    well = rosa.page.get_by_role("textbox", name="Precio")
    expect(well).to_have_value("49")
    well.fill("52")
    rosa.press("Enter")
    approved(rosa, TOMAS)
    # A list that was on its way when the price changed may still show the one before: the next round mends that.
    expect(rosa.page.get_by_role("status", name="Precio")).to_have_text("$52.00", timeout=45_000)
    # What stands on the ticket keeps the price that it was put down with.
    rosa.press("Escape")
    rosa.total("$98.00")
    rosa.pay_exact()
    rosa.all_sent()
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/productos/?q=capuchino")
        page.get_by_role("link", name="Capuchino").click()
        fold = page.locator("details", has_text="Cambios")
        fold.locator("summary").click()
        expect(fold).to_contain_text("Precio: $49.00 → $52.00")
        expect(fold).to_contain_text(f"Códigos: nada → {CODE}")
        expect(fold).to_contain_text("Rosa Martínez · en la caja C1 · autorizó Tomás Vásquez")
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT reason FROM counter_counterevent WHERE kind = 'approval.given' ORDER BY at") == [
        ("product:product_correction",), ("product:product_correction",),
    ]  # fmt: skip
    floor.everything_holds()


def test_two_tills_that_create_one_code_end_with_one_product(floor: Floor) -> None:
    tomas, julian = floor.till("C1", TOMAS, float_minor=500_00), floor.till("C2", JULIAN, float_minor=500_00)
    unknown(tomas, CODE)
    tomas.type("Mazapán")
    unknown(julian, CODE)
    julian.type("Dulce de cacahuate")
    tomas.press("Enter")
    tomas.type("8.50")
    tomas.press("Enter")
    tomas.total("$8.50")

    julian.press("Enter")
    julian.type("9")
    julian.press("Enter")
    approved(julian, TOMAS)
    expect(julian.page.locator(".bar")).to_contain_text("Ese código ya es de Mazapán.")
    julian.total("$8.50")
    assert floor.books.rows("SELECT name FROM catalogue_product WHERE name LIKE 'Maza%' OR name LIKE 'Dulce%'") == [("Mazapán",)]


def test_offline_a_product_without_a_price_stands_in_and_its_line_says_for_what(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        without_price(page, floor, "Varios")
    rosa.send_now()
    floor.wire.cut()
    rosa.scan(COFFEE)
    rosa.total("$89.00")
    rosa.send_now()
    unknown(rosa, OTHER)
    expect(rosa.page.locator(SHEET)).to_contain_text("Sin internet no se crean")
    rosa.type("Mazapán")
    rosa.press("Enter")
    rosa.type("8.50")
    rosa.tap("Vender como Varios")
    rosa.total("$97.50")
    expect(rosa.page.locator(".line.bad")).to_have_count(0)
    expect(rosa.page.locator(".line", has_text="Varios")).to_contain_text(f"{OTHER} Mazapán")
    rosa.pay_exact()

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT text FROM sync_annex") == [(f"{OTHER} Mazapán",)]
    floor.everything_holds()
