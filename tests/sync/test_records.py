"""Facts that are sound by themselves: numbers, shifts, visits and approvals, and what the office then sees of them."""

import uuid

import pytest

from mostrador.counter.models import Sale, ShiftClosing
from mostrador.counter.shifts import shift as shift_detail
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, everything, grown, in_scope, made, parked, stock, totals
from tests.sync.parking import is_parked_alone
from tests.sync.shop import Business, Till, reasons, states


def test_a_number_used_twice_is_parked(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.write_sale(till.sale_body(("tomato", 1000), number=1))

    answer = till.push()

    assert (states(answer), reasons(answer)) == (["accepted", "parked"], [None, "number_used"])
    assert in_scope(till.business, lambda: list(Sale.objects.values_list("number", "gross"))) == [(1, 8_900)]
    assert stock(till.business) == {"coffee": -1000, "water": 0, "tomato": 0}


def test_the_number_of_a_parked_sale_is_used_up(till: Till) -> None:
    body = till.sale_body()
    body["totals"]["gross"] += 1
    till.write_sale(body)
    till.write_sale(till.sale_body(("water", 1000)))

    answer = till.push()

    assert reasons(answer) == ["totals", "number_used"]
    assert made()["counter_sale"] == []


@pytest.mark.parametrize("number", [0, 2**31, 2**53])
def test_a_number_that_no_till_reaches_is_parked_and_uses_up_none(till: Till, number: int) -> None:
    till.write_sale(till.sale_body(number=number))

    assert is_parked_alone(till, "schema")


def test_a_gap_between_numbers_is_flagged_not_parked(till: Till) -> None:
    till.write_sale(till.sale_body(number=3))

    assert states(till.push()) == ["accepted"]
    assert in_scope(till.business, lambda: Sale.objects.get().flags) == "number_gap"


def test_the_same_sale_in_two_facts_is_there_once(till: Till) -> None:
    first = till.sell(("coffee", 1000))
    till.write_sale(till.sale_body(sale=first["body"]["sale"]))
    till.sell(("water", 1000))

    till.cashier.number = 1
    answer = till.push()

    assert reasons(answer)[1] == "conflict"
    assert parked(till)[0] == (4, "sale.recorded", "conflict")
    assert stock(till.business)["coffee"] == -1000


def test_a_conflict_in_the_database_parks_one_fact_and_the_others_of_its_batch_go_in(till: Till) -> None:
    drawer = till.open_drawer()
    till.write("drawer.opened", drawer["body"], id=drawer["id"])
    till.move_cash("in", 700)
    till.end_without_sale()
    before = everything()

    answer = till.push()

    assert (states(answer), reasons(answer)[1]) == (["accepted", "parked", "accepted", "accepted"], "conflict")
    assert grown(before) == {
        "counter_counterevent": 1, "counter_cashmove": 1, "counter_visit": 1, "counter_visitclosing": 1, "counter_shifttotal": 3,
        "sync_journalentry": 4, "sync_parkedfact": 1,
    }  # fmt: skip
    assert totals(till) == {"float": 50_000, "drawer": 1, "cash_in": 700, "visits": 1}


def test_a_z_used_twice_is_parked(till: Till) -> None:
    first = till.close_shift()
    till.open_shift()
    till.cashier.z = 0
    till.close_shift()

    answer = till.push()

    assert (states(answer), reasons(answer)) == (["accepted", "accepted", "parked"], [None, None, "z_used"])
    assert in_scope(till.business, lambda: list(ShiftClosing.objects.values_list("z", "fact_id"))) == [(1, uuid.UUID(first["id"]))]


def test_a_shift_closed_twice_keeps_its_first_z(till: Till) -> None:
    till.close_shift()
    till.close_shift({10_000: 1})

    answer = till.push()

    assert (states(answer), reasons(answer)) == (["accepted", "parked"], [None, "conflict"])
    assert in_scope(till.business, lambda: [row.counted for row in ShiftClosing.objects.all()]) == [[["cash", 50_000]]]


def test_a_visit_closed_twice_counts_once(till: Till) -> None:
    visit = till.visit()
    till.end_without_sale(visit)
    till.push()
    till.end_without_sale(visit)
    till.end_without_sale(visit)

    assert states(till.push()) == ["accepted", "accepted"]
    assert totals(till)["visits"] == 1
    assert len(made()["counter_visitclosing"]) == 1
    assert doctor() == []


def test_a_sale_after_the_shift_was_closed_shows_as_the_difference(till: Till) -> None:
    shift = till.shift
    till.sell(("coffee", 1000))
    till.close_shift()
    till.push()
    till.write_sale(till.sale_body(("water", 2000)))

    answer = till.push()

    assert states(answer) == ["accepted"]
    with scope(till.business.id):
        detail = shift_detail(uuid.UUID(shift))
        closing = ShiftClosing.objects.get()
    assert detail is not None
    assert detail.row.missing == -3_700
    assert (closing.z, closing.figures["gross"], closing.expected) == (1, 8_900, [["cash", 58_900]])


def test_a_parked_sale_of_a_closed_shift_shows_as_the_difference(till: Till) -> None:
    body = till.sale_body()
    body["totals"]["net"] += 1
    till.write_sale(body)
    till.cashier.figures.add_sale(1, body["basket"], body["totals"])
    till.close_shift()

    answer = till.push()

    assert states(answer) == ["parked", "accepted"]
    with scope(till.business.id):
        detail = shift_detail(uuid.UUID(till.shift))
    assert detail is not None and detail.row.missing == 8_900


def test_a_sale_without_an_open_shift_is_flagged_and_dated_by_the_stores_day(shop: Business) -> None:
    till = shop.till()
    till.cashier.shift = till.device.ids(5)
    till.at = 1_764_129_540_000  # 25 November, 21:59 in Mexico City; in UTC it is the 26th
    till.sell(("coffee", 1000))

    assert states(till.push()) == ["accepted", "accepted"]
    with scope(shop.id):
        sale = Sale.objects.get()
    assert (sale.flags, sale.business_date.isoformat()) == ("no_shift", "2025-11-25")


def test_a_missing_approval_flags_the_sale_and_parks_nothing(till: Till) -> None:
    till.sell(("coffee", 1000), extras=Extras(approvals=[till.device.ids(7)]))

    assert states(till.push()) == ["accepted"]
    assert in_scope(till.business, lambda: Sale.objects.get().flags) == "approval_missing"


@pytest.mark.parametrize("together", [True, False])
def test_an_approval_that_came_with_the_sale_or_before_it_flags_nothing(till: Till, together: bool) -> None:
    approval = till.approve()
    if not together:
        till.push()
    till.sell(("coffee", 1000), extras=Extras(approvals=[approval["id"]]))

    assert set(states(till.push())) == {"accepted"}
    assert in_scope(till.business, lambda: Sale.objects.get().flags) == ""


def test_a_clock_that_went_back_is_flagged_on_the_sale(till: Till) -> None:
    till.at -= 7_200_000
    fact = till.sell(("coffee", 1000))

    assert states(till.push()) == ["accepted"]
    assert fact["flags"] == ["clock_back"]
    assert in_scope(till.business, lambda: Sale.objects.get().flags) == "clock_back"


def test_a_copy_of_a_ticket_that_never_came_is_parked_when_it_carries_a_token(till: Till) -> None:
    till.write("ticket.reprinted", {"sale": till.device.ids(9), "tokens": [{"kind": "reprint", "hash": "ab" * 32}]})

    assert is_parked_alone(till, "conflict")
