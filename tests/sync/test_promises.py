"""Promises from tills, the office and orders: applied by the worker, believed between contacts, late by the clock, counted honestly."""

import datetime as dt
import uuid
from typing import Any

import pytest

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.people.models import Store
from mostrador.sync import aside
from mostrador.trust import promise_chips, promise_desk, promises
from mostrador.trust.models import PromiseEvent
from mostrador.trust.promise_chips import Saying
from mostrador.trust.promises import Standing
from tests.sync.books import doctor
from tests.sync.shop import Business, Json, Till, call, document, states
from tests.sync.test_orders import order

DAY_MS = 86_400_000


@pytest.fixture
def chip(shop: Business) -> str:
    with scope(shop.id):
        return str(promise_chips.add_chip(shop.actor, says=Saying("Pedirlo para usted", 3)))


def local_day(till: Till, more: int = 0) -> str:
    """A day of the store, counted from the till's today."""
    with scope(till.business.id):
        zone = Store.objects.get(id=till.business.store_id).timezone
    return (clock.business_date(clock.from_ms(till.at), zone, 0) + dt.timedelta(days=more)).isoformat()


def make(till: Till, chip: str, days: int = 2, **more: Any) -> str:
    """Promise something at a till; the promise's id. Nothing is sent."""
    promise = str(uuid.uuid4())
    body = {"promise": promise, "shift": till.cashier.shift, "chip": chip, "due": local_day(till, days), **more}
    till._wrote(till.device.fact("promise.made", body, till.now(), till.visit().document()))
    return promise


def say(till: Till, kind: str, promise: str, **more: Any) -> str:
    """Say something of a promise at a till; the fact's id."""
    till._wrote(till.device.fact(f"promise.{kind}", {"promise": promise, "shift": till.cashier.shift, **more}, till.now()))
    return till.device.last_id


def sent(till: Till, *, after_ms: int = 1000) -> None:
    """Send, and let the worker work, a second after the last was written."""
    with clock.at(clock.from_ms(till.at + after_ms)):
        assert set(states(till.push())) <= {"accepted", "known"}
        drain()


def standing(till: Till, promise: str, after_ms: int = 0) -> Standing:
    with scope(till.business.id), clock.at(clock.from_ms(till.at + after_ms)):
        found = promises.promise(uuid.UUID(promise))
    assert found is not None
    return found


def test_a_promise_is_applied_by_the_worker_and_kept_at_another_till(shop: Business, till: Till, chip: str) -> None:
    other = shop.till("other")
    other.open_shift()
    promise = make(till, chip, product=shop.products["coffee"])
    sent(till)
    assert (standing(till, promise).promise.state, standing(till, promise).days_left) == ("made", 2)
    assert standing(till, promise, 4 * DAY_MS).promise.state == "late"
    assert standing(till, promise, 12 * DAY_MS).promise.state == "broken"

    other.at = till.at + DAY_MS
    say(other, "kept", promise, evidence="told")
    sent(other)
    assert standing(other, promise, 12 * DAY_MS).promise.state == "kept"


def test_kept_without_network_before_it_was_due_undoes_late_when_it_arrives(till: Till, chip: str) -> None:
    promise = make(till, chip)
    sent(till)
    till.at += DAY_MS
    say(till, "kept", promise, evidence="done")
    assert standing(till, promise, 5 * DAY_MS).promise.state == "late"
    sent(till, after_ms=5 * DAY_MS)
    found = standing(till, promise, 5 * DAY_MS).promise
    assert (found.state, found.is_doubtful, found.counts) == ("kept", False, True)


def test_a_clock_that_is_days_behind_does_not_make_it_kept_in_time(till: Till, chip: str) -> None:
    promise = make(till, chip)
    sent(till)
    with clock.at(clock.from_ms(till.at + 5 * DAY_MS)):
        till.sell(("coffee", 1000))
        till.push()  # heard five days later; its clock stands still
        say(till, "kept", promise, evidence="done")
    sent(till, after_ms=5 * DAY_MS + 60_000)
    found = standing(till, promise, 6 * DAY_MS).promise
    assert (found.state, found.is_doubtful, found.counts) == ("kept_late", True, False)


def test_a_clock_that_is_behind_and_known_to_be_is_corrected(till: Till, chip: str) -> None:
    promise = make(till, chip, 9)
    sent(till)
    with clock.at(clock.from_ms(till.at + 5 * DAY_MS)):
        till.sell(("coffee", 1000))
        till.push()
    say(till, "kept", promise, evidence="done", clock_offset_ms=5 * DAY_MS)
    sent(till, after_ms=5 * DAY_MS + 60_000)
    found = standing(till, promise, 6 * DAY_MS).promise
    assert (found.state, found.is_doubtful) == ("kept", False)
    assert found.ended_at == clock.from_ms(till.at + 5 * DAY_MS)


def test_taken_back_at_once_it_counts_nowhere(shop: Business, till: Till, chip: str) -> None:
    promise = make(till, chip)
    till._wrote(till.device.fact("record.undone", {"record": till.device.last_id}, till.now()))
    kept = make(till, chip)
    say(till, "kept", kept, evidence="done")
    till._wrote(till.device.fact("record.undone", {"record": till.device.last_id}, till.now()))
    sent(till)
    with scope(shop.id):
        assert promises.promise(uuid.UUID(promise)) is None
        assert doctor() == []
    assert standing(till, kept).promise.state == "made"


@pytest.mark.parametrize(
    "kind, more",
    [("made", {"due": "2025-02-30"}), ("made", {"chip": "x"}), ("kept", {"evidence": "surely"}), ("renegotiated", {"due": "2025-12-01", "revision": 0}), ("released", {"revision": -1}), ("voided", {"reason": "It was Ana"})],
)  # fmt: skip
def test_what_is_no_promise_is_parked_and_holds_nothing_up(till: Till, chip: str, kind: str, more: Json) -> None:
    body = (
        {"promise": str(uuid.uuid4()), "shift": till.cashier.shift, "chip": chip, "due": "2025-12-01"}
        if kind == "made"
        else {"promise": str(uuid.uuid4()), "shift": till.cashier.shift}
    )
    visit = (till.visit().document(),) if kind == "made" else ()
    till._wrote(till.device.fact(f"promise.{kind}", body | more, till.now(), *visit))
    till.sell(("coffee", 1000))
    assert states(till.push()) == ["parked", "accepted"]
    drain()
    with scope(till.business.id):
        assert PromiseEvent.objects.count() == 0


def test_the_office_keeps_agrees_anew_lets_go_and_voids(shop: Business, till: Till, chip: str) -> None:
    first, second, third, fourth = (make(till, chip) for _ in range(4))
    sent(till)
    with scope(shop.id), clock.at(clock.from_ms(till.at + 60_000)):
        promise_desk.keep(shop.actor, promise_id=uuid.UUID(first), evidence="handed_over")
        later = dt.date.fromisoformat(local_day(till, 6))
        promise_desk.renegotiate(shop.actor, promise_id=uuid.UUID(second), due_by=later, told="phone", revision=0)
        with pytest.raises(Invalid, match="agreed_meanwhile"):
            promise_desk.renegotiate(shop.actor, promise_id=uuid.UUID(second), due_by=later, told="phone", revision=0)
        promise_desk.release(shop.actor, promise_id=uuid.UUID(third))
        promise_desk.void(shop.actor, promise_id=uuid.UUID(fourth), reason="twice")
        with pytest.raises(Invalid, match="ended"):
            promise_desk.keep(shop.actor, promise_id=uuid.UUID(third), evidence="done")
        with pytest.raises(NotFound):
            promise_desk.keep(shop.actor, promise_id=uuid.uuid4(), evidence="done")
    assert [standing(till, one, 60_000).promise.state for one in (first, second, third, fourth)] == ["kept", "made", "released", "void"]
    assert standing(till, second, 60_000).promise.due.by == later


def test_when_it_is_late_no_other_day_is_agreed(shop: Business, till: Till, chip: str) -> None:
    promise = make(till, chip)
    sent(till)
    with scope(shop.id), clock.at(clock.from_ms(till.at + 5 * DAY_MS)), pytest.raises(Invalid, match="after_due"):
        promise_desk.renegotiate(
            shop.actor, promise_id=uuid.UUID(promise), due_by=dt.date.fromisoformat(local_day(till, 9)), told="phone", revision=0
        )


def test_who_may_not_may_not(shop: Business, till: Till, chip: str) -> None:
    promise = make(till, chip)
    sent(till)
    cashier = type(shop.actor)(shop.id, "person", uuid.uuid4(), "cashier")
    with scope(shop.id), pytest.raises(Forbidden):
        promise_desk.void(cashier, promise_id=uuid.UUID(promise), reason="twice")


# --- born of orders ---


def test_the_date_of_an_order_is_a_promise_that_nobody_has_to_make(shop: Business, till: Till) -> None:
    ordered = order(till, kind="special", by=local_day(till, 7))["body"]
    sent(till)
    promise = ordered["due"]["promise"]
    found = standing(till, promise)
    assert (found.is_by_itself, found.promise.first.by.isoformat(), found.promise.state) == (True, ordered["due"]["by"], "made")
    with scope(shop.id), pytest.raises(Invalid, match="of_order"):
        promise_desk.release(shop.actor, promise_id=uuid.UUID(promise))

    moved = {
        "order": ordered["order"],
        "shift": till.cashier.shift,
        "step": None,
        "due": {"promise": promise, "by": local_day(till, 9)},
        "told": True,
    }
    till._wrote(till.device.fact("order.changed", moved, till.now()))
    till.at += 8 * DAY_MS
    ready = {**moved, "step": "ready", "due": None}
    till._wrote(till.device.fact("order.changed", ready, till.now()))
    sent(till)
    found = standing(till, promise, 30 * DAY_MS)
    assert (found.promise.state, found.promise.revision, found.promise.is_kept_first) == ("kept", 1, False)
    with scope(shop.id), clock.at(clock.from_ms(till.at)):
        by_hand, by_itself = promises.counted([shop.store_id], clock.from_ms(till.at - 20 * DAY_MS))
    assert (by_hand.made, by_itself.made, by_itself.due, by_itself.first, by_itself.kept) == (0, 1, 1, 0, 1)


def test_a_price_that_is_held_is_no_promise_and_who_does_not_come_let_go(shop: Business, till: Till) -> None:
    order(till, kind="quote", by=local_day(till, 7))
    layaway = order(till, by=local_day(till, 3))["body"]
    sent(till)
    with scope(shop.id):
        assert [one.kind for one in PromiseEvent.objects.all()] == ["made"]
    with clock.at(clock.from_ms(till.at + 30 * DAY_MS)):
        drain()
        drain()
    found = standing(till, layaway["due"]["promise"], 30 * DAY_MS)
    assert (found.promise.state, found.promise.counts) == ("released", False)


# --- what tills hear ---


def test_tills_hear_what_is_promised_within_the_days_that_the_store_keeps_nine_times_in_ten(shop: Business, till: Till, chip: str) -> None:
    def heard() -> Json:
        with clock.at(clock.from_ms(till.at)):
            found: Json = document(call("GET", "guidance", till.token))
        return found

    assert heard()["promises"] == [{"id": chip, "name": "Pedirlo para usted", "days": 3, "honest": False}]
    for n in range(20):
        promise = make(till, chip, 9)
        sent(till)
        till.at += DAY_MS * (6 if n % 9 == 8 else 1)
        say(till, "kept", promise, evidence="done")
        sent(till)
    assert heard()["promises"] == [{"id": chip, "name": "Pedirlo para usted", "days": 1, "honest": True}]
    with scope(shop.id):
        people.change_store(shop.actor, store_id=shop.store_id, closed_weekdays=[6], closed_dates=["2026-12-25"])
    assert (heard()["closed_weekdays"], heard()["closed_dates"]) == ([6], ["2026-12-25"])


def test_a_till_hears_what_its_store_promised(shop: Business, till: Till, chip: str) -> None:
    late, kept = make(till, chip, 0), make(till, chip, 4, product=shop.products["coffee"])
    till.at += 2 * DAY_MS
    say(till, "kept", kept, evidence="done")
    ordered = order(till, kind="repair", by=local_day(till, 1))["body"]
    sent(till)
    with clock.at(clock.from_ms(till.at + 1000)):
        said = document(call("GET", "promises", till.token))
    assert [(row["id"], row["state"]) for row in said["promises"]] == [(late, "late"), (ordered["due"]["promise"], "made"), (kept, "kept")]
    assert said["promises"][1]["order_kind"] == "repair"
    assert said["promises"][2]["product"] != ""
    assert said["more"] == 0


def test_nobody_hears_of_another_business(shop: Business, till: Till, chip: str, other: Business) -> None:
    make(till, chip)
    sent(till)
    with clock.at(clock.from_ms(till.at + 1000)):
        assert document(call("GET", "promises", other.till().token))["promises"] == []


def test_rebuild_makes_what_is_missing_and_adds_nothing_to_what_stands(shop: Business, till: Till, chip: str) -> None:
    make(till, chip)
    order(till, kind="special", by=local_day(till, 7))
    till.push()
    with scope(shop.id):
        aside.rebuild(shop.id)
        once = sorted(PromiseEvent.objects.values_list("id", "kind", "due_by"))
        assert len(once) == 2
    drain()
    with scope(shop.id):
        aside.rebuild(shop.id)
        assert sorted(PromiseEvent.objects.values_list("id", "kind", "due_by")) == once
    assert doctor() == []
