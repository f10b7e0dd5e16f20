"""Price lists: what is said stays said, the last word counts, and only those who lead say it."""

import uuid
from typing import Any

import pytest

from mostrador.catalogue import price_lists
from mostrador.catalogue.models import ListPrice, PriceList
from mostrador.catalogue.terms import Conditions
from mostrador.config.worker import drain
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from tests.sync.shop import Business, a_business, document

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> Any:
    """A business in whose scope the test runs."""
    business = a_business()
    with scope(business.id):
        yield business


def coffee(shop: Business) -> uuid.UUID:
    """A product of the shop."""
    return uuid.UUID(shop.products["coffee"])


def test_the_last_word_on_a_product_and_quantity_counts_and_the_first_stays(shop: Business) -> None:
    row = price_lists.add_list(shop.actor, name="Mayoreo", conditions=Conditions())

    assert price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 6000, 800_000), (coffee(shop), 0, 850_000)]) == 2
    assert price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 6000, 790_000)]) == 1
    assert price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 6000, 790_000)]) == 0
    assert price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 0, None)]) == 1

    assert [(entry.from_quantity, entry.price) for entry in price_lists.entries(row.id)] == [(6000, 790_000)]
    assert ListPrice.objects.count() == 4


def test_a_till_hears_of_lists_and_of_what_they_say_in_the_products_row(shop: Business) -> None:
    row = price_lists.add_list(shop.actor, name="Mayoreo", conditions=Conditions(days=(1,)))
    price_lists.set_prices(shop.actor, list_id=row.id, rows=[(coffee(shop), 6000, 800_000)])
    drain()
    [entry] = price_lists.entries(row.id)

    manifest = document(shop.till().pull("catalogue"))

    assert manifest["price_lists"] == [{"id": str(row.id), "name": "Mayoreo", "position": 1, "conditions": {"days": [1]}}]
    found = document(shop.till().pull("lookup?code=coffee"))["products"][0]["prices"]
    assert found == [[str(row.id), 6000, 800_000, str(entry.id)]]


def test_a_list_is_changed_ended_moved_and_brought_back(shop: Business) -> None:
    first, second = (price_lists.add_list(shop.actor, name=name, conditions=Conditions()).id for name in ("Mayoreo", "Norte"))

    price_lists.move_list(shop.actor, list_id=second, up=True)
    price_lists.move_list(shop.actor, list_id=second, up=True)
    price_lists.change_list(shop.actor, list_id=first, name="Mayoristas", conditions=Conditions(days=(7,)))
    assert [row.name for row in price_lists.lists()] == ["Norte", "Mayoristas"]
    assert price_lists.price_list(first).conditions.days == (7,)

    price_lists.end_list(shop.actor, list_id=first)
    assert [row.name for row in price_lists.said(None)] == ["Norte"]
    price_lists.end_list(shop.actor, list_id=first, ended=False)
    assert len(price_lists.said(None)) == 2
    assert Edit.objects.filter(entity="price_list").count() == 4


@pytest.mark.parametrize(
    "rows,refused",
    [
        ([("coffee", 0, -1)], {"price": "out_of_range"}),
        ([("coffee", 0, 10**13)], {"price": "out_of_range"}),
        ([("coffee", -1, 5)], {"from_quantity": "out_of_range"}),
        ([("nobody", 0, 5)], {"product": "unknown"}),
        ([("coffee", 0, 5), ("nobody", 0, 5)], {"product": "unknown"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(shop: Business, rows: list[Any], refused: dict[str, str]) -> None:
    row = price_lists.add_list(shop.actor, name="Mayoreo", conditions=Conditions())
    products = {"coffee": coffee(shop), "nobody": uuid.uuid4()}

    with pytest.raises(Invalid) as refusal:
        price_lists.set_prices(shop.actor, list_id=row.id, rows=[(products[name], quantity, price) for name, quantity, price in rows])

    assert refusal.value.data == refused
    assert ListPrice.objects.count() == 0


@pytest.mark.parametrize(
    "name,conditions,refused",
    [
        (" ", Conditions(), {"name": "empty"}),
        ("x" * 61, Conditions(), {"name": "too_long"}),
        ("Mayoreo", Conditions(), {"name": "taken"}),
        ("Norte", Conditions(days=(9,)), {"days": "choose"}),
        ("Norte", Conditions(stores=(str(uuid.UUID(int=7)),)), {"stores": "unknown"}),
    ],
)
def test_a_list_that_says_nothing_is_refused(shop: Business, name: str, conditions: Conditions, refused: dict[str, str]) -> None:
    price_lists.add_list(shop.actor, name="Mayoreo", conditions=Conditions())

    with pytest.raises(Invalid) as refusal:
        price_lists.add_list(shop.actor, name=name, conditions=conditions)

    assert refusal.value.data == refused
    assert PriceList.objects.count() == 1


@pytest.mark.parametrize("role", ["cashier", "stock", "accountant", "auditor"])
def test_only_those_who_lead_say_prices(shop: Business, role: Any) -> None:
    row = price_lists.add_list(shop.actor, name="Mayoreo", conditions=Conditions())
    clerk = Actor(shop.id, "person", uuid.uuid4(), role)

    for act in (
        lambda: price_lists.add_list(clerk, name="Norte", conditions=Conditions()),
        lambda: price_lists.change_list(clerk, list_id=row.id, name="Norte", conditions=Conditions()),
        lambda: price_lists.end_list(clerk, list_id=row.id),
        lambda: price_lists.move_list(clerk, list_id=row.id, up=True),
        lambda: price_lists.set_prices(clerk, list_id=row.id, rows=[(coffee(shop), 0, 5)]),
    ):
        with pytest.raises(Forbidden):
            act()
    assert (ListPrice.objects.count(), [one.name for one in price_lists.lists()]) == (0, ["Mayoreo"])


def test_a_list_of_another_business_is_nobodys(shop: Business) -> None:
    other = a_business("ES")
    with scope(other.id):
        foreign = price_lists.add_list(other.actor, name="suya", conditions=Conditions()).id

    for act in (
        lambda: price_lists.price_list(foreign),
        lambda: price_lists.change_list(shop.actor, list_id=foreign, name="mía", conditions=Conditions()),
        lambda: price_lists.end_list(shop.actor, list_id=foreign),
        lambda: price_lists.set_prices(shop.actor, list_id=foreign, rows=[(coffee(shop), 0, 5)]),
    ):
        with pytest.raises(NotFound):
            act()
