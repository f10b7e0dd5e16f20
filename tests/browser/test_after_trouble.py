"""What the till hears once people dealt with trouble: a parked sale that the office took, a database older than the pairing, a browser
that will not promise to keep the data."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.support.desk import the_office
from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def execute(floor: Floor, statement: str, *values: str) -> None:
    """Change the database behind the server's back."""
    with closing(sqlite3.connect(floor.server.database, timeout=10)) as database, database:
        database.execute(statement, values)


def test_a_parked_sale_that_the_office_took_is_no_longer_a_matter_of_the_till(driver: Playwright, floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    execute(floor, "UPDATE people_device SET series = 'ZZ'")  # whatever it was, this server parks her next sale
    rosa.scan(COFFEE)
    rosa.pay_exact()
    expect(rosa.page.locator(".net")).to_contain_text("1 asiento apartado", timeout=30_000)
    execute(floor, "UPDATE people_device SET series = 'C1A'")

    with the_office(driver, floor) as page:
        page.goto("/por-revisar/")
        page.locator("a.open").click()
        page.locator("#note").fill("El cajón cuadra")
        page.get_by_role("button", name="Aceptar como se anotó").click()
        expect(page.get_by_text("El cajón cuadra")).to_be_visible()
    # The worker numbers the change; the till asks in its next round.
    floor.settled(lambda books: books.rows("SELECT COUNT(*) FROM kernel_change WHERE kind = 'till'")[0][0] > 0, True)
    rosa.send_now()

    expect(rosa.page.locator(".net")).not_to_contain_text("apartado", timeout=30_000)
    rosa.all_sent()
    assert floor.books.tickets() == {"C1A": [1]}
    rosa.page.locator(".net").click()
    expect(rosa.page.get_by_text("El servidor no lo aceptó")).to_have_count(0)


def test_a_till_that_its_server_does_not_know_any_more_comes_back_with_all_it_sold(
    driver: Playwright, floor: Floor, tmp_path: Path
) -> None:
    floor.server.command("backup", str(tmp_path / "copy"))
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.scan(COFFEE)
    rosa.pay_exact()
    rosa.all_sent()
    floor.server.stop()
    floor.server.command("restore", str(tmp_path / "copy"))
    floor.server.start()
    assert floor.books.tickets() == {}

    rosa.scan(WATER)
    rosa.pay_exact()
    rosa.close_shift(cash=207_50, others={}, total="$207.50")
    rosa.page.locator(".net").click()
    rosa.tap("Enviar ahora")
    expect(rosa.page.get_by_text("El servidor no conoce esta caja")).to_be_visible(timeout=30_000)
    with rosa.page.expect_download() as saved:
        rosa.tap(re.compile("Guardar el diario"))
    saved.value.save_as(tmp_path / "diario.ndjson")

    with the_office(driver, floor) as page:
        page.goto("/cajas/")
        upload(page, tmp_path / "diario.ndjson")
        expect(page.get_by_role("alert")).to_contain_text("no conoce el equipo del diario C1A")
        assert floor.books.tickets() == {}
        page.locator("[name=mine]").check()
        upload(page, tmp_path / "diario.ndjson")
        expect(page.get_by_role("status")).to_contain_text("aceptados")
    assert floor.books.tickets() == {"C1A": [1, 2]}
    assert floor.books.closing("C1A")["difference"] == [["cash", 0]]

    rosa.tap("Sobre Mostrador")
    rosa.tap("Desvincular esta caja")
    rosa.tap("Sí, desvincular esta caja")
    expect(rosa.page.get_by_role("heading", name="Vincular esta caja")).to_be_visible()
    rosa.type(floor.code("C1"))
    rosa.press("Enter")
    expect(rosa.page.get_by_role("heading", name="Abrir turno")).to_be_visible()
    assert [one["series"] for one in rosa.journals()] == ["C1A", "C1AA"]
    floor.everything_holds()


def upload(page: Page, file: Path) -> None:
    """Send a saved journal to the office."""
    if not page.locator("#f-file").is_visible():
        page.get_by_text("Diario guardado en un archivo").click()
    page.locator("#f-file").set_input_files(file)
    page.get_by_role("button", name="Subir diario").click()


def test_a_browser_that_promises_nothing_can_be_asked_again(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    answers = "navigator.storage.persist = () => Promise.resolve({answer}); navigator.storage.persisted = () => Promise.resolve(false)"
    rosa.page.add_init_script(answers.format(answer="window.willKeep === true"))
    rosa.page.reload()
    rosa.enter(ROSA)

    rosa.more("Pedir almacenamiento persistente")
    expect(rosa.page.get_by_role("status").get_by_text("El navegador no lo promete")).to_be_visible()
    rosa.page.evaluate("window.willKeep = true")
    rosa.tap("Pedir almacenamiento persistente")
    expect(rosa.page.get_by_role("status").get_by_text("El navegador conserva los datos de esta caja")).to_be_visible()

    expect(rosa.page.get_by_role("button", name="Pedir almacenamiento persistente")).to_have_count(0)
