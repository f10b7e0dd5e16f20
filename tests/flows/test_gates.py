"""The gates: signing in and out, slowing down who guesses, going between businesses, opening an empty database."""

import datetime as dt

import pytest
from django.test import Client

from mostrador.catalogue.models import TaxGroup
from mostrador.kernel import clock
from mostrador.kernel.models import Organization
from mostrador.kernel.scoping import across, scope
from mostrador.people import first_run, throttle
from mostrador.people import services as people
from mostrador.people.models import SignInAttempt, StaffMember, Store, Till, User
from tests.flows.office import PASSWORD, member, office
from tests.sync.shop import Business

OPENING = {
    "name": "Papelería Sol", "country": "MX", "store": "Centro", "till": "Caja 1", "owner": "Luz", "email": "luz@sol.example",
    "password": "una-clave-larga-9", "pin": "2468",
}  # fmt: skip


@pytest.fixture
def empty(db: None) -> str:
    """An empty database's one-time code."""
    first_run.used()
    return first_run.code()


def test_email_and_password_open_the_office_and_begin_a_new_session(shop: Business) -> None:
    email, _ = member(shop)
    client = Client()
    client.get("/entrar/")
    before = client.session.session_key

    answer = client.post("/entrar/", {"email": email.upper(), "password": PASSWORD, "siguiente": "/productos/"})

    assert (answer.status_code, answer["Location"]) == (302, "/productos/")
    assert client.get("/productos/").status_code == 200
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(shop: Business) -> None:
    email, _ = member(shop)

    wrong = Client().post("/entrar/", {"email": email, "password": "otra"})
    unknown = Client().post("/entrar/", {"email": "nadie@tienda.example", "password": "otra"})

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "no coinciden" in wrong.content.decode()
    assert wrong.content.decode().count("no coinciden") == unknown.content.decode().count("no coinciden") == 1


def test_the_eleventh_wrong_try_has_to_wait_even_with_the_right_password(shop: Business) -> None:
    email, _ = member(shop)
    for _ in range(throttle.TRIES["sign_in"]):
        Client().post("/entrar/", {"email": email, "password": "otra"})

    answer = Client().post("/entrar/", {"email": email, "password": PASSWORD})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "10 minutos" in answer.content.decode()


def test_after_ten_minutes_the_account_opens_again(shop: Business) -> None:
    email, _ = member(shop)
    for _ in range(throttle.TRIES["sign_in"]):
        Client().post("/entrar/", {"email": email, "password": "otra"})

    with clock.at(clock.now() + dt.timedelta(minutes=11)):
        answer = Client().post("/entrar/", {"email": email, "password": PASSWORD})

    assert answer.status_code == 302


def test_who_tries_many_accounts_from_one_address_has_to_wait(shop: Business) -> None:
    for n in range(throttle.TRIES["address"]):
        throttle.count("address", "127.0.0.1")
        assert n < throttle.TRIES["address"]

    answer = Client().post("/entrar/", {"email": "nadie@tienda.example", "password": "otra"})

    assert answer.status_code == 429


@pytest.mark.parametrize("address", ["https://mala.example/", "//mala.example", "javascript:alert(1)", "/\\mala.example"])
def test_signing_in_leads_nowhere_else(shop: Business, address: str) -> None:
    email, _ = member(shop)

    answer = Client().post("/entrar/", {"email": email, "password": PASSWORD, "siguiente": address})

    assert answer["Location"] == "/"


def test_without_a_session_every_room_asks_who_it_is(shop: Business) -> None:
    answer = Client().get("/productos/?q=cafe")

    assert (answer.status_code, answer["Location"]) == (302, "/entrar/?siguiente=%2Fproductos%2F%3Fq%3Dcafe")


def test_signing_out_ends_the_session_and_clears_nothing_of_the_till(owner: Client) -> None:
    answer = owner.post("/salir/")

    assert owner.get("/").status_code == 302
    assert "Clear-Site-Data" not in answer  # it would erase the journal of a till in the same browser


def test_a_post_without_its_token_is_refused(shop: Business) -> None:
    email, _ = member(shop)
    client = Client(enforce_csrf_checks=True)

    assert client.post("/entrar/", {"email": email, "password": PASSWORD}).status_code == 403


def test_a_person_of_two_businesses_goes_from_one_to_the_other(shop: Business, other: Business) -> None:
    client = office(shop)
    user = User.objects.get(id=client.session["_auth_user_id"])
    with scope(other.id):
        there = people.hire(other.actor, name="Ana", role="accountant")
        people.give_sign_in(other.actor, member_id=there.id, email=user.email, password="no-cuenta-para-nada")

    client.post("/empresa/", {"organization": str(other.id)})

    assert "Tienda ES" in client.get("/ajustes/").content.decode()
    assert client.post("/ajustes/", {"name": "Otra"}).status_code == 403


def test_nobody_enters_the_office_of_a_business_that_is_not_theirs(owner: Client, other: Business) -> None:
    owner.post("/empresa/", {"organization": str(other.id)})

    assert "Tienda MX" in owner.get("/ajustes/").content.decode()


def test_somebody_who_works_at_the_till_alone_has_no_office(shop: Business) -> None:
    answer = office(shop, "cashier").get("/")

    assert answer.status_code == 403
    assert "no tiene oficina" in answer.content.decode()


def test_somebody_who_left_has_no_office_any_more(shop: Business, owner: Client) -> None:
    client = office(shop, "manager")
    with scope(shop.id):
        row = StaffMember.objects.get(user_id=client.session["_auth_user_id"])
        people.change_member(shop.actor, member_id=row.id, archived_at=clock.now())

    assert client.get("/").status_code == 403


def test_a_language_stays_with_the_account(owner: Client) -> None:
    owner.post("/idioma/", {"language": "en", "siguiente": "/cuenta/"})

    assert "My account" in owner.get("/cuenta/").content.decode()


def test_the_browser_says_the_language_of_the_gate(shop: Business) -> None:
    spanish = Client(headers={"accept-language": "es-MX"}).get("/entrar/").content.decode()
    english = Client(headers={"accept-language": "en-GB"}).get("/entrar/").content.decode()

    assert "Entrar a la oficina" in spanish
    assert "Sign in to the office" in english


def test_the_old_password_is_wanted_for_a_new_one(shop: Business) -> None:
    client = office(shop)

    refused = client.post("/cuenta/", {"old": "otra", "password": "otra-clave-larga-7"})
    taken = client.post("/cuenta/", {"old": PASSWORD, "password": "otra-clave-larga-7"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert client.get("/").status_code == 200, "the session goes on"


def test_an_empty_database_leads_to_the_first_run(empty: str) -> None:
    assert Client().get("/")["Location"] == "/primera-vez/"
    assert Client().get("/entrar/")["Location"] == "/primera-vez/"


def test_the_code_of_the_servers_screen_opens_the_first_shop(empty: str) -> None:
    client = Client()

    answer = client.post("/primera-vez/", {"code": empty.lower(), **OPENING})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200, "its owner is signed in"
    business = Organization.objects.get()
    assert (business.name, business.currency, business.timezone) == ("Papelería Sol", "MXN", "America/Mexico_City")
    with scope(business.id):
        assert (Store.objects.get().name, Till.objects.get().name) == ("Centro", "Caja 1")
        assert StaffMember.objects.get().role == "owner"
        assert TaxGroup.objects.filter(code="IVA16").count() == 1


def test_spain_begins_with_its_currency_and_taxes(empty: str) -> None:
    Client().post("/primera-vez/", {"code": empty, **OPENING, "country": "ES"})

    business = Organization.objects.get()
    with scope(business.id):
        assert (business.currency, business.locale) == ("EUR", "es-ES")
        assert list(TaxGroup.objects.order_by("code").values_list("code", flat=True)) == ["EXENTO", "IVA10", "IVA21", "IVA4"]


@pytest.mark.parametrize(
    "field,value", [("code", "AAAAAAAA"), ("email", "no es correo"), ("password", "corta"), ("name", " "), ("country", "XX"), ("pin", "12")]
)
def test_what_is_wrong_opens_nothing_and_keeps_the_code(empty: str, field: str, value: str) -> None:
    answer = Client().post("/primera-vez/", {"code": empty, **OPENING, field: value})

    assert answer.status_code == 422
    assert first_run.is_empty()
    assert first_run.code() == empty
    assert User.objects.count() == 0


def test_guessing_the_code_is_slowed_down(empty: str) -> None:
    for _ in range(throttle.TRIES["pair"]):
        Client().post("/primera-vez/", {"code": "AAAAAAAA", **OPENING})

    answer = Client().post("/primera-vez/", {"code": empty, **OPENING})

    assert answer.status_code == 429
    assert Organization.objects.count() == 0
    SignInAttempt.objects.all().delete()


def test_the_code_opens_one_shop_only(empty: str) -> None:
    Client().post("/primera-vez/", {"code": empty, **OPENING})

    answer = Client().post("/primera-vez/", {"code": empty, **OPENING, "name": "Otra"})

    assert answer["Location"] == "/entrar/"
    with across("the test counts all businesses"):
        assert Organization.objects.count() == 1
