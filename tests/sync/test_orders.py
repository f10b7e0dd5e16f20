"""What is settled later: orders, their deposits, days and endings; counted from rows, never refused, and listed where it is too much."""

import datetime as dt
import uuid
from collections.abc import Callable
from random import Random

import pytest

from mostrador.config.worker import drain
from mostrador.counter import accounts, order_queries, order_terms
from mostrador.counter.models import Sale
from mostrador.counter.order_models import OrderPayment
from mostrador.counter.order_queries import OrderState
from mostrador.counter.order_terms import Terms
from mostrador.counter.rebuild import computed_totals, stored_totals
from mostrador.kernel import clock
from mostrador.kernel.errors import Invalid
from mostrador.kernel.scoping import scope
from mostrador.stock.models import StockLevel
from mostrador.sync.cashier import Extras, Ordered
from mostrador.sync.device import Annex
from tests.support.examples import examples
from tests.sync.books import doctor, everything, grown, in_scope, parked, totals
from tests.sync.shop import Json, Till, call, document, reasons, states
from tests.sync.test_intake import batches_in_disorder

DUE = "2025-12-24"


def order(till: Till, *wares: tuple[str, int], kind: str = "layaway", **more: object) -> Json:
    """Order (ware, thousandths), two coffees where none is said: 178.00."""
    basket = till.basket(*(wares or (("coffee", 2000),)), method="cash")
    basket["payments"] = []
    ordered = Ordered(kind, str(more.pop("by", DUE)), **more)  # type: ignore[arg-type]  # what an order has
    return till._wrote(till.cashier.order(till.visit(), ordered, basket, till.now()))


def deposit(till: Till, ordered: Json, *tendered: tuple[str, int], change: int = 0, earlier: tuple[Json, ...] = ()) -> Json:
    """Take a deposit."""
    rows = [{"method": method, "amount": amount} for method, amount in tendered]
    shares = [fact["body"]["shares"] for fact in earlier]
    return till._wrote(till.cashier.pay_order(till.visit(), ordered["body"], rows, shares, till.now(), change))


def deliver(till: Till, ordered: Json, *payments: tuple[str, int]) -> Json:
    """Sell what was ordered, at its prices, paid so."""
    basket = {**ordered["body"]["basket"], "payments": [{"method": method, "amount": amount} for method, amount in payments]}
    return till.sell_basket(basket, Extras(order=ordered["body"]["order"]))


def cancel(till: Till, ordered: Json, *refunds: tuple[str, int], kept: int = 0, buyer: str | None = None) -> Json:
    """Cancel an order; this goes back."""
    rows = [{"method": method, "amount": amount} for method, amount in refunds]
    return till._wrote(till.cashier.close_order(till.visit(), ordered["body"]["order"], rows, till.now(), kept, buyer))


def state(till: Till, ordered: Json) -> OrderState:
    """What an order has come to."""
    with scope(till.business.id):
        found = order_queries.order(uuid.UUID(ordered["body"]["order"]))
    assert found is not None
    return found


def test_a_layaway_is_paid_in_parts_and_delivered_for_the_rest(till: Till) -> None:
    before = everything()
    layaway = order(till)
    first = deposit(till, layaway, ("cash", 10_000), change=4_000)
    deposit(till, layaway, ("card", 3_333), earlier=(first,))

    assert set(states(till.push())) == {"accepted"}

    found = state(till, layaway)
    assert (found.state, found.paid, found.left, found.over) == ("open", 9_333, 17_800 - 9_333, 0)
    rows = grown(before)
    assert (rows["counter_order"], rows["counter_orderline"], rows["counter_orderpayment"], rows["counter_ordertender"]) == (1, 1, 2, 2)
    sums = totals(till)
    assert (sums["orders"], sums["order_payments"], sums["order_paid"]) == (1, 2, 9_333)
    assert (sums["pay:cash"], sums["pay:card"]) == (6_000, 3_333)
    assert "gross" not in sums, "nothing is sold yet"

    deliver(till, layaway, ("deposit", 9_333), ("cash", 8_467))
    till.push()

    found = state(till, layaway)
    assert (found.state, found.left, found.used, found.over) == ("delivered", 0, 9_333, 0)
    assert totals(till)["gross"] == 17_800
    with scope(till.business.id):
        assert Sale.objects.get().order_id == found.row.id


def test_the_shares_of_all_deposits_are_the_lines_to_the_cent(till: Till) -> None:
    ordered = order(till, ("coffee", 1000), ("tomato", 333), ("water", 3000))
    lines = {line["id"]: line for line in ordered["body"]["totals"]["lines"]}
    due = ordered["body"]["totals"]["gross"]
    paid: list[Json] = []
    for amount in (1, 777, 2_000, due - 2_778):
        paid.append(deposit(till, ordered, ("cash", amount), earlier=tuple(paid)))
    till.push()

    shared = [share for fact in paid for share in fact["body"]["shares"]]
    for identifier, line in lines.items():
        of_line = [share for share in shared if share["line"] == identifier]
        assert sum(share["net"] for share in of_line) == line["net"]
        for tax in line["taxes"]:
            assert sum(row["amount"] for share in of_line for row in share["taxes"] if row["code"] == tax["code"]) == tax["amount"]
    with scope(till.business.id):
        stored = OrderPayment.objects.order_by("number").values_list("shares", flat=True)
        assert [len(shares) for shares in stored] == [len(fact["body"]["shares"]) for fact in paid]


def test_a_shift_with_orders_closes_to_the_cent(till: Till) -> None:
    layaway, special = order(till), order(till, ("water", 1000), kind="special")
    deposit(till, layaway, ("cash", 5_000))
    deposit(till, special, ("card", 1_850))
    cancel(till, special, ("card", 1_665), kept=185)
    closed = till.close_shift()

    assert set(states(till.push())) == {"accepted"}

    assert doctor() == []
    assert closed["body"]["figures"]["orders"] == {"opened": 2, "payments": 2, "paid": 6_850, "back": 1_665, "kept": 185}
    assert closed["body"]["expected"] == [{"method": "cash", "amount": 55_000}, {"method": "card", "amount": 185}]
    assert in_scope(till.business, stored_totals) == in_scope(till.business, computed_totals)


def test_cancelling_gives_back_or_keeps_and_store_credit_goes_to_the_buyer(till: Till) -> None:
    buyer = till.meet("Lucía")
    ordered = order(till, buyer=buyer)
    deposit(till, ordered, ("cash", 10_000))
    cancel(till, ordered, ("credit", 9_000), kept=1_000, buyer=buyer)

    till.push(annexes=till.annexes)

    found = state(till, ordered)
    assert (found.state, found.used, found.over) == ("cancelled", 10_000, 0)
    with scope(till.business.id):
        assert accounts.balances([uuid.UUID(buyer)])[uuid.UUID(buyer), "credit"] == 9_000
        [entry] = accounts.statement(uuid.UUID(buyer), "credit")
    assert (entry.kind, entry.amount, entry.balance) == ("order", 9_000, 9_000)


def test_steps_and_days_are_as_last_said(till: Till) -> None:
    repair = order(till, kind="repair")
    identifier = repair["body"]["order"]
    till._wrote(till.cashier.change_order(identifier, till.now(), by="2025-12-30"))
    till._wrote(till.cashier.change_order(identifier, till.now(), step="ready"))

    assert set(states(till.push())) == {"accepted"}

    found = state(till, repair)
    assert (found.state, found.due_by) == ("ready", dt.date(2025, 12, 30))
    with clock.at(dt.datetime(2025, 12, 30, 23, 0, tzinfo=dt.UTC)):
        assert not found.is_late, "the day is not over in the store"
    with clock.at(dt.datetime(2025, 12, 31, 7, 0, tzinfo=dt.UTC)):
        assert found.is_late


def test_two_tills_that_did_not_know_of_each_other_are_listed_and_nothing_is_refused(till: Till) -> None:
    ordered = order(till)
    deposit(till, ordered, ("cash", 10_000))
    till.push()
    other = till.business.till("other")
    other.open_shift()
    deliver(other, ordered, ("deposit", 10_000), ("cash", 7_800))
    cancel(till, ordered, ("cash", 10_000))

    assert set(states(other.push())) == {"accepted"}
    assert set(states(till.push())) == {"accepted"}

    found = state(till, ordered)
    assert (found.state, found.over) == ("delivered", 10_000)
    with scope(till.business.id):
        assert [row.number for row in order_queries.overdrawn()] == [found.number]
    assert doctor() == []


@pytest.mark.parametrize(
    "spoil, reason",
    [
        (lambda body: body["shares"].pop(), "schema"),
        (lambda body: body.update(change=1), "not_paid"),
        (lambda body: body.update(series="ZZ"), "other_series"),
        (lambda body: body["payments"][0].update(method="voucher"), "schema"),
    ],
)
def test_a_deposit_that_does_not_add_up_is_parked(till: Till, spoil: Callable[[Json], object], reason: str) -> None:
    ordered = order(till)
    made = deposit(till, ordered, ("cash", 5_000))
    body = made["body"]
    till.journal_facts.pop()
    till.device.seq -= 1
    till.device.head = made["prev"]
    spoil(body)
    till._wrote(till.device.fact("order.paid", body, till.now(), made["visit"], till.cashier.staff))

    assert reasons(till.push())[-1] == reason
    assert [found for _, _, found in parked(till)] == [reason]


@pytest.mark.parametrize("seed", range(examples(6)))
def test_facts_of_an_order_in_any_order_and_with_repetitions_make_the_same_of_it(till: Till, seed: int) -> None:
    random = Random(seed)
    ordered, other = order(till), order(till, kind="repair")
    first = deposit(till, ordered, ("cash", 10_000))
    deposit(till, ordered, ("card", 3_000), earlier=(first,))
    till._wrote(till.cashier.change_order(other["body"]["order"], till.now(), step="ready"))
    deliver(till, ordered, ("deposit", 13_000), ("cash", 4_800))

    for batch in batches_in_disorder(random, till.journal_facts):
        till.push(batch)
    till.push(till.journal_facts)

    found = state(till, ordered)
    assert (found.state, found.paid, found.used, found.over, state(till, other).state) == ("delivered", 13_000, 13_000, 0, "ready")
    drain()
    assert doctor() == []
    assert in_scope(till.business, stored_totals) == in_scope(till.business, computed_totals)


def test_a_sale_paid_by_deposit_names_its_order(till: Till) -> None:
    till.sell(("coffee", 1000), method="deposit")

    assert reasons(till.push())[-1] == "schema"


def test_a_till_hears_of_the_orders_of_its_store_and_of_nothing_else(till: Till) -> None:
    details = Annex(till.device.ids(till.now()), till.device.ids(till.now()), b"0123456789abcdef", "Cambiar tapas, 40 negro")
    till.annexes.append(details)
    ordered = order(till, kind="repair", details=details)
    deposit(till, ordered, ("cash", 5_000))
    till.push(annexes=till.annexes)
    drain()

    told = document(call("GET", "orders", till.token))

    [row] = told["orders"]
    assert told["known"] == {"journal": till.journal, "seq": till.sent}
    assert (row["kind"], row["state"], row["details"]) == ("repair", "open", "Cambiar tapas, 40 negro")
    assert row["basket"] == ordered["body"]["basket"], "as it was written, byte by byte"
    assert row["totals"] == ordered["body"]["totals"]
    assert [(deposit["amount"], sum(share["net"] for share in deposit["shares"])) for deposit in row["payments"]] == [(5_000, 4_310)]

    changes = document(call("GET", f"changes?epoch={document(call('GET', 'till', till.token))['epoch']}&n=0", till.token))
    assert [change["row"]["id"] for change in changes["changes"] if change["kind"] == "order"] == [row["id"]]


def test_what_stands_aside_is_counted_until_the_order_ends(till: Till) -> None:
    coffee = uuid.UUID(till.business.products["coffee"])

    def aside() -> int:
        with scope(till.business.id):
            return order_queries.set_aside([coffee]).get((till.business.store_id, coffee), 0)

    layaway = order(till)
    order(till, kind="quote")
    till.push()
    assert aside() == 2_000
    deliver(till, layaway, ("cash", 17_800))
    till.push()
    drain()
    assert aside() == 0
    with scope(till.business.id):
        assert StockLevel.objects.get(product_id=coffee).quantity == -2_000


def test_the_owners_terms_reach_the_till(till: Till) -> None:
    with scope(till.business.id):
        order_terms.set_terms(till.business.actor, kind="layaway", wanted=Terms(45, 300_000, 100_000))
        with pytest.raises(Invalid):
            order_terms.set_terms(till.business.actor, kind="layaway", wanted=Terms(45, 1_000_001, 0))

    told = document(call("GET", "till", till.token))["settings"]["orders"]

    assert told["layaway"] == {"days": 45, "deposit_share": 300_000, "kept_share": 100_000}
    assert told["quote"] == {"days": 15, "deposit_share": 0, "kept_share": 0}
