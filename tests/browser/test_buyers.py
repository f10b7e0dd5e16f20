"""On account: written down at the till, sold to beyond the counter's limit only with a yes, paid in three taps, with and without the server."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER
from tests.browser.support.till import Till
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def write_down(till: Till, name: str) -> None:
    """Write somebody down, who is then the buyer of the ticket on show."""
    till.press("F3")
    till.tap("Cliente nuevo")
    till.page.get_by_label("Nombre", exact=True).fill(name)
    till.tap("Anotar")
    expect(till.page.get_by_role("heading", name=name)).to_be_visible()


def choose(till: Till, name: str) -> None:
    """Find somebody and make them the buyer of the ticket on show."""
    till.press("F3")
    expect(till.page.get_by_role("heading", name="Cliente")).to_be_visible()
    till.page.keyboard.type(name[:4], delay=60)
    till.tap(name, within=till.page.locator(".found"))
    expect(till.page.get_by_role("heading", name=name)).to_be_visible()


def limit(page: Page, floor: Floor, name: str, amount: str) -> None:
    """The owner says how much somebody may owe."""
    page.goto(f"{floor.wire.address}/clientes/")
    page.get_by_role("link", name=name).click()
    page.fill("[name=fiado_limit]", amount)
    page.locator("form:has([name=fiado_limit]) button").first.click()
    expect(page.get_by_text("guardado")).to_be_visible()


def with_lucia(floor: Floor) -> Till:
    """A till of Rosa, with Lucía on the ticket: the office let her owe 300.00, and the till has heard it."""
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    write_down(rosa, "Lucía Ñandú")
    rosa.press("Escape")
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    with owner(floor) as page:
        limit(page, floor, "Lucía Ñandú", "300")
    rosa.press("F3")
    expect(rosa.page.get_by_text("$300.00")).to_be_visible(timeout=40_000)
    rosa.press("Escape")
    return rosa


def pay_on_account(till: Till) -> None:
    """Let the ticket on show be paid on account."""
    till.press("F9")
    till.tap("Fiado", within=till.page.locator(".modes"))
    till.press("Enter")


def test_somebody_is_written_down_buys_on_account_and_pays_in_three_taps(floor: Floor) -> None:
    rosa = with_lucia(floor)
    rosa.scan(COFFEE)
    rosa.scan(COFFEE)
    pay_on_account(rosa)
    rosa.sold()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    roll = rosa.page.locator(".roll").first
    for text in ("Fiado", "Lucía Ñandú", "Queda a deber", "$178.00", "Firma"):
        expect(roll).to_contain_text(text)
    rosa.press("Escape")
    rosa.press("Escape")

    floor.wire.cut()
    choose(rosa, "Lucía Ñandú")
    expect(rosa.page.get_by_text("$178.00").first).to_be_visible()
    rosa.count_taps()  # from the chosen customer (ruling 32)
    rosa.tap("Abonar")
    rosa.type("50")
    rosa.tap("Recibir $50.00")
    expect(rosa.page.get_by_text("Abono de $50.00. Queda a deber $128.00.")).to_be_visible()
    assert rosa.taps <= 3

    floor.wire.join()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT amount FROM counter_accountpayment") == [(50_00,)]
    assert floor.books.rows("SELECT method, amount FROM counter_payment") == [("fiado", 178_00)]
    assert floor.books.rows("SELECT name FROM buyers_buyer") == [("Lucía Ñandú",)]
    rosa.close_shift(cash=550_00, others={}, total="$550.00")
    rosa.all_sent()
    assert floor.books.closing("C1A")["figures"]["accounts"] == {"payments": 1, "amount": 50_00}
    floor.everything_holds()


def test_beyond_the_limit_somebody_allows_it_and_mixed_payment_leaves_the_rest_on_account(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    write_down(rosa, "Pedro Páramo")
    rosa.scan(WATER)
    pay_on_account(rosa)
    expect(rosa.page.get_by_role("heading", name="Fiar $18.50 más allá del límite")).to_be_visible()
    rosa.tap("Precio acordado")
    rosa.tap(TOMAS[0])
    rosa.type(TOMAS[1])
    rosa.press("Enter")
    rosa.sold()
    rosa.press("Enter")
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT reason, amount FROM counter_counterevent WHERE kind = 'approval.given'") == [
        ("account:agreed_price", 18_50)
    ]
    assert floor.books.rows("SELECT flags FROM counter_sale") == [("",)]
    floor.everything_holds()


def take_back_water_of(till: Till, number: str) -> None:
    """Begin to take back the water of a ticket of this till."""
    till.more("Tickets")
    till.page.locator("li").get_by_text(number).first.click()
    till.tap("Devolver")
    expect(till.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    till.tap(re.compile("^Agua"))
    till.tap("No era lo que necesitaba")


def give_back(till: Till, amount: str) -> None:
    """Write the return on show, and see the till ready for what comes next."""
    till.tap(f"Devolver {amount}")
    expect(till.page.get_by_text(f"Devuelto: {amount}")).to_be_visible()
    expect(till.page.get_by_role("heading", name="Devolver del ticket")).to_have_count(0)


def test_what_comes_back_comes_off_the_account_or_stays_as_credit_that_pays(floor: Floor) -> None:
    rosa = with_lucia(floor)
    rosa.scan(WATER)
    pay_on_account(rosa)
    rosa.sold()
    rosa.press("Enter")

    # As it was paid: nothing is owed any more.
    take_back_water_of(rosa, "C1A-1")
    give_back(rosa, "$18.50")
    choose(rosa, "Lucía Ñandú")
    expect(rosa.page.locator("dl")).to_contain_text("$0.00")
    rosa.tap("Quitar del ticket")

    # Sold to nobody, for cash: the credit asks whose it is, and what was chosen stays chosen.
    rosa.scan(WATER)
    rosa.press("F10")
    rosa.sold()
    rosa.press("Enter")
    take_back_water_of(rosa, "C1A-3")
    rosa.tap("Saldo a favor")
    rosa.tap("Lucía Ñandú", within=rosa.page.locator(".found"))
    expect(rosa.page.get_by_role("button", name=re.compile("^Agua"), pressed=True)).to_be_visible()
    expect(rosa.page.get_by_text("Lucía Ñandú: Saldo a favor $18.50")).to_be_visible()
    give_back(rosa, "$18.50")

    choose(rosa, "Lucía Ñandú")
    rosa.press("Escape")
    rosa.scan(WATER)
    rosa.press("F9")
    rosa.tap("Saldo a favor", within=rosa.page.locator(".modes"))
    rosa.press("Enter")
    rosa.sold()
    rosa.press("Enter")
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT method, amount FROM counter_refund ORDER BY method") == [("credit", 18_50), ("fiado", 18_50)]
    assert sorted(floor.books.rows("SELECT method FROM counter_payment")) == [("cash",), ("credit",), ("fiado",)]
    assert floor.books.rows("SELECT COUNT(*) FROM counter_return WHERE buyer_id IS NULL") == [(0,)]
    floor.everything_holds()


def test_a_group_pays_its_own_price_and_the_paper_says_who_took_it_along(floor: Floor) -> None:
    rosa = with_lucia(floor)
    with owner(floor) as page:
        at_ease(page, floor)
    rosa.press("F3")
    expect(rosa.page.get_by_text("Mayoreo")).to_be_visible(timeout=40_000)
    rosa.press("Escape")
    rosa.scan(COFFEE)
    rosa.total("$80.00")
    rosa.press("F3")
    rosa.tap("Quitar del ticket")
    rosa.total("$89.00")

    choose(rosa, "Lucía Ñandú")
    rosa.count_taps()
    rosa.tap("Beto, el hijo")
    assert rosa.taps == 1
    rosa.press("Escape")
    rosa.total("$80.00")
    pay_on_account(rosa)
    rosa.sold()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    expect(rosa.page.locator(".roll").first).to_contain_text("Se lo lleva Beto, el hijo")
    rosa.press("Escape")
    rosa.press("Escape")
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    [(taker,)] = floor.books.rows("SELECT p.name FROM counter_saletaker t JOIN buyers_authorisedperson p ON p.id = t.person_id")
    assert taker == "Beto, el hijo"

    choose(rosa, "Lucía Ñandú")
    bought = rosa.page.get_by_role("listitem").filter(has_text="Café de olla molido")
    expect(bought).to_contain_text("$80.00")
    bought.get_by_role("button").click()
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    rosa.press("Escape")

    floor.wire.cut()
    rosa.press("F3")
    expect(rosa.page.get_by_text("Sin conexión no se ve lo que compró en otras cajas.")).to_be_visible()
    floor.wire.join()
    rosa.all_sent()
    floor.everything_holds()


def at_ease(page: Page, floor: Floor) -> None:
    """The owner makes a group with a price of its own, puts Lucía into it, and lets her son take goods on her account."""
    page.goto(f"{floor.wire.address}/clientes/grupos/?nuevo=1")
    page.fill("[name=name]", "Mayoreo")
    page.get_by_role("button", name="Guardar").click()
    page.goto(f"{floor.wire.address}/listas/?nueva=1")
    page.fill("[name=name]", "De mayoreo")
    page.get_by_label("Mayoreo").check()
    page.get_by_role("button", name="Guardar").click()
    page.get_by_role("link", name="De mayoreo").click()
    page.fill("[name=prices]", "P1; 80")
    page.locator("form:has([name=prices]) button").first.click()
    page.goto(f"{floor.wire.address}/clientes/")
    page.get_by_role("link", name="Lucía Ñandú").click()
    page.get_by_label("Grupo").select_option(label="Mayoreo")
    page.locator("form:has([name=group]) button").first.click()
    expect(page.get_by_text("Grupo de Lucía Ñandú guardado.")).to_be_visible()
    page.get_by_text("Quién más puede llevar a cuenta").click()
    page.fill("[name=person]", "Beto, el hijo")
    page.get_by_role("button", name="Autorizar").click()
    expect(page.get_by_text("Beto, el hijo puede llevar a cuenta.")).to_be_visible()
