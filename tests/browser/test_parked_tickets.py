"""A ticket parked at one till goes on at another: one tap each, whoever has it is one till, and one without a network keeps its own (ruling 32)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, JULIAN, ROSA, WATER
from tests.browser.support.till import Till

pytestmark = pytest.mark.browser
WAITS = re.compile("^Caja 1 · A")


def two_tills(floor: Floor) -> tuple[Till, Till]:
    """Rosa's and Julián's, open, both in touch with the server."""
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    julian = floor.till("C2", JULIAN, float_minor=100_00)
    for till in (rosa, julian):
        till.all_sent()
    return rosa, julian


def test_a_ticket_is_parked_with_one_tap_and_resumed_with_one_at_the_other_till(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    rosa.scan(COFFEE)
    rosa.scan(WATER)
    rosa.lines(2)

    rosa.count_taps()
    rosa.tap("Aparcar")
    rosa.lines(0)
    assert rosa.taps == 1
    expect(julian.page.get_by_role("button", name=WAITS)).to_contain_text("$107.50", timeout=30_000)
    julian.count_taps()
    julian.tap(WAITS)
    julian.lines(2)
    assert julian.taps == 1

    expect(rosa.page.get_by_text("Un ticket en espera pasó a Caja 2.")).to_be_visible()
    expect(rosa.page.get_by_role("navigation", name="Tickets abiertos").get_by_role("button")).to_have_count(3)  # the fresh one, «+», «Más»
    julian.total("$107.50")
    julian.pay_exact()
    julian.all_sent()
    assert floor.books.tickets() == {"C2A": [1]}
    floor.everything_holds()


def test_the_list_says_who_parked_and_a_digit_brings_it(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    rosa.scan(COFFEE)
    rosa.press("F4")
    expect(julian.page.get_by_role("button", name=WAITS)).to_be_visible(timeout=30_000)

    julian.more("Tickets en espera")
    waiting = julian.page.get_by_role("region", name="Tickets en espera")
    expect(waiting.get_by_role("listitem")).to_contain_text("Caja 1 · Rosa Martínez")
    expect(waiting.get_by_role("listitem")).to_contain_text("1 partida")
    julian.press("1")

    julian.lines(1)
    julian.pay_exact()


def test_a_till_without_a_network_keeps_its_tickets_and_sells_them_itself(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    rosa.scan(COFFEE)
    rosa.press("F4")
    expect(julian.page.get_by_role("button", name=WAITS)).to_be_visible(timeout=30_000)
    rosa.page.context.set_offline(True)

    rosa.press("F4")
    rosa.lines(1)
    rosa.pay_exact()
    julian.tap(WAITS)
    expect(julian.page.get_by_text("Caja 1 no responde y puede estar cobrándolo: siga allí.")).to_be_visible(timeout=60_000)
    julian.lines(0)

    rosa.page.context.set_offline(False)
    rosa.send_now()
    rosa.all_sent()
    expect(julian.page.get_by_role("button", name=WAITS)).to_have_count(0, timeout=30_000)
    assert floor.books.tickets() == {"C1A": [1]}


def test_two_tills_that_tap_at_once_do_not_both_get_it(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    rosa.scan(COFFEE)
    rosa.press("F4")
    expect(julian.page.get_by_role("button", name=WAITS)).to_be_visible(timeout=30_000)

    julian.tap(WAITS)
    rosa.press("F4")
    rosa.lines(1)

    expect(julian.page.get_by_text(re.compile("no responde|ya se cobró"))).to_be_visible(timeout=60_000)
    julian.lines(0)
    rosa.pay_exact()
