"""Combos: what a product may be made of by choice, and what it may not."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from mostrador.catalogue import combos, kits
from mostrador.catalogue.combos import Choice, Slot
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


def slot(business: Business, name: str, *choices: tuple[str, int]) -> Slot:
    """A slot with choices by name, and what each adds."""
    return Slot(name, tuple(Choice(of(business, product), extra) for product, extra in choices))


def test_a_product_is_made_a_combo_in_the_owners_order_and_an_ordinary_one_again(business: Business) -> None:
    combo = of(business, "coffee")
    says = [slot(business, "Bebida", ("water", 0), ("tomato", 100_000)), replace(slot(business, " Pan ", ("tomato", 0)), quantity=2000)]
    combos.set_slots(business.actor, combo_id=combo, says=says)
    found = combos.slots([combo])[combo]
    assert [(one.name, one.quantity, [(choice.name, choice.extra) for choice in one.choices]) for one in found] == [
        ("Bebida", 1000, [("water", 0), ("tomato", 100_000)]),
        ("Pan", 2000, [("tomato", 0)]),
    ]
    combos.set_slots(business.actor, combo_id=combo, says=found)  # the same again is no edit
    assert Edit.objects.filter(entity="product", entity_id=combo).count() == 1

    combos.set_slots(business.actor, combo_id=combo, says=[])

    assert combos.slots(None) == {}
    assert Edit.objects.filter(entity="product", entity_id=combo).count() == 2


def test_what_is_no_combo_is_refused_and_nothing_is_written(business: Business) -> None:
    plain = slot(business, "Bebida", ("water", 0))
    bad: list[tuple[list[Slot], dict[str, str]]] = [
        ([replace(plain, name=" ")], {"slots": "empty"}),
        ([replace(plain, name="x" * 41)], {"slots": "too_long"}),
        ([plain, replace(plain, name="bebida")], {"slots": "twice"}),
        ([replace(plain, name=str(number)) for number in range(21)], {"slots": "too_many"}),
        ([replace(plain, choices=())], {"choices": "empty"}),
        ([slot(business, "Bebida", ("water", 0), ("water", 1))], {"choices": "twice"}),
        ([slot(business, "Bebida", ("water", -1))], {"choices": "out_of_range"}),
        ([replace(plain, quantity=0)], {"choices": "out_of_range"}),
        ([replace(plain, choices=(Choice(uuid.uuid4()),))], {"choices": "unknown"}),
        ([slot(business, "Bebida", ("coffee", 0))], {"choices": "combo"}),
    ]
    for says, why in bad:
        with pytest.raises(Invalid) as refused:
            combos.set_slots(business.actor, combo_id=of(business, "coffee"), says=says)
        assert refused.value.data == why
    assert combos.slots(None) == {}


def test_combos_within_combos_or_kits_and_kits_that_would_be_combos_are_refused(business: Business) -> None:
    coffee, water, tomato = (of(business, name) for name in ("coffee", "water", "tomato"))
    combos.set_slots(business.actor, combo_id=coffee, says=[slot(business, "Bebida", ("water", 0))])

    with pytest.raises(Invalid, match="combo"):
        combos.set_slots(business.actor, combo_id=tomato, says=[slot(business, "Café", ("coffee", 0))])
    with pytest.raises(Invalid, match="combo"):
        combos.set_slots(business.actor, combo_id=water, says=[slot(business, "Otra", ("tomato", 0))])
    for kit, part in ((tomato, coffee), (coffee, tomato)):
        with pytest.raises(Invalid, match="kit"):
            kits.set_components(business.actor, kit_id=kit, parts=[(part, 1000)])
    assert kits.goes_into(water) == [coffee]

    # A kit may fill a slot: it sells as one line.
    kits.set_components(business.actor, kit_id=tomato, parts=[(water, 500)])
    combos.set_slots(business.actor, combo_id=coffee, says=[slot(business, "Bebida", ("tomato", 0))])
    with pytest.raises(Invalid, match="combo"):
        combos.set_slots(business.actor, combo_id=tomato, says=[slot(business, "Otra", ("water", 0))])


def test_a_combo_has_a_price_and_is_sold_by_the_piece_and_its_parts_are_not_asked_which_one(business: Business) -> None:
    coffee, says = of(business, "coffee"), [slot(business, "Bebida", ("water", 0))]
    change_product(business.actor, product_id=coffee, sold_by="weight", unit="kg")
    with pytest.raises(Invalid, match="weighed"):
        combos.set_slots(business.actor, combo_id=coffee, says=says)
    change_product(business.actor, product_id=coffee, sold_by="piece", unit="pieza")
    change_product(business.actor, product_id=of(business, "water"), trace="lot")
    with pytest.raises(Invalid, match="trace"):
        combos.set_slots(business.actor, combo_id=coffee, says=says)


def test_only_those_who_set_prices_make_combos_and_only_of_their_own(business: Business) -> None:
    keeper = Actor(business.actor.organization_id, "person", uuid.uuid4(), "stock")
    with pytest.raises(Forbidden):
        combos.set_slots(keeper, combo_id=of(business, "coffee"), says=[slot(business, "Bebida", ("water", 0))])
    other = a_business()
    with scope(other.id), pytest.raises(NotFound):
        combos.set_slots(other.actor, combo_id=of(business, "coffee"), says=[])
    assert combos.slots(None) == {}
