"""Orders that are handed over in parts, whose price is agreed anew, and that end by themselves: counted from rows, never refused, listed where it is too much."""

import datetime as dt
import json
import uuid
from collections.abc import Callable

import pytest

from mostrador.config.worker import drain
from mostrador.counter import order_queries, order_terms
from mostrador.counter.models import Sale
from mostrador.counter.order_models import OrderExpiry, OrderHandover
from mostrador.counter.order_terms import Terms
from mostrador.counter.rebuild import computed_totals, stored_totals
from mostrador.kernel import clock
from mostrador.kernel.errors import Invalid
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, in_scope, totals
from tests.sync.shop import Business, Json, Till, call, document, reasons, states
from tests.sync.test_orders import cancel, deliver, deposit, order, state

FAR = "2199-06-24"
LATER = dt.datetime(2199, 8, 1, 12, 0, tzinfo=dt.UTC)


def part(till: Till, ordered: Json, wanted: dict[str, int], *payments: tuple[str, int], off: int = 0) -> Json:
    """Hand over so much of these lines of an order, paid so; `off`: what its share takes off."""
    basket = json.loads(json.dumps(ordered["body"]["basket"]))
    basket["lines"] = [{**line, "quantity": wanted[line["id"]]} for line in basket["lines"] if line["id"] in wanted]
    if off:
        basket["lines"][0]["discount"] = {"amount": off}
    basket["payments"] = [{"method": method, "amount": amount} for method, amount in payments]
    return till.sell_basket(basket, Extras(order=ordered["body"]["order"], order_part=True))


def reprice(till: Till, ordered: Json, *wares: tuple[str, int]) -> Json:
    """Agree on another basket for an order."""
    basket = till.basket(*wares, method="cash")
    basket["payments"] = []
    body = {
        "order": ordered["body"]["order"], "shift": till.cashier.shift, "basket": basket, "totals": till.cashier.price(basket), "agreed": "phone",
        "approvals": [], "catalogue": None,
    }  # fmt: skip
    return till._wrote(till.device.fact("order.repriced", body, till.now(), None, till.cashier.staff))


def aside(till: Till, ware: str) -> int:
    """How much of a ware stands aside in the till's store."""
    product = uuid.UUID(till.business.products[ware])
    with scope(till.business.id):
        return order_queries.set_aside([product]).get((till.business.store_id, product), 0)


def told(till: Till, ordered: Json) -> Json:
    """What a till is told of an order."""
    [row] = [row for row in document(call("GET", "orders", till.token))["orders"] if row["id"] == ordered["body"]["order"]]
    return dict(row)


def test_a_part_is_paid_by_the_deposits_first_and_the_rest_waits(till: Till) -> None:
    layaway = order(till, ("coffee", 2000), ("water", 3000))
    deposit(till, layaway, ("cash", 10_000))
    till.push()
    assert (aside(till, "coffee"), aside(till, "water")) == (2_000, 3_000)

    part(till, layaway, {"1": 1000}, ("deposit", 8_900))
    assert set(states(till.push())) == {"accepted"}

    found = state(till, layaway)
    assert (found.state, found.paid, found.used, found.unspent) == ("open", 10_000, 8_900, 1_100)
    assert found.left == found.gross - 10_000, "what is paid is paid, whatever it was used for"
    assert (aside(till, "coffee"), aside(till, "water")) == (1_000, 3_000)
    with scope(till.business.id):
        assert list(OrderHandover.objects.values_list("line", "quantity", "amount")) == [("1", 1000, 8_900)]
        assert [one.number for one in order_queries.listed(order_queries.Wanted())[0]] == [found.number]
    row = told(till, layaway)
    assert [(one["deposit"], one["lines"]) for one in row["handovers"]] == [(8_900, [{"line": "1", "quantity": 1000, "amount": 8_900}])]

    rest = found.left
    part(till, layaway, {"1": 1000, "2": 3000}, ("deposit", 1_100), ("cash", rest))
    till.push()

    found = state(till, layaway)
    assert (found.state, found.left, found.used, found.owed, found.over) == ("delivered", 0, 10_000, 0, 0)
    assert (aside(till, "coffee"), aside(till, "water")) == (0, 0)
    assert totals(till)["gross"] == found.gross, "the parts come to the order"
    drain()
    with scope(till.business.id):
        assert order_queries.overdrawn() == []
        assert order_queries.owing() == []
        assert Sale.objects.filter(order_id=found.row.id).count() == 2
    assert doctor() == []
    assert in_scope(till.business, stored_totals) == in_scope(till.business, computed_totals)


def test_two_tills_that_hand_over_the_same_are_listed(till: Till) -> None:
    layaway = order(till, ("coffee", 2000))
    till.push()
    other = till.business.till("other")
    other.open_shift()
    part(other, layaway, {"1": 2000}, ("cash", 17_800))
    part(till, layaway, {"1": 1000}, ("cash", 8_900))

    assert set(states(other.push())) == {"accepted"}
    assert set(states(till.push())) == {"accepted"}

    found = state(till, layaway)
    assert (found.state, found.over, found.is_beyond) == ("delivered", 0, True)
    with scope(till.business.id):
        assert [one.number for one in order_queries.overdrawn()] == [found.number]


def test_a_part_may_come_before_its_order(till: Till) -> None:
    layaway = order(till, ("coffee", 2000))
    part(till, layaway, {"1": 1000}, ("cash", 8_900))
    other = till.business.till("other")
    other.open_shift()
    part(other, layaway, {"1": 1000}, ("cash", 8_900))

    other.push()
    till.push()

    assert state(till, layaway).state == "delivered"


def test_what_is_left_when_an_order_in_parts_is_cancelled_goes_back(till: Till) -> None:
    layaway = order(till, ("coffee", 2000))
    deposit(till, layaway, ("cash", 10_000))
    part(till, layaway, {"1": 1000}, ("deposit", 8_900))
    cancel(till, layaway, ("cash", 1_100))

    assert set(states(till.push())) == {"accepted"}

    found = state(till, layaway)
    assert (found.state, found.used, found.over, found.owed) == ("cancelled", 10_000, 0, 0)
    assert aside(till, "coffee") == 0


def test_a_part_without_an_order_is_parked(till: Till) -> None:
    basket = till.basket(("coffee", 1000), method="cash")
    till.sell_basket(basket, Extras(order_part=True))

    assert reasons(till.push())[-1] == "schema"


def test_another_price_takes_the_place_of_the_first_and_deposits_stay(till: Till) -> None:
    repair = order(till, ("coffee", 1000), kind="repair")
    deposit(till, repair, ("cash", 5_000))
    till.push()
    reprice(till, repair, ("coffee", 1000), ("water", 1000))

    assert set(states(till.push())) == {"accepted"}

    found = state(till, repair)
    assert (found.gross, found.was, found.paid, found.left) == (10_750, 8_900, 5_000, 5_750)
    row = told(till, repair)
    assert (row["totals"]["gross"], row["repriced"]["was"], len(row["basket"]["lines"])) == (10_750, 8_900, 2)

    sold = {**repair, "body": {**repair["body"], "basket": found.basket}}
    deliver(till, sold, ("deposit", 5_000), ("cash", 5_750))
    till.push()
    found = state(till, repair)
    assert (found.state, found.used, found.owed) == ("delivered", 5_000, 0)


def test_what_was_paid_beyond_a_lower_price_is_owed_until_it_goes_back(till: Till) -> None:
    repair = order(till, ("coffee", 1000), kind="repair")
    deposit(till, repair, ("cash", 8_900))
    cheaper = reprice(till, repair, ("water", 1000))
    deliver(till, {**repair, "body": {**repair["body"], "basket": cheaper["body"]["basket"]}}, ("deposit", 1_850))
    till.push()

    found = state(till, repair)
    assert (found.state, found.owed) == ("delivered", 7_050)
    with scope(till.business.id):
        assert [one.owed for one in order_queries.owing()] == [7_050]
    assert told(till, repair)["state"] == "delivered"

    give_back(till, repair, 7_050)
    assert set(states(till.push())) == {"accepted"}
    found = state(till, repair)
    assert (found.state, found.owed, found.over) == ("delivered", 0, 0)
    with scope(till.business.id):
        assert order_queries.owing() == []


def give_back(till: Till, ordered: Json, amount: int, outcome: str = "settled", kept: int = 0) -> None:
    """Give back what was left of the deposits of an order that had ended."""
    rows = [{"method": "cash", "amount": amount}] if amount else []
    fact = json.loads(till.cashier.close_order(till.visit(), ordered["body"]["order"], rows, till.now(), kept))
    till.device.seq -= 1
    till.device.head = fact["prev"]
    body = {**fact["body"], "outcome": outcome}
    till._wrote(till.device.fact("order.closed", body, till.now(), fact["visit"], till.cashier.staff))


@pytest.mark.parametrize("spoil", [lambda body: body["totals"].update(gross=1), lambda body: body["basket"].update(lines=[])])
def test_another_price_that_does_not_add_up_is_parked(till: Till, spoil: Callable[[Json], object]) -> None:
    repair = order(till, kind="repair")
    made = reprice(till, repair, ("water", 1000))
    till.journal_facts.pop()
    till.device.seq -= 1
    till.device.head = made["prev"]
    spoil(made["body"])
    till._wrote(till.device.fact("order.repriced", made["body"], till.now(), None, till.cashier.staff))

    assert reasons(till.push())[-1] in {"totals", "no_lines", "basket", "schema"}
    assert state(till, repair).was is None


def test_nobody_comes_and_it_ends_by_itself_after_the_grace(till: Till) -> None:
    layaway = order(till, ("coffee", 2000), by=FAR, kept_share=100_000)
    deposit(till, layaway, ("cash", 10_000))
    till.push()
    drain()
    with scope(till.business.id):
        [waits] = Outbox.objects.filter(topic="counter.order_expires").values_list("due_at", flat=True).distinct()
    assert waits == dt.datetime(2199, 7, 2, 6, 0, tzinfo=dt.UTC), "the end of the seventh day after its day, in the store"

    with clock.at(waits - dt.timedelta(seconds=1)):
        drain()
        assert state(till, layaway).state == "open"
    with clock.at(waits):
        drain()
        found = state(till, layaway)
    assert (found.state, found.owed, found.kept, found.left) == ("expired", 9_000, 1_000, 0)
    with scope(till.business.id):
        [row] = OrderExpiry.objects.all()
        assert (row.due_by, row.kept, row.owed, row.at) == (dt.date(2199, 6, 24), 1_000, 9_000, waits)
        assert [one.number for one in order_queries.owing()] == [found.number]
        assert order_queries.listed(order_queries.Wanted())[0] == []
    assert aside(till, "coffee") == 0
    seen = told(till, layaway)
    assert (seen["state"], seen["lapsed"]) == ("expired", True)
    changes = document(call("GET", f"changes?epoch={document(call('GET', 'till', till.token))['epoch']}&n=0", till.token))
    assert [change["row"]["state"] for change in changes["changes"] if change["kind"] == "order"] == ["expired"]

    give_back(till, layaway, 9_000, "expired", kept=1_000)
    till.push()
    found = state(till, layaway)
    assert (found.state, found.owed, found.used, told(till, layaway)["lapsed"]) == ("expired", 0, 10_000, False)
    assert doctor() == []


def test_a_deposit_that_another_till_took_meanwhile_is_owed_when_the_order_was_cancelled(till: Till) -> None:
    layaway = order(till)
    cancel(till, layaway)
    till.push()
    other = till.business.till("other")
    other.open_shift()
    deposit(other, layaway, ("cash", 10_000))
    other.push()

    assert (state(till, layaway).state, state(till, layaway).owed) == ("cancelled", 10_000)
    with scope(till.business.id):
        assert [one.owed for one in order_queries.owing()] == [10_000]


def expired(till: Till) -> Json:
    """A layaway that ended by itself, 100.00 of it paid."""
    layaway = order(till, by=FAR)
    deposit(till, layaway, ("cash", 10_000))
    till.push()
    with clock.at(LATER):
        drain()
    assert state(till, layaway).state == "expired"
    return layaway


def test_another_day_opens_it_again(till: Till) -> None:
    layaway = expired(till)
    till._wrote(till.cashier.change_order(layaway["body"]["order"], till.now(), by="2199-09-01"))
    till.push()

    found = state(till, layaway)
    assert (found.state, found.left, aside(till, "coffee")) == ("open", 7_800, 2_000)


def test_a_till_that_had_not_heard_hands_it_over_and_that_counts_and_is_listed(till: Till) -> None:
    layaway = order(till)
    deposit(till, layaway, ("cash", 10_000))
    till.push()
    with scope(till.business.id):
        OrderExpiry.objects.create(
            organization_id=till.business.id, order_id=uuid.UUID(layaway["body"]["order"]), due_by=dt.date(2025, 12, 24),
            at=clock.from_ms(till.now() - 1), kept=0, owed=10_000,
        )  # fmt: skip
    assert state(till, layaway).state == "expired"
    deliver(till, layaway, ("deposit", 10_000), ("cash", 7_800))

    assert set(states(till.push())) == {"accepted"}

    found = state(till, layaway)
    assert (found.state, found.owed, found.over, found.came_after) == ("delivered", 0, 0, True)
    with scope(till.business.id):
        assert [one.number for one in order_queries.overdrawn()] == [found.number]


def test_the_owner_says_how_long_and_whether(till: Till) -> None:
    layaway, quote, repair = (order(till, by=FAR, kind=kind) for kind in ("layaway", "quote", "repair"))
    with scope(till.business.id):
        order_terms.set_terms(till.business.actor, kind="layaway", wanted=Terms(30, 200_000, 0, None))
    till.push()
    with clock.at(LATER):
        drain()
    assert [state(till, one).state for one in (layaway, quote, repair)] == ["open", "expired", "open"]

    with clock.at(LATER):
        with scope(till.business.id):
            order_terms.set_terms(till.business.actor, kind="layaway", wanted=Terms(30, 200_000, 0, 10))
        drain()
    assert state(till, layaway).state == "expired", "those that wait are looked at anew"
    with scope(till.business.id), pytest.raises(Invalid):
        order_terms.set_terms(till.business.actor, kind="repair", wanted=Terms(7, 0, 0, 3))


def test_another_business_has_none_of_it(till: Till, other: Business) -> None:
    expired(till)
    stranger = other.till()

    assert document(call("GET", "orders", stranger.token))["orders"] == []
    with scope(other.id):
        assert (order_queries.owing(), order_queries.overdrawn(), list(OrderExpiry.objects.all())) == ([], [], [])
