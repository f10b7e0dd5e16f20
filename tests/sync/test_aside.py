"""What a visit brings besides a sale: journaled at once, applied by the worker, and never in the way of anything."""

import itertools
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from mostrador.config.worker import drain
from mostrador.counter.models import Sale, Visit
from mostrador.kernel import clock
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Visit as VisitOf
from mostrador.sync.contract_trust import TRUST_BODIES, TRUST_WITH_VISIT
from mostrador.trust import facts
from mostrador.trust.models import Need, Undoing
from tests.sync.shop import Till, states

CHIP = "0199b2a4-7000-7b00-8b00-000000000a01"


def state_need(till: Till, visit: VisitOf | None = None, **more: Any) -> str:
    """Write down what somebody came for; the id of its fact. Nothing is sent."""
    body = {"shift": till.cashier.shift, "chip": CHIP, "origin": "buyer_said", **more}
    till._wrote(till.device.fact("need.stated", body, till.now(), (visit or till.visit()).document()))
    return till.device.last_id


def take_back(till: Till, record: str) -> None:
    till._wrote(till.device.fact("record.undone", {"record": record}, till.now()))


def needs(till: Till) -> list[Need]:
    with scope(till.business.id):
        return list(Need.objects.order_by("at"))


def test_a_need_is_accepted_at_once_and_applied_by_the_worker(till: Till) -> None:
    visit = till.visit()
    record = state_need(till, visit, max_spend=150_000, needed_by="2025-11-28", late=True)

    assert states(till.push()) == ["accepted"]
    assert needs(till) == []
    with scope(till.business.id):
        assert Visit.objects.filter(id=uuid.UUID(visit.id)).exists()

    drain()
    [need] = needs(till)
    assert (str(need.fact_id), str(need.visit_id), str(need.chip_id)) == (record, visit.id, CHIP)
    assert (need.origin, need.max_spend, need.is_late) == ("buyer_said", 150_000, True)
    assert need.store_id == till.business.store_id


def test_a_need_without_anything_more_is_whole(till: Till) -> None:
    state_need(till)
    till.push()
    drain()

    [need] = needs(till)
    assert (need.max_spend, need.needed_by, need.text_id, need.is_late) == (None, None, None, False)


@pytest.mark.parametrize("more", [{"chip": "x"}, {"origin": "guessed"}, {"max_spend": 0}, {"needed_by": "2025-02-30"}, {"quota": 1}])
def test_what_is_no_need_is_parked_and_holds_nothing_up(till: Till, more: dict[str, Any]) -> None:
    state_need(till, **more)
    till.sell(("coffee", 1000))

    assert states(till.push()) == ["parked", "accepted"]
    drain()
    assert needs(till) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_taken_back_is_taken_back_in_any_order(till: Till, order: tuple[int, ...]) -> None:
    record = state_need(till)
    take_back(till, record)
    till.push()
    with scope(till.business.id):
        [row] = Outbox.objects.filter(topic="counter.aside")
        sources = row.payload["sources"]
        Outbox.objects.all().delete()
        for n in order:
            Outbox.objects.create(
                organization_id=till.business.id, topic="counter.aside", payload={"sources": [sources[n]]}, due_at=row.due_at
            )
            drain()
        assert [str(one.record_id) for one in Undoing.objects.all()] == [record]
        assert Need.objects.count() == 1


def test_applied_twice_is_applied_once(till: Till) -> None:
    state_need(till)
    till.push()
    with scope(till.business.id):
        [row] = Outbox.objects.filter(topic="counter.aside")
        Outbox.objects.create(organization_id=till.business.id, topic="counter.aside", payload=row.payload, due_at=row.due_at)
    drain()

    assert len(needs(till)) == 1


def test_nothing_is_lost_while_what_writes_it_breaks(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("trust is down")

    with monkeypatch.context() as patch:
        patch.setattr(facts, "write", broken)
        for _ in range(100):
            state_need(till)
            till.sell(("coffee", 1000))
        assert set(states(till.push())) == {"accepted"}
        drain()
    assert needs(till) == []
    with scope(till.business.id):
        assert Outbox.objects.filter(topic="counter.aside").exclude(failed="").exists()
        Outbox.objects.update(due_at=clock.now())
    drain()

    assert len(needs(till)) == 100


def test_one_that_breaks_takes_no_other_with_it(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = state_need(till)
    till.push()
    state_need(till)
    till.push()
    makes = facts.MAKES["need.stated"]

    def breaks(organization: uuid.UUID, one: facts.Aside) -> Any:
        if one.fact.id == bad:
            raise ValueError(bad)
        return makes(organization, one)

    monkeypatch.setitem(facts.MAKES, "need.stated", breaks)
    drain()

    assert [str(need.fact_id) != bad for need in needs(till)] == [True]


EXAMPLES = Path(__file__).resolve().parents[2] / "contracts/examples/facts"
# What is said again of a promise that nobody made here, or taken back of what nobody said, stands all the same.
KINDS = sorted(kind for kind, _ in TRUST_BODIES)


def say_something(till: Till, n: int) -> None:
    """Write down one of all the kinds there are, in turn, as its example has it."""
    kind = KINDS[n % len(KINDS)]
    body = json.loads((EXAMPLES / f"{kind}.v1.json").read_text())["fact"]["body"]
    body.pop("text", None)  # its annex would have to come along
    new = {name: str(uuid.uuid4()) for name in ("promise", "record") if name in body}
    shift = {"shift": till.cashier.shift} if "shift" in body else {}
    visit = till.visit().document() if kind in TRUST_WITH_VISIT else None
    till._wrote(till.device.fact(kind, {**body, **new, **shift}, till.now(), visit))


def applied() -> int:
    """How many rows all the tables of trust hold that facts are made into."""
    models = {model for model in apps.get_app_config("trust").get_models() if any(field.name == "fact_id" for field in model._meta.fields)}
    return sum(model._default_manager.count() for model in models)


def a_hundred_sales(till: Till) -> None:
    """Each with something beside it; the server takes all of it."""
    for n in range(100):
        say_something(till, n)
        till.sell(("coffee", 1000))
    assert set(states(till.push())) == {"accepted"}
    with scope(till.business.id):
        assert Sale.objects.count() == 100


@pytest.mark.postgresql
def test_a_hundred_sales_go_on_while_every_table_of_trust_is_locked(till: Till) -> None:
    tables = sorted(model._meta.db_table for model in apps.get_app_config("trust").get_models())
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        a_hundred_sales(till)
        drain()
        with scope(till.business.id):
            waiting = list(Outbox.objects.filter(topic="counter.aside"))
        assert waiting
        assert all(OperationalError.__name__ in row.failed or "lock" in row.failed.lower() for row in waiting)
    finally:
        other.close()
    _all_comes_after_all(till)


def test_a_hundred_sales_go_on_while_all_of_its_code_breaks(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("trust is down")

    with monkeypatch.context() as patch:
        for kind in facts.MAKES:
            patch.setitem(facts.MAKES, kind, broken)
        a_hundred_sales(till)
        drain()
        with scope(till.business.id):
            assert applied() == 0
    _all_comes_after_all(till)


def _all_comes_after_all(till: Till) -> None:
    with scope(till.business.id):
        Outbox.objects.update(due_at=clock.now())
    drain()
    with scope(till.business.id):
        assert not Outbox.objects.filter(topic="counter.aside").exists()
        # That a page is closed stands in a table of counter's.
        assert applied() == sum(KINDS[n % len(KINDS)] != "page.closed" for n in range(100))
