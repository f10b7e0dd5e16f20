"""A parked ticket goes from till to till of a store: one has it, the server decides which, and whatever is said twice has the effect of once (ruling 32)."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from mostrador.config.doctor import examine
from mostrador.counter import parked_tickets
from mostrador.counter.parked_models import ParkedTicket
from mostrador.counter.parked_queries import Place
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from tests.sync.books import everything, unwatched
from tests.sync.shop import OPENED, Business, Json, Till, call, document
from tests.sync.test_concurrent import at_once

TEXT = '{"kind":"ticket"}'


def meet(till: Till, *parked: str, gives: tuple[Json, ...] = (), has: tuple[Json, ...] = (), total: int = 8_900) -> Json:
    """A round of a till."""
    rows = [{"id": ticket, "staff": till.business.cashier, "letter": "A", "lines": 2, "total": total, "at": OPENED} for ticket in parked]
    answer = call("POST", "parked", till.token, json.dumps({"parked": rows, "gives": gives, "has": has}).encode())
    assert answer.status_code == 200, answer.content
    return document(answer)


def claim(till: Till, ticket: str) -> Json:
    """Ask for a ticket."""
    return document(call("POST", "claim", till.token, json.dumps({"ticket": ticket}).encode()))


def give(till: Till, ticket: str, content: str = TEXT) -> Json:
    """Give a ticket to whoever the server says wants it."""
    [asked] = [one for one in meet(till, ticket)["asked"] if one["id"] == ticket]
    return {"id": ticket, "want": asked["want"], "content": content}


@pytest.fixture
def second(shop: Business) -> Till:
    """Another till of the same store."""
    other = shop.till("second")
    other.push()
    return other


@pytest.fixture
def ticket(till: Till, second: Till) -> str:
    """A ticket that waits at the first till."""
    made = till.device.ids(till.now())
    meet(till, made)
    return made


def warnings() -> list[str]:
    """What the doctor says of parked tickets."""
    with unwatched():
        return [found.text for found in examine() if found.check == "tickets"]


def row(till: Till, ticket: str) -> ParkedTicket:
    with scope(till.business.id):
        return ParkedTicket.objects.get(id=uuid.UUID(ticket))


def test_what_waits_is_seen_at_the_other_tills_with_who_parked_it_and_without_its_text(till: Till, second: Till, ticket: str) -> None:
    assert meet(second) == {
        "others": 1, "asked": [], "given": [], "kept": [],
        "waiting": [{
            "id": ticket, "till": "Caja", "free": True, "staff": till.business.cashier, "letter": "A", "lines": 2, "total": 8_900, "at": OPENED,
        }],
    }  # fmt: skip
    assert meet(till, ticket)["waiting"] == []
    assert row(till, ticket).content == ""


def test_a_ticket_goes_to_the_till_that_asked_once_its_own_has_given_it(till: Till, second: Till, ticket: str) -> None:
    assert claim(second, ticket) == {"state": "asked", "till": "Caja", "want": None, "content": None}
    gift = give(till, ticket)
    assert claim(second, ticket)["state"] == "asked", "until it has left the till that parked it"

    assert meet(till, gives=(gift,))["kept"] == []
    got = claim(second, ticket)
    assert (got["state"], got["want"], got["content"]) == ("yours", gift["want"], TEXT)
    assert claim(second, ticket) == got, "an answer may be lost"
    assert meet(till, gives=(gift,))["kept"] == [], "so may that to the gift"

    assert meet(second, has=({"id": ticket, "want": got["want"]},))["given"] == []
    assert (row(till, ticket).state, row(till, ticket).content) == ("ended", "")
    assert claim(till, ticket)["state"] == "taken"


def test_a_gift_whose_arrival_was_never_heard_of_does_not_come_back_after_its_ticket_has_waited_and_ended_elsewhere(
    till: Till, second: Till, ticket: str
) -> None:
    claim(second, ticket)
    gift = give(till, ticket)
    meet(till, gives=(gift,))
    meet(second, has=({"id": ticket, "want": gift["want"]},))
    meet(second, ticket, total=9_000)
    assert [one["total"] for one in meet(till, gives=())["waiting"]] == [9_000]
    meet(second)

    assert meet(till, gives=(gift,))["kept"] == []
    assert (meet(till)["waiting"], claim(till, ticket)["state"]) == ([], "gone")
    meet(second, ticket)
    assert [one["id"] for one in meet(till)["waiting"]] == [ticket], "whoever has it may park it again"


def test_a_gift_waits_for_a_till_that_asks_no_more(till: Till, second: Till, ticket: str) -> None:
    claim(second, ticket)
    meet(till, gives=(give(till, ticket),))

    assert meet(second)["given"] == [ticket]
    assert claim(second, ticket)["content"] == TEXT


def test_a_gift_that_nobody_came_for_is_told_by_the_doctor(till: Till, second: Till, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    claim(second, ticket)
    meet(till, gives=(give(till, ticket),))
    later = clock.now() + dt.timedelta(hours=25)

    assert warnings() == []
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [": 1 " in text for text in warnings()] == [True]


def test_of_two_tills_that_want_a_ticket_one_gets_it(shop: Business, till: Till, second: Till, ticket: str) -> None:
    third = shop.till("third")
    third.push()

    assert [claim(second, ticket)["state"], claim(third, ticket)["state"], claim(second, ticket)["state"]] == ["asked", "taken", "asked"]
    meet(till, gives=(give(till, ticket),))
    assert [claim(second, ticket)["state"], claim(third, ticket)["state"]] == ["yours", "taken"]


@pytest.mark.django_db(transaction=True)
def test_of_many_that_ask_in_the_same_moment_one_is_given_it(shop: Business, till: Till, second: Till, ticket: str) -> None:
    tills, states = [shop.till(f"n{n}") for n in range(6)], list[str]()
    places = [Place(shop.store_id, shop.device(one).till_id) for one in tills]

    def asker(place: Place) -> Callable[[], None]:
        def ask() -> None:
            with scope(shop.id):
                states.append(parked_tickets.claim(place, uuid.UUID(ticket)).state)

        return ask

    at_once(*map(asker, places))

    assert sorted(states) == ["asked", *["taken"] * 5]


def test_a_ticket_that_its_till_goes_on_with_is_nobody_elses(till: Till, second: Till, ticket: str) -> None:
    claim(second, ticket)

    assert meet(till)["asked"] == []
    assert claim(second, ticket)["state"] == "gone"
    assert meet(second)["waiting"] == []


def test_a_message_of_an_earlier_hand_over_gives_nothing(till: Till, second: Till, ticket: str) -> None:
    claim(second, ticket)
    old = give(till, ticket)
    meet(till, gives=(old,))
    meet(second, ticket, has=({"id": ticket, "want": old["want"]},), total=9_900)
    claim(till, ticket)
    back = give(second, ticket, '{"kind":"ticket","more":1}')
    meet(second, gives=(back,))
    meet(till, ticket, has=({"id": ticket, "want": back["want"]},))
    claim(second, ticket)

    assert meet(till, gives=(old,))["kept"] == [ticket]
    assert claim(second, ticket)["state"] == "asked"
    assert row(till, ticket).content == ""


def test_a_till_that_was_not_heard_keeps_its_tickets(till: Till, second: Till, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    claim(second, ticket)
    later = clock.now() + parked_tickets.SILENT_AFTER + dt.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert claim(second, ticket)["state"] == "silent"
    assert [one["free"] for one in meet(second)["waiting"]] == [False]
    assert meet(till, ticket)["asked"] == [], "who wanted it waits no longer"
    assert claim(second, ticket)["state"] == "asked"


def test_a_ticket_that_was_sold_never_opens_again(till: Till, second: Till) -> None:
    sale = till.sell(("coffee", 1000))["body"]["sale"]
    meet(till, sale)
    till.push()

    assert claim(second, sale)["state"] == "gone"
    assert meet(second)["waiting"] == []


def test_a_ticket_that_two_tills_sold_all_the_same_is_parked_as_a_conflict(till: Till, second: Till) -> None:
    """Only a server put back to a copy from before can let it happen; then a person hears of it."""
    second.open_shift()
    sale = till.sell(("coffee", 1000))
    second.cashier.device.ids = iter_of(second, sale["body"]["sale"])
    second.sell(("coffee", 1000))
    till.push()

    [*_, last] = second.push()["answers"]

    assert (last["state"], last["reason"]) == ("parked", "conflict")


def iter_of(till: Till, sale: str) -> Any:
    """The till's ids, with this one where the next sale takes its own."""
    ids, given = till.device.ids, iter([None, sale])

    def make(at: int) -> str:
        return next(given, None) or ids(at)

    return make


def test_tickets_are_no_facts_and_leave_no_trace_in_the_books(till: Till, second: Till, ticket: str) -> None:
    before = everything()
    claim(second, ticket)
    meet(till, gives=(give(till, ticket),))

    assert everything() == before


def test_nobody_sees_or_takes_a_ticket_of_another_business(other: Business, till: Till, ticket: str) -> None:
    stranger = other.till("stranger")
    stranger.push()

    assert (meet(stranger)["waiting"], meet(stranger)["others"]) == ([], 0)
    assert claim(stranger, ticket) == {"state": "gone", "till": None, "want": None, "content": None}
    assert meet(stranger, gives=({"id": ticket, "want": ticket, "content": TEXT},))["kept"] == [ticket]
    assert row(till, ticket).state == "parked"


@pytest.mark.parametrize(
    "door, body", [("parked", {}), ("parked", {"parked": [{"id": "x"}], "gives": [], "has": []}), ("claim", {"ticket": 1})]
)
def test_what_cannot_be_read_is_refused(till: Till, door: str, body: Json) -> None:
    assert call("POST", door, till.token, json.dumps(body).encode()).status_code == 400
    with scope(till.business.id):
        assert ParkedTicket.objects.count() == 0
