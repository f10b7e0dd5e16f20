"""Vouchers by the owner's rules: a tap for the method and one for each slip, change as the rule says, numbers that were taken before said, slips counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def say_kind(page: Page, address: str, name: str, *, number: str = "no", change: str = "none", change_max: str = "") -> None:
    """Say a kind of voucher in the office."""
    page.goto(f"{address}/vales/?nuevo=1")
    page.locator("#f-name").fill(name)
    page.locator("[name=value_1]").fill("50")
    page.locator("[name=value_2]").fill("100")
    page.locator("[name=change]").select_option(change)
    page.locator("#f-change_max").fill(change_max)
    page.locator("[name=number]").select_option(number)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text(f"Se aceptan vales {name}.")).to_be_visible()


def test_vouchers_pay_by_their_rules_and_are_counted_by_piece(floor: Floor) -> None:
    with owner(floor) as page:
        say_kind(page, floor.wire.address, "Despensa")
        say_kind(page, floor.wire.address, "DIF", change="cash", change_max="20")
    rosa = floor.till("C1", ROSA, float_minor=500_00)

    # One voucher pays more than the ticket: the surplus stays, and is said before anything is charged. Cobrar, Vales, its value, Cobrar.
    rosa.scan(COFFEE)
    rosa.lines(1)
    rosa.count_taps()
    rosa.tap(re.compile("^Cobrar"))
    rosa.tap("Vales")
    rosa.tap("$100.00")
    expect(rosa.page.get_by_label("Pagos")).to_contain_text("se quedan $11.00")
    rosa.tap(re.compile("^Cobrar"))
    rosa.sold()
    assert rosa.taps == 4
    rosa.press("Enter")

    # Another kind gives change in cash, which is the largest figure after it.
    rosa.scan(COFFEE)
    rosa.tap(re.compile("^Cobrar"))
    rosa.tap("Vales")
    rosa.tap("DIF")
    rosa.tap("$100.00")
    rosa.tap(re.compile("^Cobrar"))
    rosa.sold()
    expect(rosa.page.locator(".sale")).to_contain_text("$11.00")
    rosa.press("Enter")

    # Two slips and the rest in cash.
    for _ in range(2):
        rosa.scan(COFFEE)
    rosa.tap(re.compile("^Cobrar"))
    rosa.tap("Vales")
    rosa.tap("$100.00")
    rosa.tap("$50.00")
    rosa.tap("Efectivo", within=rosa.page.locator(".modes"))
    rosa.tap("Agregar pago")
    rosa.tap(re.compile("^Cobrar"))
    rosa.sold()
    rosa.press("Enter")
    rosa.all_sent()
    assert floor.books.rows("SELECT method, SUM(amount) FROM counter_payment GROUP BY method ORDER BY method") == [
        ("cash", 17_00),
        ("surplus", -11_00),
        ("voucher", 350_00),
    ]

    # Three slips of one kind, one of the other: counted blind, by piece and by what they are worth.
    rosa.more("Cerrar turno")
    rosa.count(517_00)
    for name, pieces, worth in (("Despensa", "3", "250"), ("DIF", "1", "100")):
        rosa.tap(name, within=rosa.page.locator(".modes"))
        rosa.type(pieces)
        rosa.tap(re.compile("^Importe"))
        rosa.type(worth)
    rosa.tap("Ya conté")
    rosa.tap("Cerrar con $867.00")
    expect(rosa.page.get_by_role("heading", name=re.compile(r"^Corte Z "))).to_be_visible()
    rosa.all_sent()
    figures = floor.books.closing("C1A")["figures"]["vouchers"]
    assert [(row["name"], row["slips"], row["amount"]) for row in figures["kinds"]] == [("Despensa", 3, 250_00), ("DIF", 1, 100_00)]
    assert (figures["surplus"], figures["change"]) == (11_00, 11_00)
    floor.everything_holds()


def test_a_number_that_was_taken_is_said_and_listed_and_nothing_is_refused(floor: Floor) -> None:
    with owner(floor) as page:
        say_kind(page, floor.wire.address, "Despensa", number="must")
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    tomas = floor.till("C2", TOMAS, float_minor=500_00)
    for till in (rosa, tomas):
        till.scan(COFFEE)
        till.lines(1)
        till.tap(re.compile("^Cobrar"))
        till.tap("Vales")
        till.tap("$100.00")
        expect(till.page.get_by_text("Escriba o escanee el folio.")).to_be_visible()
        till.page.get_by_label("Folio").fill("f 77")
        till.page.get_by_label("Folio").press("Enter")
        if till is tomas:
            expect(till.page.get_by_text(re.compile(r"Ese folio ya se cobró en el ticket C1A-1\."))).to_be_visible()
            till.tap("Aceptar de todos modos")
        expect(till.page.get_by_label("Pagos")).to_contain_text("se quedan $11.00")
        till.tap(re.compile("^Cobrar"))
        till.sold()
        till.press("Enter")
        till.all_sent()

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/vales/")
        expect(page.get_by_text("Despensa · F-77")).to_be_visible()
        expect(page.get_by_text("En duda: $100.00")).to_be_visible()
    floor.everything_holds()
