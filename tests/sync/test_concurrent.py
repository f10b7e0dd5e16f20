"""Many tills at once, and one till twice at once: each fact is there once, on SQLite and on PostgreSQL.

The faults that this holds off: a point of sale that sold the same invoice twice under load (frappe/erpnext#12971) and one whose stock
deadlocked when two tills submitted together (frappe/erpnext#15699).
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from random import Random

import psycopg
import pytest
from django.db import connection, connections

from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from mostrador.people.models import Device as DeviceRow
from mostrador.stock.models import StockLevel
from mostrador.sync import intake
from mostrador.sync.device import Device, canonical, named_id, private_key_from
from tests.sync.books import doctor, everything, head, made, stock, totals
from tests.sync.shop import OPENED, Business, Json, Till, call, document, states

TILLS = 8
# How long a writer waits for another, for this test and as usual.
LIMITS = {
    "sqlite": ("PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 10000"),
    "postgresql": ("SET lock_timeout = 50", "SET lock_timeout = 0"),
}
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], None]) -> None:
    """Run works in threads that start together, and raise what any of them raised."""
    gate, failures = threading.Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], None]) -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:  # noqa: BLE001  # the test's own thread raises it
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def pusher(till: Till, batches: Sequence[Sequence[bytes]], answers: list[Json]) -> Callable[[], None]:
    """A work that pushes batches one after the other."""

    def push() -> None:
        answers.extend(till.push(batch) for batch in batches)

    return push


def in_batches(facts: Sequence[bytes], size: int) -> list[Sequence[bytes]]:
    return [facts[start : start + size] for start in range(0, len(facts), size)]


def test_eight_tills_push_at_once_and_every_fact_is_there_once(shop: Business) -> None:
    tills, answers = [shop.till() for _ in range(TILLS)], list[Json]()
    for till in tills:
        till.whole_day()

    at_once(*(pusher(till, in_batches(till.journal_facts, 3), answers) for till in tills))

    assert {state for answer in answers for state in states(answer)} == {"accepted"}
    assert [head(till)[:2] for till in tills] == [(11, till.device.head) for till in tills]
    assert [totals(till)["gross"] for till in tills] == [22_500] * TILLS
    assert (len(everything()["sync_journalentry"]), len(made()["counter_sale"])) == (11 * TILLS, 2 * TILLS)
    assert stock(shop) == {"coffee": -2000 * TILLS, "water": -1000 * TILLS, "tomato": -750 * TILLS}
    drain()
    assert doctor() == []


def test_the_worker_rolls_stock_up_while_tills_push(shop: Business) -> None:
    tills, answers = [shop.till() for _ in range(4)], list[Json]()
    for till in tills:
        till.whole_day()

    def work() -> None:
        for _ in range(20):
            drain()

    at_once(work, *(pusher(till, in_batches(till.journal_facts, 2), answers) for till in tills))
    drain()

    with scope(shop.id):
        assert dict(StockLevel.objects.values_list("product__name", "quantity")) == {"coffee": -8000, "water": -4000, "tomato": -3000}
    assert doctor() == []


@pytest.mark.parametrize("copies", [2, 4])
def test_the_same_journal_pushed_from_several_threads_is_there_once(shop: Business, copies: int) -> None:
    till, answers = shop.till(), list[Json]()
    till.whole_day()

    at_once(*(pusher(till, [till.journal_facts], answers) for _ in range(copies)))

    assert sorted(states(answer)[0] for answer in answers) == ["accepted", *["known"] * (copies - 1)]
    assert [len(set(states(answer))) for answer in answers] == [1] * copies
    assert {(answer["watermark"], answer["head"], answer["journal"]) for answer in answers} == {(11, till.device.head, "open")}
    assert (len(everything()["sync_journalentry"]), everything()["sync_parkedfact"], everything()["sync_evidence"]) == (11, [], [])
    assert totals(till)["gross"] == 22_500
    drain()
    assert doctor() == []


@pytest.mark.parametrize("seed", range(3))
def test_two_threads_that_push_different_batches_of_one_journal_leave_no_gap(shop: Business, seed: int) -> None:
    till, answers, random = shop.till(), list[Json](), Random(seed)
    till.whole_day()
    till.whole_day()
    batches = in_batches(till.journal_facts, 2)
    first, second = batches[:], batches[:]
    random.shuffle(first)
    random.shuffle(second)

    at_once(pusher(till, first, answers), pusher(till, second, answers))

    assert {state for answer in answers for state in states(answer)} <= {"accepted", "early", "known"}
    assert head(till) == (21, till.device.head, 0, False)
    assert (everything()["sync_earlyfact"], everything()["sync_parkedfact"], everything()["sync_evidence"]) == ([], [], [])
    assert totals(till)["gross"] == 22_500
    drain()
    assert doctor() == []


def test_two_devices_that_use_one_code_at_once_make_one_till(shop: Business) -> None:
    code, statuses = shop.new_code(), list[int]()

    def pair(name: str) -> Callable[[], None]:
        device = Device(named_id(OPENED, name), private_key_from(name), "")
        body = canonical({"code": code, "journal": device.journal, "public_key": device.public_key})
        return lambda: statuses.append(call("POST", "pair", None, body).status_code)

    at_once(*(pair(name) for name in ("one", "two", "three")))

    with scope(shop.id):
        assert DeviceRow.objects.count() == 1
    assert sorted(statuses) == [200, 410, 410]


def test_a_push_that_breaks_takes_no_other_with_it(shop: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad, answers = [shop.till() for _ in range(4)], shop.till(), list[Json]()
    for till in (*good, bad):
        till.whole_day()
    store = intake._store_annexes

    def breaks(batch: intake.Batch) -> None:
        if str(batch.device.id) == bad.journal:
            raise RuntimeError("a fault of ours")
        store(batch)

    monkeypatch.setattr(intake, "_store_annexes", breaks)

    def push_bad() -> None:
        assert bad.post(bad.device.push_body(bad.journal_facts)).status_code == 500

    at_once(push_bad, *(pusher(till, [till.journal_facts], answers) for till in good))

    assert {state for answer in answers for state in states(answer)} == {"accepted"}
    assert len(everything()["sync_journalentry"]) == 44
    monkeypatch.setattr(intake, "_store_annexes", store)
    assert set(states(bad.push(bad.journal_facts))) == {"accepted"}


def test_a_database_that_lets_nobody_in_is_said_and_nothing_is_stored(shop: Business) -> None:
    till = shop.till()
    till.whole_day()
    before = everything()
    brief, usual = LIMITS[connection.vendor]

    with connection.cursor() as cursor:
        cursor.execute(brief)
    try:
        busy = locked_out(till)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(usual)

    assert busy == (503, "2", "busy")
    assert everything() == before
    assert set(states(till.push())) == {"accepted"}


def locked_out(till: Till) -> tuple[int, str, str]:
    """Push while somebody else holds what a push must write; status, when to try again, code."""
    with closing(another()) as other:
        answer = till.post(till.device.push_body(till.journal_facts))
        other.rollback()
    return answer.status_code, answer["Retry-After"], document(answer)["code"]


def another() -> sqlite3.Connection | psycopg.Connection:
    """A connection of its own that holds SQLite's writer, or on PostgreSQL the table of heads."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        other = sqlite3.connect(str(settings["NAME"]))
        other.execute("BEGIN IMMEDIATE")
        return other
    found = psycopg.connect(dbname=settings["NAME"], user=settings["USER"], host=settings["HOST"], port=settings["PORT"])
    found.execute("LOCK TABLE sync_journalhead IN ACCESS EXCLUSIVE MODE")
    return found
