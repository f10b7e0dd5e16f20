"""Modifiers: what a group says, who may say it, and that an option that was sold keeps its id whatever becomes of it."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from mostrador.catalogue import modifiers
from mostrador.catalogue.models import ModifierOption
from mostrador.catalogue.modifiers import Option, Saying
from mostrador.catalogue.terms import Pick
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from tests.sync.shop import a_business

pytestmark = pytest.mark.django_db(transaction=True)
ALL = Pick(everything=True)
MILK = Saying("Leche", 1, 1, ALL, (Option(None, "Entera", is_default=True), Option(None, "Avena", 80_000)))


@pytest.fixture
def actor() -> Any:
    """The owner of a business, in whose scope the test runs."""
    business = a_business()
    with scope(business.id):
        yield business.actor


def names(group_id: uuid.UUID) -> list[tuple[str, int]]:
    """The options of a group with what they add."""
    return [(option.name, option.price) for option in modifiers.group(group_id).says.options]


def test_a_group_is_begun_with_its_options_in_their_order(actor: Actor) -> None:
    row = modifiers.add_group(actor, says=replace(MILK, name=" Leche "))

    group = modifiers.group(row.id)

    assert (group.says.name, group.says.least, group.says.most, group.says.pick) == ("Leche", 1, 1, ALL)
    assert names(row.id) == [("Entera", 0), ("Avena", 80_000)]
    assert [option.is_default for option in group.says.options] == [True, False]


def test_an_option_keeps_its_id_when_it_is_renamed_moved_or_priced_anew_and_one_left_out_is_archived(actor: Actor) -> None:
    row = modifiers.add_group(actor, says=MILK)
    whole, oat = modifiers.group(row.id).says.options
    assert whole.id is not None

    changed = (replace(oat, name="Avena bio", price=90_000), Option(None, "Soya", 70_000))
    modifiers.change_group(actor, group_id=row.id, says=replace(MILK, options=changed))

    now = modifiers.group(row.id).says.options
    assert [(option.name, option.price) for option in now] == [("Avena bio", 90_000), ("Soya", 70_000)]
    assert now[0].id == oat.id
    assert ModifierOption.objects.get(id=whole.id).archived_at is not None
    assert Edit.objects.filter(entity="modifier_group").exists()


def test_saying_the_same_again_leaves_no_trail(actor: Actor) -> None:
    row = modifiers.add_group(actor, says=MILK)

    modifiers.change_group(actor, group_id=row.id, says=modifiers.group(row.id).says)

    assert not Edit.objects.filter(entity="modifier_group").exists()


def test_groups_are_asked_for_in_the_owners_order_and_one_that_ended_can_come_back(actor: Actor) -> None:
    milk = modifiers.add_group(actor, says=MILK).id
    size = modifiers.add_group(actor, says=replace(MILK, name="Tamaño")).id

    modifiers.move_group(actor, group_id=size, up=True)
    modifiers.end_group(actor, group_id=milk)
    assert [group.says.name for group in modifiers.groups()] == ["Tamaño"]
    modifiers.end_group(actor, group_id=milk, ended=False)

    assert [group.says.name for group in modifiers.said(None)] == ["Tamaño", "Leche"]


@pytest.mark.parametrize(
    "says,wrong",
    [
        (replace(MILK, name=" "), {"name": "empty"}),
        (replace(MILK, name="x" * 41), {"name": "too_long"}),
        (replace(MILK, options=()), {"options": "empty"}),
        (replace(MILK, most=3), {"most": "more_than_options"}),
        (replace(MILK, most=0, least=0), {"most": "more_than_options"}),
        (replace(MILK, least=2, most=1), {"least": "more_than_most"}),
        (replace(MILK, options=(Option(None, "a", is_default=True), Option(None, "b", is_default=True))), {"options": "too_many_defaults"}),
        (replace(MILK, options=(Option(None, "Avena"), Option(None, "avena "))), {"options": "twice"}),
        (replace(MILK, options=(Option(None, "a", 10**11 + 1),)), {"options": "out_of_range"}),
        (replace(MILK, options=(Option(None, " "),)), {"options": "too_long"}),
        (replace(MILK, options=tuple(Option(None, str(n)) for n in range(31))), {"options": "too_many"}),
        (replace(MILK, options=(Option(uuid.uuid4(), "De nadie"),)), {"options": "unknown"}),
        (replace(MILK, pick=Pick()), {"pick": "empty"}),
        (replace(MILK, pick=Pick(products=(str(uuid.uuid4()),))), {"pick": "unknown"}),
    ],
)
def test_what_no_till_could_ask_is_refused_and_nothing_is_written(actor: Actor, says: Saying, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        modifiers.add_group(actor, says=says)

    assert refused.value.data == wrong
    assert modifiers.groups(archived=True) == []


def test_two_groups_of_one_name_are_refused(actor: Actor) -> None:
    modifiers.add_group(actor, says=MILK)

    with pytest.raises(Invalid) as refused:
        modifiers.add_group(actor, says=MILK)

    assert refused.value.data == {"name": "taken"}


def test_an_option_of_another_group_is_not_taken_over(actor: Actor) -> None:
    milk = modifiers.add_group(actor, says=MILK).id
    size = modifiers.add_group(actor, says=replace(MILK, name="Tamaño")).id
    stolen = modifiers.group(milk).says.options[0]

    with pytest.raises(Invalid):
        modifiers.change_group(actor, group_id=size, says=replace(MILK, name="Tamaño", options=(stolen,)))

    assert names(milk) == [("Entera", 0), ("Avena", 80_000)]
    assert names(size) == [("Entera", 0), ("Avena", 80_000)]


def test_only_owner_and_manager_say_modifiers_and_only_their_own(actor: Actor) -> None:
    row = modifiers.add_group(actor, says=MILK)
    clerk = Actor(actor.organization_id, "person", uuid.uuid4(), "stock")
    with pytest.raises(Forbidden):
        modifiers.add_group(clerk, says=replace(MILK, name="Otra"))
    with pytest.raises(Forbidden):
        modifiers.change_group(clerk, group_id=row.id, says=MILK)
    other = a_business()
    with scope(other.id), pytest.raises(NotFound):
        modifiers.end_group(other.actor, group_id=row.id)
    assert [group.says.name for group in modifiers.groups()] == ["Leche"]
