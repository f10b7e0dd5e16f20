"""Paper and the disk: nothing is printed before it is kept, what cannot be kept is not sold, and every paper after the first is a copy."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.support.till import Till

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCHED = Path(__file__).with_name("support") / "watched.js"


def a_till_that_prints(floor: Floor) -> Till:
    """Rosa's till, every ticket on paper; her page notes what it keeps and what it prints."""
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.all_sent()
    rosa.page.evaluate(WATCHED.read_text(encoding="utf-8"))
    rosa.scan(COFFEE)
    rosa.press("F9")
    rosa.tap("Papel")
    rosa.press("Escape")
    rosa.lines(1)
    return rosa


def happened(till: Till) -> list[str]:
    """What the page noted so far."""
    found: list[str] = till.page.evaluate("() => window.happened")
    return found


def papers(till: Till, count: int) -> list[str]:
    """The words on each paper, once there are so many."""
    till.page.wait_for_function("count => window.papers.length >= count", arg=count)
    found: list[str] = till.page.evaluate("() => window.papers")
    assert len(found) == count
    return found


def kinds(till: Till) -> list[str]:
    """The kinds of the facts in the journal, in their order."""
    return [fact.kind for fact in till.facts()]


def test_paper_comes_once_and_only_when_the_sale_is_kept(floor: Floor) -> None:
    rosa = a_till_that_prints(floor)

    rosa.pay_exact()

    [paper] = papers(rosa, 1)
    assert happened(rosa)[:2] == ["complete", "print"]  # then the server's answers are noted, too
    assert "C1A-1" in paper and "$89.00" in paper and "COPIA" not in paper


@pytest.mark.parametrize(
    "how, said",
    [
        ("broken", "No se pudo guardar. No se cobró nada; repita el cobro."),
        ("full", "Sin espacio en la tableta. No se cobró nada; libere espacio y repita."),
    ],
)
def test_a_sale_that_cannot_be_kept_is_not_sold_and_not_printed_and_can_be_repeated(floor: Floor, how: str, said: str) -> None:
    rosa = a_till_that_prints(floor)
    before = kinds(rosa)
    rosa.page.evaluate("how => { window.spoil = how }", how)

    rosa.press("F10")

    expect(rosa.page.get_by_text(said)).to_be_visible()
    assert (happened(rosa), kinds(rosa)) == (["abort"], before)
    rosa.lines(1)
    rosa.total("$89.00")
    assert rosa.page.evaluate("() => window.papers") == []
    rosa.pay_exact()
    [paper] = papers(rosa, 1)
    assert "C1A-1" in paper
    assert happened(rosa)[:3] == ["abort", "complete", "print"]
    rosa.all_sent()
    assert floor.books.tickets() == {"C1A": [1]}
    floor.everything_holds()


def test_a_disk_without_room_is_named_before_anybody_pays(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.all_sent()
    before = kinds(rosa)
    rosa.page.add_init_script("""
      const measured = navigator.storage.estimate.bind(navigator.storage)
      navigator.storage.estimate = async () => window.hasRoom ? measured() : { usage: 5_000_000, quota: 5_001_000 }
    """)
    rosa.page.reload()
    rosa.enter(ROSA)
    rosa.scan(COFFEE)

    # The sheet, where a card would be charged at its terminal; and the key that needs no sheet.
    for key in ("F9", "F10"):
        rosa.press(key)
        expect(rosa.page.get_by_text("Sin espacio para otra venta.")).to_be_visible()
        expect(rosa.page.locator(".selling")).to_be_visible()
        expect(rosa.page.get_by_text("Sin espacio para otra venta.")).to_have_count(0, timeout=10_000)
    assert kinds(rosa) == before
    rosa.lines(1)
    rosa.page.evaluate("() => { window.hasRoom = true }")
    rosa.pay_exact()
    rosa.all_sent()
    assert floor.books.tickets() == {"C1A": [1]}


def test_every_paper_after_the_first_says_copia_and_is_a_fact(floor: Floor) -> None:
    rosa = a_till_that_prints(floor)
    rosa.pay_exact()
    rosa.tap("Copia")
    expect(rosa.page.get_by_text("Copia enviada a imprimir")).to_be_visible()
    rosa.press("Enter")
    rosa.scan(WATER)
    rosa.pay_exact()
    rosa.press("Enter")

    rosa.more("Tickets")
    rosa.page.locator(".row, tr, li").get_by_text("C1A-1").first.click()
    rosa.tap("Imprimir copia")
    expect(rosa.page.get_by_text("2 copias")).to_be_visible()

    first, copy, second, again = papers(rosa, 4)
    assert ["COPIA" in paper for paper in (first, copy, second, again)] == [False, True, False, True]
    assert "C1A-1" in copy and "C1A-1" in again and "C1A-2" in second
    assert [kind for kind in kinds(rosa) if kind in {"sale.recorded", "ticket.reprinted"}] == [
        "sale.recorded", "ticket.reprinted", "sale.recorded", "ticket.reprinted",
    ]  # fmt: skip
    rosa.press("Escape")
    rosa.close_shift(cash=207_50, others={}, total="$207.50")
    rosa.all_sent()
    floor.holds_all_of(rosa)
    assert floor.books.rows("SELECT COUNT(*) FROM counter_counterevent WHERE kind = 'ticket.reprinted'") == [(2,)]
    assert floor.books.tickets() == {"C1A": [1, 2]}
    assert floor.books.closing("C1A")["figures"]["reprints"] == 2
    floor.everything_holds()
