"""What was recommended: applied by the worker, taken back in any order, and counted among what visits brought, in any order of arrival."""

import itertools
import uuid
from typing import Any

import pytest

from mostrador.catalogue.terms import Pick
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Ordered
from mostrador.sync.cashier import Visit as VisitOf
from mostrador.trust import advice, need_chips
from mostrador.trust.advice_models import Recommendation
from tests.sync.shop import Business, Till, states
from tests.sync.test_aside import state_need, take_back

PLACE = "0199b2a4-7000-7b00-8b00-000000000a11"
NO_TARGET: dict[str, Any] = {"kind": "no_purchase", "reason": "not_suitable", "eligible": [], "inputs": []}
ELSEWHERE: dict[str, Any] = {"kind": "other_shop", "reason": "they_specialise", "target": PLACE, "eligible": [], "inputs": []}


def recommend(till: Till, said: dict[str, Any], visit: VisitOf | None = None) -> str:
    """Write down what was recommended; the id of its fact. Nothing is sent."""
    body = {"shift": till.cashier.shift, "ranker": 1, **said}
    till._wrote(till.device.fact("recommendation.made", body, till.now(), (visit or till.visit()).document()))
    return till.device.last_id


def own(till: Till, name: str, *others: str, **more: Any) -> dict[str, Any]:
    products = till.business.products
    eligible = [products[one] for one in (name, *others)]
    inputs = ["need", "price", "in_reach", "returns"]
    return {"kind": "own_cheaper", "reason": "same_job_cheaper", "target": products[name], "eligible": eligible, "inputs": inputs, **more}


def brought(till: Till, visit: VisitOf) -> tuple[frozenset[str], str]:
    """What a visit brought, and how it ended."""
    with scope(till.business.id):
        found = advice.by_products([uuid.UUID(visit.id)])[uuid.UUID(visit.id)]
        return found, advice.ending(found)


def test_a_recommendation_is_accepted_at_once_and_applied_by_the_worker(till: Till) -> None:
    need = state_need(till, till.visit())
    record = recommend(till, own(till, "coffee", "tomato", need=need, instead_of=till.business.products["tomato"], declared=True))

    assert states(till.push()) == ["accepted", "accepted"]
    drain()
    with scope(till.business.id):
        [row] = Recommendation.objects.all()
    assert (str(row.fact_id), row.kind, row.reason, str(row.target_id)) == (
        record, "own_cheaper", "same_job_cheaper", till.business.products["coffee"],
    )  # fmt: skip
    assert (row.eligible, str(row.need_id), row.ranker, row.is_declared) == (
        [till.business.products["coffee"], till.business.products["tomato"]], need, 1, True,
    )  # fmt: skip
    assert row.inputs == ["need", "price", "in_reach", "returns"]


@pytest.mark.parametrize(
    "wrong",
    [
        {**NO_TARGET, "kind": "buy_more"}, {**NO_TARGET, "target": PLACE}, {key: ELSEWHERE[key] for key in ELSEWHERE if key != "target"},
        {**NO_TARGET, "inputs": ["margin"]}, {**NO_TARGET, "inputs": ["stock_age"]}, {**NO_TARGET, "reason": "they_are_expensive"},
        {**NO_TARGET, "eligible": [PLACE] * 21}, {**NO_TARGET, "note": "free words"},
    ],
)  # fmt: skip
def test_what_is_no_recommendation_is_parked_and_holds_nothing_up(till: Till, wrong: dict[str, Any]) -> None:
    recommend(till, wrong)
    till.sell(("coffee", 1000))

    assert states(till.push()) == ["parked", "accepted"]
    drain()
    with scope(till.business.id):
        assert Recommendation.objects.count() == 0


@pytest.mark.parametrize(
    "kind,found",
    [
        ("repair", "nothing_needed"), ("use_what_you_have", "nothing_needed"), ("wait", "nothing_needed"), ("no_purchase", "nothing_needed"),
        ("other_shop", "referral"), ("other_store_ours", "referral"), ("own", None), ("own_cheaper", None),
    ],
)  # fmt: skip
def test_each_kind_ends_a_visit_as_ruling_4_says(till: Till, kind: str, found: str | None) -> None:
    visit = till.visit()
    said = {**ELSEWHERE, "kind": kind} if kind in {"other_shop", "other_store_ours", "own", "own_cheaper"} else {**NO_TARGET, "kind": kind}
    recommend(till, said, visit)
    till.push()
    drain()

    assert brought(till, visit) == (frozenset({found} if found else set()), found or "unknown")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_a_visit_brought_is_the_same_in_any_order_of_arrival(till: Till, order: tuple[int, ...]) -> None:
    visit = till.visit()
    wrong = recommend(till, NO_TARGET, visit)
    recommend(till, ELSEWHERE, visit)
    take_back(till, wrong)
    till.push()
    with scope(till.business.id):
        rows = list(Outbox.objects.filter(topic="counter.aside"))
        sources = [source for row in rows for source in row.payload["sources"]]
        assert len(sources) == 3
        Outbox.objects.filter(topic="counter.aside").delete()
        for n in order:
            Outbox.objects.create(
                organization_id=till.business.id, topic="counter.aside", payload={"sources": [sources[n]]}, due_at=rows[0].due_at
            )
            drain()

    assert brought(till, visit) == (frozenset({"referral"}), "referral")


def test_a_promise_and_a_price_that_was_kept_are_what_a_visit_brought(till: Till) -> None:
    promised, held, let_go = till.visit(), till.visit(), till.visit()
    body = {"promise": str(uuid.uuid4()), "shift": till.cashier.shift, "chip": str(uuid.uuid4()), "due": "2199-12-01"}
    till._wrote(till.device.fact("promise.made", body, till.now(), promised.document()))
    basket = {**till.basket(("coffee", 1000)), "payments": []}
    till._wrote(till.cashier.order(held, Ordered("quote", "2199-12-01", 0), basket, till.now()))
    undone = till._wrote(till.cashier.order(let_go, Ordered("quote", "2199-12-01", 0), basket, till.now()))
    till._wrote(till.cashier.close_order(let_go, undone["body"]["order"], [], till.now()))
    till.push()
    drain()

    assert [brought(till, one)[1] for one in (promised, held, let_go)] == ["promise", "hold", "unknown"]


def test_a_sale_names_the_ending_and_the_rest_stays_what_it_brought(till: Till) -> None:
    visit = till.visit()
    recommend(till, ELSEWHERE, visit)
    till._wrote(till.cashier.sell(visit, till.basket(("coffee", 1000)), till.now()))
    till.push()
    drain()

    assert brought(till, visit) == (frozenset({"sale", "referral"}), "sale")


def test_what_they_asked_for_and_did_not_get_is_the_list_to_buy_by(shop: Business, till: Till) -> None:
    with scope(shop.id):
        charger, gift = (str(need_chips.add_chip(shop.actor, says=need_chips.Saying(name, Pick()))) for name in ("Cargador", "Regalo"))
    for chip in (charger, charger, gift, charger):
        state_need(till, chip=chip)
    visit = till.visit()
    state_need(till, visit, chip=gift)
    till._wrote(till.cashier.sell(visit, till.basket(("coffee", 1000)), till.now()))
    take_back(till, state_need(till, chip=charger))
    till.push()
    drain()

    with scope(shop.id):
        rows = [(str(one.chip_id), one.asked, one.lacked) for one in advice.lacked(clock.from_ms(1))]
    assert rows == [(charger, 3, 3), (gift, 2, 1)]
