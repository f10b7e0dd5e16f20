"""Points: the owner says how, a sale by name earns them, one tap pays with them, and goods that come back end where they began."""

import calendar
import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.support.till import Till
from tests.browser.test_buyers import choose, write_down
from tests.browser.test_promotions import owner
from tests.browser.test_returns import take_back

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOVES = "SELECT kind, points, amount FROM counter_pointsmove ORDER BY at, kind"


def begin_points(floor: Floor, page: Page) -> None:
    """The owner gives a point for each 10.00, and a peso for ten of them."""
    page.goto(f"{floor.wire.address}/puntos/")
    page.get_by_label("Hay puntos en esta empresa").check()
    page.get_by_label("Un punto por cada").fill("10")
    page.get_by_label("Al pagar, tantos puntos").fill("10")
    page.get_by_label("valen", exact=True).fill("1")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado: las cajas lo reciben en segundos.")).to_be_visible()


def hears(till: Till, floor: Floor) -> None:
    """The till hears that its part has changed, then reads it."""
    floor.settled(lambda books: books.work(), 0)
    for _ in range(3):
        till.send_now()
        till.page.wait_for_timeout(500)


def sell_two_coffees(till: Till) -> None:
    """Lucía buys two coffees in cash: 178.00."""
    for _ in range(2):
        till.scan(COFFEE)
    till.lines(2)  # the customer stands on it too
    till.press("F10")
    till.sold()


def test_points_are_earned_by_name_pay_in_one_tap_and_come_back_with_the_goods(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        begin_points(floor, page)
    hears(rosa, floor)
    write_down(rosa, "Lucía Ñandú")
    rosa.press("Escape")
    sell_two_coffees(rosa)
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    expect(rosa.page.locator(".roll").first).to_contain_text(re.compile(r"Puntos ganados\s*17"))
    rosa.press("Escape")
    rosa.press("Enter")
    rosa.all_sent()

    choose(rosa, "Lucía Ñandú")
    expect(rosa.page.locator("dl")).to_contain_text(re.compile(r"Puntos\s*17"))
    rosa.press("Escape")
    rosa.scan(WATER)
    rosa.lines(2)
    rosa.press("F9")
    rosa.count_taps()
    rosa.tap("Puntos", within=rosa.page.locator(".modes"))
    expect(rosa.page.get_by_label("Pagos")).to_contain_text("$1.70")
    rosa.tap("Agregar pago")
    rosa.tap(re.compile("^Cobrar"))
    rosa.sold()
    assert rosa.taps == 3
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    roll = rosa.page.locator(".roll").first
    for text in (r"Puntos usados\s*17", r"Puntos ganados\s*1", r"Tiene puntos\s*1"):
        expect(roll).to_contain_text(re.compile(text))

    # It comes back: what paid goes back to where it came from, what was earned goes along.
    take_back(rosa, "^Agua", "No era lo que necesitaba", "$18.50")
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.rows(MOVES) == [("earn", 17, 0), ("earn", 1, 0), ("spend", -17, -1_70), ("back", 17, 1_70), ("taken", -1, 0)]
    assert floor.books.rows("SELECT method, amount FROM counter_refund ORDER BY amount") == [("points", 1_70), ("cash", 16_80)]
    rosa.close_shift(cash=678_00, others={}, total="$678.00")
    rosa.all_sent()
    assert floor.books.closing("C1A")["difference"] == [["cash", 0]]
    floor.everything_holds()


def test_they_pay_it_all_in_two_taps_and_without_internet_nothing(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    write_down(rosa, "Lucía Ñandú")
    rosa.press("Escape")
    rosa.all_sent()
    floor.settled(lambda books: books.work(), 0)
    with owner(floor) as page:
        begin_points(floor, page)
        page.goto(f"{floor.wire.address}/clientes/")
        page.get_by_role("link", name="Lucía Ñandú").click()
        page.locator("summary", has_text="Escribir en la cuenta").click()
        page.get_by_label("Cuenta", exact=True).select_option("points")
        page.get_by_label("Motivo").select_option("opening")
        page.get_by_label("Importe").fill("500")
        page.locator("form:has([name=account]) button").click()
        expect(page.get_by_text("Puntos · 500")).to_be_visible()
    hears(rosa, floor)
    rosa.scan(WATER)
    rosa.lines(2)
    rosa.press("F9")
    rosa.count_taps()
    rosa.tap("Puntos", within=rosa.page.locator(".modes"))
    rosa.tap(re.compile("^Cobrar"))
    rosa.sold()
    assert rosa.taps == 2
    rosa.press("Enter")
    rosa.all_sent()
    assert floor.books.rows(MOVES) == [("spend", -185, -18_50)]

    floor.wire.cut()
    choose(rosa, "Lucía Ñandú")
    expect(rosa.page.locator("dl")).to_contain_text(re.compile(r"Puntos\s*315"))
    rosa.press("Escape")
    rosa.scan(WATER)
    rosa.lines(2)
    rosa.send_now()
    rosa.press("F9")
    rosa.tap("Puntos", within=rosa.page.locator(".modes"))
    expect(rosa.page.get_by_text("Sin internet esta caja no usa puntos.")).to_be_visible(timeout=40_000)
    rosa.press("Escape")
    rosa.press("F10")
    rosa.sold()
    rosa.press("Enter")
    floor.wire.join()
    rosa.all_sent()
    assert floor.books.rows(MOVES) == [("spend", -185, -18_50), ("earn", 1, 0)]
    floor.everything_holds()


def month_from_today() -> dt.date:
    """The same day of the next month in the shop's zone, or the last of a shorter one."""
    today = dt.datetime.now(ZoneInfo("America/Mexico_City")).date()
    year, month = divmod(today.year * 12 + today.month, 12)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def test_points_that_run_out_are_said_on_the_receipt_beforehand_and_are_gone_on_their_day_without_internet_too(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    with owner(floor) as page:
        begin_points(floor, page)
        page.get_by_label("Los puntos vencen").select_option("moved")
        page.get_by_label("Meses").fill("1")
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_text("Vencen a los 1 meses sin movimiento").first).to_be_visible()
    write_down(rosa, "Lucía Ñandú")
    rosa.press("Escape")
    rosa.all_sent()
    hears(rosa, floor)
    sell_two_coffees(rosa)
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    last_day = month_from_today()
    expect(rosa.page.locator(".roll").first).to_contain_text(f"17 puntos vencen el {last_day:%d/%m/%Y}")
    rosa.press("Escape")
    rosa.press("Enter")
    rosa.all_sent()
    hears(rosa, floor)

    floor.wire.cut()
    midnight = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), ZoneInfo("America/Mexico_City"))
    rosa.page.clock.set_system_time(midnight + dt.timedelta(hours=1))
    choose(rosa, "Lucía Ñandú")
    expect(rosa.page.locator("dl")).to_contain_text(re.compile(r"Puntos\s*0(?!\d)"))
    floor.wire.join()
