"""What people do beyond what their role may do alone: counted like everything, flagged where nobody allowed it, kept with their names."""

import uuid
from typing import Any

import pytest

from mostrador.counter.models import CashMove, CounterEvent, Return, Sale
from mostrador.people import services as people
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, in_scope
from tests.sync.shop import Business, Json, Till, back_line, states


@pytest.fixture
def open_till(till: Till) -> Till:
    """A till of a cashier: 10 % of discount, cash out and returns with a ticket, nothing else alone."""
    till.open_shift()
    return till


def limit(business: Business, **fields: Any) -> None:
    """The owner gives the cashiers other limits."""
    in_scope(business, lambda: people.set_limits(business.actor, limits={"cashier": fields}))


def approve(till: Till, action: str, by: str | None = None) -> str:
    """Somebody allows an act; return the approval's id."""
    approver = till.business.manager if by is None else by
    return str(till._wrote(till.cashier.approve(approver, action, None, "other", till.now())[1])["id"])


def flags(till: Till, model: Any, **wanted: Any) -> list[str]:
    """The flags of the rows of a table, in the order in which they were made."""
    return in_scope(till.business, lambda: [row.flags for row in model.objects.filter(**wanted).order_by("id")])


def events(till: Till, kind: str) -> list[tuple[str | None, int | None, str]]:
    """Who, how much and with which flags, of one kind of event."""

    def read() -> list[tuple[str | None, int | None, str]]:
        rows = CounterEvent.objects.filter(kind=kind).order_by("at", "id")
        return [(str(row.staff_id) if row.staff_id else None, row.amount, row.flags) for row in rows]

    return in_scope(till.business, read)


def discounted(till: Till, percent: int) -> Json:
    """The lines of a coffee with a discount (ppm)."""
    return {**till.line("1", "coffee", 1000), "discount": {"percent": percent}}


def test_a_discount_beyond_the_limit_that_nobody_allowed_is_counted_and_flagged(open_till: Till) -> None:
    till = open_till
    till.sell_basket(till.basket(lines=[discounted(till, 100_000)]))
    till.sell_basket(till.basket(lines=[discounted(till, 110_000)]))
    till.sell_basket(till.basket(lines=[discounted(till, 500_000)]), Extras(approvals=[approve(till, "discount")]))
    till.sell_basket(till.basket(lines=[discounted(till, 500_000)]), Extras(approvals=[approve(till, "drawer")]))
    till.sell(("coffee", 2000), discount={"percent": 200_000})

    assert set(states(till.push())) == {"accepted"}
    assert flags(till, Sale) == ["", "limit_exceeded", "", "limit_exceeded", "limit_exceeded"]
    assert doctor() == []


def test_an_approval_that_arrived_in_an_earlier_batch_counts_for_its_own_act_alone(open_till: Till) -> None:
    till = open_till
    allowed, other = approve(till, "discount"), approve(till, "void")
    till.push()
    till.sell_basket(till.basket(lines=[discounted(till, 500_000)]), Extras(approvals=[allowed]))
    till.sell_basket(till.basket(lines=[discounted(till, 500_000)]), Extras(approvals=[other]))

    till.push()

    assert flags(till, Sale) == ["", "limit_exceeded"]


def test_who_may_approve_does_it_alone(open_till: Till) -> None:
    till = open_till
    till.cashier.staff = till.business.manager
    till.sell_basket(till.basket(lines=[discounted(till, 900_000)]))
    till.open_drawer()

    till.push()

    assert (flags(till, Sale), flags(till, CounterEvent, kind="drawer.opened")) == ([""], [""])


def test_a_price_that_a_person_typed_is_an_event_with_their_name(open_till: Till) -> None:
    """Down within the discount limit it is like a discount; further, or up, somebody allows it, or the owner gives the right."""
    till = open_till

    def sell(price: int) -> None:
        changes = [{"line": "1", "list_price": 890_000}]
        till.sell_basket(till.basket(lines=[{**till.line("1", "coffee", 2000), "unit_price": price}]), Extras(price_changes=changes))

    for price in (850_000, 700_000, 900_000):
        sell(price)
    till.push()
    limit(till.business, may_change_price=True)
    sell(700_000)
    till.push()

    cashier = till.business.cashier
    assert events(till, "price.changed") == [(cashier, -8_00, ""), (cashier, -38_00, ""), (cashier, 2_00, ""), (cashier, -38_00, "")]
    assert flags(till, Sale) == ["", "limit_exceeded", "limit_exceeded", ""]
    assert doctor() == []


def test_what_was_taken_off_a_ticket_is_an_event_whether_it_was_sold_or_let_go(open_till: Till) -> None:
    till = open_till
    limit(till.business, may_void=False)
    voided = {"times": 1, "amount": 1_850}
    changes = [{"line": "1", "list_price": 880_000}]
    sold = till.sell(("coffee", 1000), extras=Extras(voided=voided, price_changes=changes))
    yes = approve(till, "void")
    closing = {"shift": till.shift, "by_product": "nothing_needed", "voided": {"times": 3, "amount": 9_000}}
    till.write("visit.closed", {**closing, "approvals": [yes]}, visit=till.visit().document(), staff=till.business.cashier)
    till.write("visit.closed", {**closing, "approvals": [str(uuid.uuid4())]}, visit=till.visit().document(), staff=till.business.cashier)

    assert set(states(till.push())) == {"accepted"}
    cashier = till.business.cashier
    assert events(till, "line.voided") == [(cashier, 1_850, ""), (cashier, 9_000, ""), (cashier, 9_000, "approval_missing limit_exceeded")]
    assert len(events(till, "price.changed")) == 1
    assert flags(till, Sale) == ["limit_exceeded"]
    about = in_scope(
        till.business, lambda: CounterEvent.objects.filter(kind="line.voided").order_by("at").values_list("about", flat=True)[0]
    )
    assert str(about) == sold["body"]["sale"]
    assert doctor() == []


def test_what_the_buyer_is_too_young_for_is_an_event_of_its_own_that_nobody_has_to_allow(open_till: Till) -> None:
    till = open_till
    limit(till.business, may_void=False)
    refused = {"times": 1, "amount": 38_000}
    sold = till.sell(("coffee", 1000), extras=Extras(not_sold=refused))
    closing = {"shift": till.shift, "by_product": "nothing_needed", "not_sold": refused}
    till.write("visit.closed", closing, visit=till.visit().document(), staff=till.business.cashier)
    till.write(
        "visit.closed", {**closing, "voided": {"times": 1, "amount": 900}}, visit=till.visit().document(), staff=till.business.cashier
    )

    assert set(states(till.push())) == {"accepted"}
    cashier = till.business.cashier
    assert events(till, "line.not_sold") == [(cashier, 38_000, "")] * 3
    assert events(till, "line.voided") == [(cashier, 900, "limit_exceeded")]
    assert flags(till, Sale) == [""]
    about = in_scope(
        till.business, lambda: CounterEvent.objects.filter(kind="line.not_sold").order_by("at").values_list("about", flat=True)[0]
    )
    assert str(about) == sold["body"]["sale"]
    assert doctor() == []


def test_returns_the_drawer_and_cash_out_obey_the_table(open_till: Till) -> None:
    till = open_till
    sold = till.sell(("coffee", 2000))
    till.take_back(sold, (0, 1000))
    till.take_back(None, lines=[back_line(sold, 0, 1000, line=None)])
    till.take_back(None, lines=[back_line(sold, 0, 1000, line=None)], approvals=[approve(till, "return")])
    till.open_drawer()
    till.move_cash("out", 1_000)
    till.push()
    limit(till.business, may_move_cash=False, may_return=False, may_open_drawer=True, may_return_without_ticket=True)
    till.take_back(sold, (0, 1000), before={0: None})
    till.open_drawer()
    till.move_cash("out", 1_000)
    till.move_cash("in", 1_000)

    till.push()

    assert flags(till, Return) == ["", "limit_exceeded", "", "limit_exceeded"]
    assert flags(till, CounterEvent, kind="drawer.opened") == ["limit_exceeded", ""]
    assert flags(till, CashMove) == ["", "limit_exceeded", ""]


def test_nobody_approves_for_themselves_and_nobody_without_the_right(open_till: Till) -> None:
    till = open_till
    approve(till, "drawer", by=till.business.cashier)
    till.cashier.staff = till.business.manager
    approve(till, "drawer", by=till.business.cashier)
    approve(till, "drawer", by=till.business.manager)
    till.cashier.staff = till.business.cashier
    approve(till, "drawer")

    assert set(states(till.push())) == {"accepted"}
    assert flags(till, CounterEvent) == ["approval_own", "approval_without_right", "approval_own", ""]
