"""What may go wrong between a till and its server: whatever does, every ticket is there once."""

import random
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, JULIAN, ROSA, WATER
from tests.browser.support.till import Till, Written
from tests.browser.support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRICES = {COFFEE: 89_00, CAPPUCCINO: 49_00, WATER: 18_50}
# Milliseconds between a push's arrival at the server and its death: before, within and after the commit.
DEATHS_MS = (0, 4, 15)


def sell(till: Till, *codes: str) -> None:
    """Sell each of these for exact cash."""
    for code in codes:
        till.scan(code)
        till.lines(1)
        till.pay_exact()


def test_a_push_whose_answer_is_lost_is_sent_again_and_counted_once(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.all_sent()

    floor.wire.lose_answers(2)
    sell(rosa, COFFEE)
    floor.settled(lambda books: books.tickets(), {"C1A": [1]})
    rosa.unsent(1)
    rosa.send_now()
    rosa.all_sent()
    sell(rosa, WATER)
    rosa.all_sent()

    assert floor.wire.lost == 2
    assert floor.books.tickets() == {"C1A": [1, 2]}
    assert floor.books.totals("C1A")["gross"] == 107_50
    floor.holds_all_of(rosa)
    floor.everything_holds()


def test_a_whole_journal_sent_twice_and_shuffled_says_nothing_new(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.all_sent()
    floor.wire.cut()
    sell(rosa, COFFEE, WATER, CAPPUCCINO, WATER, COFFEE)
    rosa.close_shift(cash=364_00, others={}, total="$364.00")
    [journal] = rosa.journals()
    facts = rosa.facts()

    # The till is cut off; another hand brings its facts, in batches of three, in any order, each of them twice.
    batches = [facts[start : start + 3] for start in range(0, len(facts), 3)] * 2
    random.Random(7).shuffle(batches)
    states = [push(floor, rosa, journal["token"], batch) for batch in batches]
    assert {state for answer in states for state in answer} == {"accepted", "known", "early"}
    assert floor.books.tickets() == {"C1A": [1, 2, 3, 4, 5]}
    floor.holds_all_of(rosa)

    before = floor.books.size()
    assert set(push(floor, rosa, journal["token"], facts)) == {"known"}
    assert floor.books.size() == before

    floor.wire.join()
    rosa.press("Enter")
    rosa.open_shift(100_00)
    rosa.send_now()
    rosa.all_sent()

    assert floor.books.tickets() == {"C1A": [1, 2, 3, 4, 5]}
    assert floor.books.closing("C1A")["expected"] == [["cash", 364_00]]
    floor.holds_all_of(rosa)
    floor.everything_holds()


def push(floor: Floor, till: Till, token: str, facts: list[Written]) -> list[str]:
    """Post facts of one journal past the till, as its device would; return their states."""
    answer = floor.server.push(token, till.push_document(facts))
    assert answer["journal"] == "open"
    return [one["state"] for one in answer["answers"]]


def test_a_server_killed_during_pushes_comes_back_with_each_ticket_once(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.all_sent()
    sold = 0
    for death_ms in DEATHS_MS:
        floor.wire.cut()
        sell(rosa, COFFEE, WATER, CAPPUCCINO)
        sold += 3
        floor.wire.join()
        floor.wire.at_push(partial(floor.server.kill, after_ms=death_ms))
        rosa.send_now()
        until(lambda: not floor.server.is_running, what="the server died at a push")
        floor.server.start()
    rosa.send_now()
    rosa.all_sent()

    assert floor.books.tickets() == {"C1A": list(range(1, sold + 1))}
    assert floor.books.totals("C1A")["gross"] == len(DEATHS_MS) * sum(PRICES.values())
    floor.holds_all_of(rosa)
    floor.everything_holds()


def test_a_browser_that_dies_right_after_a_sale_has_kept_it(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    rosa.all_sent()
    floor.wire.cut()

    sell(rosa, COFFEE, WATER)
    rosa.die()
    rosa.open()
    rosa.enter(ROSA)
    sell(rosa, CAPPUCCINO)
    floor.wire.join()
    rosa.send_now()
    rosa.all_sent()

    assert floor.books.tickets() == {"C1A": [1, 2, 3]}
    floor.holds_all_of(rosa)
    floor.everything_holds()


def test_a_second_tab_writes_nothing_and_takes_over_when_the_first_closes(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    sell(rosa, COFFEE)

    second = rosa.another_tab()
    expect(second.get_by_role("heading", name="La caja ya está abierta en otra pestaña")).to_be_visible()
    expect(second.locator(".till")).to_have_count(0)
    first = rosa.page
    first.bring_to_front()
    sell(rosa, WATER)
    first.close()
    rosa.use(second)
    rosa.enter(ROSA)
    sell(rosa, CAPPUCCINO)
    rosa.all_sent()

    assert floor.books.tickets() == {"C1A": [1, 2, 3]}
    assert [journal["series"] for journal in rosa.journals()] == ["C1A"]
    floor.holds_all_of(rosa)
    floor.everything_holds()


def test_a_copied_profile_is_found_out_and_both_go_on_in_journals_of_their_own(floor: Floor) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    sell(rosa, COFFEE)
    rosa.all_sent()
    rosa.close()
    copy = floor.copy_of(rosa)
    rosa.open()
    rosa.enter(ROSA)
    sell(rosa, WATER)
    rosa.all_sent()

    floor.wire.cut()
    copy.open()
    copy.enter(ROSA)
    sell(copy, CAPPUCCINO)
    floor.wire.join()
    for till in (copy, rosa):
        till.send_now()
        sell(till, COFFEE)
    expect(copy.page.locator(".net")).to_contain_text("1 asiento apartado")

    floor.settled(lambda books: books.tickets(), {"C1A": [1, 2], "C1B": [1], "C1C": [1]})
    assert [journal["status"] for journal in copy.journals()] == ["reopen", "open"]
    assert [journal["status"] for journal in rosa.journals()] == ["reopen", "open"]
    assert floor.books.trouble() == {"sync_parkedfact": 0, "sync_evidence": 1, "sync_earlyfact": 0}
    floor.holds_all_of(rosa)
    floor.server.command("verify")
    floor.server.command("doctor")


def test_a_server_restored_from_an_older_backup_is_sent_again_what_it_lost(floor: Floor, tmp_path: Path) -> None:
    rosa = floor.till("C1", ROSA, float_minor=100_00)
    julian = floor.till("C2", JULIAN, float_minor=100_00)
    sell(rosa, COFFEE)
    sell(julian, WATER)
    for till in (rosa, julian):
        till.all_sent()
    floor.settled(lambda books: books.tickets(), {"C1A": [1], "C2A": [1]})
    floor.server.command("backup", str(tmp_path / "copy.sqlite3"))
    sell(rosa, WATER, CAPPUCCINO)
    sell(julian, COFFEE)
    for till in (rosa, julian):
        till.all_sent()
    assert floor.books.tickets() == {"C1A": [1, 2, 3], "C2A": [1, 2]}
    before = floor.books.epoch()

    floor.server.stop()
    floor.server.command("restore", str(tmp_path / "copy.sqlite3"))
    floor.server.start()
    assert floor.books.tickets() == {"C1A": [1], "C2A": [1]}
    for till in (rosa, julian):
        till.send_now()
        till.all_sent()
    sell(rosa, COFFEE)
    rosa.all_sent()

    assert floor.books.epoch() != before
    assert floor.books.tickets() == {"C1A": [1, 2, 3, 4], "C2A": [1, 2]}
    for till in (rosa, julian):
        floor.holds_all_of(till)
        assert {journal["status"] for journal in till.journals()} == {"open"}
    floor.everything_holds()
