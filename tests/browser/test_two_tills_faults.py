"""What may go wrong between the two tills of a store and their server: whatever does, every ticket is there once and the drawers agree."""

import itertools
import random
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.support.desk import the_office
from tests.browser.support.evening import FLOAT, Day, agree, cash_agrees, close, close_and_agree, shelf
from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, JULIAN, ROSA, WATER
from tests.browser.support.till import Till, Written
from tests.browser.support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Milliseconds between a push's arrival at the server and its death: before, within and after the commit.
DEATHS_MS = (0, 4, 15)


def two_tills(floor: Floor) -> tuple[Till, Till]:
    """Rosa at C1 and Julián at C2, each with an open shift that the server knows."""
    rosa, julian = floor.till("C1", ROSA, FLOAT), floor.till("C2", JULIAN, FLOAT)
    rosa.all_sent()
    julian.all_sent()
    return rosa, julian


def sell(till: Till, *codes: str) -> None:
    """Sell each of these for exact cash."""
    for code in codes:
        till.scan(code)
        till.lines(1)
        till.pay_exact()


def open_again(till: Till, person: tuple[str, str]) -> None:
    """Open a closed browser on what it kept, and sign in."""
    till.open()
    till.enter(person)


def send_all(*tills: Till) -> None:
    """Send from each till until nothing waits."""
    for till in tills:
        till.send_now()
        till.all_sent()


def test_pushes_whose_answers_are_lost_are_sent_again_and_counted_once(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    floor.wire.lose_answers()
    sell(rosa, COFFEE)
    sell(julian, WATER, COFFEE)
    floor.settled(lambda books: books.tickets(), {"C1A": [1], "C2A": [1, 2]})
    for till in (rosa, julian):
        till.send_now()
    rosa.unsent(1)
    julian.unsent(2)
    assert set(floor.wire.lost) == {token(rosa), token(julian)}

    floor.wire.cut()
    rosa.close()
    open_again(rosa, ROSA)
    julian.page.reload()
    julian.enter(JULIAN)
    rosa.unsent(1)
    julian.unsent(2)
    sell(rosa, WATER)
    sell(julian, CAPPUCCINO)
    floor.wire.keep_answers()
    floor.wire.join()
    send_all(rosa, julian)

    close_and_agree(
        floor,
        Day(rosa, "C1A", tickets=2, gross=107_50),
        Day(julian, "C2A", tickets=3, gross=156_50),
        stock=shelf(coffee=98, cappuccino=99, water=98),
    )


def token(till: Till) -> str:
    """The token of a till that has one journal."""
    [journal] = till.journals()
    return str(journal["token"])


def test_whole_journals_sent_twice_and_shuffled_say_nothing_new(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    floor.wire.cut()
    sell(rosa, COFFEE, WATER, CAPPUCCINO, WATER, COFFEE)
    sell(julian, WATER, CAPPUCCINO, CAPPUCCINO)
    days = Day(rosa, "C1A", tickets=5, gross=264_00), Day(julian, "C2A", tickets=3, gross=116_50)
    stock = shelf(coffee=98, cappuccino=97, water=97)
    for day in days:
        close(day)

    # The tills are cut off; another hand brings their facts twice, by threes and by fours, so that pushes overlap, in any order.
    batches = [(till, list(batch)) for size in (3, 4) for till in (rosa, julian) for batch in itertools.batched(till.facts(), size)]
    random.Random(29).shuffle(batches)
    states = [push(floor, till, batch) for till, batch in batches]
    assert {state for answer in states for state in answer} == {"accepted", "known", "early"}
    agree(floor, *days, stock=stock)

    before = floor.books.size()
    for till in (rosa, julian):
        assert set(push(floor, till, till.facts())) == {"known"}
    floor.wire.join()
    send_all(rosa, julian)
    assert floor.books.size() == before
    agree(floor, *days, stock=stock)


def push(floor: Floor, till: Till, facts: list[Written]) -> list[str]:
    """Post facts of one journal past the till, as its device would; return their states, once the worker has done what came of them."""
    answer = floor.server.push(token(till), till.push_document(facts))
    assert answer["journal"] == "open"
    floor.settled(lambda books: books.work(), 0)
    return [one["state"] for one in answer["answers"]]


def test_a_server_killed_during_pushes_comes_back_with_each_ticket_once(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    for death_ms, sender in itertools.product(DEATHS_MS, (rosa, julian)):
        floor.wire.cut()
        sell(rosa, COFFEE)
        sell(julian, CAPPUCCINO)
        floor.wire.at_push(token(sender), partial(floor.server.kill, after_ms=death_ms))
        floor.wire.join()
        sender.send_now()
        until(lambda: not floor.server.is_running, what="the server died at a push")
        for till in (rosa, julian):
            sell(till, WATER)
        floor.server.start()
    send_all(rosa, julian)

    close_and_agree(
        floor,
        Day(rosa, "C1A", tickets=12, gross=645_00),
        Day(julian, "C2A", tickets=12, gross=405_00),
        stock=shelf(coffee=94, cappuccino=94, water=88),
    )


def test_browsers_that_die_right_after_a_sale_have_kept_it(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    floor.wire.cut()
    sell(rosa, COFFEE, WATER)
    rosa.die()
    sell(julian, CAPPUCCINO)
    julian.die()
    open_again(rosa, ROSA)
    open_again(julian, JULIAN)
    sell(rosa, CAPPUCCINO)
    sell(julian, WATER)
    floor.wire.join()
    send_all(rosa, julian)

    close_and_agree(
        floor,
        Day(rosa, "C1A", tickets=3, gross=156_50),
        Day(julian, "C2A", tickets=2, gross=67_50),
        stock=shelf(coffee=99, cappuccino=98, water=98),
    )


def test_a_second_tab_writes_nothing_and_takes_over_when_the_first_closes(floor: Floor) -> None:
    rosa, julian = two_tills(floor)
    floor.wire.cut()
    sell(rosa, COFFEE)
    second = rosa.another_tab()
    expect(second.get_by_role("heading", name="La caja ya está abierta en otra pestaña")).to_be_visible()
    expect(second.locator(".till")).to_have_count(0)
    sell(julian, COFFEE, CAPPUCCINO)
    first = rosa.page
    first.bring_to_front()
    sell(rosa, WATER)
    first.close()
    rosa.use(second)
    rosa.enter(ROSA)
    sell(rosa, CAPPUCCINO)
    floor.wire.join()
    send_all(rosa, julian)
    sell(julian, WATER)

    close_and_agree(
        floor,
        Day(rosa, "C1A", tickets=3, gross=156_50),
        Day(julian, "C2A", tickets=3, gross=156_50),
        stock=shelf(coffee=98, cappuccino=98, water=98),
    )
    assert [journal["series"] for journal in rosa.journals()] == ["C1A"]


def test_a_copied_profile_is_found_out_both_go_on_in_journals_of_their_own_and_the_office_counts_what_was_paid(
    driver: Playwright, floor: Floor
) -> None:
    rosa, julian = two_tills(floor)
    sell(rosa, COFFEE)
    rosa.all_sent()
    rosa.close()
    copy = floor.copy_of(rosa)
    open_again(rosa, ROSA)
    sell(rosa, WATER)
    rosa.all_sent()

    floor.wire.cut()
    open_again(copy, ROSA)
    sell(copy, CAPPUCCINO)
    sell(julian, WATER)
    floor.wire.join()
    for till in (copy, rosa):
        till.send_now()
        sell(till, COFFEE)
    send_all(julian)
    expect(copy.page.locator(".net")).to_contain_text("1 asiento apartado")
    floor.settled(lambda books: books.tickets(), {"C1A": [1, 2], "C1B": [1], "C1C": [1], "C2A": [1]})
    for till in (copy, rosa):
        assert [journal["status"] for journal in till.journals()] == ["reopen", "open"]
    assert floor.books.trouble() == {"sync_parkedfact": 0, "sync_evidence": 1, "sync_earlyfact": 0}

    other = Day(julian, "C2A", tickets=1, gross=18_50)
    close(other)
    close_both_copies(floor, rosa, copy)
    send_all(julian)
    cash_agrees(floor, other)
    for till in (rosa, julian):
        floor.holds_all_of(till)
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.stock() == shelf(coffee=97, cappuccino=100, water=98)
    with the_office(driver, floor) as page:
        admit_the_sale_and_leave_the_second_z(page)
    floor.settled(lambda books: books.tickets(), {"C1A": [1, 2, 2], "C1B": [1], "C1C": [1], "C2A": [1]})
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.stock() == shelf(coffee=97, cappuccino=99, water=98)
    copy.send_now()
    expect(copy.page.locator(".net")).not_to_contain_text("apartado", timeout=30_000)
    floor.server.command("verify")
    floor.server.command("doctor")


def admit_the_sale_and_leave_the_second_z(page: Page) -> None:
    """The owner has seen both papers of the number that was used twice, and counted the second drawer herself."""
    page.goto("/por-revisar/")
    page.locator('a.open[href*="prueba"]').click()
    page.locator("#note").fill("Los dos papeles existen")
    page.get_by_role("button", name="Admitirlo", exact=True).click()
    expect(page.get_by_text("Los dos papeles existen")).to_be_visible()
    page.locator("tbody a.open").click()
    page.locator("#note").fill("El cajón se contó aparte")
    page.get_by_role("button", name="Dejar constancia y cerrar").click()
    expect(page.get_by_text("Nada por revisar")).to_be_visible()


def close_both_copies(floor: Floor, rosa: Till, copy: Till) -> None:
    """Each counts what its own till says; the first Z of the shift stands, and the second waits for a person.

    Copies go on in one shift, opened once with one float: what the copy sold in it is received beside the Z of the other.
    """
    rosa.close_shift(cash=296_50, others={}, total="$296.50")
    send_all(rosa)
    copy.close_shift(cash=327_00, others={}, total="$327.00")
    copy.send_now()
    expect(copy.page.locator(".net")).to_contain_text("2 asientos apartados")
    assert floor.books.trouble() == {"sync_parkedfact": 1, "sync_evidence": 1, "sync_earlyfact": 0}
    assert floor.books.rows("SELECT kind, reason FROM sync_parkedfact") == [("shift.closed", "conflict")]

    [series] = [journal["series"] for journal in rosa.journals() if journal["status"] == "open"]
    z, received = floor.books.closing(series), floor.books.totals("C1A")
    assert z["expected"] == z["counted"] == [["cash", 296_50]]
    assert z["difference"] == [["cash", 0]]
    assert (z["z"], z["figures"]["sales"], z["figures"]["gross"]) == (1, 3, 196_50)
    assert (received["sales"], received["gross"]) == (4, 196_50 + 89_00)


def test_a_server_restored_from_an_older_backup_is_sent_again_what_it_lost(floor: Floor, tmp_path: Path) -> None:
    rosa, julian = two_tills(floor)
    sell(rosa, COFFEE)
    sell(julian, WATER)
    send_all(rosa, julian)
    floor.server.command("backup", str(tmp_path / "copy.sqlite3"))
    sell(rosa, WATER, CAPPUCCINO)
    sell(julian, COFFEE)
    send_all(rosa, julian)
    assert floor.books.tickets() == {"C1A": [1, 2, 3], "C2A": [1, 2]}
    before = floor.books.epoch()

    floor.server.stop()
    sell(rosa, WATER)
    sell(julian, CAPPUCCINO)
    floor.server.command("restore", str(tmp_path / "copy.sqlite3"))
    assert floor.books.tickets() == {"C1A": [1], "C2A": [1]}
    floor.server.start()
    send_all(rosa, julian)
    assert floor.books.epoch() != before
    sell(rosa, COFFEE)
    sell(julian, COFFEE)

    close_and_agree(
        floor,
        Day(rosa, "C1A", tickets=5, gross=264_00),
        Day(julian, "C2A", tickets=4, gross=245_50),
        stock=shelf(coffee=96, cappuccino=98, water=97),
    )
    for till in (rosa, julian):
        assert [journal["status"] for journal in till.journals()] == ["open"]
