"""Vouchers: paper that pays by rules of its owner. Worth what they pay with what went beyond; a number taken twice is listed and refused by nobody."""

import datetime as dt
import uuid

import pytest

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Product
from mostrador.config.doctor import examine
from mostrador.counter import accountability, accounts, rebuild, shifts, voucher_desk, voucher_queries
from mostrador.counter.accountability import Wanted
from mostrador.counter.models import Payment, Sale, ShiftClosing
from mostrador.counter.voucher_desk import Saying
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, everything, totals, unwatched
from tests.sync.shop import Business, Json, Till, call, document, reasons, states


def kind_of(business: Business, name: str = "Despensa", **rules: object) -> str:
    """A kind of voucher that the business takes."""
    with scope(business.id):
        return str(voucher_desk.add_kind(business.actor, says=Saying(name, "Emisora", (10_000, 20_000), **rules)))  # type: ignore[arg-type]  # rules as Saying has them


def by_vouchers(kind: str, pays: int, *slips: tuple[int, str | None], **beyond: int) -> Json:
    """A payment by slips of (value, number); `beyond`: surplus, change, credit."""
    made = [{"value": value, **({"number": number} if number else {})} for value, number in slips]
    return {"method": "voucher", "amount": pays, "voucher": {"kind": kind, "name": "Despensa", "slips": made, **beyond}}


def test_what_a_voucher_is_worth_beyond_the_ticket_stays_with_the_shop_and_is_said(till: Till) -> None:
    kind = kind_of(till.business)
    till.sell(("coffee", 1000), payments=[by_vouchers(kind, 8_900, (10_000, "A-1"), surplus=1_100)])
    closed = till.close_shift()

    assert set(states(till.push())) == {"accepted"}

    assert totals(till) == {
        "float": 50_000,
        "sales": 1,
        "gross": 8_900,
        "net": 7_672,
        "pay:voucher": 10_000,
        "pay:surplus": -1_100,
        "vouchers": 1,
    }
    assert closed["body"]["expected"] == [{"method": "cash", "amount": 50_000}, {"method": "voucher", "amount": 10_000}]
    assert closed["body"]["figures"]["vouchers"] == {
        "kinds": [{"kind": kind, "name": "Despensa", "slips": 1, "amount": 10_000}], "surplus": 1_100, "change": 0, "credit": 0,
    }  # fmt: skip
    with scope(till.business.id):
        assert [*Payment.objects.order_by("n").values_list("n", "method", "amount", "tendered")] == [
            (0, "voucher", 10_000, 10_000), (1, "surplus", -1_100, -1_100),
        ]  # fmt: skip
        assert ShiftClosing.objects.get().vouchers == [{"kind": kind, "name": "Despensa", "slips": 1, "amount": 10_000}]
        assert rebuild.computed_totals() == rebuild.stored_totals()
    assert doctor() == []


def test_change_for_a_voucher_leaves_the_drawer_and_is_taken_off_the_cash(till: Till) -> None:
    kind = kind_of(till.business, change="cash", change_max=5_000)
    till.sell(("coffee", 1000), payments=[by_vouchers(kind, 8_900, (10_000, None), change=1_000, surplus=100)])
    closed = till.close_shift()

    assert set(states(till.push())) == {"accepted"}

    assert closed["body"]["expected"] == [{"method": "cash", "amount": 49_000}, {"method": "voucher", "amount": 10_000}]
    assert totals(till)["pay:cash"] == -1_000
    assert doctor() == []


@pytest.mark.parametrize("method", ["credit", "cash"])
def test_goods_that_vouchers_paid_come_back_by_no_paper_and_the_drawer_holds_what_its_slips_are_worth(till: Till, method: str) -> None:
    kind = kind_of(till.business, change="cash", back=method)
    buyer = till.meet("Eva")
    sold = till.sell(("coffee", 2000), payments=[by_vouchers(kind, 17_800, (10_000, "F-1"), (10_000, "F-2"), change=2_200)])
    till.take_back(sold, (0, 1000), method=method, buyer=buyer if method == "credit" else None)
    closed = till.close_shift()
    body = closed["body"]
    one_lacks = [{"kind": kind, "name": "Despensa", "slips": 1, "amount": 10_000}]
    for said, less in (("counted", 10_000), ("difference", 10_000)):
        body[said] = [{**row, "amount": row["amount"] - less} if row["method"] == "voucher" else row for row in body[said]]
    till.unwrite()
    till.write("shift.closed", {**body, "vouchers": one_lacks}, staff=till.business.cashier)

    assert set(states(till.push())) == {"accepted"}

    in_cash = 2_200 + (8_900 if method == "cash" else 0)
    assert body["expected"] == [{"method": "cash", "amount": 50_000 - in_cash}, {"method": "voucher", "amount": 20_000}]
    assert body["figures"]["vouchers"]["kinds"] == [{"kind": kind, "name": "Despensa", "slips": 2, "amount": 20_000}]
    assert (totals(till)["pay:voucher"], totals(till)["vouchers"]) == (20_000, 2)
    with scope(till.business.id):
        closing = ShiftClosing.objects.get()
        assert [(row.expected, row.counted, row.difference) for row in shifts.slips(closing)] == [(2, 1, -10_000)]
        listed, _ = accountability.entries(Wanted(closing.closed_at, closing.closed_at + dt.timedelta(days=1)))
        assert [(entry.kind, entry.amount) for entry in listed if entry.kind == "count.differs"] == [("count.differs", -10_000)]
        assert rebuild.computed_totals() == rebuild.stored_totals()
    assert doctor() == []


def test_a_return_that_hands_vouchers_out_is_parked(till: Till) -> None:
    kind = kind_of(till.business)
    sold = till.sell(("coffee", 1000), payments=[by_vouchers(kind, 8_900, (10_000, None), surplus=1_100)])
    till.take_back(sold, (0, 1000), method="voucher")

    answers = till.push()

    assert states(answers) == ["accepted", "parked"] and reasons(answers)[-1] == "schema"
    assert totals(till)["pay:voucher"] == 10_000, "as much as the slips that lie in the drawer"


def test_what_goes_beyond_may_be_owed_to_the_buyer(till: Till) -> None:
    kind = kind_of(till.business, change="credit")
    buyer = till.meet("Eva")
    till.sell(("coffee", 1000), extras=Extras(buyer=buyer), payments=[by_vouchers(kind, 8_900, (10_000, None), credit=1_100)])

    assert set(states(till.push())) == {"accepted"}

    with scope(till.business.id):
        assert accounts.balances()[uuid.UUID(buyer), "credit"] == 1_100
    assert doctor() == []


def test_several_vouchers_and_cash_pay_one_ticket(till: Till) -> None:
    kind = kind_of(till.business)
    payments = [by_vouchers(kind, 15_000, (10_000, "A1"), (5_000, None)), {"method": "cash", "amount": 3_000}]
    sold = till.sell(("coffee", 2000), payments=payments)

    assert set(states(till.push())) == {"accepted"}

    with scope(till.business.id):
        slips = voucher_queries.of_sale(uuid.UUID(sold["body"]["sale"]))
        assert [(slip.kind, slip.number, slip.value) for slip in slips] == [("Despensa", "A1", 10_000), ("Despensa", "", 5_000)]
    assert totals(till)["pay:cash"] == 2_800 and totals(till)["vouchers"] == 2
    assert doctor() == []


@pytest.mark.parametrize(
    "payment, where",
    [
        ({"surplus": 1_000}, "payments.voucher.slips"),
        ({"surplus": 0, "credit": 1_100}, "buyer"),
        ({"surplus": 1_100, "number": "a 1"}, "payments.voucher.number"),
        ({"surplus": 1_100, "kind": "despensa"}, "payments.voucher.kind"),
    ],
)
def test_vouchers_that_do_not_add_up_are_parked(till: Till, payment: Json, where: str) -> None:
    kind, number = payment.pop("kind", str(uuid.uuid4())), payment.pop("number", None)
    till.sell(("coffee", 1000), payments=[by_vouchers(kind, 8_900, (10_000, number), **payment)])

    answers = till.push()

    assert states(answers)[-1] == "parked" and reasons(answers)[-1] == "schema"
    with scope(till.business.id):
        assert not Payment.objects.exists(), where


def test_a_number_taken_twice_is_listed_and_refused_by_nobody(shop: Business, till: Till) -> None:
    kind, second_kind = kind_of(shop), kind_of(shop, "Comida")
    second = shop.till()
    second.open_shift()
    for one, of_kind in ((till, kind), (second, kind), (second, second_kind)):
        one.sell(("coffee", 1000), payments=[by_vouchers(of_kind, 8_900, (10_000, "F-7"), surplus=1_100)])
        assert set(states(one.push())) == {"accepted"}

    with scope(shop.id):
        (double,) = voucher_queries.twice()
    assert (double.kind, double.number, double.at_risk) == ("Despensa", "F-7", 10_000)
    assert {slip.ticket for slip in double.slips} == {f"{till.device.series}-1", f"{second.device.series}-1"}
    assert doctor() == []
    with unwatched():
        assert [found.level for found in examine() if found.check == "vouchers"] == ["warning", "ok"]


@pytest.mark.parametrize(
    "rules, payments, flags",
    [
        ({"limit": 9_000}, [(8_900, (10_000, None), {"surplus": 1_100})], ["voucher_limit"]),
        ({"limit": 10_000}, [(8_900, (10_000, None), {"surplus": 1_100})], []),
        ({"number": "must"}, [(8_900, (10_000, None), {"surplus": 1_100})], ["voucher_number"]),
        ({"change": "cash", "change_max": 500}, [(8_900, (10_000, None), {"change": 1_000, "surplus": 100})], ["voucher_rest"]),
        ({"change": "cash"}, [(8_900, (10_000, None), {"change": 1_000, "surplus": 100})], []),
        ({}, [(4_000, (4_000, None), {}), (4_900, (6_000, None), {"surplus": 1_100})], []),
        ({"limit": 9_999}, [(4_000, (4_000, None), {}), (4_900, (6_000, None), {"surplus": 1_100})], ["voucher_limit"]),
    ],
)
def test_vouchers_that_paid_against_the_rules_of_their_kind_are_listed_and_refused_by_nobody(
    till: Till, rules: Json, payments: list[tuple[int, tuple[int, str | None], dict[str, int]]], flags: list[str]
) -> None:
    kind = kind_of(till.business, **rules)
    sold = till.sell(("coffee", 1000), payments=[by_vouchers(kind, pays, slip, **beyond) for pays, slip, beyond in payments])

    assert set(states(till.push())) == {"accepted"}

    with scope(till.business.id):
        assert Sale.objects.get().flags.split() == flags
        assert [(str(one.sale_id), list(one.flags)) for one in voucher_queries.beyond_rules()] == [(sold["body"]["sale"], flags)] * bool(
            flags
        )
    assert doctor() == []


def test_a_kind_that_nobody_takes_is_flagged(till: Till) -> None:
    kind = kind_of(till.business)
    with scope(till.business.id):
        voucher_desk.retire_kind(till.business.actor, kind_id=uuid.UUID(kind), retired=True)
    for of_kind in (kind, str(uuid.uuid4())):
        till.sell(("coffee", 1000), payments=[by_vouchers(of_kind, 8_900, (8_900, None))])

    assert set(states(till.push())) == {"accepted"}

    with scope(till.business.id):
        assert [*Sale.objects.values_list("flags", flat=True)] == ["voucher_kind", "voucher_kind"]


def test_goods_that_a_kind_does_not_pay_are_not_counted_for_it_even_beside_a_kind_that_pays_all(shop: Business, till: Till) -> None:
    with scope(shop.id):
        category = catalogue.add_category(shop.actor, name="Cafés").id
        catalogue.change_product(shop.actor, product_id=Product.objects.get(sku="coffee").id, category_id=category)
    food, meal = kind_of(shop, without=(category,)), kind_of(shop, "Comida")
    water, both = 1_850, 8_900 + 1_850
    for payments in (
        [by_vouchers(food, water, (water, None)), by_vouchers(meal, 8_900, (8_900, None))],
        [by_vouchers(food, water + 1, (water + 1, None)), by_vouchers(meal, 8_899, (8_899, None))],
        [by_vouchers(meal, both, (both, None))],
    ):
        till.sell(("coffee", 1000), ("water", 1000), payments=payments)

    assert set(states(till.push())) == {"accepted"}

    with scope(shop.id):
        assert [*Sale.objects.order_by("number").values_list("flags", flat=True)] == ["", "voucher_goods", ""]


def test_a_till_hears_where_a_number_was_taken_before(shop: Business, other: Business, till: Till) -> None:
    kind = kind_of(shop)
    till.sell(("coffee", 1000), payments=[by_vouchers(kind, 8_900, (10_000, "F-7"), surplus=1_100)])
    till.push()
    stranger = other.till()

    said = document(call("GET", f"vouchers?kind={kind}&number=F-7", till.token))

    assert [one["ticket"] for one in said["seen"]] == [f"{till.device.series}-1"]
    assert document(call("GET", f"vouchers?kind={kind}&number=F-8", till.token)) == {"seen": []}
    assert document(call("GET", f"vouchers?kind={kind}&number=F-7", stranger.token)) == {"seen": []}
    assert call("GET", "vouchers?kind=7&number=F-7", till.token).status_code == 404


def test_the_same_facts_again_change_nothing(till: Till) -> None:
    till.sell(("coffee", 1000), payments=[by_vouchers(kind_of(till.business), 8_900, (10_000, "A1"), surplus=1_100)])
    till.push()
    before = everything()

    till.sent = 0
    assert set(states(till.push())) == {"known"}

    assert everything() == before


def test_kinds_are_said_by_who_leads_and_told_to_tills(shop: Business, till: Till) -> None:
    kind_of(shop, change="cash", change_max=2_000, number="must", limit=50_000)
    told = document(call("GET", "till", till.token))["settings"]["vouchers"]
    with scope(shop.id):
        (kind,) = voucher_desk.kinds()

    assert told == [{
        "id": str(kind.id), "name": "Despensa", "values": [10_000, 20_000], "change": "cash", "change_max": 2_000, "number": "must",
        "limit": 50_000, "without": [], "back": "credit",
    }]  # fmt: skip
    cashier = Actor(shop.id, "person", shop.actor.id, "cashier")
    with scope(shop.id):
        with pytest.raises(Forbidden):
            voucher_desk.add_kind(cashier, says=Saying("Otro"))
        for wrong in (
            Saying(""),
            Saying("Despensa"),
            Saying("X", values=(0,)),
            Saying("X", change="some"),
            Saying("X", back="paper"),
            Saying("X", change="credit", back="cash"),
            Saying("X", without=(uuid.uuid4(),)),
        ):
            with pytest.raises(Invalid):
                voucher_desk.add_kind(shop.actor, says=wrong)
        voucher_desk.retire_kind(shop.actor, kind_id=kind.id, retired=True)
        assert voucher_desk.document() == [] and len(voucher_desk.kinds(retired=True)) == 1
