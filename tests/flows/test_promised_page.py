"""What the shop promised, on the page of a ticket: what, by when, what became of it; never the words it was said in, nor who said it, nor on a present."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.sync.device import Annex
from mostrador.trust import promise_chips
from tests.flows.test_page import page, token
from tests.sync.shop import Business, Till
from tests.sync.test_promises import local_day, say

DAY = dt.timedelta(days=1)
NOTE = "Para Lucía, la del tercero"


@pytest.fixture
def chip(shop: Business, owner: Client) -> str:
    """A promise that the form has begun."""
    owner.post("/promesas/palabras/", {"name": "Pedirlo para usted", "days": "3"})
    with scope(shop.id):
        return str(promise_chips.chips()[0].id)


def promised(shop: Business, chip: str, kind: str = "ticket") -> tuple[Till, str]:
    """A purchase whose page SECRET opens, and what was promised in its visit, in words of the shop's own."""
    till = shop.till()
    till.open_shift()
    visit, promise = till.visit(), str(uuid.uuid4())
    words = Annex(till.device.ids(till.now()), till.device.ids(till.now()), b"0123456789abcdef", NOTE)
    till.annexes.append(words)
    body = {"promise": promise, "shift": till.cashier.shift, "chip": chip, "due": local_day(till, 2), "text": words.id}
    till._wrote(till.device.fact("promise.made", body, till.now(), visit.document()))
    till._wrote(till.cashier.sell(visit, till.basket(("coffee", 2000)), till.now(), token(kind)))
    send(till)
    return till, promise


def send(till: Till) -> None:
    with clock.at(clock.from_ms(till.at + 1000)):
        till.push(annexes=till.annexes)
        drain()


def test_whoever_holds_the_ticket_reads_what_was_promised_and_what_became_of_it(shop: Business, chip: str) -> None:
    till, promise = promised(shop, chip)
    now = clock.from_ms(till.at)

    html = page(at=now + dt.timedelta(minutes=1))
    for text in ("Lo que le prometimos", "Pedirlo para usted", "Para el 27 de noviembre de 2025", "Pendiente"):
        assert text in html
    for text in (NOTE, "Lucía", "Rosa"):
        assert text not in html
    assert "Va con retraso" in page(at=now + 4 * DAY)
    assert "What we promised you" in page(language="en", at=now + DAY)

    say(till, "renegotiated", promise, due=local_day(till, 5), revision=0, told="phone")
    send(till)
    html = page(at=now + DAY)
    for text in ("Para el 30 de noviembre de 2025", "Al principio dijimos el 27 de noviembre de 2025"):
        assert text in html

    say(till, "kept", promise, evidence="told")
    send(till)
    assert "Cumplida" in page(at=now + DAY)
    # After thirty days what is kept is over.
    assert "Lo que le prometimos" not in page(at=now + 40 * DAY)


def test_what_is_still_to_be_kept_stands_after_thirty_days_too(shop: Business, chip: str) -> None:
    till, _ = promised(shop, chip)
    old = page(at=clock.from_ms(till.at) + 40 * DAY)
    for text in ("Para el 27 de noviembre de 2025", "No la cumplimos"):
        assert text in old


def test_a_present_says_nothing_of_promises(shop: Business, chip: str) -> None:
    till, _ = promised(shop, chip, "gift")
    assert "Lo que le prometimos" not in page(at=clock.from_ms(till.at) + DAY)
