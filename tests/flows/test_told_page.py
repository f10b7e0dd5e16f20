"""Lo que le dijimos, on the page of a ticket: the sheet as it stood that day at no tap, what was answered, what was put right since; never who said it."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import claim_desk, claim_topics
from mostrador.trust.claim_fold import Statement
from mostrador.trust.sheets import Draft
from tests.flows.test_page import page, token
from tests.sync.shop import Business, Till
from tests.sync.test_claims import LIMIT, REASON, STRENGTH, publish, state_claim

DAY = dt.timedelta(days=1)


def till_of(shop: Business) -> Till:
    till = shop.till()
    till.open_shift()
    return till


def send(till: Till) -> None:
    till.push()
    drain()


def test_the_sheet_stands_as_it_was_that_day_though_the_sale_names_none(shop: Business) -> None:
    till = till_of(shop)
    now = clock.from_ms(till.at)
    publish(shop, "coffee", STRENGTH, LIMIT, at=now)
    fact = till.sell(("coffee", 1000), ("tomato", 750), extras=token())
    publish(shop, "coffee", Draft("strength", "Otra cosa", "maker"), LIMIT, at=now + DAY)
    send(till)

    html = page(at=now + 2 * DAY)
    for text in ("Lo que le dijimos", "Se disuelve sin grumos", "Lo probamos aquí", "No sirve si evita la nuez", "Lo que no hace"):
        assert text in html
    assert "Otra cosa" not in html
    assert "sheet" not in str(fact)
    english = page(language="en", at=now + 2 * DAY)
    assert "What we told you" in english
    assert "We tried it here" in english


def test_a_sheet_without_a_limit_is_shown_to_no_buyer(shop: Business) -> None:
    till = till_of(shop)
    publish(shop, "coffee", STRENGTH, at=clock.from_ms(till.at))
    till.sell(("coffee", 1000), extras=token())
    send(till)

    assert "Lo que le dijimos" not in page(at=clock.from_ms(till.at) + DAY)


def asked(shop: Business, kind: str = "ticket") -> tuple[Till, Statement]:
    """A purchase whose buyer asked three things, one of them of what they did not buy."""
    till = till_of(shop)
    sheet = publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    with scope(shop.id):
        topic = claim_topics.add_topic(shop.actor, name="¿Aguanta el calor?")
    visit = till.visit()
    state_claim(till, visit, "no", point=str(sheet.points[1].id))
    state_claim(till, visit, "unsure", topic=str(topic))
    state_claim(till, visit, "yes", "water", topic=str(topic))
    till._wrote(till.cashier.sell(visit, till.basket(("coffee", 1000)), till.now(), token(kind)))
    send(till)
    return till, Statement(uuid.UUID(shop.products["coffee"]), sheet.points[1].id, "no")


def test_what_was_answered_stands_beside_it_and_names_nobody(shop: Business) -> None:
    till, _ = asked(shop)
    html = page(at=clock.from_ms(till.at) + DAY)
    for text in ("Preguntó, y le dijimos que no", "Preguntó, y no lo sabíamos", "Preguntó, y le dijimos que sí", "water"):
        assert text in html
    for text in ("Rosa", "Ana"):
        assert text not in html


def test_a_present_tells_what_the_shop_says_and_not_what_was_asked(shop: Business) -> None:
    till, _ = asked(shop, "gift")
    html = page(at=clock.from_ms(till.at) + DAY)
    assert "Se disuelve sin grumos" in html
    assert "Preguntó" not in html


def test_a_return_says_on_its_page_that_it_was_not_so(shop: Business) -> None:
    till = till_of(shop)
    publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    sale = till.sell(("coffee", 2000), extras=token())
    send(till)
    assert "No resultó así" not in page(at=clock.from_ms(till.at) + DAY)
    till.take_back(sale, (0, 1000), line=REASON)
    send(till)
    assert "No resultó así" in page(at=clock.from_ms(till.at) + DAY)


@pytest.mark.parametrize("days", [1, 40])
def test_a_correction_stands_on_the_page_of_whoever_was_told_and_of_nobody_else(shop: Business, days: int) -> None:
    till, wrong = asked(shop)
    now = clock.from_ms(till.at)
    with scope(shop.id), clock.at(now):
        claim_desk.correct(shop.actor, statement=wrong, says="Sí lleva nuez")
    html = page(at=now + days * DAY)
    assert "Corregido el 25 de noviembre de 2025: Sí lleva nuez" in html
    # After thirty days only what was put right is still told.
    assert ("Se disuelve sin grumos" in html) == (days == 1)


def test_who_was_told_otherwise_reads_no_correction(shop: Business, owner: Client) -> None:
    till = till_of(shop)
    sheet = publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    till.sell(("coffee", 1000), extras=token())
    state_claim(till, said="no", point=str(sheet.points[1].id))
    send(till)
    with scope(shop.id), clock.at(clock.from_ms(till.at)):
        wrong = Statement(uuid.UUID(shop.products["coffee"]), sheet.points[1].id, "no")
        claim_desk.correct(shop.actor, statement=wrong, says="Sí lleva nuez")
    assert "Corregido" not in page(at=clock.from_ms(till.at) + DAY)
    assert owner.get("/lo-que-decimos/").status_code == 200
