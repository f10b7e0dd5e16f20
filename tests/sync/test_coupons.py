"""Single-use coupons: a code that can be asked for is given to one ticket; what two tills took offline is counted, and listed."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from mostrador.buyers import services as buyers
from mostrador.catalogue import promotions
from mostrador.catalogue.terms import Pick, Terms, codes_hash
from mostrador.config.doctor import examine
from mostrador.config.worker import drain
from mostrador.counter import coupon_codes, coupon_desk, coupon_queries, reserving
from mostrador.counter.coupon_models import CouponCode, CouponUse
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import scope
from mostrador.people import throttle
from mostrador.pricing.basket import Reward
from mostrador.sync import down_coupons
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, everything, grown, unwatched
from tests.sync.shop import Business, Json, Till, call, document, reasons, states
from tests.sync.test_concurrent import at_once

TENTH = Terms(kind="each", reward=Reward(percent=100_000), pick=Pick(everything=True), single=True)


class Made:
    """A batch of a promotion that takes a tenth off, with its codes in their order."""

    def __init__(self, business: Business, count: int = 3, **more: Any) -> None:
        with scope(business.id):
            self.promotion = promotions.add_promotion(business.actor, name="Feria", terms=TENTH)
            self.batch = coupon_desk.issue(business.actor, promotion_id=self.promotion.id, name="Volantes", count=count, **more)
            rows = coupon_queries.listed(self.batch)
        self.ids, self.codes = [str(row.id) for row in rows], [row.code for row in rows]

    @property
    def version(self) -> str:
        """What a sale names."""
        return str(self.promotion.version_id)


def ask(till: Till, sale: str | None = None, *, keep: bool = True, **named: str) -> HttpResponse:
    """Ask for a code for a ticket of its own, or the one given."""
    wish = {"sale": sale or till.device.ids(till.now()), "keep": keep, **named}
    return call("POST", "coupon", till.token, json.dumps(wish).encode())


def hash_of(code: str) -> str:
    """What a till sends of a code."""
    read = coupon_codes.read(code)
    assert read is not None
    return coupon_codes.code_hash(read).hex()


def sell_with(till: Till, made: Made, n: int, quantity: int = 1000) -> Json:
    """Sell coffee that a code lowered."""
    lowers = {"id": made.version, "name": "Feria", "kind": "each", "reward": {"percent": 100_000}, "lines": ["1"]}
    return till.sell(("coffee", quantity), promotions=[lowers], extras=Extras(coupons=[{"id": made.ids[n], "promotion": made.version}]))


def state(business: Business, made: Made, n: int) -> str:
    """How a code stands."""
    with scope(business.id):
        found = coupon_queries.coupon(uuid.UUID(made.ids[n]))
    assert found is not None
    return found.state


def doubts(business: Business) -> list[tuple[str, str, list[str], int]]:
    """What is listed for a person: code, why, tickets, what it cost."""
    with scope(business.id):
        return [(one.code, one.why, [use.ticket for use in one.uses], one.at_risk) for one in coupon_queries.doubts()]


def warnings() -> list[str]:
    """What doctor says of coupons that somebody should look at."""
    with unwatched():
        return [finding.text for finding in examine() if finding.check == "coupons" and finding.level == "warning"]


def test_a_code_that_one_ticket_has_no_other_gets_until_it_lets_go(shop: Business, till: Till) -> None:
    made, other, sale = Made(shop), shop.till("other"), till.device.ids(till.now())
    other.push()

    given = document(ask(till, sale, code=hash_of(made.codes[0])))

    assert given == {
        "coupon": {"id": made.ids[0], "coupon": codes_hash(made.promotion.id), "state": "free", "until": None, "used": None}, "kept": True,
    }  # fmt: skip
    assert document(ask(till, sale, coupon=made.ids[0]))["kept"] is True, "asked again, it is the same ticket"
    refused = document(ask(other, code=hash_of(made.codes[0])))
    assert (refused["coupon"]["state"], refused["kept"]) == ("free", False)
    assert document(ask(till, sale, keep=False, coupon=made.ids[0]))["kept"] is False
    assert document(ask(other, coupon=made.ids[0]))["kept"] is True


def test_a_ticket_that_never_came_leaves_its_code_after_its_minutes(shop: Business, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(shop)
    assert document(ask(till, coupon=made.ids[0]))["kept"] is True
    later = clock.now() + reserving.KEPT_FOR + dt.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert document(ask(till, coupon=made.ids[0]))["kept"] is True


@pytest.mark.django_db(transaction=True)
def test_of_eight_tickets_that_ask_at_once_one_gets_the_code(shop: Business, till: Till) -> None:
    made = Made(shop)
    sales = [till.device.ids(till.now()) for _ in range(8)]

    given: list[bool] = []

    def asker(sale: str) -> Callable[[], None]:
        return lambda: given.append(document(ask(till, sale, coupon=made.ids[0]))["kept"])

    at_once(*map(asker, sales))

    assert sorted(given) == [False] * 7 + [True]


def test_a_used_code_says_by_which_ticket_and_is_given_to_nobody(shop: Business, till: Till) -> None:
    made, before = Made(shop), everything()
    sold = sell_with(till, made, 0)
    assert document(ask(till, sold["body"]["sale"], coupon=made.ids[0]))["kept"] is True

    assert set(states(till.push())) == {"accepted"}

    assert grown(before)["counter_couponuse"] == 1
    said = document(ask(till, code=hash_of(made.codes[0])))
    number = f"{sold['body']['series']}-{sold['body']['number']}"
    assert (said["kept"], said["coupon"]["state"]) == (False, "used")
    assert said["coupon"]["used"] == {"ticket": number, "at": sold["at"]}
    with scope(shop.id):
        batch = coupon_queries.batch(made.batch)
    assert batch is not None
    assert (batch.issued, batch.free, batch.used, batch.void, batch.saved) == (3, 2, 1, 0, 890)
    assert doubts(shop) == [] and doctor() == []


def test_a_code_taken_twice_offline_is_listed_with_both_tickets_and_undoes_nothing(shop: Business, till: Till) -> None:
    made, other = Made(shop), shop.till("other")
    other.open_shift()
    first, second = sell_with(till, made, 1), sell_with(other, made, 1, 2000)

    assert set(states(till.push())) == {"accepted"} and set(states(other.push())) == {"accepted"}

    numbers = [f"{sold['body']['series']}-{sold['body']['number']}" for sold in sorted((first, second), key=lambda sold: sold["at"])]
    listed = doubts(shop)
    assert [(code, why, sorted(tickets)) for code, why, tickets, _ in listed] == [(made.codes[1], "twice", sorted(numbers))]
    assert listed[0][3] in {890, 1_780}
    assert len(warnings()) == 1 and ": 1 " in warnings()[0]


def test_a_void_code_is_given_to_nobody_and_one_taken_offline_all_the_same_is_listed(shop: Business, till: Till) -> None:
    made = Made(shop)
    with scope(shop.id):
        coupon_desk.set_void(shop.actor, coupon_id=uuid.UUID(made.ids[0]), void=True)
    assert document(ask(till, coupon=made.ids[0]))["coupon"]["state"] == "void"

    sell_with(till, made, 0)
    till.push()

    assert [(why, risk) for _, why, _, risk in doubts(shop)] == [("void", 890)]
    assert state(shop, made, 0) == "used"
    sell_with(till, made, 1)
    till.push()
    with scope(shop.id), pytest.raises(Invalid):
        coupon_desk.set_void(shop.actor, coupon_id=uuid.UUID(made.ids[1]), void=True)


def test_the_rest_of_a_batch_is_void_at_once_and_what_was_used_stays_used(shop: Business, till: Till) -> None:
    made = Made(shop)
    sell_with(till, made, 0)
    till.push()

    with scope(shop.id):
        assert coupon_desk.void_rest(shop.actor, batch_id=made.batch) == 2
        assert coupon_desk.void_rest(shop.actor, batch_id=made.batch) == 0
        batch = coupon_queries.batch(made.batch)

    assert batch is not None and (batch.free, batch.used, batch.void) == (0, 1, 2)


def test_a_code_comes_back_with_the_whole_ticket_and_not_with_a_part(shop: Business, till: Till) -> None:
    made = Made(shop)
    sold = sell_with(till, made, 0, 2000)
    till.take_back(sold, (0, 1000))
    till.push()
    assert state(shop, made, 0) == "used"

    again = sell_with(till, made, 1)
    till.take_back(again, (0, 1000))
    till.push()

    assert state(shop, made, 1) == "free"
    assert document(ask(till, coupon=made.ids[1]))["kept"] is True
    sell_with(till, made, 1)
    till.push()
    assert state(shop, made, 1) == "used"
    assert doubts(shop) == [], "the first ticket came back whole"


def test_codes_end_with_their_day_and_with_their_promotion(shop: Business, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(shop, until=clock.now() + dt.timedelta(hours=1))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(hours=2))
    assert document(ask(till, coupon=made.ids[0]))["coupon"]["state"] == "over"
    monkeypatch.setattr(clock, "now", lambda: now)
    assert document(ask(till, coupon=made.ids[0]))["coupon"]["state"] == "free"

    with scope(shop.id):
        promotions.end_promotion(shop.actor, promotion_id=made.promotion.id)

    said = document(ask(till, coupon=made.ids[1]))
    assert (said["coupon"]["state"], said["kept"]) == ("over", False)


def test_whoever_tries_codes_is_answered_no_more_and_the_other_till_still_is(shop: Business, till: Till) -> None:
    made, other = Made(shop), shop.till("other")
    other.push()
    for n in range(throttle.TRIES["coupon"]):
        assert ask(till, code=f"{n:064x}").status_code == 404

    assert ask(till, code=hash_of(made.codes[0])).status_code == 429
    assert document(ask(other, code=hash_of(made.codes[0])))["kept"] is True


def test_a_stranger_is_told_of_no_code(shop: Business, other: Business) -> None:
    made, stranger = Made(shop), other.till()

    assert ask(stranger, code=hash_of(made.codes[0])).status_code == 404
    assert ask(stranger, coupon=made.ids[0]).status_code == 404
    with scope(stranger.business.id), pytest.raises(NotFound):
        coupon_desk.set_void(stranger.business.actor, coupon_id=uuid.UUID(made.ids[0]), void=True)
    with scope(stranger.business.id), pytest.raises(NotFound):
        coupon_desk.void_rest(stranger.business.actor, batch_id=made.batch)
    assert state(shop, made, 0) == "free"


def test_a_request_names_a_code_or_its_id(till: Till) -> None:
    assert ask(till).status_code == 400
    assert ask(till, code="0" * 64, coupon=till.device.ids(till.now())).status_code == 400


def test_tills_hold_codes_only_where_the_owner_lets_them_be_taken_offline(shop: Business, till: Till) -> None:
    made = Made(shop)
    assert document(till.pull("coupons"))["coupons"] == []
    assert document(till.pull("till"))["settings"]["offline"]["coupon"] == 0
    with scope(shop.id):
        buyers.set_offline_limits(shop.actor, amounts={"coupon": 2})

    rows = document(till.pull("coupons"))

    assert rows["more"] is False
    assert {row["id"]: row["code"] for row in rows["coupons"]} == dict(zip(made.ids, map(hash_of, made.codes), strict=True))
    assert {(row["coupon"], row["until"]) for row in rows["coupons"]} == {(codes_hash(made.promotion.id), None)}

    start = document(till.pull("till"))
    sell_with(till, made, 0)
    till.push()
    drain()
    changes = document(till.pull(f"changes?epoch={start['epoch']}&n={start['n']}"))["changes"]
    assert [change["row"] for change in changes if change["id"] == made.ids[0]] == [None]
    assert len(document(till.pull("coupons"))["coupons"]) == 2


def test_what_a_till_is_told_of_a_code_costs_the_same_however_many_batches_and_uses_there_are(shop: Business, till: Till) -> None:
    with scope(shop.id):
        buyers.set_offline_limits(shop.actor, amounts={"coupon": 2})
    made = Made(shop)

    def cost() -> list[int]:
        """How many rows each answer of the database has when a till is told of one code."""
        found: list[int] = []

        def counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            execute(sql, params, many, context)
            found.append(len(context["cursor"].fetchall()))
            return execute(sql, params, many, context)

        with scope(shop.id), connection.execute_wrapper(counted):
            assert [row["id"] for row in down_coupons.coupons([uuid.UUID(made.ids[2])])] == [made.ids[2]]
        return found

    before = cost()
    for name in ("b", "c", "d"):
        with scope(shop.id):
            ended = promotions.add_promotion(shop.actor, name=name, terms=TENTH)
            coupon_desk.issue(shop.actor, promotion_id=ended.id, name=name, count=20)
            promotions.end_promotion(shop.actor, promotion_id=ended.id)
            coupon_desk.issue(shop.actor, promotion_id=made.promotion.id, name=name, count=20)
    sell_with(till, made, 0)
    till.push()

    assert cost() == before == [1, 1, 1, 1]


def test_codes_come_down_a_portion_at_a_time_without_what_is_over_used_or_void(shop: Business, till: Till) -> None:
    with scope(shop.id):
        buyers.set_offline_limits(shop.actor, amounts={"coupon": 2})
    made, over = Made(shop, count=6), Made(shop, until=clock.now() + dt.timedelta(hours=1))
    sell_with(till, made, 0)
    till.push()
    with scope(shop.id):
        coupon_desk.set_void(shop.actor, coupon_id=uuid.UUID(made.ids[1]), void=True)
        everywhere = coupon_queries.unused(limit=100)
        first = coupon_queries.unused(limit=2)
        rest = coupon_queries.unused(after=first[-1].id, limit=100)
        with clock.at(clock.now() + dt.timedelta(hours=2)):
            later = coupon_queries.unused(limit=100)

    assert {str(row.id) for row in everywhere} == {*made.ids[2:], *over.ids}
    assert [row.id for row in (*first, *rest)] == sorted(row.id for row in everywhere)
    assert {str(row.id) for row in later} == set(made.ids[2:])


def test_where_nothing_is_taken_offline_no_change_of_a_code_is_told(shop: Business, till: Till) -> None:
    made = Made(shop)
    start = document(till.pull("till"))
    sell_with(till, made, 0)
    till.push()
    drain()

    changes = document(till.pull(f"changes?epoch={start['epoch']}&n={start['n']}"))["changes"]
    assert [change for change in changes if change["kind"] == "coupon"] == []


def test_a_promotion_goes_down_without_any_code(shop: Business, till: Till) -> None:
    made = Made(shop)
    drain()

    rows = [change["row"] for change in document(till.pull(f"changes?epoch={document(till.pull('till'))['epoch']}&n=0"))["changes"]]

    terms = next(row["terms"] for row in rows if row and row["id"] == str(made.promotion.id))
    assert terms["coupon"] == codes_hash(made.promotion.id) and "single" not in terms


def test_a_sale_whose_coupon_lowered_nothing_is_parked(shop: Business, till: Till) -> None:
    made = Made(shop)
    till.sell(("coffee", 1000), extras=Extras(coupons=[{"id": made.ids[0], "promotion": made.version}]))

    assert reasons(till.push())[-1] == "schema"

    with scope(shop.id):
        assert CouponUse.objects.count() == 0
    assert state(shop, made, 0) == "free"


def test_a_sale_may_name_a_code_that_is_not_here_and_doctor_says_so(shop: Business, till: Till) -> None:
    made = Made(shop)
    made.ids[0] = till.device.ids(till.now())
    sell_with(till, made, 0)

    assert set(states(till.push())) == {"accepted"}

    assert len(warnings()) == 1


def test_codes_are_kept_sealed_and_by_their_hash(shop: Business) -> None:
    made = Made(shop)
    with scope(shop.id):
        row = CouponCode.objects.get(id=uuid.UUID(made.ids[0]))
    plain = made.codes[0].replace("-", "")
    assert plain not in row.sealed and bytes(row.code_hash) == coupon_codes.code_hash(plain)
    assert len(set(made.codes)) == 3


def test_who_leads_issues_and_only_for_a_promotion_that_wants_codes(shop: Business) -> None:
    cashier = Actor(shop.id, "person", role="cashier")
    with scope(shop.id):
        usual = promotions.add_promotion(
            shop.actor, name="Todos", terms=Terms(kind="each", reward=Reward(percent=1), pick=Pick(everything=True))
        )
        wanted = promotions.add_promotion(shop.actor, name="Feria", terms=TENTH)
        with pytest.raises(Forbidden):
            coupon_desk.issue(cashier, promotion_id=wanted.id, name="x", count=1)
        for promotion, name, count, wrong in (
            (usual, "x", 1, {"promotion": "choose"}), (wanted, "x", 0, {"count": "out_of_range"}), (wanted, "x", 5_001, {"count": "out_of_range"}),
            (wanted, " ", 1, {"name": "empty"}),
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                coupon_desk.issue(shop.actor, promotion_id=promotion.id, name=name, count=count)
            assert refused.value.data == wrong
        assert CouponCode.objects.count() == 0


def test_a_fact_that_comes_again_uses_nothing_again(shop: Business, till: Till) -> None:
    made = Made(shop)
    sell_with(till, made, 0)
    till.push()
    before = everything()

    assert set(states(till.push(till.journal_facts))) == {"known"}

    assert everything() == before and state(shop, made, 0) == "used"
