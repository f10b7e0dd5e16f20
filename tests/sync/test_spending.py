"""Before a till spends of an account it asks: two tills that can ask never spend the same money, and one that cannot is never refused (ruling 29)."""

import datetime as dt
import json
import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from mostrador.buyers import services as buyers
from mostrador.buyers.models import OfflineLimit, Reservation
from mostrador.counter import accounts, reserving
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from mostrador.sync.device import named_id
from tests.sync.books import doctor, everything
from tests.sync.shop import Business, Json, Till, call, document, states
from tests.sync.test_concurrent import at_once


def ask(till: Till, buyer: str, account: str, amount: int, sale: str | None = None) -> HttpResponse:
    """Ask for so much of an account, for a sale of its own or the one given."""
    sale = sale or till.device.ids(till.now())
    return call("POST", "spend", till.token, json.dumps({"sale": sale, "buyer": buyer, "account": account, "amount": amount}).encode())


def answered(till: Till, buyer: str, account: str, amount: int, sale: str | None = None) -> tuple[int, int]:
    """What the server says is there, and what of it is kept."""
    said = document(ask(till, buyer, account, amount, sale))
    return said["room"], said["reserved"]


@pytest.fixture
def lucia(till: Till) -> str:
    """Somebody who may owe 200.00, owes 89.00, and has 37.00 of store credit."""
    buyer = till.meet("Lucía")
    till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=buyer))
    till.take_back(till.sell(("water", 2000)), (0, 2000), method="credit", buyer=buyer)
    till.push(annexes=till.annexes)
    with scope(till.business.id):
        buyers.set_limit(till.business.actor, buyer_id=uuid.UUID(buyer), fiado_limit=20_000)
    return buyer


@pytest.mark.parametrize("account,room", [("fiado", 11_100), ("credit", 3_700)])
def test_what_one_till_was_given_no_other_is_until_it_lets_go(shop: Business, till: Till, lucia: str, account: str, room: int) -> None:
    other, sale = shop.till("other"), till.device.ids(till.now())
    other.push()

    assert answered(till, lucia, account, 3_000, sale) == (room, 3_000)
    assert answered(till, lucia, account, 3_000, sale) == (room, 3_000), "asked again, it is the same money"
    assert answered(other, lucia, account, room) == (room - 3_000, 0), "all or nothing"
    assert answered(other, lucia, account, room - 3_000) == (room - 3_000, room - 3_000)
    assert answered(till, lucia, account, 0, sale) == (3_000, 0)
    assert answered(other, lucia, account, 3_000) == (3_000, 3_000)


def test_a_sale_that_came_is_counted_once_and_its_reservation_no_more(shop: Business, till: Till, lucia: str) -> None:
    other = shop.till("other")
    other.push()
    sold = till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=lucia))
    assert answered(till, lucia, "fiado", 8_900, sold["body"]["sale"]) == (11_100, 8_900)

    assert states(till.push()) == ["accepted"]

    assert answered(other, lucia, "fiado", 2_200) == (2_200, 2_200)


def test_what_was_kept_for_a_sale_that_never_came_is_free_after_its_minutes(
    till: Till, lucia: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answered(till, lucia, "credit", 3_700) == (3_700, 3_700)
    assert answered(till, lucia, "credit", 1) == (0, 0)
    later = clock.now() + reserving.KEPT_FOR + dt.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert answered(till, lucia, "credit", 1) == (3_700, 1)
    with scope(till.business.id):
        assert list(Reservation.objects.values_list("amount", flat=True)) == [1]


def test_the_answer_says_what_the_account_truly_holds_and_what_of_the_journal_it_knows(till: Till, lucia: str) -> None:
    said = document(ask(till, lucia, "fiado", 20_000))

    assert said == {
        "room": 11_100, "reserved": 0, "known": {"journal": till.journal, "seq": till.ping()["watermark"]},
        "buyer": {"id": lucia, "name": "", "phone": "", "tax_id": "", "fiado": {"limit": 20_000, "balance": 8_900}, "credit": 3_700, "points": 0, "lapses": None, "group": None, "authorised": [], "others": []},
        "gift_card": None,
    }  # fmt: skip


def test_a_sale_that_nobody_asked_for_is_counted_and_the_account_falls_short(shop: Business, till: Till, lucia: str) -> None:
    other = shop.till("other")
    other.open_shift()
    assert answered(till, lucia, "credit", 3_700) == (3_700, 3_700)
    for one in (till, other):
        one.sell(("water", 2000), method="credit", extras=Extras(buyer=lucia))
        assert set(states(one.push())) == {"accepted"}

    with scope(shop.id):
        assert accounts.balances([uuid.UUID(lucia)])[uuid.UUID(lucia), "credit"] == -3_700
    assert doctor() == []
    assert answered(other, lucia, "credit", 1) == (0, 0)


@pytest.mark.parametrize(
    "wrong", [{"account": "gold"}, {"amount": -1}, {"amount": "1"}, {"buyer": "x"}, {"more": 1}],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_keeps_nothing(till: Till, lucia: str, wrong: Json) -> None:
    before = everything()
    asked = {"sale": till.device.ids(till.now()), "buyer": lucia, "account": "credit", "amount": 1, **wrong}

    assert call("POST", "spend", till.token, json.dumps(asked).encode()).status_code == 400
    assert everything() == before
    with scope(till.business.id):
        assert Reservation.objects.count() == 0


def test_nobody_spends_of_an_account_of_another_business(shop: Business, other: Business, till: Till, lucia: str) -> None:
    stranger = other.till("stranger")
    stranger.push()

    assert ask(stranger, lucia, "credit", 1).status_code == 404
    assert ask(till, named_id(1, "nobody"), "credit", 1).status_code == 404
    shop.revoke(till)
    assert ask(till, lucia, "credit", 1).status_code == 401
    with scope(shop.id):
        assert Reservation.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_tills_that_ask_in_the_same_moment_are_given_no_more_than_there_is(till: Till, lucia: str) -> None:
    sales, given = [uuid.UUID(till.device.ids(till.now())) for _ in range(8)], list[int]()

    def asker(sale: uuid.UUID) -> Callable[[], None]:
        def one() -> None:
            with scope(till.business.id):
                given.append(reserving.reserve(sale_id=sale, buyer_id=uuid.UUID(lucia), account="credit", amount=1_000).reserved)

        return one

    at_once(*map(asker, sales))

    assert sorted(given) == [0, 0, 0, 0, 0, 1_000, 1_000, 1_000]


def test_the_owner_alone_says_what_a_till_spends_without_asking_and_tills_hear_it(till: Till) -> None:
    assert document(till.pull("till"))["settings"]["offline"] == {"fiado": None, "credit": None, "gift_card": 0, "points": 0, "coupon": 0}
    with scope(till.business.id):
        owner = till.business.actor
        buyers.set_offline_limits(owner, amounts={"fiado": 20_000, "credit": 0})
        for wrong in ({"fiado": -1}, {"gold": 1}):
            with pytest.raises(Invalid):
                buyers.set_offline_limits(owner, amounts=wrong)
        with pytest.raises(Forbidden):
            buyers.set_offline_limits(Actor(owner.organization_id, "person", owner.id, "manager"), amounts={"credit": 1})
        assert dict(OfflineLimit.objects.values_list("account", "amount")) == {"fiado": 20_000, "credit": 0}

    assert document(till.pull("till"))["settings"]["offline"] == {"fiado": 20_000, "credit": 0, "gift_card": 0, "points": 0, "coupon": 0}
