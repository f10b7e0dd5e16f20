"""Gift cards: money that the shop owes to whoever bears one. Counted from what facts did, never refused, listed where it fell short (ruling 29)."""

import hashlib
import json
import uuid

import pytest

from mostrador.buyers import services as buyers
from mostrador.config.worker import drain
from mostrador.counter import gift_card_desk, gift_card_queries, rebuild
from mostrador.counter.gift_card_queries import CardState, code_hash
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, NotFound
from mostrador.kernel.scoping import scope
from tests.sync.books import doctor, everything, parked, totals
from tests.sync.shop import Business, Json, Till, call, document, gross_of, reasons, states

CODE = "GC-0123-4567-89AB-CDEF"


def new_card(till: Till, code: str = CODE) -> Json:
    """A card that is about to be sold, without its amount."""
    return {"id": till.device.ids(till.now()), "code": code_hash(code).hex(), "page": hashlib.sha256(code.encode()).hexdigest()}


def sell_card(till: Till, amount: int, code: str = CODE, method: str = "cash") -> str:
    """Sell a card alone and return its id."""
    card = new_card(till, code)
    till.sell(method=method, gift_cards=[{**card, "amount": amount}])
    return str(card["id"])


def by_card(card: str, amount: int) -> Json:
    """A payment, or a refund, by a card."""
    return {"method": "gift_card", "amount": amount, "gift_card": card}


def state(till: Till, card: str) -> CardState:
    """A card as the server counts it."""
    with scope(till.business.id):
        found = gift_card_queries.card(uuid.UUID(card))
    assert found is not None
    return found


def ask(till: Till, amount: int = 0, **card: str) -> Json:
    """Ask for so much of a card, for a sale of its own."""
    wish = {"sale": till.device.ids(till.now()), "account": "gift_card", "amount": amount, **card}
    return document(call("POST", "spend", till.token, json.dumps(wish).encode()))


def test_a_card_beside_goods_is_no_revenue_and_bears_no_tax(till: Till) -> None:
    sold = till.sell(("coffee", 1000), gift_cards=[{**new_card(till), "amount": 50_000}])
    closed = till.close_shift()

    assert set(states(till.push())) == {"accepted"}

    assert gross_of(sold) == 8_900 and sold["body"]["totals"]["due"] == 58_900
    assert totals(till) == {
        "float": 50_000, "sales": 1, "gross": 8_900, "net": 7_672, "pay:cash": 58_900, "gift_cards": 1, "gift_cards_sold": 50_000,
    }  # fmt: skip
    assert closed["body"]["figures"]["gift_cards"] == {"sold": 1, "amount": 50_000, "back": 0}
    assert closed["body"]["perpetual"] == 8_900
    with scope(till.business.id):
        assert rebuild.computed_totals() == rebuild.stored_totals()
        assert gift_card_queries.liability() == 50_000
    assert doctor() == []


def test_a_card_alone_is_a_sale_without_lines_and_topped_up_it_holds_both(till: Till) -> None:
    card = sell_card(till, 20_000)
    till.sell(method="card", gift_cards=[{"id": card, "amount": 5_000}])

    assert set(states(till.push())) == {"accepted"}

    assert (state(till, card).balance, state(till, card).is_unspent, state(till, card).loaded) == (25_000, True, 25_000)
    assert doctor() == []


def test_goods_are_paid_by_a_card_in_part_and_come_back_to_it(till: Till) -> None:
    card = sell_card(till, 5_000)
    sold = till.sell(("coffee", 1000), payments=[by_card(card, 5_000), {"method": "cash", "amount": 3_900}])
    till.push()
    assert (state(till, card).balance, state(till, card).is_unspent) == (0, False)

    till.take_back(sold, (0, 1000), refunds=[by_card(card, 5_000), {"method": "cash", "amount": 3_900}])
    assert set(states(till.push())) == {"accepted"}

    assert state(till, card).balance == 5_000
    with scope(till.business.id):
        assert [(move.kind, move.amount, move.balance) for move in gift_card_queries.moves(uuid.UUID(card))] == [
            ("load", 5_000, 5_000), ("spend", -5_000, 0), ("back", 5_000, 5_000),
        ]  # fmt: skip
    assert totals(till)["pay:gift_card"] == 0
    assert doctor() == []


def test_an_unspent_card_is_taken_back_and_its_money_leaves_the_drawer(till: Till) -> None:
    card = sell_card(till, 20_000)
    till._wrote(till.cashier.refund_gift_card(till.visit(), card, 20_000, "cash", till.now()))
    closed = till.close_shift()

    assert set(states(till.push())) == {"accepted"}

    assert state(till, card).balance == 0
    found = totals(till)
    assert (found["pay:cash"], found["gift_cards_sold"], found["gift_cards_back"]) == (0, 20_000, 20_000)
    assert closed["body"]["expected"] == [{"method": "cash", "amount": 50_000}]
    with scope(till.business.id):
        assert rebuild.computed_totals() == rebuild.stored_totals()
    assert doctor() == []


def test_in_any_order_of_arrival_a_card_holds_the_same(shop: Business) -> None:
    first, other = shop.till(), shop.till("other")
    for one in (first, other):
        one.open_shift()
    card = sell_card(first, 20_000)
    other.sell(("water", 1000), payments=[by_card(card, 1_850)])

    other.push()
    assert state(first, card).balance == -1_850, "what was spent came before what was loaded"
    with scope(shop.id):
        assert gift_card_queries.by_code(code_hash(CODE)) is None
    first.push()

    assert state(first, card).balance == 18_150
    with scope(shop.id):
        assert gift_card_queries.by_code(code_hash(CODE)) == uuid.UUID(card)
    assert doctor() == []


def test_two_tills_that_can_ask_never_spend_the_same_money_and_a_code_is_found_however_it_was_typed(shop: Business, till: Till) -> None:
    card = sell_card(till, 10_000)
    till.push()
    other = shop.till("other")
    other.push()

    found = ask(till, 8_000, code=code_hash("gc0123 4567 89ab cdef").hex())
    assert found["gift_card"] == {"id": card, "balance": 10_000, "blocked": False, "unspent": True}
    assert (found["room"], found["reserved"]) == (10_000, 8_000)
    assert (ask(other, 8_000, gift_card=card)["room"], ask(other, 2_000, gift_card=card)["reserved"]) == (2_000, 2_000)


@pytest.mark.parametrize(
    "wrong", [{}, {"buyer": str(uuid.UUID(int=7))}, {"code": "0" * 64, "gift_card": str(uuid.UUID(int=7))}, {"code": "x"}]
)
def test_a_wish_that_names_no_card_or_more_than_one_is_refused(till: Till, wrong: Json) -> None:
    wish = {"sale": till.device.ids(till.now()), "account": "gift_card", "amount": 1, **wrong}
    assert call("POST", "spend", till.token, json.dumps(wish).encode()).status_code == 400


def test_nobody_spends_a_card_of_another_business(till: Till, other: Business) -> None:
    card = sell_card(till, 10_000)
    till.push()
    stranger = other.till("stranger")
    stranger.push()
    for named in ({"gift_card": card}, {"code": code_hash(CODE).hex()}):
        wish = {"sale": stranger.device.ids(stranger.now()), "account": "gift_card", "amount": 0, **named}
        assert call("POST", "spend", stranger.token, json.dumps(wish).encode()).status_code == 404
    with scope(other.id), pytest.raises(NotFound):
        gift_card_desk.reissue(other.actor, card_id=uuid.UUID(card))


@pytest.mark.parametrize(
    "payment", [{"method": "gift_card", "amount": 8_900}, {"method": "cash", "amount": 8_900, "gift_card": str(uuid.UUID(int=7))}, {"method": "gift_card", "amount": 8_900, "gift_card": "mine"}],
)  # fmt: skip
def test_a_payment_by_a_card_names_it_and_no_other_does(till: Till, payment: Json) -> None:
    till.write_sale(till.sale_body(basket=till.basket(("coffee", 1000), payments=[payment])))
    before = everything()["counter_sale"]

    assert states(till.push())[-1] == "parked"
    assert parked(till)[0][2] == "schema"
    assert everything()["counter_sale"] == before


@pytest.mark.parametrize("wrong", [{"code": "abc"}, {"page": None}, {"id": "mine"}])
def test_a_new_card_brings_the_hashes_of_both_its_codes(till: Till, wrong: Json) -> None:
    load = {**new_card(till), "amount": 1_000, **wrong}
    till.write_sale(till.sale_body(basket=till.basket(("coffee", 1000), gift_cards=[load])))

    assert reasons(till.push())[-1] == "schema"


def test_a_code_that_another_card_has_is_parked(till: Till) -> None:
    sell_card(till, 10_000)
    sell_card(till, 5_000)

    assert states(till.push())[-2:] == ["accepted", "parked"]
    assert doctor() == []


def test_an_office_blocks_a_card_and_issues_it_anew_with_its_balance(till: Till) -> None:
    card = sell_card(till, 10_000)
    till.push()
    card_id, owner = uuid.UUID(card), till.business.actor
    with scope(till.business.id):
        cashier = Actor(owner.organization_id, "person", owner.id, "cashier")
        for act in (
            lambda: gift_card_desk.set_blocked(cashier, card_id=card_id, blocked=True),
            lambda: gift_card_desk.reissue(cashier, card_id=card_id),
        ):
            with pytest.raises(Forbidden):
                act()
        gift_card_desk.set_blocked(owner, card_id=card_id, blocked=True)
    blocked = ask(till, 1, gift_card=card)
    assert (blocked["room"], blocked["gift_card"]["blocked"]) == (0, True)
    assert gift_card_queries.by_secret(CODE) is None, "its page is closed too"

    with scope(till.business.id):
        issued = gift_card_desk.reissue(owner, card_id=card_id)
        assert gift_card_queries.by_code(code_hash(CODE)) is None, "the old paper is worth nothing"
    found = ask(till, 1, code=code_hash(issued.code).hex())
    assert (found["room"], found["gift_card"]["id"]) == (10_000, card)
    assert gift_card_queries.by_secret(CODE) is None
    assert gift_card_queries.by_secret(issued.page) == (till.business.id, card_id)


def test_tills_know_cards_only_where_the_owner_lets_them_spend_without_asking(till: Till) -> None:
    card = sell_card(till, 10_000)
    till.push()
    drain()
    start = till.ping()
    assert document(till.pull("gift_cards"))["gift_cards"] == []
    assert document(till.pull("till"))["settings"]["offline"]["gift_card"] == 0
    with scope(till.business.id):
        buyers.set_offline_limits(till.business.actor, amounts={"gift_card": 3_000})
    row = {"id": card, "code": code_hash(CODE).hex(), "balance": 10_000}
    assert document(till.pull("gift_cards"))["gift_cards"] == [row]

    till.sell(("water", 1000), payments=[by_card(card, 1_850)])
    till.push()
    drain()

    changes = document(till.pull(f"changes?epoch={start['epoch']}&n={start['n']}"))["changes"]
    assert [change["row"] for change in changes if change["kind"] == "gift_card"] == [{**row, "balance": 8_150}]


def test_more_than_a_card_holds_is_counted_and_the_card_falls_short(till: Till) -> None:
    card = sell_card(till, 1_000)
    till.sell(("water", 1000), payments=[by_card(card, 1_850)])

    assert set(states(till.push())) == {"accepted"}

    assert (state(till, card).balance, state(till, card).short) == (-850, 850)
    with scope(till.business.id):
        assert gift_card_queries.liability() == 0
    assert doctor() == []
