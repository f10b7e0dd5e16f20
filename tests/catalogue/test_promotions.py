"""What a promotion says, who may say it, and that what it said stays said."""

import uuid
from typing import Any

import pytest

from mostrador.catalogue import promotions, terms
from mostrador.catalogue.models import Product, PromotionVersion
from mostrador.catalogue.terms import Pick, PickedPart, Terms
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.pricing.basket import Reward
from tests.sync.shop import a_business

pytestmark = pytest.mark.django_db(transaction=True)
ALL = Pick(everything=True)
TEN = Reward(percent=100_000)


@pytest.fixture
def actor() -> Any:
    """The owner of a business, in whose scope the test runs."""
    business = a_business()
    with scope(business.id):
        yield business.actor


def test_a_promotion_is_begun_and_said_anew_and_its_first_version_stays(actor: Actor) -> None:
    row = promotions.add_promotion(actor, name=" 3x2 ", terms=Terms(kind="each", reward=TEN, pick=ALL))
    promotions.change_promotion(actor, promotion_id=row.id, name="3x2", terms=Terms(kind="each", reward=Reward(percent=200_000), pick=ALL))

    said = promotions.promotion(row.id)
    assert (said.name, said.terms.reward.percent) == ("3x2", 200_000)
    assert said.version_id != row.version_id
    assert [terms.read(one.terms).reward.percent for one in PromotionVersion.objects.order_by("recorded_at", "id")] == [100_000, 200_000]
    assert Edit.objects.filter(entity="promotion").count() == 1


def test_saying_the_same_again_makes_no_version(actor: Actor) -> None:
    row = promotions.add_promotion(actor, name="3x2", terms=Terms(kind="each", reward=TEN, pick=ALL))

    promotions.change_promotion(actor, promotion_id=row.id, name="3x2 ", terms=Terms(kind="each", reward=TEN, pick=ALL))

    assert PromotionVersion.objects.count() == 1


def test_the_order_in_which_they_lower_is_the_owners(actor: Actor) -> None:
    first, second, third = (promotions.add_promotion(actor, name=name, terms=Terms(kind="each", reward=TEN, pick=ALL)).id for name in "abc")

    promotions.move_promotion(actor, promotion_id=third, up=True)
    promotions.move_promotion(actor, promotion_id=first, up=True)
    promotions.move_promotion(actor, promotion_id=second, up=False)

    assert [said.name for said in promotions.promotions()] == ["a", "c", "b"]


def test_one_that_ended_leaves_the_list_and_can_come_back(actor: Actor) -> None:
    row = promotions.add_promotion(actor, name="3x2", terms=Terms(kind="each", reward=TEN, pick=ALL))

    promotions.end_promotion(actor, promotion_id=row.id)
    assert (promotions.promotions(), promotions.said(None)) == ([], [])
    assert [said.is_archived for said in promotions.promotions(archived=True)] == [True]

    promotions.end_promotion(actor, promotion_id=row.id, ended=False)
    assert len(promotions.said(None)) == 1


@pytest.mark.parametrize(
    "field,code,said",
    [
        ("reward", "empty", {"kind": "each", "reward": Reward(percent=0), "pick": ALL}),
        ("reward", "empty", {"kind": "total", "reward": Reward(amount=0), "pick": ALL}),
        ("reward", "no_price", {"kind": "total", "reward": Reward(price=5), "pick": ALL}),
        ("pick", "empty", {"kind": "each", "reward": TEN}),
        ("pick", "empty", {"kind": "set", "reward": TEN, "parts": (PickedPart(ALL, 1), PickedPart(Pick(), 1))}),
        ("pick", "unknown", {"kind": "each", "reward": TEN, "pick": Pick(products=(str(uuid.UUID(int=7)),))}),
        ("pick", "unknown", {"kind": "each", "reward": TEN, "pick": Pick(everything=True, categories=(str(uuid.UUID(int=7)),))}),
        ("stores", "unknown", {"kind": "each", "reward": TEN, "pick": ALL, "stores": (str(uuid.UUID(int=7)),)}),
        ("count", "out_of_range", {"kind": "set", "reward": TEN}),
        ("count", "out_of_range", {"kind": "set", "reward": TEN, "parts": (PickedPart(ALL, 101),)}),
        ("cheapest", "too_many", {"kind": "set", "reward": TEN, "parts": (PickedPart(ALL, 3),), "cheapest": 3}),
        ("most", "out_of_range", {"kind": "each", "reward": TEN, "pick": ALL, "most": 0}),
        ("until", "before", {"kind": "each", "reward": TEN, "pick": ALL, "since": 5, "until": 5}),
        ("days", "choose", {"kind": "each", "reward": TEN, "pick": ALL, "days": (1, 8)}),
        ("days", "choose", {"kind": "each", "reward": TEN, "pick": ALL, "days": (1, 1)}),
        ("to_minute", "choose", {"kind": "each", "reward": TEN, "pick": ALL, "from_minute": 60}),
        ("to_minute", "choose", {"kind": "each", "reward": TEN, "pick": ALL, "from_minute": 60, "to_minute": 60}),
        ("to_minute", "out_of_range", {"kind": "each", "reward": TEN, "pick": ALL, "from_minute": 60, "to_minute": 1441}),
    ],
)
def test_terms_that_say_nothing_or_cannot_be_are_refused_and_nothing_is_written(actor: Actor, field: str, code: str, said: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        promotions.add_promotion(actor, name="3x2", terms=Terms(**said))

    assert refusal.value.data == {field: code}
    assert (PromotionVersion.objects.count(), promotions.promotions(archived=True)) == (0, [])


@pytest.mark.parametrize("name,code", [("  ", "empty"), ("x" * 61, "too_long")])
def test_a_name_is_needed_and_fits_the_paper(actor: Actor, name: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        promotions.add_promotion(actor, name=name, terms=Terms(kind="each", reward=TEN, pick=ALL))

    assert refusal.value.data == {"name": code}


def test_a_promotion_of_another_business_is_nobodys(actor: Actor) -> None:
    other = a_business("ES")
    with scope(other.id):
        foreign = promotions.add_promotion(other.actor, name="suya", terms=Terms(kind="each", reward=TEN, pick=ALL))
        product = str(Product.objects.values_list("id", flat=True)[0])

    with pytest.raises(NotFound):
        promotions.change_promotion(actor, promotion_id=foreign.id, name="mía", terms=Terms(kind="each", reward=TEN, pick=ALL))
    with pytest.raises(NotFound):
        promotions.end_promotion(actor, promotion_id=foreign.id)
    with pytest.raises(NotFound):
        promotions.move_promotion(actor, promotion_id=foreign.id, up=True)
    with pytest.raises(Invalid):
        promotions.add_promotion(actor, name="mía", terms=Terms(kind="each", reward=TEN, pick=Pick(products=(product,))))


@pytest.mark.parametrize("role", ["cashier", "stock", "accountant", "auditor"])
def test_only_those_who_lead_say_promotions(actor: Actor, role: Any) -> None:
    clerk = Actor(actor.organization_id, "person", uuid.uuid4(), role)
    row = promotions.add_promotion(actor, name="3x2", terms=Terms(kind="each", reward=TEN, pick=ALL))

    for act in (
        lambda: promotions.add_promotion(clerk, name="4x2", terms=Terms(kind="each", reward=TEN, pick=ALL)),
        lambda: promotions.change_promotion(clerk, promotion_id=row.id, name="4x2", terms=Terms(kind="each", reward=TEN, pick=ALL)),
        lambda: promotions.end_promotion(clerk, promotion_id=row.id),
        lambda: promotions.move_promotion(clerk, promotion_id=row.id, up=True),
    ):
        with pytest.raises(Forbidden):
            act()
    assert [said.name for said in promotions.promotions()] == ["3x2"]


def test_a_coupons_code_is_read_as_people_write_it() -> None:
    assert {terms.coupon_code(text) for text in ("verano-10", " VERANO 10 ", "Verano10", "vérano_10")} == {"VERANO10"}
    # The twin in the till (core/promotion.ts) makes the same of it.
    assert terms.coupon_hash("VERANO10") == "f0a4c8d99e2ec21ab61687d1122a6a203f4dc5c1421c7997fae8609854e2117f"
