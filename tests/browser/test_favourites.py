"""The grid of a store, put in order at the till by hand and by arrows and in the office by drag: every till of the store has it so."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import JULIAN, ROSA, TOMAS
from tests.browser.support.till import Till
from tests.browser.test_modifiers import owner
from tests.browser.test_new_product import approved

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COFFEE, CAPPUCCINO, WATER, TOMATO = "Café de olla molido", "Capuchino", "Agua de manantial", "Jitomate saladet"


def grid(till: Till) -> Locator:
    """The names on the keys of the till."""
    return till.page.locator(".left .products .product b")


def dragged(till: Till, what: Locator, onto: Locator) -> None:
    """Drag with the mouse, as a hand does: in steps."""
    start, end = what.bounding_box(), onto.bounding_box()
    assert start is not None
    assert end is not None
    mouse = till.page.mouse
    mouse.move(start["x"] + 30, start["y"] + 40)
    mouse.down()
    mouse.move(end["x"] + 30, end["y"] + 40, steps=6)
    mouse.up()


def test_a_key_is_dragged_or_moved_by_arrows_and_every_till_of_the_store_has_it_so(floor: Floor) -> None:
    tomas, julian = floor.till("C1", TOMAS, float_minor=500_00), floor.till("C2", JULIAN, float_minor=500_00)
    expect(grid(tomas)).to_have_text([COFFEE, CAPPUCCINO, WATER, TOMATO])
    before = tomas.presses
    tomas.more("Ordenar favoritos")
    cells = tomas.page.locator(".grid .cell")
    dragged(tomas, cells.nth(3), cells.nth(0))
    expect(cells.locator("b")).to_have_text([TOMATO, COFFEE, CAPPUCCINO, WATER])
    # It stays marked: the arrows move it on.
    tomas.press("ArrowRight")
    expect(cells.locator("b")).to_have_text([COFFEE, TOMATO, CAPPUCCINO, WATER])
    cells.nth(3).get_by_role("button", name="Quitar").click()
    tomas.press("Enter")
    expect(tomas.page.locator(".bar")).to_contain_text("Favoritos guardados")
    expect(grid(tomas)).to_have_text([COFFEE, TOMATO, CAPPUCCINO])
    assert tomas.presses - before == 4

    julian.send_now()
    expect(grid(julian)).to_have_text([COFFEE, TOMATO, CAPPUCCINO])
    # It is kept: without a network it is there after a reload.
    floor.wire.cut()
    julian.page.reload()
    julian.enter(JULIAN)
    expect(grid(julian)).to_have_text([COFFEE, TOMATO, CAPPUCCINO])
    julian.more("Ordenar favoritos")
    expect(julian.page.locator(".left .paper")).to_contain_text("Sin internet no se ordenan")
    expect(julian.page.get_by_role("button", name="Guardar")).to_be_disabled()
    floor.wire.join()
    floor.everything_holds()


def test_who_may_not_asks_and_the_office_drags_rows(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00)
    rosa.more("Ordenar favoritos")
    rosa.page.locator(".grid .take", has_text=WATER).click()
    rosa.press("ArrowLeft")
    rosa.press("Enter")
    approved(rosa, TOMAS)
    expect(grid(rosa)).to_have_text([COFFEE, WATER, CAPPUCCINO, TOMATO])

    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/productos/favoritos/")
        rows = page.locator("tbody[data-arrange] tr")
        expect(rows).to_have_count(4)
        start, end = rows.nth(3).bounding_box(), rows.nth(0).bounding_box()
        assert start is not None
        assert end is not None
        page.mouse.move(start["x"] + 200, start["y"] + 20)
        page.mouse.down()
        page.mouse.move(end["x"] + 200, end["y"] + 10, steps=8)
        page.mouse.up()
        expect(page.get_by_text("sus cajas los reciben en segundos")).to_be_visible()
        expect(rows.first).to_contain_text(TOMATO)
        rows.nth(1).get_by_role("button", name="Después").click()
        expect(rows.nth(2)).to_contain_text(COFFEE)
    rosa.send_now()
    expect(grid(rosa)).to_have_text([TOMATO, WATER, COFFEE, CAPPUCCINO])
    floor.everything_holds()
