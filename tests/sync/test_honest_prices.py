"""What tills hear of the price before a reduction, what a sale says that its buyer was told, and shelves that say less than the till."""

import datetime as dt
import uuid
from typing import Any

import pytest

from mostrador.catalogue import promotions, services
from mostrador.catalogue.models import Product
from mostrador.catalogue.terms import Pick, Terms
from mostrador.config.worker import drain
from mostrador.counter.models import CounterEvent, Sale
from mostrador.counter.traces import SalePrior
from mostrador.kernel import clock
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import scope
from mostrador.pricing.basket import Reward
from mostrador.sync.cashier import Extras
from mostrador.trust import shelf_prices
from mostrador.trust.shelf_models import ShelfPrice
from tests.sync.books import doctor, in_scope, parked
from tests.sync.shop import Business, Json, Till, document, states


def product(business: Business, name: str) -> uuid.UUID:
    """A product's id."""
    return uuid.UUID(business.products[name])


def heard(till: Till) -> Json:
    """What the till hears of prices."""
    answer = till.pull("prices")
    assert answer.status_code == 200
    return document(answer)


def differs(till: Till, shelf: int = 850_000, **more: Any) -> Json:
    """The shelf of the coffee says less."""
    body = {"shift": till.shift, "product": till.business.products["coffee"], "shelf_price": shelf, "till_price": 890_000, **more}
    return till.write("shelf_price.stated", body, visit=till.visit().document(), staff=till.business.cashier)


def test_a_till_hears_which_price_was_before_each_reduction(till: Till) -> None:
    business, now = till.business, clock.now()
    with scope(business.id), clock.at(now - dt.timedelta(days=1)):
        terms = Terms(kind="each", reward=Reward(percent=100_000), pick=Pick(everything=True))
        made = promotions.add_promotion(business.actor, name="Todo", terms=terms)
        promotions.add_promotion(
            business.actor, name="Tres", terms=Terms(kind="total", reward=Reward(percent=1), pick=Pick(everything=True), least_amount=1)
        )
        services.change_price(business.actor, product_id=product(business, "coffee"), price=950_000)

    said = heard(till)

    assert said["days"] == 30
    [reduction] = said["reductions"]
    assert (reduction["version"], reduction["until"]) == (str(made.version_id), None)
    assert dict(map(tuple, reduction["priors"])).keys() == set(business.products.values()), "new goods have no price before"
    assert set(dict(map(tuple, reduction["priors"])).values()) == {None}


def test_what_the_buyer_was_told_stays_with_the_line(till: Till) -> None:
    told: list[dict[str, object]] = [{"line": "1", "price": 890_000}, {"line": "2", "price": None}]
    till.sell(("coffee", 1000), ("water", 1000), extras=Extras(priors=told))

    assert set(states(till.push())) == {"accepted"}

    assert in_scope(till.business, lambda: list(SalePrior.objects.order_by("n").values_list("n", "price"))) == [(0, 890_000), (1, None)]
    assert doctor() == []


def test_what_the_shelf_says_needs_nobodys_yes_and_stands_among_the_events(till: Till) -> None:
    line = {**till.line("1", "coffee", 2000), "unit_price": 500_000}
    changes = [{"line": "1", "list_price": 890_000, "shelf": True}]
    till.sell_basket(till.basket(lines=[line]), Extras(price_changes=changes))
    till.sell_basket(till.basket(lines=[line]), Extras(price_changes=[{"line": "1", "list_price": 890_000}]))

    assert set(states(till.push())) == {"accepted"}

    def kinds() -> list[tuple[str, int | None]]:
        return list(CounterEvent.objects.filter(kind__startswith="price.").order_by("at").values_list("kind", "amount"))

    assert in_scope(till.business, kinds) == [("price.shelf", -78_00), ("price.changed", -78_00)]
    assert in_scope(till.business, lambda: list(Sale.objects.order_by("number").values_list("flags", flat=True))) == ["", "limit_exceeded"]
    assert doctor() == []


def test_a_shelf_that_says_less_waits_until_somebody_saw_to_it(till: Till) -> None:
    differs(till)
    differs(till, 840_000)
    till.push()
    drain()
    business = till.business

    with scope(business.id):
        [waiting] = shelf_prices.standing(business.store_id)
    assert (waiting.shelf_price, waiting.till_price, waiting.times, waiting.charged_less) == (840_000, 890_000, 2, 90_000)
    assert heard(till)["shelves"] == [[business.products["coffee"], 840_000]]

    with scope(business.id):
        shelf_prices.fix(business.actor, store_id=business.store_id, product_id=waiting.product_id, how="tag")
        assert shelf_prices.standing() == []
        assert [one.how for one in shelf_prices.fixes()] == ["tag"]
        with pytest.raises(NotFound):
            shelf_prices.fix(business.actor, store_id=business.store_id, product_id=waiting.product_id, how="tag")
    assert doctor() == []


def test_the_price_of_the_shelf_becomes_that_of_the_product(till: Till) -> None:
    business = till.business
    differs(till)
    till.push()
    drain()

    with scope(business.id):
        shelf_prices.fix(business.actor, store_id=business.store_id, product_id=product(business, "coffee"), how="price")

        assert Product.objects.get(sku="coffee").price == 850_000
        assert shelf_prices.standing() == []


def test_what_was_taken_back_waits_for_nobody_and_a_box_has_no_price_to_give(till: Till) -> None:
    business = till.business
    undone = differs(till)
    till.write("record.undone", {"record": undone["id"]}, staff=business.cashier)
    till.push()
    drain()
    assert heard(till)["shelves"] == []

    differs(till, factor=12_000)
    till.push()
    drain()
    with scope(business.id), pytest.raises(Invalid):
        shelf_prices.fix(business.actor, store_id=business.store_id, product_id=product(business, "coffee"), how="price")
    actor = type(business.actor)(business.id, "person", None, "cashier")
    with scope(business.id), pytest.raises(Forbidden):
        shelf_prices.fix(actor, store_id=business.store_id, product_id=product(business, "coffee"), how="tag")


def test_a_shelf_that_says_as_much_differs_from_nothing(till: Till) -> None:
    differs(till, 890_000)
    till.push()
    drain()

    assert parked(till) == []
    assert in_scope(till.business, ShelfPrice.objects.count) == 1
    assert in_scope(till.business, shelf_prices.standing) == []


def test_another_business_hears_nothing_of_it(till: Till, other: Business) -> None:
    differs(till)
    till.push()
    drain()

    assert heard(other.till())["shelves"] == []
    with scope(other.id), pytest.raises(NotFound):
        shelf_prices.fix(other.actor, store_id=other.store_id, product_id=product(till.business, "coffee"), how="tag")
