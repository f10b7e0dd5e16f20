"""A real server, killed in the middle of pushes, and one restored from an older copy: every fact is there once, nothing is lost.

The one place of this folder with processes and sockets.
"""

import json
import os
import signal
import threading
import time
import uuid
from collections.abc import Iterator

import pytest

from mostrador.kernel.actor import system
from mostrador.sync.device import Device, canonical, named_id, private_key_from, seeded_ids
from tests.sync.server import Server
from tests.sync.shop import OPENED, Business, Json, Till, gross_of, states

BATCH = 3
# Pushes answered to both tills together, of about thirty.
KILLED_AFTER = (4, 13)
pytestmark = pytest.mark.slow
# `make test` runs this folder on both engines.
beside_postgres = pytest.mark.skipif(
    not os.environ["MOSTRADOR_DATABASE_URL"].startswith("postgres"),
    reason="SQLite has no connection that could be cut, and its worker is a thread of the server",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Business, list[str]]]:
    """A running server, the shop in its database, and pairing codes."""
    server = Server(tmp_path_factory.mktemp("served"))
    try:
        made = server.prepare()
        actor = system(uuid.UUID(made["organization"]))
        server.start()
        yield server, Business(actor, uuid.UUID(made["store"]), made["products"], "MXN", made["manager"], made["cashier"]), made["codes"]
    finally:
        server.kill()
        server.remove()


@pytest.fixture
def server(shop: tuple[Server, Business, list[str]]) -> Server:
    """The server."""
    return shop[0]


@pytest.fixture
def tills(shop: tuple[Server, Business, list[str]]) -> list[Till]:
    """Two tills of the shop, paired by HTTP, with a morning each in their journals that nobody has sent."""
    server, business, codes = shop
    return [a_morning(paired(server, business, codes.pop())) for _ in range(2)]


def paired(server: Server, shop: Business, code: str) -> Till:
    """A till paired by HTTP."""
    device = Device(named_id(OPENED, code), private_key_from(code), "", ids=seeded_ids(code))
    status, answer = server.post("pair", "", canonical({"code": code, "journal": device.journal, "public_key": device.public_key}))
    assert status == 200
    return Till._opened(shop, device, answer)


def a_morning(till: Till) -> Till:
    """Open, help forty people, close."""
    till.open_shift()
    for n in range(20):
        till.sell(("coffee", 1000), ("tomato", 100 + n))
        till.end_without_sale()
    till.close_shift()
    return till


def send(server: Server, till: Till, start: int, heard: list[int] | None = None) -> int:
    """Push what lies above `start` in small batches until nobody answers; the last watermark that was acknowledged, also in `heard`."""
    acknowledged = start
    while acknowledged < till.device.seq:
        batch = till.journal_facts[acknowledged : acknowledged + BATCH]
        status, answer = server.post("push", till.token, till.device.push_body(batch))
        if status != 200:
            return acknowledged
        assert set(states(answer)) <= {"accepted", "known"}
        acknowledged = answer["watermark"]
        if heard is not None:
            heard.append(acknowledged)
    return acknowledged


def everything_is_there_once(server: Server, tills: list[Till]) -> bool:
    """Whether each fact of these tills stands in its place, each sale is one, nothing is in doubt, and doctor finds nothing."""
    entries = server.rows("SELECT journal_id, seq, fact_id FROM sync_journalentry ORDER BY seq")
    sales = server.rows("SELECT journal_id, number, gross FROM counter_sale ORDER BY number")
    closings = server.rows("SELECT v.journal_id FROM counter_visitclosing c JOIN counter_visit v ON v.id = c.visit_id")
    for till in tills:
        journal = uuid.UUID(till.journal)
        written = [json.loads(data) for data in till.journal_facts]
        sold = [(fact["body"]["number"], gross_of(fact)) for fact in written if fact["kind"] == "sale.recorded"]
        assert [(seq, as_uuid(fact)) for owner, seq, fact in entries if as_uuid(owner) == journal] == [
            (fact["seq"], uuid.UUID(fact["id"])) for fact in written
        ]
        assert [(number, gross) for owner, number, gross in sales if as_uuid(owner) == journal] == sold
        assert (len(sold), [as_uuid(owner) for (owner,) in closings].count(journal)) == (20, 20)
    for table in ("sync_parkedfact", "sync_evidence", "sync_earlyfact"):
        assert server.rows(f"SELECT COUNT(*) FROM {table}") == [(0,)]
    server.command("doctor")  # verifies the journals too
    return True


def as_uuid(stored: object) -> uuid.UUID:
    return uuid.UUID(bytes=stored) if isinstance(stored, bytes) else uuid.UUID(str(stored))


def test_a_server_killed_while_tills_push_loses_nothing_and_doubles_nothing(server: Server, tills: list[Till]) -> None:
    heard: list[list[int]] = [[0] for _ in tills]
    for answered in KILLED_AFTER:
        kill_after(server, tills, heard, answered)
        server.start()
        held = [server.get("ping", till.token)[1]["watermark"] for till in tills]
        assert all(has >= said[-1] for has, said in zip(held, heard, strict=True)), "what was acknowledged is gone"
        assert sum(held) < 86, "it died too late"

    assert [send(server, till, said[-1]) for till, said in zip(tills, heard, strict=True)] == [43, 43]
    assert [send(server, till, 0) for till in tills] == [43, 43]
    assert everything_is_there_once(server, tills)


def kill_after(server: Server, tills: list[Till], heard: list[list[int]], answered: int) -> None:
    """Let the tills push, and kill the server in the middle, once it has answered so often in all."""
    threads = [threading.Thread(target=send, args=(server, till, said[-1], said)) for till, said in zip(tills, heard, strict=True)]
    for thread in threads:
        thread.start()
    while sum(len(said) - 1 for said in heard) < answered:
        time.sleep(0.001)  # the moment of death is what this test is about
    server.kill()
    for thread in threads:
        thread.join()


def test_after_an_older_copy_is_restored_the_tills_send_again_and_all_is_there(server: Server, tills: list[Till]) -> None:
    for till in tills:
        server.post("push", till.token, till.device.push_body(till.journal_facts[:20]))
    server.command("backup", str(server.folder / "copy"))
    assert [send(server, till, 20) for till in tills] == [43, 43]
    epoch = server.get("ping", tills[0].token)[1]["epoch"]
    server.stop()

    server.command("restore", str(server.folder / "copy"))
    server.start()
    said = [server.get("ping", till.token)[1] for till in tills]

    assert [one["watermark"] for one in said] == [20, 20]
    assert {one["epoch"] for one in said} & {epoch} == set()
    assert server.get(f"changes?epoch={epoch}&n=0", tills[0].token)[0] == 409
    assert [first_answer(server, till) for till in tills] == [said[0]["epoch"]] * 2
    assert [send(server, till, 20) for till in tills] == [43, 43]
    assert everything_is_there_once(server, tills)


def first_answer(server: Server, till: Till) -> str:
    """The epoch in the answer to what the till believes was next: it lies beyond a gap now, and waits."""
    status, answer = server.post("push", till.token, till.device.push_body(till.journal_facts[40:]))
    assert (status, states(answer), answer["watermark"]) == (200, ["early"] * 3, 20)
    told: Json = answer
    return str(told["epoch"])


def test_a_till_paired_after_the_copy_is_unknown_then_and_its_next_journal_takes_no_series_twice(
    shop: tuple[Server, Business, list[str]], server: Server
) -> None:
    _, business, codes = shop
    server.command("backup", str(server.folder / "before"))
    lost = a_morning(paired(server, business, codes.pop()))
    assert send(server, lost, 0) == 43

    server.stop()
    server.command("restore", str(server.folder / "before"))
    server.start()

    stored = server.rows("SELECT COUNT(*) FROM sync_journalentry")
    assert server.post("push", lost.token, lost.device.push_body(lost.journal_facts[40:])) == (401, None)
    assert server.get("ping", lost.token) == (401, None)
    assert server.rows("SELECT COUNT(*) FROM sync_journalentry") == stored
    # Each till's next journal is its 27th, 53rd ...: two letters.
    assert [number for (number,) in server.rows("SELECT journals FROM people_till") if number < 26 or number % 26] == []
    server.command("doctor")


@beside_postgres
def test_a_worker_that_was_killed_is_begun_anew(server: Server) -> None:
    [before] = server.workers()
    os.kill(before, signal.SIGKILL)

    end = time.monotonic() + 20
    while not set(server.workers()) - {before}:
        assert time.monotonic() < end, "no worker came back"
        time.sleep(0.1)


@beside_postgres
def test_a_pull_after_the_database_came_back_is_busy_at_most_once_on_each_connection(
    shop: tuple[Server, Business, list[str]], server: Server
) -> None:
    _, business, codes = shop
    till = paired(server, business, codes.pop())
    for _ in range(40):  # every thread of the server has its connection
        assert server.get("catalogue", till.token)[0] == 200

    server.cut()
    statuses = [server.get("catalogue", till.token)[0] for _ in range(40)]

    assert set(statuses) == {200, 503}
    assert statuses[-1] == 200
