"""Lo que prometimos: what is due is kept, agreed anew, let go of or a mistake; the words of the tills and the days on which a store is closed; and the card on the home."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.people.models import Store
from mostrador.trust import promise_chips, promises
from mostrador.trust.promises import Standing
from tests.flows.office import office
from tests.sync.shop import Business, Till, call, document
from tests.sync.test_promises import DAY_MS, local_day, make, sent


@pytest.fixture
def till(shop: Business) -> Till:
    opened = shop.till()
    opened.open_shift()
    return opened


@pytest.fixture
def chip(shop: Business, owner: Client) -> str:
    """A promise that the form has begun."""
    assert owner.post("/promesas/palabras/", {"name": "Pedirlo para usted", "days": "3"})["Location"] == "/promesas/palabras/"
    with scope(shop.id):
        return str(promise_chips.chips()[0].id)


@pytest.fixture
def promise(till: Till, chip: str) -> str:
    """Due in two days."""
    made = make(till, chip, product=till.business.products["coffee"])
    sent(till)
    return made


@pytest.fixture
def now(till: Till, promise: str) -> Iterator[None]:  # the hour at which it was made
    """The hour of the till, a minute after that."""
    with clock.at(clock.from_ms(till.at + 60_000)):
        yield


def standing(shop: Business, promise: str) -> Standing:
    with scope(shop.id):
        found = promises.promise(uuid.UUID(promise))
    assert found is not None
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("now")
def test_it_stands_where_it_belongs_and_one_press_keeps_it(shop: Business, owner: Client, till: Till, promise: str) -> None:
    assert "Nada para hoy" in page(owner, "/promesas/")
    assert "Pedirlo para usted" in page(owner, "/promesas/?ver=semana")
    assert "Faltan 2 días" in page(owner, "/promesas/?ver=todo")
    with clock.at(clock.from_ms(till.at + 4 * DAY_MS)):
        assert "Con retraso" in page(owner, "/promesas/?ver=retraso")
        home = page(owner, "/")
        assert "Prometido para hoy" in home
        assert "1, falta cumplir 1" in home
        assert owner.post(f"/promesas/{promise}/", {"act": "keep", "back": "home"})["Location"] == "/"
        assert "1, falta cumplir 0" in page(owner, "/")
    assert standing(shop, promise).promise.state == "kept_late"


@pytest.mark.usefixtures("now")
def test_another_day_is_agreed_with_the_buyer_told_and_the_first_one_stays_in_sight(
    shop: Business, owner: Client, till: Till, promise: str
) -> None:
    form = {"act": "renegotiate", "due": local_day(till, 6), "told": "phone", "revision": "0"}
    assert owner.post(f"/promesas/{promise}/", {**form, "told": ""}).status_code == 422
    assert owner.post(f"/promesas/{promise}/", {**form, "due": local_day(till, -1)}).status_code == 422
    assert owner.post(f"/promesas/{promise}/", {**form, "back": "semana"})["Location"] == "/promesas/?ver=semana"
    assert owner.post(f"/promesas/{promise}/", form).status_code == 422
    shown = page(owner, f"/promesas/{promise}/")
    assert "Fecha acordada" in shown
    assert "Nueva fecha" in shown
    assert standing(shop, promise).promise.first.by == dt.date.fromisoformat(local_day(till, 2))

    with clock.at(clock.from_ms(till.at + 8 * DAY_MS)):
        answer = owner.post(f"/promesas/{promise}/", {**form, "due": local_day(till, 12), "revision": "1"})
        assert (answer.status_code, "Ya venció" in answer.content.decode()) == (422, True)


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("form, state", [({"act": "release"}, "released"), ({"act": "void", "reason": "twice"}, "void")])
def test_it_is_let_go_of_or_was_a_mistake(shop: Business, owner: Client, promise: str, form: dict[str, str], state: str) -> None:
    assert owner.post(f"/promesas/{promise}/", form).status_code == 302
    assert standing(shop, promise).promise.state == state
    answer = owner.post(f"/promesas/{promise}/", {"act": "keep"})
    assert (answer.status_code, "Ya había terminado" in answer.content.decode()) == (422, True)


@pytest.mark.usefixtures("now")
def test_what_nobody_knows_is_refused(shop: Business, owner: Client, stranger: Client, promise: str) -> None:
    assert owner.post(f"/promesas/{promise}/", {"act": "void", "reason": "because"}).status_code == 422
    assert owner.post(f"/promesas/{promise}/", {"act": "forget"}).status_code == 422
    assert stranger.get(f"/promesas/{promise}/").status_code == 404
    assert stranger.post(f"/promesas/{promise}/", {"act": "keep"}).status_code == 404
    assert standing(shop, promise).promise.state == "made"


@pytest.mark.usefixtures("promise")
def test_an_accountant_sees_nothing_of_it_and_an_auditor_changes_nothing(shop: Business, promise: str) -> None:
    accountant, auditor = (office(shop, role=role) for role in ("accountant", "auditor"))
    assert accountant.get("/promesas/").status_code == 403
    assert "Compromisos" not in page(accountant, "/")
    assert auditor.get("/promesas/").status_code == 200
    assert auditor.post(f"/promesas/{promise}/", {"act": "keep"}).status_code == 403


def test_of_few_no_share_is_said_and_no_name_stands_there(owner: Client, till: Till, chip: str) -> None:
    for _ in range(3):
        make(till, chip, 0)
    sent(till)
    with clock.at(clock.from_ms(till.at + 3 * DAY_MS)):
        shown = page(owner, "/promesas/")
    assert "Aún no se puede decir (n = 3)" in shown


@pytest.mark.parametrize(
    "form",
    [{"name": "", "days": "3"}, {"name": "Otra", "days": ""}, {"name": "Otra", "days": "400"}, {"name": "Pedirlo para usted", "days": "1"}],
)
@pytest.mark.usefixtures("chip")
def test_words_that_cannot_be_are_refused(shop: Business, owner: Client, form: dict[str, str]) -> None:
    assert owner.post("/promesas/palabras/", form).status_code == 422
    with scope(shop.id):
        assert len(promise_chips.chips()) == 1


def test_words_change_move_end_and_come_back(shop: Business, owner: Client, chip: str) -> None:
    owner.post("/promesas/palabras/", {"name": "Avisarle", "days": "0"})
    address = f"/promesas/palabras/{chip}/"
    owner.post(address, {"move": "down"})
    owner.post(address, {"name": "Pedirlo", "days": "5"})
    with scope(shop.id):
        assert [(one.says.name, one.says.days) for one in promise_chips.chips()] == [("Avisarle", 0), ("Pedirlo", 5)]
    owner.post(address, {"ended": "1"})
    assert "Ya no sale en la caja" in page(owner, "/promesas/palabras/")
    owner.post(address, {"ended": "0"})
    with scope(shop.id):
        assert len(promise_chips.chips()) == 2


def test_a_store_says_when_it_is_closed_and_its_tills_hear_of_it(shop: Business, owner: Client, till: Till) -> None:
    form = {"name": "Centro", "timezone": "America/Mexico_City", "closed": ["sun", "mon"], "closed_dates": "2026-12-25, 2027-01-01"}
    assert owner.post(f"/ajustes/tiendas/{shop.store_id}/", {**form, "closed_dates": "25 de diciembre"}).status_code == 422
    assert owner.post(f"/ajustes/tiendas/{shop.store_id}/", form).status_code == 302
    with scope(shop.id):
        store = Store.objects.get(id=shop.store_id)
    assert (store.closed_weekdays, store.closed_dates) == ([0, 6], ["2026-12-25", "2027-01-01"])
    said = document(call("GET", "guidance", till.token))
    assert (said["closed_weekdays"], said["closed_dates"]) == ([0, 6], ["2026-12-25", "2027-01-01"])
