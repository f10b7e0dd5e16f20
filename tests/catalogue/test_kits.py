"""Kits: what a product may be made of, and what it may not."""

import uuid
from typing import Any

import pytest

from mostrador.catalogue import kits
from mostrador.catalogue.services import change_product
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from tests.sync.shop import Business, a_business

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def business() -> Any:
    """A business, in whose scope the test runs."""
    made = a_business()
    with scope(made.id):
        yield made


def of(business: Business, name: str) -> uuid.UUID:
    """The id of a product."""
    return uuid.UUID(business.products[name])


def test_a_product_is_made_a_kit_in_the_owners_order_and_an_ordinary_one_again(business: Business) -> None:
    kit = of(business, "coffee")
    kits.set_components(business.actor, kit_id=kit, parts=[(of(business, "water"), 2000), (of(business, "tomato"), 500)])
    assert [(one.name, one.quantity) for one in kits.components([kit])[kit]] == [("water", 2000), ("tomato", 500)]

    kits.set_components(business.actor, kit_id=kit, parts=[])

    assert kits.components(None) == {}
    assert Edit.objects.filter(entity="product", entity_id=kit).count() == 2


@pytest.mark.parametrize(
    "kit,parts,code",
    [
        ("coffee", [("coffee", 1000)], "kit"),
        ("coffee", [("water", 1000), ("water", 2000)], "twice"),
        ("coffee", [("water", 0)], "out_of_range"),
        ("coffee", [("water", 10**7)], "out_of_range"),
    ],
)
def test_what_is_no_kit_is_refused_and_nothing_is_written(business: Business, kit: str, parts: list[tuple[str, int]], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        kits.set_components(business.actor, kit_id=of(business, kit), parts=[(of(business, name), quantity) for name, quantity in parts])

    assert refused.value.data == {"components": code}
    assert kits.components(None) == {}


def test_kits_within_kits_and_what_is_weighed_and_goods_of_nobody_are_refused(business: Business) -> None:
    coffee, water, tomato = (of(business, name) for name in ("coffee", "water", "tomato"))
    kits.set_components(business.actor, kit_id=coffee, parts=[(water, 1000)])
    change_product(business.actor, product_id=tomato, sold_by="weight", unit="kg")

    for kit, part, code in ((tomato, water, "weighed"), (water, tomato, "kit"), (coffee, uuid.uuid4(), "unknown")):
        with pytest.raises(Invalid) as refused:
            kits.set_components(business.actor, kit_id=kit, parts=[(part, 1000)])
        assert refused.value.data == {"components": code}
    assert list(kits.components(None)) == [coffee]


def test_only_those_who_keep_the_goods_make_kits_and_only_of_their_own(business: Business) -> None:
    clerk = Actor(business.actor.organization_id, "person", uuid.uuid4(), "cashier")
    with pytest.raises(Forbidden):
        kits.set_components(clerk, kit_id=of(business, "coffee"), parts=[(of(business, "water"), 1000)])
    other = a_business()
    with scope(other.id), pytest.raises(NotFound):
        kits.set_components(other.actor, kit_id=of(business, "coffee"), parts=[])
    assert kits.components(None) == {}
