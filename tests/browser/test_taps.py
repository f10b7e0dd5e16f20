"""What the acts of a queue cost, in taps: one press that writes no digit or letter; scans are free (ruling 32). Return and account stand with their journeys."""

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, TOMAS, WATER

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_exact_sale_is_a_scan_and_one_key_and_a_ticket_waits_and_comes_back_by_one_each(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)

    rosa.count_taps()
    rosa.scan(COFFEE)
    rosa.pay_exact()
    assert rosa.taps == 1
    # The next ticket is ready at once: nothing has to be put away first.
    rosa.count_taps()
    rosa.scan(WATER)
    rosa.total("$18.50")
    assert rosa.taps == 0

    rosa.press("F4")
    rosa.total("$0.00")
    assert rosa.taps == 1
    rosa.press("F4")
    rosa.total("$18.50")
    assert rosa.taps == 2


def test_another_persons_yes_costs_five_taps_at_most_beyond_the_pin(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.scan(COFFEE)
    rosa.press("F8")
    rosa.type("50")
    rosa.press("Enter")
    expect(rosa.page.get_by_role("heading", name="Descuento de $44.50")).to_be_visible()

    rosa.count_taps()
    rosa.tap("Precio acordado")
    rosa.tap(TOMAS[0])
    rosa.type(TOMAS[1])
    rosa.press("Enter")
    expect(rosa.page.locator(".selling")).to_be_visible()
    assert rosa.taps <= 5
