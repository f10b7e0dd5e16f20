"""Samples: journaled at once, applied by the worker, off the shelf as they were given and back on it when they were taken back; what they cost is known in the office alone."""

import datetime as dt
import itertools
import random
import uuid
from typing import Any

import pytest
from django.db import connection

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import CostEvent
from mostrador.config import doctor
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import scope
from mostrador.people.models import Store
from mostrador.stock import services as stock
from mostrador.stock.models import StockLevel
from mostrador.sync import aside
from mostrador.sync.cashier import Visit as VisitOf
from mostrador.trust import advice, sample_flow, sample_goods, samples
from mostrador.trust.sample_models import Sample, SampleCost
from tests.sync.shop import Business, Till, document, states
from tests.sync.test_aside import take_back

NOBODYS = "0199b2a4-7000-7b00-8b00-000000000bad"


def give(till: Till, product: str = "coffee", quantity: int = 1000, visit: VisitOf | None = None, **more: Any) -> str:
    """Write down that something was given to try; the id of its fact. Nothing is sent."""
    body = {"shift": till.cashier.shift, "product": till.business.products.get(product, product), "quantity": quantity, **more}
    till._wrote(till.device.fact("sample.given", body, till.now(), (visit or till.visit()).document()))
    return till.device.last_id


def held(till: Till, product: str = "coffee") -> int:
    """How many thousandths the store holds, once the worker has come to its end."""
    drain()
    with scope(till.business.id):
        row = StockLevel.objects.filter(store_id=till.business.store_id, product_id=till.business.products[product]).first()
        assert stock.level(till.business.store_id, uuid.UUID(till.business.products[product])) == (row.quantity if row else 0)
        return row.quantity if row else 0


def costs(shop: Business, product: uuid.UUID, cost: int, till: Till) -> None:
    """Say what a product costs the shop since the day before that of the till."""
    since = clock.from_ms(till.at) - dt.timedelta(days=1)
    CostEvent.objects.create(organization_id=shop.id, product_id=product, cost=cost, valid_from=since, recorded_at=since)


def agrees(till: Till) -> bool:
    """Whether doctor finds that levels are what all that moved comes to."""
    with scope(till.business.id):
        return [finding.level for finding in doctor._stock()] == ["ok"]


def test_a_sample_is_accepted_at_once_and_applied_by_the_worker(till: Till) -> None:
    visit = till.visit()
    record = give(till, quantity=250, visit=visit, lot="L-7", told=True, late=True)

    assert states(till.push()) == ["accepted"]
    drain()
    with scope(till.business.id):
        [row] = Sample.objects.all()
    assert (str(row.fact_id), str(row.visit_id), str(row.product_id)) == (record, visit.id, till.business.products["coffee"])
    assert (row.quantity, row.lot, row.is_told, row.is_late, row.store_id) == (250, "L-7", True, True, till.business.store_id)


def test_without_anything_more_it_is_whole(till: Till) -> None:
    give(till)
    till.push()
    drain()

    with scope(till.business.id):
        [row] = Sample.objects.all()
    assert (row.quantity, row.lot, row.is_told, row.is_late) == (1000, "", False, False)


@pytest.mark.parametrize(
    "wrong",
    [{"product": "x"}, {"quantity": 0}, {"quantity": 10_001}, {"lot": "two words"}, {"price": 100}, {"buyer": NOBODYS}, {"approvals": []}],
)
def test_what_is_no_sample_is_parked_and_holds_nothing_up(till: Till, wrong: dict[str, Any]) -> None:
    body = {"shift": till.cashier.shift, "product": till.business.products["coffee"], "quantity": 1000, **wrong}
    till._wrote(till.device.fact("sample.given", body, till.now(), till.visit().document()))
    till.sell(("coffee", 1000))

    assert states(till.push()) == ["parked", "accepted"]
    assert held(till) == -1000
    with scope(till.business.id):
        assert not Sample.objects.exists()


def test_its_goods_leave_the_shelf_and_come_back_when_it_is_taken_back(till: Till) -> None:
    give(till, quantity=250)
    record = give(till, "tomato", 1000)
    till.push()
    assert (held(till), held(till, "tomato")) == (-250, -1000)

    take_back(till, record)
    till.push()

    assert (held(till), held(till, "tomato")) == (-250, 0)
    assert agrees(till)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_in_any_order_of_arrival_and_twice_the_shelf_says_the_same(till: Till, order: tuple[int, ...]) -> None:
    undone, _ = give(till, quantity=300), give(till, quantity=50)
    take_back(till, undone)
    till.sell(("coffee", 1000))
    till.push()
    with scope(till.business.id):
        [row] = Outbox.objects.filter(topic="counter.aside")
        sources = row.payload["sources"]
        row.delete()
        for n in (*order, *order):
            Outbox.objects.create(
                organization_id=till.business.id, topic="counter.aside", payload={"sources": [sources[n]]}, due_at=row.due_at
            )
            if n != 1:
                drain()

    assert held(till) == -1050
    assert agrees(till)


def test_what_is_computed_anew_is_what_was_there(till: Till) -> None:
    for n in range(6):
        record = give(till, quantity=100 * (n + 1))
        if n % 2:
            take_back(till, record)
    till.push()
    before = held(till)
    assert before == -900

    with scope(till.business.id):
        rows = list(Sample.objects.order_by("fact_id").values_list("fact_id", "quantity"))
        assert aside.rebuild(till.business.id) == 9
        stock.rebuild_levels(till.business.id)
        assert list(Sample.objects.order_by("fact_id").values_list("fact_id", "quantity")) == rows
    assert held(till) == before
    assert agrees(till)


def test_what_the_worker_lost_is_made_anew_from_the_journal_with_its_goods(till: Till) -> None:
    take_back(till, give(till, quantity=400))
    give(till, quantity=20)
    till.push()
    with scope(till.business.id):
        Outbox.objects.filter(topic="counter.aside").delete()
        drain()
        assert not Sample.objects.exists()
        aside.rebuild(till.business.id)

    assert held(till) == -20
    assert agrees(till)


def test_of_a_product_that_the_business_never_had_the_sample_stands_and_nothing_moves(till: Till) -> None:
    give(till, NOBODYS)
    give(till, quantity=10)

    assert states(till.push()) == ["accepted", "accepted"]
    assert held(till) == -10
    with scope(till.business.id):
        assert Sample.objects.count() == 2
        assert not Outbox.objects.exclude(failed="").exists()
    assert agrees(till)


def test_each_keeps_what_it_cost_when_it_was_given(shop: Business, till: Till) -> None:
    coffee = uuid.UUID(shop.products["coffee"])
    with scope(shop.id):
        costs(shop, coffee, 123_400, till)
    give(till, quantity=500)
    give(till, "tomato")
    till.push()
    drain()
    with scope(shop.id):
        catalogue.set_cost(shop.actor, product_id=coffee, cost=990_000)
        aside.rebuild(shop.id)

        [row] = SampleCost.objects.all()
        [spent, *_] = samples.months(Store.objects.get(id=shop.store_id), clock.from_ms(till.at).date(), 2)
    assert row.unit_cost == 123_400
    assert (spent.times, spent.cost, spent.unknown, spent.budget) == (2, 617, 1, None)


def test_the_month_is_the_store_s(shop: Business, till: Till) -> None:
    with scope(shop.id):
        store = Store.objects.get(id=shop.store_id)
    assert samples.month_of(store, dt.datetime(2026, 2, 1, 5, 59, tzinfo=dt.UTC)) == dt.date(2026, 1, 1)
    assert samples.month_of(store, dt.datetime(2026, 2, 1, 6, 0, tzinfo=dt.UTC)) == dt.date(2026, 2, 1)


def test_above_the_budget_nothing_is_refused_and_the_office_says_so_later(shop: Business, till: Till) -> None:
    with scope(shop.id):
        store, now = Store.objects.get(id=shop.store_id), clock.from_ms(till.at)
        costs(shop, uuid.UUID(shop.products["coffee"]), 100_000, till)
        samples.set_budget(shop.actor, store_id=store.id, amount=1500, month=now.date())
    give(till)
    till.push()
    drain()
    with scope(shop.id):
        assert samples.over([store], now, 2) == []
    give(till)

    assert states(till.push()) == ["accepted"]
    drain()
    with scope(shop.id):
        [(_, spent)] = samples.over([store], now, 2)
        assert (spent.cost, spent.budget, spent.is_over) == (2000, 1500, True)
        samples.set_budget(shop.actor, store_id=store.id, amount=None, month=now.date())
        assert samples.over([store], now, 2) == []
    assert b"1500" not in till.pull("guidance").content


def test_a_budget_holds_from_its_month_on_and_not_before(shop: Business) -> None:
    with scope(shop.id):
        samples.set_budget(shop.actor, store_id=shop.store_id, amount=100, month=dt.date(2026, 3, 17))
        samples.set_budget(shop.actor, store_id=shop.store_id, amount=300, month=dt.date(2026, 5, 2))
        found = [samples.budget(shop.store_id, dt.date(2026, month, 1)) for month in (2, 3, 4, 5, 6)]
    assert found == [None, 100, 100, 300, 300]


def test_tills_hear_what_is_given_to_try_what_this_store_gives_most_first(shop: Business, till: Till) -> None:
    coffee, tomato = (uuid.UUID(shop.products[name]) for name in ("coffee", "tomato"))
    with scope(shop.id):
        sample_goods.add(shop.actor, product_id=coffee, says=sample_goods.Saying(20, "leche, soya", 10))
        sample_goods.add(shop.actor, product_id=tomato, says=sample_goods.Saying())
        Sample.objects.create(
            organization_id=shop.id, fact_id=uuid.uuid4(), visit_id=_visit(till), store_id=shop.store_id, journal_id=uuid.uuid4(), is_late=False,
            at=clock.now() - dt.timedelta(days=2), product_id=tomato, quantity=1000, is_told=False,
        )  # fmt: skip

    assert document(till.pull("guidance"))["samples"] == [
        {"product": str(tomato), "quantity": 1000, "allergens": "", "day_max": None},
        {"product": str(coffee), "quantity": 20, "allergens": "leche, soya", "day_max": 10},
    ]


def _visit(till: Till) -> uuid.UUID:
    sale = till.sell(("tomato", 1000))
    till.push()
    return uuid.UUID(sale["visit"]["id"])


def test_a_visit_with_a_sample_ended_with_one_unless_something_before_it_came(till: Till) -> None:
    tried, bought = till.visit(), till.visit()
    give(till, visit=tried)
    undone = till.visit()
    take_back(till, give(till, visit=undone))
    give(till, visit=bought)
    till._wrote(till.cashier.sell(bought, till.basket(("coffee", 1000)), till.now()))
    till.push()
    drain()

    with scope(till.business.id):
        found = advice.by_products([uuid.UUID(visit.id) for visit in (tried, bought, undone)])
    assert [sorted(found[uuid.UUID(visit.id)]) for visit in (tried, bought, undone)] == [["sample"], ["sale", "sample"], []]
    assert [advice.ending(found[uuid.UUID(visit.id)]) for visit in (tried, bought, undone)] == ["sample", "sale", "unknown"]


def test_a_hundred_sales_go_on_while_its_code_breaks(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("samples are down")

    with monkeypatch.context() as patch:
        patch.setattr(sample_flow, "before", broken)
        for _ in range(100):
            give(till, quantity=10)
            till.sell(("coffee", 1000))
        assert set(states(till.push())) == {"accepted"}
        drain()
    with scope(till.business.id):
        assert not Sample.objects.exists()
        Outbox.objects.update(due_at=clock.now())

    assert held(till) == -101_000
    assert agrees(till)


@pytest.mark.postgresql
def test_locked_tables_hold_up_no_sale(till: Till) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE trust_sample, trust_samplecost, trust_samplegood, trust_samplebudget IN ACCESS EXCLUSIVE MODE")
        for _ in range(10):
            give(till, quantity=10)
            till.sell(("coffee", 1000))
        assert set(states(till.push())) == {"accepted"}
        with scope(till.business.id):
            drain()
            assert Outbox.objects.filter(topic="counter.aside").exclude(failed="").exists()
    finally:
        other.close()
    with scope(till.business.id):
        Outbox.objects.update(due_at=clock.now())

    assert held(till) == -10_100


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_given_taken_back_and_sold_in_whatever_order_stock_and_doctor_agree(till: Till, seed: int) -> None:
    rng, expected, open_records = random.Random(seed), 0, dict[str, int]()
    for _ in range(60):
        act = rng.randrange(4)
        if act == 0 and open_records:
            record = rng.choice(sorted(open_records))
            take_back(till, record)
            expected += open_records.pop(record)
        elif act == 1:
            till.sell(("coffee", 1000))
            expected -= 1000
        else:
            quantity = rng.randint(1, 500)
            open_records[give(till, quantity=quantity)] = quantity
            expected -= quantity
        if not rng.randrange(5):
            till.push()
        if not rng.randrange(7):
            drain()
    till.sell(("coffee", 1000))
    till.push()

    assert held(till) == expected - 1000
    assert agrees(till)
