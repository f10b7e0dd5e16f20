"""What a product cost, put together from what was written down: usual prices, lists, promotions, and the time that it was off the shelf."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from mostrador.catalogue import price_lists, price_words, promotions, services
from mostrador.catalogue.declared import declare_price
from mostrador.catalogue.models import PriceEvent, Standing
from mostrador.catalogue.price_record import of_products, where_of
from mostrador.catalogue.prior_price import InForce, Rule
from mostrador.catalogue.terms import Conditions, Pick, Terms
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.people.models import Store
from mostrador.pricing.basket import Reward
from tests.sync.shop import Business, a_business

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)  # noon in Mexico City
PLAIN = Rule()


def day(n: float) -> dt.datetime:
    """So many days from today."""
    return TODAY + dt.timedelta(days=n)


@pytest.fixture
def shop() -> Any:
    """A business whose goods have cost the same for a hundred days."""
    with clock.at(day(-100)):
        business = a_business()
    with scope(business.id):
        yield business


def coffee(shop: Business) -> uuid.UUID:
    """Its coffee, at 89.00."""
    return uuid.UUID(shop.products["coffee"])


def record(shop: Business, store: Store | None = None, at: dt.datetime = TODAY) -> list[tuple[float, float | None, int | None, str]]:
    """Every price of the coffee: from day to day, the price, what kind."""
    where = where_of(store or Store.objects.get(id=shop.store_id), 2, at)
    pieces: list[InForce] = of_products([coffee(shop)], where)[coffee(shop)]

    def days(instant: dt.datetime | None) -> float | None:
        return None if instant is None else round((instant - TODAY) / dt.timedelta(days=1), 3)

    return [(days(one.since) or 0, days(one.until), one.price, one.kind) for one in pieces]


def promote(shop: Business, at: float, reward: Reward, **more: Any) -> uuid.UUID:
    """A promotion of the coffee, begun so many days from today."""
    with clock.at(day(at)):
        terms = Terms(kind="each", reward=reward, pick=Pick(products=(str(coffee(shop)),)), **more)
        return promotions.add_promotion(shop.actor, name="La buena", terms=terms).id


def says(shop: Business, promotion: uuid.UUID, at: float = 0) -> tuple[int | None, int]:
    """What may be called "before" of the coffee, and by how many per million it is lower."""
    where = where_of(Store.objects.get(id=shop.store_id), 2, day(at))
    [saying] = price_words.sayings(promotion, [coffee(shop)], where, PLAIN)
    return saying.prior, saying.percent


def test_usual_prices_follow_one_another_and_one_to_come_is_there_already(shop: Business) -> None:
    for at, price in ((-20, 950_000), (-20, 960_000)):
        with clock.at(day(at)):
            services.change_price(shop.actor, product_id=coffee(shop), price=price)
    with clock.at(TODAY):
        services.change_price(shop.actor, product_id=coffee(shop), price=990_000, valid_from=day(5))

    assert record(shop) == [(-100, -20, 890_000, "regular"), (-20, 5, 960_000, "regular"), (5, None, 990_000, "regular")]


def test_a_list_decides_while_it_stands_and_holds_in_its_stores_alone(shop: Business) -> None:
    north = people.add_store(shop.actor, code="N", name="Norte", timezone="America/Mexico_City")
    with clock.at(day(-30)):
        row = price_lists.add_list(shop.actor, name="Norte", conditions=Conditions(stores=(str(north.id),)))
        price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 0, 850_000), (coffee(shop), 6000, 800_000)])
    with clock.at(day(-10)):
        price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 0, 840_000)])
    with clock.at(day(-4)):
        price_lists.end_list(shop.actor, list_id=row.id)

    assert record(shop) == [(-100, None, 890_000, "regular")]
    assert record(shop, north) == [
        (-100, -30, 890_000, "regular"), (-30, -10, 850_000, "list"), (-10, -4, 840_000, "list"), (-4, None, 890_000, "regular"),
    ]  # fmt: skip


def test_a_list_that_said_otherwise_when_it_was_changed_says_so_of_those_days(shop: Business) -> None:
    with clock.at(day(-30)):
        row = price_lists.add_list(shop.actor, name="Socios", conditions=Conditions())
        price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 0, 850_000)])
    with clock.at(day(-10)):
        group = str(uuid.uuid4())
        price_lists.change_list(shop.actor, list_id=row.id, name="Socios", conditions=Conditions(groups=(group,)))

    assert record(shop) == [(-100, -30, 890_000, "regular"), (-30, -10, 850_000, "list"), (-10, None, 890_000, "regular")]


def test_a_promotion_lowers_while_its_version_says_so_and_it_stands(shop: Business) -> None:
    one = promote(shop, -20, Reward(percent=100_000), until=clock.to_ms(day(9)))
    with clock.at(day(-12)):
        promotions.change_promotion(shop.actor, promotion_id=one, name="Otra", terms=Terms(
            kind="each", reward=Reward(amount=1000), pick=Pick(everything=True), until=clock.to_ms(day(9)),
        ))  # fmt: skip
    with clock.at(day(-5)):
        promotions.end_promotion(shop.actor, promotion_id=one)
    with clock.at(day(-2)):
        promotions.end_promotion(shop.actor, promotion_id=one, ended=False)

    assert [row for row in record(shop) if row[3] == "promotion"] == [
        (-20, -12, 801_000, "promotion"), (-12, -5, 790_000, "promotion"), (-2, 9, 790_000, "promotion"),
    ]  # fmt: skip


def test_bundles_are_no_price_of_one_and_what_a_group_has_is_personal(shop: Business) -> None:
    promote(shop, -20, Reward(percent=100_000), least_quantity=3000)
    promote(shop, -20, Reward(percent=200_000), groups=(str(uuid.uuid4()),))
    promote(shop, -20, Reward(percent=300_000), stores=(str(people.add_store(shop.actor, code="N", name="N", timezone="UTC").id),))

    assert [row for row in record(shop) if row[3] != "regular"] == [(-20, None, 712_000, "personal")]


def test_two_that_lower_together_are_a_price_too(shop: Business) -> None:
    promote(shop, -20, Reward(percent=100_000), stack=True)
    promote(shop, -10, Reward(amount=500), stack=True)

    assert min(row[2] or 0 for row in record(shop)) == 751_000


def test_what_is_not_on_sale_has_no_price(shop: Business) -> None:
    for at, archived in ((-25, True), (-15, False)):
        with clock.at(day(at)):
            services.archive_product(shop.actor, product_id=coffee(shop), archived=archived)

    assert record(shop) == [(-100, -25, 890_000, "regular"), (-15, None, 890_000, "regular")]


def test_80_then_100_then_90_is_not_called_a_reduction(shop: Business) -> None:
    for at, price in ((-80, 800_000), (-10, 1_000_000)):
        with clock.at(day(at)):
            services.change_price(shop.actor, product_id=coffee(shop), price=price)
    one = promote(shop, 0, Reward(price=900_000))

    assert says(shop, one, 1) == (800_000, 0)


def test_a_reduction_is_measured_from_its_own_beginning_however_long_it_goes_on(shop: Business) -> None:
    one = promote(shop, -60, Reward(percent=100_000))

    assert says(shop, one) == (890_000, 100_000)


def test_a_happy_hour_is_measured_from_the_one_before_it(shop: Business) -> None:
    # From five to seven, and it is noon now.
    one = promote(shop, -0.1, Reward(percent=100_000), from_minute=17 * 60, to_minute=19 * 60)

    assert says(shop, one) == (890_000, 100_000), "the first"
    assert says(shop, one, 1) == (801_000, 0), "the second lowers nothing that was not as low the day before"


def test_what_comes_next_is_worked_out_before_it_begins(shop: Business) -> None:
    one = promote(shop, 0, Reward(percent=100_000), since=clock.to_ms(day(3)))

    assert says(shop, one) == (890_000, 100_000)
    with clock.at(day(1)):
        services.change_price(shop.actor, product_id=coffee(shop), price=800_000)
    assert says(shop, one, 2) == (800_000, 100_000)


def test_a_return_at_the_old_price_is_no_price(shop: Business) -> None:
    till = shop.till()
    before = record(shop)
    sale = till.sell(("coffee", 1000))
    till.take_back(sale, (0, 1000))
    till.push()
    drain()

    assert record(shop) == before


def test_prices_from_before_are_declared_as_such_and_never_over_what_was_recorded(shop: Business) -> None:
    declare_price(shop.actor, product_id=coffee(shop), price=790_000, valid_from=day(-200))

    assert record(shop)[0] == (-200, -100, 790_000, "regular")
    assert [row.is_declared for row in PriceEvent.objects.filter(product_id=coffee(shop)).order_by("valid_from")] == [True, False]
    with pytest.raises(Invalid):
        declare_price(shop.actor, product_id=coffee(shop), price=790_000, valid_from=day(-50))
    with pytest.raises(Forbidden):
        declare_price(replace(shop.actor, kind="person", role="cashier"), product_id=coffee(shop), price=790_000, valid_from=day(-300))
    assert PriceEvent.objects.filter(product_id=coffee(shop)).count() == 2


def test_a_till_hears_only_of_what_moved(shop: Business) -> None:
    with clock.at(day(-10)):
        services.change_price(shop.actor, product_id=coffee(shop), price=950_000)
    with clock.at(TODAY):
        terms = Terms(kind="each", reward=Reward(percent=100_000), pick=Pick(everything=True))
        promotions.add_promotion(shop.actor, name="Todo", terms=terms)
        promotions.add_promotion(
            shop.actor, name="Tres", terms=Terms(kind="each", reward=Reward(percent=1), pick=Pick(everything=True), least_quantity=3000)
        )

    where = where_of(Store.objects.get(id=shop.store_id), 2, day(0.1))
    [found] = price_words.known(where, PLAIN)

    assert (found.priors, found.until) == (((coffee(shop), 890_000),), None)
    assert Standing.objects.filter(kind="promotion").count() == 2
