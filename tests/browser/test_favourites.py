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


def swiped(till: Till, by: int) -> None:
    """A finger that goes to the side over the keys."""
    box = till.page.locator(".left .products .bed").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = till.page.context.new_cdp_session(till.page)
    for kind, at in (("touchStart", 0), ("touchMove", by // 2), ("touchMove", by), ("touchEnd", None)):
        points = [] if at is None else [{"x": x + at, "y": y}]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_pages_are_made_named_filled_by_drag_and_key_and_turned_by_press_swipe_and_key(floor: Floor) -> None:
    tomas, julian = floor.till("C1", TOMAS, float_minor=500_00), floor.till("C2", JULIAN, float_minor=500_00)
    keys = julian.page.locator(".categories .key")
    expect(keys.first).to_have_text("Favoritos")
    expect(keys.nth(1)).to_have_text("Todo")

    before = tomas.presses
    tomas.more("Ordenar favoritos")
    tomas.page.get_by_role("button", name="Agregar página").click()
    name = tomas.page.get_by_role("textbox", name="Nombre de la página")
    name.fill(" favoritos ")
    expect(tomas.page.locator(".left .how")).to_contain_text("Cada página necesita un nombre")
    expect(tomas.page.get_by_role("button", name="Guardar")).to_be_disabled()
    name.fill("Verdura")
    tabs = tomas.page.get_by_role("group", name="Páginas").get_by_role("button")
    expect(tabs).to_have_text(["Favoritos", "Verdura"])
    # By drag onto the key of the page, and by key with what is marked.
    tabs.nth(0).click()
    cells = tomas.page.locator(".grid .cell")
    dragged(tomas, cells.nth(3), tabs.nth(1))
    expect(cells.locator("b")).to_have_text([TOMATO])
    tabs.nth(0).click()
    cells.nth(2).locator(".take").click()
    tomas.press("PageDown")
    expect(cells.locator("b")).to_have_text([TOMATO, WATER])
    # With nothing marked the arrows move the page.
    cells.nth(1).locator(".take").click()
    tomas.press("ArrowLeft")
    expect(tabs).to_have_text(["Verdura", "Favoritos"])
    tomas.press("Enter")
    expect(tomas.page.locator(".bar")).to_contain_text("Favoritos guardados")
    assert tomas.presses - before == 5

    julian.send_now()
    expect(keys.nth(0)).to_have_text("Verdura")
    expect(keys.nth(1)).to_have_text("Favoritos")
    expect(grid(julian)).to_have_text([TOMATO, WATER])
    julian.press("PageDown")
    expect(grid(julian)).to_have_text([COFFEE, CAPPUCCINO])
    julian.press("PageDown")
    expect(grid(julian)).to_have_text([COFFEE, CAPPUCCINO])
    swiped(julian, 200)
    expect(grid(julian)).to_have_text([TOMATO, WATER])
    julian.count_taps()
    julian.tap("Favoritos", within=julian.page.locator(".categories"))
    expect(grid(julian)).to_have_text([COFFEE, CAPPUCCINO])
    assert julian.taps == 1
    # In the search well too: it has no pages of its own.
    julian.press("F2")
    julian.press("PageUp")
    expect(grid(julian)).to_have_text([TOMATO, WATER])
    floor.everything_holds()
