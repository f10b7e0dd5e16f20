"""Goods come back at the till that sold them: four taps, to the cent, on paper, offline too, and the day agrees."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, JULIAN, ROSA, TOMAS, TOMATO_750_G, WATER
from tests.browser.support.till import Till

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCHED = Path(__file__).with_name("support") / "watched.js"


def sold(floor: Floor) -> Till:
    """Rosa has sold two coffees and a water in cash: 196.50; their ticket is on show."""
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    for code in (COFFEE, COFFEE, WATER):
        rosa.scan(code)
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    return rosa


def take_back(rosa: Till, name: str, reason: str, amount: str) -> None:
    """From a ticket on show: what, why, and give the money back."""
    rosa.tap("Devolver")
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    rosa.tap(re.compile(name))
    rosa.tap(reason)
    rosa.tap(f"Devolver {amount}")
    expect(rosa.page.get_by_text(f"Devuelto: {amount}")).to_be_visible()


def open_by(till: Till, code: str) -> None:
    """Scan a paper and see what of its ticket can come back: before that the grid is still on show, with the same names."""
    till.scan(code)
    expect(till.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()


def code_of(rosa: Till) -> str:
    """What the paper on show says to find its ticket again."""
    text = rosa.page.locator(".roll").first.inner_text()
    found = re.search(r"C1A-1-[0-9A-F]{6}", text)
    assert found is not None, text
    return found[0]


def test_a_line_comes_back_by_its_paper_in_four_taps_and_the_day_agrees(floor: Floor) -> None:
    rosa = sold(floor)
    code = code_of(rosa)
    rosa.press("Escape")
    rosa.press("Escape")

    rosa.count_taps()
    open_by(rosa, code)  # free: no tap
    rosa.tap(re.compile("^Agua"))
    rosa.tap("No era lo que necesitaba")
    rosa.tap("Devolver $18.50")
    expect(rosa.page.get_by_text("Devuelto: $18.50")).to_be_visible()
    assert rosa.taps == 3
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT number, gross FROM counter_return") == [(2, 18_50)]
    assert floor.books.rows("SELECT method, amount FROM counter_refund") == [("cash", 18_50)]
    stock = floor.books.stock()
    rosa.close_shift(cash=678_00, others={}, total="$678.00")
    rosa.all_sent()
    z = floor.books.closing("C1A")
    assert (z["difference"], z["figures"]["returned"]["gross"]) == ([["cash", 0]], 18_50)
    assert (z["figures"]["first_number"], z["figures"]["last_number"]) == (1, 2)
    assert floor.books.stock() == stock
    floor.everything_holds()


def test_what_came_back_cannot_come_back_again_and_a_part_of_a_line_can(floor: Floor) -> None:
    rosa = sold(floor)
    rosa.tap("Devolver")
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    rosa.tap(re.compile("^Café"))
    rosa.tap("Uno menos")
    rosa.tap("Defectuoso")
    expect(rosa.page.get_by_role("button", name="A merma", pressed=True)).to_be_visible()
    rosa.press("Enter")
    expect(rosa.page.get_by_text("Devuelto: $89.00")).to_be_visible()

    rosa.more("Tickets")
    rosa.page.locator("li").get_by_text("C1A-1").first.click()
    expect(rosa.page.get_by_text("devuelto $89.00")).to_be_visible()
    rosa.page.evaluate(WATCHED.read_text(encoding="utf-8"))
    rosa.tap("Copia de la devolución C1A-2")
    rosa.page.wait_for_function("() => window.papers.length === 1")
    [paper] = rosa.page.evaluate("() => window.papers")
    assert "COPIA" in paper and "Devolución C1A-2" in paper
    take_back(rosa, "^Café", "Otro motivo", "$89.00")
    rosa.more("Tickets")
    rosa.page.locator("li").get_by_text("C1A-1").first.click()
    rosa.tap("Devolver")

    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    expect(rosa.page.get_by_role("button", name=re.compile("^Café"))).to_be_disabled()
    expect(rosa.page.get_by_text("Ya se devolvió")).to_be_visible()
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    lines = floor.books.rows("SELECT quantity, goods, reason FROM counter_returnline ORDER BY gross, goods")
    assert sorted(lines) == [(1000, "scrap", "defective"), (1000, "shelf", "other")]
    floor.everything_holds()


def test_a_part_of_what_was_weighed_comes_back_and_many_pieces_are_typed(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(TOMATO_750_G)  # 28.50
    rosa.type("12*")
    rosa.scan(WATER)
    rosa.pay_exact()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    rosa.tap("Devolver")
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()

    rosa.tap(re.compile("^Jitomate"))
    rosa.tap(re.compile(r"^0\.750 kg$"))
    expect(rosa.page.get_by_role("region", name="Cuántos de Jitomate saladet")).to_be_visible()
    rosa.type("0.9")  # more than is left cannot be taken
    expect(rosa.page.get_by_text("Más de lo que queda")).to_be_visible()
    expect(rosa.page.get_by_role("button", name="Aplicar")).to_be_disabled()
    rosa.press("Backspace")
    rosa.type("25")
    rosa.press("Enter")
    rosa.tap(re.compile("^Agua"))
    rosa.tap(re.compile("^12$"))
    rosa.type("10")
    rosa.press("Enter")
    rosa.tap("Otro motivo")
    rosa.tap("Devolver $194.50")  # 9.50 and 185.00
    expect(rosa.page.get_by_text("Devuelto: $194.50")).to_be_visible()
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT quantity, gross FROM counter_returnline ORDER BY gross") == [(250, 9_50), (10_000, 185_00)]
    floor.everything_holds()


def test_more_goes_back_to_cards_than_came_from_them_and_the_count_says_so(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(WATER)
    rosa.pay_by("Tarjeta")
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    code = code_of(rosa)
    rosa.all_sent()
    julian = floor.till("C2", JULIAN, float_minor=500_00)
    open_by(julian, code)
    julian.tap(re.compile("^Agua"))
    julian.tap("Otro motivo")
    expect(julian.page.get_by_text("Tarjeta $18.50")).to_be_visible()
    julian.press("Enter")
    expect(julian.page.get_by_text("Devuelto: $18.50")).to_be_visible()

    julian.close_shift(cash=500_00, others={"Tarjeta": "-18.50"}, total="$481.50")
    julian.all_sent()

    z = floor.books.closing("C2A")
    assert (z["expected"], z["counted"], z["difference"]) == (
        [["cash", 500_00], ["card", -18_50]], [["cash", 500_00], ["card", -18_50]], [["cash", 0], ["card", 0]],
    )  # fmt: skip
    floor.everything_holds()


def test_goods_come_back_without_a_server_and_after_a_reload(floor: Floor) -> None:
    rosa = sold(floor)
    floor.wire.cut()
    take_back(rosa, "^Agua", "Defectuoso", "$18.50")
    rosa.page.reload()
    rosa.enter(ROSA)
    rosa.more("Tickets")
    rosa.page.locator("li").get_by_text("C1A-1").first.click()
    expect(rosa.page.get_by_text("devuelto $18.50")).to_be_visible()

    floor.wire.join()
    rosa.all_sent()

    assert floor.books.rows("SELECT COUNT(*) FROM counter_return") == [(1,)]
    floor.everything_holds()


def test_goods_come_back_at_another_till_with_what_the_first_one_took_back(floor: Floor) -> None:
    rosa = sold(floor)
    code = code_of(rosa)
    rosa.press("Escape")
    open_by(rosa, code)
    rosa.tap(re.compile("^Café"))
    rosa.tap("Uno menos")
    rosa.tap("Otro motivo")
    rosa.press("Enter")
    expect(rosa.page.get_by_text("Devuelto: $89.00")).to_be_visible()
    rosa.all_sent()
    julian = floor.till("C2", JULIAN, float_minor=500_00)

    open_by(julian, code)
    expect(julian.page.get_by_text("Quedan 1")).to_have_count(2)  # one coffee is left, and the water
    julian.tap(re.compile("^Café"))
    julian.tap("Otro motivo")
    julian.tap("Devolver $89.00")
    expect(julian.page.get_by_text("Devuelto: $89.00")).to_be_visible()
    julian.all_sent()

    open_by(rosa, code)
    expect(rosa.page.get_by_text("Ya se devolvió")).to_be_visible()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT SUM(quantity), COUNT(DISTINCT return_id) FROM counter_returnline WHERE line = 0") == [(2000, 2)]
    floor.everything_holds()


def test_a_paper_that_nobody_knows_and_one_without_a_server_are_told_apart(floor: Floor) -> None:
    rosa = sold(floor)
    rosa.press("Escape")
    before = [fact.kind for fact in rosa.facts()]

    rosa.scan("ZZ-12-ABCDEF")
    expect(rosa.page.get_by_text("No hay ticket con ese código.")).to_be_visible()
    floor.wire.cut()
    rosa.scan("ZZ-12-ABCDEF")
    expect(rosa.page.get_by_text("Sin servidor solo se devuelven")).to_be_visible()

    assert [fact.kind for fact in rosa.facts()] == before


def test_without_a_ticket_what_stands_on_the_open_one_comes_back_with_an_approval(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.scan(WATER)

    rosa.more("Devolver sin ticket")
    expect(rosa.page.get_by_role("heading", name="Devolver sin ticket")).to_be_visible()
    rosa.tap("Otro motivo")
    rosa.tap("Devolver $107.50")
    rosa.press("Escape")  # nobody is there to allow it yet: what was chosen stands
    expect(rosa.page.get_by_role("button", name="Otro motivo", pressed=True)).to_be_visible()
    rosa.tap("Devolver $107.50")
    rosa.tap(TOMAS[0])
    rosa.type(TOMAS[1])
    rosa.press("Enter")

    expect(rosa.page.get_by_text("Devuelto: $107.50")).to_be_visible()
    rosa.lines(0)
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert [fact.kind for fact in rosa.facts()][-2:] == ["approval.given", "return.recorded"]
    assert floor.books.rows("SELECT sale_id, gross, flags FROM counter_return") == [(None, 107_50, "")]
    rosa.close_shift(cash=392_50, others={}, total="$392.50")
    rosa.all_sent()
    assert floor.books.closing("C1A")["difference"] == [["cash", 0]]
    floor.everything_holds()


def test_an_exchange_is_one_visit_and_only_the_difference_moves(floor: Floor) -> None:
    rosa = sold(floor)
    rosa.tap("Devolver")
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    rosa.tap(re.compile("^Agua"))
    rosa.tap("Otro motivo")
    rosa.tap("Cambiar por otra cosa")
    rosa.tap("Cambiar $18.50")
    expect(rosa.page.get_by_text("Devuelto del ticket C1A-1")).to_be_visible()
    assert "return.recorded" not in [fact.kind for fact in rosa.facts()]
    rosa.page.reload()  # what waits for its sale waits with the ticket
    rosa.enter(ROSA)
    # The next person is served meanwhile, and pays what they take; then the paper is scanned again, and has nothing of it left.
    rosa.press("F6")
    rosa.scan(WATER)
    rosa.total("$18.50")
    rosa.pay_exact()
    rosa.press("Enter")
    rosa.press("F4")
    rosa.scan(COFFEE)
    rosa.total("$70.50")
    rosa.pay_exact()
    assert [fact.kind for fact in rosa.facts()][-2:] == ["return.recorded", "sale.recorded"]

    # And the other way: what came back was dearer, the rest goes back in cash.
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    rosa.tap("Devolver")
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()
    rosa.tap(re.compile("^Café"))
    rosa.tap("Otro motivo")
    rosa.tap("Cambiar por otra cosa")
    rosa.tap("Cambiar $89.00")
    rosa.scan(WATER)
    rosa.total("$0.00")
    rosa.press("F10")
    rosa.sold()
    expect(rosa.page.get_by_text("Devuelva $70.50: Efectivo")).to_be_visible()

    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT method, SUM(amount) FROM counter_refund GROUP BY method ORDER BY method") == [
        ("cash", 70_50),
        ("exchange", 107_50 - 70_50),
    ]
    assert floor.books.rows(
        "SELECT COUNT(*), COUNT(DISTINCT visit_id) FROM (SELECT visit_id FROM counter_sale UNION ALL SELECT visit_id FROM counter_return)"
    ) == [(6, 4)]
    assert floor.books.totals("C1A")["pay:exchange"] == 0
    rosa.press("Enter")
    rosa.close_shift(cash=715_00, others={}, total="$715.00")
    rosa.all_sent()
    assert floor.books.closing("C1A")["difference"][0] == ["cash", 0]
    floor.everything_holds()


def a_gift(floor: Floor) -> tuple[Till, str]:
    """Rosa has sold two coffees and a water, and printed their gift ticket: what its code is."""
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.page.evaluate(WATCHED.read_text(encoding="utf-8"))
    for code in (COFFEE, COFFEE, WATER):
        rosa.scan(code)
    rosa.pay_exact()
    rosa.sold()
    rosa.count_taps()
    rosa.tap("Ticket regalo")
    expect(rosa.page.get_by_text("Ticket regalo enviado a imprimir")).to_be_visible()
    assert rosa.taps == 1
    [paper] = rosa.page.evaluate("() => window.papers")
    assert ("TICKET REGALO" in paper, "Café" in paper, "$" in paper, "196.50" in paper, "18.50" in paper) == (
        True,
        True,
        False,
        False,
        False,
    )
    found = re.search(r"C1A-1-[0-9A-F]{6}-R", paper)
    assert found is not None, paper
    rosa.press("Enter")
    return rosa, found[0]


def test_a_gift_ticket_is_one_tap_and_what_comes_back_by_it_is_credit_of_whoever_brings_it(floor: Floor) -> None:
    rosa, code = a_gift(floor)
    for name in ("Julián Ríos", "Lucía Ñandú"):
        rosa.press("F3")
        rosa.tap("Cliente nuevo")
        rosa.page.get_by_label("Nombre", exact=True).fill(name)
        rosa.tap("Anotar")
        rosa.tap("Quitar del ticket")

    rosa.scan(code)
    expect(rosa.page.get_by_role("heading", name="Devolver con ticket regalo C1A-1")).to_be_visible()
    back = rosa.page.locator(".panel")
    expect(back.get_by_text(re.compile(r"[0-9]\.[0-9]{2}"))).to_have_count(0)
    expect(back.get_by_role("button", name="Como se pagó")).to_have_count(0)
    expect(back.get_by_role("button", name="Saldo a favor", pressed=True)).to_be_visible()
    rosa.count_taps()
    rosa.tap(re.compile("^Agua"))
    rosa.tap("Otro motivo")
    rosa.tap("A nombre de…")
    rosa.tap("Julián Ríos", within=rosa.page.locator(".found"))
    expect(rosa.page.get_by_text("Julián Ríos: Saldo a favor $18.50")).to_be_visible()
    # It was somebody else's name: pressed again it asks anew.
    rosa.tap("Saldo a favor")
    rosa.tap("Lucía Ñandú", within=rosa.page.locator(".found"))
    expect(rosa.page.get_by_text("Lucía Ñandú: Saldo a favor $18.50")).to_be_visible()
    rosa.press("Enter")
    expect(rosa.page.get_by_text("Devuelto: $18.50")).to_be_visible()
    assert rosa.taps == 7
    rosa.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT name, method, amount, flags FROM counter_return JOIN buyers_buyer ON buyer_id = buyers_buyer.id JOIN counter_refund ON return_id = counter_return.id") == [
        ("Lucía Ñandú", "credit", 18_50, "gift")
    ]  # fmt: skip
    rosa.close_shift(cash=696_50, others={}, total="$696.50")
    rosa.all_sent()
    assert floor.books.closing("C1A")["figures"]["reprints"] == 0
    floor.everything_holds()


def test_a_gift_is_exchanged_at_another_till_and_nothing_goes_to_whoever_paid(floor: Floor) -> None:
    rosa, code = a_gift(floor)
    rosa.all_sent()
    julian = floor.till("C2", JULIAN, float_minor=500_00)

    julian.scan(code)
    expect(julian.page.get_by_role("heading", name="Devolver con ticket regalo C1A-1")).to_be_visible()
    julian.tap(re.compile("^Café"))
    julian.tap("Cambio de talla")
    julian.tap("Cambiar por otra cosa")
    julian.tap("Cambiar $178.00")
    julian.scan(WATER)
    julian.press("F10")
    julian.sold()
    expect(julian.page.get_by_text("Devuelva $159.50: Efectivo")).to_be_visible()
    julian.all_sent()

    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows("SELECT method, amount FROM counter_refund ORDER BY n") == [("exchange", 18_50), ("cash", 159_50)]
    assert floor.books.rows("SELECT flags, buyer_id FROM counter_return") == [("gift", None)]
    floor.everything_holds()
