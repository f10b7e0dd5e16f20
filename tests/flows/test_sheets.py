"""Ficha honesta: what is said of a product is written beside why it came back, in versions; and Lo que decimos: what did not hold is put right in public."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import claim_topics, claims, sheets
from mostrador.trust.claim_fold import Statement
from mostrador.trust.claim_models import Correction, ProductSheet
from tests.flows.office import office
from tests.flows.test_promises import page
from tests.sync.shop import Business, Till
from tests.sync.test_claims import LIMIT, REASON, STRENGTH, publish, state_claim

FORM = {
    "version": "0", "strength_0": "Se disuelve sin grumos", "strength_0_basis": "own_use", "strength_0_not_as_said": "1",
    "limit_0": "No sirve si evita la nuez", "limit_0_basis": "maker",
}  # fmt: skip
RIGHT = "En agua fría sí deja grumos"


@pytest.fixture
def till(shop: Business) -> Till:
    opened = shop.till()
    opened.open_shift()
    return opened


@pytest.fixture
def now(till: Till) -> Iterator[None]:
    """The hour of the till."""
    with clock.at(clock.from_ms(till.at)):
        yield


def editor(shop: Business, product: str = "coffee") -> str:
    return f"/productos/{shop.products[product]}/ficha/"


def current(shop: Business) -> sheets.Sheet:
    with scope(shop.id):
        found = sheets.current(uuid.UUID(shop.products["coffee"]))
    assert found is not None
    return found


def came_back(till: Till, reason: dict[str, Any] = REASON) -> None:
    till.take_back(till.sell(("coffee", 1000)), (0, 1000), line=reason)
    till.push()
    drain()


def test_a_sheet_is_written_beside_why_the_product_came_back(shop: Business, owner: Client, till: Till) -> None:
    came_back(till)
    with clock.at(clock.from_ms(till.at)):
        shown = page(owner, editor(shop))
        for text in ("Por qué volvió", "No resultó como se dijo", "Aún no tiene ficha"):
            assert text in shown
        assert owner.post(editor(shop), FORM)["Location"] == editor(shop)
        shown = page(owner, editor(shop))
    assert (current(shop).state, current(shop).version) == ("honest", 1)
    assert current(shop).points[0].reasons == ("not_as_said",)
    for text in ("Como lo ve el comprador", "Versión 1", 'value="Se disuelve sin grumos"'):
        assert text in shown


def test_without_a_limit_it_is_saved_and_says_that_it_is_incomplete(shop: Business, owner: Client) -> None:
    answer = owner.post(editor(shop), {**FORM, "limit_0": ""}, follow=True)
    assert "Ficha incompleta" in answer.content.decode()
    assert "Como lo ve el comprador" not in answer.content.decode()
    assert "Incompleta" in page(owner, f"/productos/{shop.products['coffee']}/")


def test_versions_stay_and_nothing_at_all_may_be_said(shop: Business, owner: Client) -> None:
    owner.post(editor(shop), FORM)
    owner.post(editor(shop), {**FORM, "version": "1", "limit_0": "Muy dulce"})
    owner.post(editor(shop), {"version": "2"})
    shown = page(owner, editor(shop))
    for text in ("Versión 1", "Versión 2", "Versión 3", "Sin ficha", "No sirve si evita la nuez"):
        assert text in shown
    with scope(shop.id):
        assert ProductSheet.objects.count() == 3


@pytest.mark.parametrize(
    "change, says",
    [
        ({"strength_0_basis": "rumour"}, "Elija"), ({"limit_0": "se disuelve sin grumos"}, "Hay dos frases iguales"),
        ({"version": "7"}, "Mientras tanto alguien publicó otra"), ({"limit_0": "x" * 91}, "largo"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_so_is_refused_and_stays_in_the_form(shop: Business, owner: Client, change: dict[str, str], says: str) -> None:
    answer = owner.post(editor(shop), {**FORM, **change})
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert 'value="Se disuelve sin grumos"' in answer.content.decode()
    with scope(shop.id):
        assert ProductSheet.objects.count() == 0


def test_whoever_counts_goods_writes_sheets_and_an_accountant_sees_nothing_of_it(shop: Business, stranger: Client) -> None:
    stock, accountant, auditor = (office(shop, role=role) for role in ("stock", "accountant", "auditor"))
    assert stock.post(editor(shop), FORM).status_code == 302
    assert accountant.get(editor(shop)).status_code == 403
    assert "Ficha honesta" not in page(accountant, f"/productos/{shop.products['coffee']}/")
    assert (accountant.get("/lo-que-decimos/").status_code, stock.get("/lo-que-decimos/").status_code) == (403, 403)
    assert (auditor.get(editor(shop)).status_code, auditor.post(editor(shop), FORM).status_code) == (200, 403)
    assert stranger.get(editor(shop)).status_code == 404
    assert current(shop).version == 1


# --- what did not hold ---


@pytest.fixture
def contradicted(shop: Business, till: Till) -> Statement:
    """Something that was said and came back for it."""
    sheet = publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    came_back(till)
    return Statement(uuid.UUID(shop.products["coffee"]), sheet.points[0].id, "yes")


def address(one: Statement) -> str:
    return f"/lo-que-decimos/{one.product_id}/{one.id}/?dijimos={one.said}"


def test_what_did_not_hold_is_listed_with_what_to_do_and_put_right_in_public(
    shop: Business, owner: Client, till: Till, contradicted: Statement
) -> None:
    with clock.at(clock.from_ms(till.at) + dt.timedelta(hours=1)):
        listed = page(owner, "/lo-que-decimos/")
        for text in ("Se disuelve sin grumos", "No se sostuvo", "1 devolución lo desmiente", "Corregirlo a la vista y en la ficha"):
            assert text in listed
        assert "No resultó como se dijo" in page(owner, address(contradicted))
        assert owner.post(address(contradicted), {"says": RIGHT})["Location"] == address(contradicted)
        listed = page(owner, "/lo-que-decimos/")
        for text in ("Corregido", "Quitarlo de la ficha, que todavía lo dice"):
            assert text in listed
        owner.post(editor(shop), {**FORM, "version": "1", "strength_0": RIGHT})
        assert "Quitarlo de la ficha" not in page(owner, "/lo-que-decimos/")
    with scope(shop.id):
        [row] = Correction.objects.all()
    assert (row.product_id, row.statement_id, row.said, row.says) == (contradicted.product_id, contradicted.id, "yes", RIGHT)


@pytest.mark.usefixtures("now")
def test_a_correction_that_says_nothing_new_is_refused(shop: Business, owner: Client, stranger: Client, contradicted: Statement) -> None:
    owner.post(address(contradicted), {"says": RIGHT})
    for says in ("", "x" * 201, RIGHT):
        assert owner.post(address(contradicted), {"says": says}).status_code == 422
    assert office(shop, role="auditor").post(address(contradicted), {"says": "Otra"}).status_code == 403
    assert stranger.get(address(contradicted)).status_code == 404
    assert stranger.post(address(contradicted), {"says": "Otra"}).status_code == 404
    unknown = Statement(contradicted.product_id, uuid.uuid4(), "yes")
    assert owner.post(address(unknown), {"says": "Otra"}).status_code == 404
    with scope(shop.id):
        assert Correction.objects.count() == 1


def test_stores_are_told_apart(shop: Business, contradicted: Statement, till: Till) -> None:
    since, now = clock.from_ms(till.at) - dt.timedelta(days=1), clock.from_ms(till.at)
    with scope(shop.id):
        here, elsewhere = claims.findings(since, [shop.store_id], now), claims.findings(since, [uuid.uuid4()], now)
    assert [one.statement for one in here] == [contradicted]
    assert elsewhere == []


def test_what_nobody_knew_and_what_comes_back_without_a_sheet_is_said(shop: Business, owner: Client, till: Till) -> None:
    with scope(shop.id):
        topic = claim_topics.add_topic(shop.actor, name="¿Aguanta el calor?")
    for _ in range(2):
        state_claim(till, said="unsure", topic=str(topic))
    came_back(till, {"reason": "defective"})
    with clock.at(clock.from_ms(till.at)):
        shown = page(owner, "/lo-que-decimos/")
    for text in ("¿Aguanta el calor?", "2 veces", "Vuelven y no tienen ficha", "Defectuoso", "Nada de lo dicho se ha desmentido"):
        assert text in shown


def test_questions_begin_change_move_end_and_come_back(shop: Business, owner: Client) -> None:
    there = "/lo-que-decimos/preguntas/"
    assert "Aún no hay preguntas" in page(owner, there)
    for name in ("¿Lleva nuez?", "¿Aguanta el calor?"):
        owner.post(there, {"name": name})
    for name in ("", "¿Lleva nuez?"):
        assert owner.post(there, {"name": name}).status_code == 422
    with scope(shop.id):
        first = claim_topics.topics()[0]
    owner.post(f"{there}{first.id}/", {"move": "down"})
    owner.post(f"{there}{first.id}/", {"name": "¿Lleva cacahuate?"})
    with scope(shop.id):
        assert [one.name for one in claim_topics.topics()] == ["¿Aguanta el calor?", "¿Lleva cacahuate?"]
    owner.post(f"{there}{first.id}/", {"ended": "1"})
    assert "Ya no sale en la caja" in page(owner, there)
    owner.post(f"{there}{first.id}/", {"ended": "0"})
    with scope(shop.id):
        assert len(claim_topics.topics()) == 2
