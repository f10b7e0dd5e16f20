"""What whoever bears a ticket may say and take from its page: one answer, a word about a promise, a PDF, and the page without a camera. Nothing of it needs a script or a name."""

import datetime as dt
import hashlib
import re

import pytest
from django.test import Client

from mostrador.counter.models import Sale
from mostrador.counter.short_codes import short_code
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.people import throttle
from mostrador.trust import promise_chips
from mostrador.trust.models import PromiseEvent
from mostrador.trust.outcome_model import Outcome
from tests.flows.test_page import LATER, SECRET, SOON, UNKNOWN, a_purchase, page
from tests.flows.test_promised_page import promised
from tests.support.pdf import read_pdf
from tests.sync.shop import Business

HERE = f"/t/{SECRET}"
QUESTION = "¿Le sirvió para lo que quería?"
CODE = short_code(hashlib.sha256(SECRET.encode()).digest())


def say(*, at: dt.datetime = SOON, client: Client | None = None, **said: str) -> int:
    with clock.at(at):
        return (client or Client()).post(HERE, said).status_code


@pytest.fixture
def chip(shop: Business) -> str:
    """Something that the shop promises."""
    with scope(shop.id):
        return str(promise_chips.add_chip(shop.actor, says=promise_chips.Saying("Pedirlo para usted", 3)))


def answers(shop: Business) -> list[tuple[str, bool]]:
    with scope(shop.id):
        return list(Outcome.objects.order_by("at", "id").values_list("answer", "is_internal"))


def test_one_question_with_four_equal_answers_is_kept_and_shown_to_its_bearer(shop: Business) -> None:
    a_purchase(shop)
    assert re.findall(r'name="answer" value="(\w+)" aria-pressed="false"', page()) == ["yes", "partly", "no", "not_yet"]

    assert say(answer="partly") == 302

    assert answers(shop) == [("partly", False)]
    assert re.findall(r'name="answer" value="(\w+)" aria-pressed="true"', page()) == ["partly"]
    assert "Puede cambiarla hasta el 26 dic 2025" in page()
    assert "You may change it until 26 Dec 2025" in page(language="en")


def test_an_answer_may_be_changed_and_the_same_again_is_one(shop: Business) -> None:
    a_purchase(shop)
    for said in ("not_yet", "not_yet", "yes"):
        say(answer=said)

    assert [word for word, _ in answers(shop)] == ["not_yet", "yes"]


def test_after_thirty_days_nobody_is_asked_and_the_answer_stands(shop: Business) -> None:
    a_purchase(shop)
    say(answer="yes")
    assert QUESTION in page()
    assert QUESTION not in page(at=LATER)

    say(at=LATER, answer="no")

    assert [word for word, _ in answers(shop)] == ["yes"]


@pytest.mark.parametrize("said", [{"answer": "perfecto"}, {"answer": ""}, {}, {"promise": "x", "said": "confirmed"}, {"said": "confirmed"}])
def test_what_is_no_answer_is_not_kept(shop: Business, said: dict[str, str]) -> None:
    a_purchase(shop)

    with clock.at(SOON):
        assert Client().post(HERE, said).status_code == 404

    assert answers(shop) == []


def test_whoever_was_given_a_present_is_asked_nothing(shop: Business) -> None:
    a_purchase(shop, "gift")

    assert QUESTION not in page()
    assert say(answer="yes") == 404
    assert answers(shop) == []


def test_an_answer_to_an_unknown_secret_is_as_unknown_as_any(shop: Business) -> None:
    a_purchase(shop)

    answer = Client().post("/t/BBBBBBBBBBBBBBBBBBBBBB", {"answer": "yes"})

    assert (answer.status_code, UNKNOWN in answer.content.decode(), answers(shop)) == (404, True, [])


def test_an_answer_from_a_browser_of_the_office_is_marked_as_no_buyers(shop: Business, owner: Client) -> None:
    a_purchase(shop)

    say(client=owner, answer="yes")

    assert answers(shop) == [("yes", True)]


def test_an_address_that_answers_without_end_is_kept_no_more(shop: Business) -> None:
    a_purchase(shop)
    with clock.at(SOON):
        for _ in range(throttle.TRIES["answer"]):
            throttle.count("answer", "127.0.0.1")

    assert say(answer="yes") == 404
    assert answers(shop) == []


def test_staff_see_the_question_and_cannot_answer_it(shop: Business, owner: Client) -> None:
    a_purchase(shop)
    with scope(shop.id), clock.at(SOON):
        html = owner.get(f"/t/vista/{Sale.objects.get().id}").content.decode()

    assert QUESTION in html
    assert html.count('name="answer"') == html.count(" disabled>") == 4


def test_whoever_bears_the_ticket_says_that_a_promise_was_not_kept_and_it_stands_as_their_word(shop: Business, chip: str) -> None:
    _, promise = promised(shop, chip)
    assert "No se cumplió" in page()

    for _ in range(2):
        assert say(promise=promise, said="disputed") == 302
    assert "usted nos dijo que no se cumplió" in page()
    say(promise=promise, said="confirmed")

    with scope(shop.id):
        assert list(PromiseEvent.objects.exclude(kind="made").order_by("at", "id").values_list("kind", "source", "staff_id")) == [
            ("disputed", "page", None), ("confirmed", "page", None),
        ]  # fmt: skip


def test_nobody_says_anything_of_a_promise_of_another_visit_or_lets_go_of_one(shop: Business, chip: str) -> None:
    _, promise = promised(shop, chip)

    assert say(promise="01900000-0000-7000-8000-00000000ffff", said="confirmed") == 404
    assert say(promise=promise, said="released") == 404

    with scope(shop.id):
        assert PromiseEvent.objects.exclude(kind="made").count() == 0


def test_the_page_is_kept_as_a_pdf_with_the_same_texts(shop: Business) -> None:
    a_purchase(shop)
    assert f'href="{HERE}.pdf"' in page()

    with clock.at(SOON):
        answer = Client().get(f"{HERE}.pdf")

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "private, no-store")
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow, noarchive")
    kept = read_pdf(answer.content)
    for part in ("Tienda MX", "$206.50", "coffee", "Si no es lo que se ofreció", "25 de noviembre de 2025"):
        assert part in kept.text
    assert (kept.title, kept.language, kept.is_tagged) == ("Mi compra", "es", True)


def test_the_pdf_of_an_unknown_secret_is_as_unknown_as_any(shop: Business) -> None:
    answer = Client().get("/t/BBBBBBBBBBBBBBBBBBBBBB.pdf")

    assert (answer.status_code, UNKNOWN in answer.content.decode()) == (404, True)


def by_code(at: dt.datetime, typed: dict[str, str]) -> tuple[int, str]:
    """Open by a code; return the last status and the page."""
    with clock.at(at):
        client = Client()
        answer = client.post("/t/", {"code": CODE, "total": "206.50", **typed})
        if answer.status_code == 302:
            answer = client.get(answer["Location"])
        return answer.status_code, answer.content.decode()


def number_of(shop: Business) -> str:
    html = page()
    found = re.search(r"Ticket (\w+-\d+)", html)
    assert found
    return found[1]


@pytest.mark.parametrize("total", ["206.50", "206,50", "$206.50", "206.5"])
def test_a_code_with_its_number_and_total_opens_the_page_without_a_camera(shop: Business, total: str) -> None:
    a_purchase(shop)

    status, html = by_code(SOON, {"number": number_of(shop), "total": total})

    assert status == 200
    assert "$206.50" in html
    assert QUESTION in html
    assert SECRET not in html


def test_a_code_may_be_typed_as_people_misread_it(shop: Business) -> None:
    a_purchase(shop)

    status, _ = by_code(
        SOON, {"number": number_of(shop).lower(), "code": CODE.lower().replace("-", " ").replace("0", "o").replace("1", "l")}
    )

    assert status == 200


@pytest.mark.parametrize("wrong", [{"total": "206.51"}, {"number": "ZZ-1"}, {"code": "0000-0000"}, {"code": "corto"}, {"total": "mucho"}])
def test_no_code_opens_anything_without_its_number_and_its_total(shop: Business, wrong: dict[str, str]) -> None:
    a_purchase(shop)

    typed = {"number": number_of(shop), **wrong}
    status, html = by_code(SOON, typed)

    assert (status, "Con esos tres datos no hay ninguna compra aquí" in html, "coffee" in html) == (404, True, False)


def test_who_tries_codes_is_told_to_wait(shop: Business) -> None:
    a_purchase(shop)
    number = number_of(shop)
    for _ in range(throttle.TRIES["short_code"]):
        by_code(SOON, {"number": number, "total": "1.00"})

    status, html = by_code(SOON, {"number": number})

    assert (status, "coffee" in html) == (429, False)


def test_what_a_code_opened_closes_after_an_hour(shop: Business) -> None:
    a_purchase(shop)
    number = number_of(shop)
    client = Client()
    there = client.post("/t/", {"code": CODE, "number": number, "total": "206.50"})["Location"]

    assert client.get(there).status_code == 200
    assert client.get(f"{there}.pdf")["Content-Type"] == "application/pdf"
    assert client.get(f"{there}x").status_code == 404
    assert client.get("/t/con-codigo/otra-cosa").status_code == 404


def test_a_gift_ticket_has_no_code_that_opens_it(shop: Business) -> None:
    a_purchase(shop, "gift")

    status, _ = by_code(SOON, {"number": number_of(shop)})

    assert status == 404


def test_a_withdrawn_secret_takes_its_code_along(shop: Business, owner: Client) -> None:
    a_purchase(shop)
    number = number_of(shop)
    with scope(shop.id):
        there = f"/tickets/{Sale.objects.get().id}/"
    owner.post(there, {"digest": hashlib.sha256(SECRET.encode()).hexdigest()})

    assert by_code(SOON, {"number": number})[0] == 404
