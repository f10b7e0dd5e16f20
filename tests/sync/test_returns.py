"""Goods that come back: what the server keeps of a return, in whichever order facts arrive, and what it does not believe."""

import copy
import uuid
from typing import Any

import pytest
import time_machine

from mostrador.counter import accounts, days, returns
from mostrador.counter.models import Return, Sale, Visit
from mostrador.counter.rebuild import computed_totals, stored_totals
from mostrador.kernel.scoping import scope
from mostrador.people.models import Store
from mostrador.pricing.document import refund_document
from mostrador.sync.cashier import Back, Extras
from tests.sync.books import doctor, everything, grown, in_scope, made, parked, stock, totals
from tests.sync.shop import Business, Json, Till, back_line, document, reasons, states


def write(till: Till, body: Json) -> None:
    """Write a return of any body, in a visit of its own."""
    till.write("return.recorded", body, visit=till.visit().document())


def a_body(till: Till) -> Json:
    """The body of a return that is sound: one of two coffees."""
    sold = till.sell(("coffee", 2000))
    body: Json = till.take_back(sold, (0, 1000))["body"]
    till.unwrite()
    return copy.deepcopy(body)


def test_a_return_brings_goods_to_the_shelf_and_takes_money_from_the_drawer(till: Till) -> None:
    sold = till.sell(("coffee", 2000), ("tomato", 750))
    till.push()
    before = everything()

    till.take_back(sold, (0, 1000))

    assert states(till.push()) == ["accepted"]
    assert grown(before) == {
        "counter_visit": 1, "counter_return": 1, "counter_returnline": 1, "counter_refund": 1, "counter_shifttotal": 4, "sync_journalentry": 1,
    }  # fmt: skip
    assert stock(till.business) == {"coffee": -1000, "water": 0, "tomato": -750}
    found = totals(till)
    assert found["pay:cash"] == sold["body"]["totals"]["gross"] - 8_900
    assert (found["returns"], found["back_gross"], found["back:cash"]) == (1, 8_900, 8_900)
    assert doctor() == []
    assert in_scope(till.business, stored_totals) == in_scope(till.business, computed_totals)


def test_scrap_does_not_go_back_to_the_shelf(till: Till) -> None:
    sold = till.sell(("coffee", 2000))
    till.take_back(None, lines=[back_line(sold, 0, 2000, line=None, goods="scrap", reason="defective")])

    assert states(till.push()) == ["accepted", "accepted"]
    assert stock(till.business)["coffee"] == -2000
    assert doctor() == []


def test_what_comes_back_in_parts_is_to_the_cent_what_was_charged(till: Till) -> None:
    sold = till.sell(("tomato", 997), discount={"percent": 70_000})
    charged = sold["body"]["totals"]["lines"][0]
    first = till.take_back(sold, (0, 331))
    given = first["body"]["totals"]["lines"][0]
    before = {"quantity": 331, "gross": given["gross"], "taxes": given["taxes"]}
    till.take_back(sold, (0, 666), before={0: before}, knew=[first["body"]["return"]])

    assert states(till.push()) == ["accepted"] * 3
    assert totals(till)["back_gross"] == charged["gross"]
    assert totals(till).get("pay:cash", 0) == 0
    assert stock(till.business)["tomato"] == 0


def test_a_return_may_arrive_before_its_sale_and_is_joined_then(shop: Business) -> None:
    one, other = shop.till("one"), shop.till("other")
    one.open_shift()
    other.open_shift()
    sold = one.sell(("coffee", 1000))
    other.take_back(sold, (0, 1000))

    assert states(other.push())[-1] == "accepted"
    [found] = in_scope(shop, lambda: returns.of_shift(uuid.UUID(other.shift)))
    assert (found.sale_number, found.row.sale_id) == ("", uuid.UUID(sold["body"]["sale"]))
    assert in_scope(shop, returns.doubtful) == []

    one.push()
    [joined] = in_scope(shop, lambda: returns.of_sale(uuid.UUID(sold["body"]["sale"])))
    assert joined.sale_number == f"{one.device.series}-1"
    assert doctor() == []


def test_two_tills_that_did_not_know_of_each_other_are_listed_and_not_refused(shop: Business) -> None:
    one, other = shop.till("one"), shop.till("other")
    for till in (one, other):
        till.open_shift()
    sold = one.sell(("coffee", 1000))
    one.take_back(sold, (0, 1000))
    other.take_back(sold, (0, 1000))

    assert states(one.push())[-1] == states(other.push())[-1] == "accepted"
    assert [doubt.why for doubt in in_scope(shop, returns.doubtful)] == ["over"]
    assert doctor() == []


def test_an_exchange_is_a_return_and_a_sale_of_one_visit_and_leaves_the_drawer_alone(till: Till) -> None:
    sold = till.sell(("coffee", 1000))
    till.push()
    cash = totals(till)["pay:cash"]
    visit = till.visit()
    till.take_back(sold, (0, 1000), method="exchange", visit=visit)
    basket = till.basket(("coffee", 1000), method="exchange")
    till._wrote(till.cashier.sell(visit, basket, till.now(), Extras()))

    assert states(till.push()) == ["accepted", "accepted"]
    found = totals(till)
    assert (found["pay:cash"], found["pay:exchange"]) == (cash, 0)
    assert in_scope(till.business, Visit.objects.count) == 2
    assert stock(till.business)["coffee"] == -1000


def test_a_return_without_a_ticket_names_no_sale(till: Till) -> None:
    sold = till.sell(("coffee", 1000))
    till.take_back(None, lines=[back_line(sold, 0, 1000, line=None)])

    assert states(till.push()) == ["accepted", "accepted"]
    assert in_scope(till.business, lambda: Return.objects.get().sale_id) is None


def test_the_z_says_what_was_given_back_and_the_office_agrees(till: Till) -> None:
    sold = till.sell(("coffee", 2000))
    till.take_back(sold, (0, 1000))
    z = till.close_shift()

    assert states(till.push()) == ["accepted"] * 3
    figures = z["body"]["figures"]
    assert figures["payments"] == [{"method": "cash", "amount": 8_900}]
    assert figures["returned"]["gross"] == 8_900
    assert (figures["first_number"], figures["last_number"]) == (1, 2)
    day = in_scope(till.business, lambda: days.money(list(Store.objects.all()), *(Sale.objects.get().business_date,) * 2))
    assert (day.gross, day.back.gross, day.kept, day.paid) == (17_800, 8_900, 8_900, 8_900)
    helped = in_scope(till.business, lambda: days.helped(list(Store.objects.all()), Sale.objects.get().business_date))
    assert helped.gave == (("sale", 1), ("return", 1))


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a cent more than it comes to": ({"totals": {"gross": 8_901}}, "totals"),
    "an engine that nobody knows": ({"totals": {"engine": 99}}, "unknown_engine"),
    "another series": ({"series": "ZZ"}, "other_series"),
    "a number that a ticket has": ({"number": 1}, "number_used"),
    "no lines": ({"document": {"lines": []}, "totals": {"lines": []}}, "schema"),
    "a reference of no refund": ({"references": [{"payment": 3, "value": "AUT-1"}]}, "schema"),
}


@pytest.mark.parametrize("change, reason", WRONG.values(), ids=WRONG)
def test_a_return_that_does_not_hold_is_parked_and_changes_nothing(till: Till, change: dict[str, Any], reason: str) -> None:
    body = a_body(till)
    till.push()
    for name, value in change.items():
        body[name] = {**body[name], **value} if isinstance(value, dict) else value
    write(till, body)
    before = everything()

    assert reasons(till.push()) == [reason]
    assert grown(before) == {"sync_journalentry": 1, "sync_parkedfact": 1}
    assert (totals(till).get("returns"), stock(till.business)["coffee"]) == (None, -2000)


def test_refunds_that_do_not_come_to_what_is_due_are_parked(till: Till) -> None:
    for amount in (8_899, 8_901):
        body = a_body(till)
        body["number"] = till.cashier.number + 1
        body["document"]["refunds"] = [{"method": "cash", "amount": amount}]
        body["totals"] = refund_document(body["document"])
        till.cashier.number += 1
        write(till, body)

    assert reasons(till.push()) == [None, "not_paid", None, "not_paid"]
    assert made()["counter_return"] == []


def test_goods_of_another_business_are_parked(till: Till, other: Business) -> None:
    body = a_body(till)
    body["document"]["lines"][0]["product_id"] = other.products["coffee"]
    write(till, body)
    till.cashier.number += 1
    till.sell(("water", 1000))

    assert reasons(till.push()) == [None, "unknown_product", None]
    assert made()["counter_return"] == []
    assert [kind for _, kind, _ in parked(till)] == ["return.recorded"]
    assert stock(till.business)["coffee"] == -2000


def test_another_till_hears_of_a_ticket_by_its_code_and_of_what_came_back(shop: Business) -> None:
    one, other = shop.till("one"), shop.till("other")
    for till in (one, other):
        till.open_shift()
    for _ in range(3):
        one.sell(("water", 1000))
    sold = one.sell(("coffee", 2000), extras=Extras(tokens=[{"kind": "ticket", "hash": "ab" * 32}]))
    back = one.take_back(sold, (0, 1000))
    one.push()
    other.push()
    code = f"{one.device.series}-4-{sold['body']['sale'][-6:].upper()}"

    for asked in (f"code={code}", f"code={one.device.series}-4", f"token={'ab' * 32}"):
        found = document(other.pull(f"sold?{asked}"))
        paper = "ticket" if asked.startswith("token") else None
        assert found == {"at": sold["at"], "paper": paper, "sale": sold["body"], "returns": [{"at": back["at"], "body": back["body"]}]}


def test_a_gift_ticket_is_known_at_another_till_and_its_credit_is_of_whoever_brings_it(shop: Business) -> None:
    one, other = shop.till("one"), shop.till("other")
    for till in (one, other):
        till.open_shift()
    giver, bearer = one.meet("Lucía"), other.meet("Julián")
    sold = one.sell(("coffee", 2000), extras=Extras(buyer=giver))
    one.reprint(sold, ["cd" * 32], kind="gift")
    one.push()

    assert document(other.pull(f"sold?token={'cd' * 32}"))["paper"] == "gift"
    other.take_back(sold, (0, 1000), method="credit", buyer=bearer, paper="gift")
    assert states(other.push())[-1] == "accepted"

    with scope(shop.id):
        assert accounts.balances([uuid.UUID(giver), uuid.UUID(bearer)]) == {(uuid.UUID(bearer), "credit"): 8_900}
        assert [(row.flags, str(row.buyer_id)) for row in Return.objects.all()] == [("gift", bearer)]
    one.close_shift()
    one.push()
    assert one.cashier.figures.reprints == 0
    assert doctor() == []


@pytest.mark.parametrize("paper", ["ticket", "reprint", "", 1])
def test_a_return_by_a_paper_of_another_kind_is_parked(till: Till, paper: object) -> None:
    write(till, {**a_body(till), "paper": paper})

    assert reasons(till.push())[-1] == "schema"


@pytest.mark.parametrize(
    "asked", ["code=", "code=ZZ-1", "code=X", "code=%00", f"token={'0' * 64}", "token=x", "code=9999999999999999-1", ""]
)
def test_a_ticket_that_is_not_here_is_not_found(till: Till, asked: str) -> None:
    till.sell(("coffee", 1000))
    till.push()

    assert till.pull(f"sold?{asked}").status_code == 404


def test_a_code_with_a_wrong_end_and_the_ticket_of_another_business_are_not_found(till: Till, other: Business) -> None:
    sold = till.sell(("coffee", 1000))
    till.push()
    stranger = other.till()
    stranger.open_shift()
    stranger.push()

    assert till.pull(f"sold?code={till.device.series}-1-000000").status_code == 404
    assert stranger.pull(f"sold?code={till.device.series}-1-{sold['body']['sale'][-6:].upper()}").status_code == 404


def test_a_ticket_is_found_though_the_clock_of_the_server_went_back(till: Till) -> None:
    with time_machine.travel("2026-05-02T12:00:00Z", tick=False):
        till.sell(("water", 1000))
        till.push()
    with time_machine.travel("2026-05-01T12:00:00Z", tick=False):
        sold = till.sell(("coffee", 1000))
        till.push()

        assert document(till.pull(f"sold?code={till.device.series}-2"))["sale"] == sold["body"]


FORGED: dict[str, tuple[dict[str, Any], str]] = {
    "a dearer sale than there was": ({"sold": {"quantity": 2000, "gross": 999_900, "taxes": []}}, "unlike"),
    "fewer pieces than were sold": ({"sold": {"quantity": 1, "gross": 17_800, "taxes": []}}, "unlike"),
    "earlier returns that took money": (
        {"before": {"quantity": 1, "gross": -500_000, "taxes": [{"code": "IVA0", "base": 0, "amount": 0}]}}, "over",
    ),
    "a line that the sale has not": ({"line": 900}, "no_line"),
}  # fmt: skip


@pytest.mark.parametrize("change, why", FORGED.values(), ids=FORGED)
def test_a_return_that_is_not_like_its_sale_goes_in_and_is_listed(till: Till, change: dict[str, Any], why: str) -> None:
    sold = till.sell(("coffee", 2000))
    line = {**back_line(sold, 0, 1000), **change}
    if line["before"] is not None:
        line["before"]["taxes"] = [{**tax, "base": 0, "amount": 0} for tax in line["sold"]["taxes"]]
    currency = {"code": "MXN", "digits": 2}
    due = refund_document({"version": 1, "currency": currency, "lines": [line]})["gross"]
    back = Back([line], [{"method": "cash", "amount": due}], currency, sold["body"])
    till._wrote(till.cashier.take_back(till.visit(), back, till.now()))

    assert states(till.push()) == ["accepted", "accepted"]
    assert why in {doubt.why for doubt in in_scope(till.business, returns.doubtful)}


def test_an_exchange_without_its_other_half_is_listed(till: Till) -> None:
    till.sell(("coffee", 1000), method="exchange")
    till.push()

    assert [doubt.why for doubt in in_scope(till.business, returns.doubtful)] == ["exchange"]


def test_a_line_without_a_place_in_a_return_of_a_ticket_is_parked(till: Till) -> None:
    body = a_body(till)
    body["document"]["lines"][0]["line"] = None
    till.push()
    write(till, body)

    assert reasons(till.push()) == ["schema"]
    assert made()["counter_return"] == []
