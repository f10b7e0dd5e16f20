"""Two cards of one person in the office: those that look like it, joining them with one press, and separating them with another (docs/adr/0035)."""

import re

import pytest
from django.test import Client

from mostrador.buyers import alike, apart, joins
from mostrador.buyers import services as buyers
from mostrador.buyers.models import Buyer, BuyerJoin, BuyersApart
from mostrador.config.worker import drain
from mostrador.counter import accounts
from mostrador.kernel.errors import Invalid, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.flows.office import office
from tests.sync.shop import Business


@pytest.fixture
def two(shop: Business) -> tuple[Buyer, Buyer]:
    """Somebody met at a till as «Chuy», who owes 89.00, and in the office as «Jesús», with the same telephone written otherwise; and somebody else."""
    till = shop.till()
    till.open_shift()
    chuy = till.meet("Chuy", phone="951 555 0102", consent=["whatsapp"])
    till.meet("Ana", phone="951 555 0999")
    jesus = till.meet("Jesús Ñandú", phone="+52 951 555 01 02", consent=["whatsapp", "email"])
    till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=chuy))
    till.push(annexes=till.annexes)
    drain()
    with scope(shop.id):
        return Buyer.objects.get(id=chuy), Buyer.objects.get(id=jesus)


def pressed(owner: Client, address: str, one: Buyer, two: Buyer, kept: Buyer) -> str:
    """Press «keep this one» and return the page that follows."""
    answer = owner.post(address, {"one": str(one.id), "two": str(two.id), "kept": str(kept.id)}, follow=True)
    return answer.content.decode()


def test_who_looks_like_one_person_is_shown_side_by_side_and_one_press_joins_them(
    shop: Business, owner: Client, two: tuple[Buyer, Buyer]
) -> None:
    chuy, jesus = two
    assert "¿La misma persona? 1" in owner.get("/clientes/").content.decode()
    html = owner.get("/clientes/repetidos/").content.decode()
    assert "Mismo teléfono" in html and html.count('name="kept"') == 2 and "$89.00" in html and "Ana" not in html

    html = pressed(owner, "/clientes/repetidos/", chuy, jesus, jesus)

    assert "Chuy y Jesús Ñandú son ya una sola cuenta" in html and "También es" in html
    with scope(shop.id):
        assert accounts.balances()[jesus.id, "fiado"] == 8_900
        assert Edit.objects.filter(entity="buyer", entity_id=jesus.id).latest("id").changes == {"joined": ["", str(chuy.id)]}
    listed = owner.get("/clientes/").content.decode()
    assert f"/clientes/{chuy.id}/" not in listed and "¿La misma persona?" not in listed and "$89.00" in listed
    assert f"/clientes/{jesus.id}/" in owner.get("/clientes/", {"q": "chuy"}).content.decode()
    assert "Nadie parece estar dos veces" in owner.get("/clientes/repetidos/").content.decode()
    assert owner.get(f"/clientes/{chuy.id}/").headers["Location"] == f"/clientes/{jesus.id}/", "an old link leads on"
    html = owner.get(f"/clientes/{jesus.id}/").content.decode()
    assert re.search(r'value="email"(?! checked)', html) and 'value="whatsapp" checked' in html, "the stricter word counts"

    html = owner.post(f"/clientes/{jesus.id}/juntar/", {"separate": str(chuy.id)}, follow=True).content.decode()

    assert "Chuy tiene otra vez su propia ficha y su cuenta" in html and "También es" not in html
    with scope(shop.id):
        assert accounts.balances()[chuy.id, "fiado"] == 8_900
        assert [row.kept_id for row in BuyerJoin.objects.order_by("n")] == [jesus.id, None]
    assert 'value="email" checked' in owner.get(f"/clientes/{jesus.id}/").content.decode()


def told(client: Client, one: Buyer, two: Buyer, apart: str, address: str = "/clientes/repetidos/") -> str:
    """Say that two are two people, or take that back, and return the page that follows."""
    answer = client.post(address, {"one": str(one.id), "two": str(two.id), "apart": apart}, follow=True)
    return answer.content.decode()


def test_two_who_are_two_people_are_proposed_no_more_until_somebody_takes_it_back(
    shop: Business, owner: Client, two: tuple[Buyer, Buyer]
) -> None:
    chuy, jesus = two
    assert 'aria-label="Son dos personas: ' in owner.get("/clientes/repetidos/").content.decode()

    html = told(owner, jesus, chuy, "1")

    assert "son dos personas: no se proponen más" in html and "Nadie parece estar dos veces" in html
    assert "Ya vistas: son dos personas" in html
    assert "¿La misma persona?" not in owner.get("/clientes/").content.decode()
    assert "Nadie se le parece" in owner.get(f"/clientes/{chuy.id}/juntar/").content.decode()
    with scope(shop.id):
        assert Edit.objects.filter(entity="buyer", entity_id=chuy.id).latest("id").changes == {"apart": ["", str(jesus.id)]}
        assert not BuyerJoin.objects.exists()
    told(owner, chuy, jesus, "1")
    with scope(shop.id):
        assert BuyersApart.objects.count() == 1

    html = told(owner, chuy, jesus, "0", f"/clientes/{chuy.id}/juntar/")

    assert "se vuelven a proponer" in html and "Ya vistas" not in html and html.count('name="kept"') == 2
    assert "¿La misma persona? 1" in owner.get("/clientes/").content.decode()


def test_whoever_is_joined_to_one_of_the_two_is_that_one(shop: Business, owner: Client, two: tuple[Buyer, Buyer]) -> None:
    chuy, jesus = two
    with scope(shop.id):
        third = buyers.add_buyer(shop.actor, contact={"name": "Chuchito", "phone": "9515550102"})
    told(owner, chuy, jesus, "1")
    pressed(owner, "/clientes/repetidos/", chuy, third, third)

    assert "Nadie parece estar dos veces" in owner.get("/clientes/repetidos/").content.decode()
    with scope(shop.id), pytest.raises(Invalid):
        apart.tell_apart(shop.actor, one_id=chuy.id, two_id=third.id, apart=True)


def test_who_may_not_lead_and_another_business_say_nothing_of_it(
    shop: Business, other: Business, stranger: Client, owner: Client, two: tuple[Buyer, Buyer]
) -> None:
    chuy, jesus = two
    asked = {"one": str(chuy.id), "two": str(jesus.id), "apart": "1"}
    assert office(shop, "accountant").post("/clientes/repetidos/", asked).status_code == 403
    assert stranger.post("/clientes/repetidos/", asked).status_code == 404
    with scope(other.id), pytest.raises(NotFound):
        apart.tell_apart(other.actor, one_id=chuy.id, two_id=jesus.id, apart=True)
    assert "Es la misma ficha dos veces" in told(owner, chuy, chuy, "1")
    assert owner.post("/clientes/repetidos/", {"one": "x", "apart": "1"}).status_code == 422
    with scope(shop.id):
        assert not BuyersApart.objects.exists()


def test_somebody_whom_nothing_gives_away_is_found_by_a_search(shop: Business, owner: Client, two: tuple[Buyer, Buyer]) -> None:
    chuy, _ = two
    with scope(shop.id):
        ana = Buyer.objects.get(name="Ana")
    here = f"/clientes/{ana.id}/juntar/"
    assert "Nadie se le parece" in owner.get(here).content.decode()
    assert "Nadie más con eso" in owner.get(here, {"q": "ana"}).content.decode()
    assert owner.get(here, {"q": "chuy"}).content.decode().count('name="kept"') == 2

    assert "son ya una sola cuenta" in pressed(owner, here, ana, chuy, ana)

    with scope(shop.id):
        assert joins.kept(chuy.id) == ana.id


def test_what_cannot_be_is_said_and_nothing_is_joined(shop: Business, owner: Client, two: tuple[Buyer, Buyer]) -> None:
    chuy, jesus = two
    assert "Diga cuál de las dos fichas conserva" in owner.post("/clientes/repetidos/", {"one": str(chuy.id)}).content.decode()
    assert "Es la misma ficha dos veces" in pressed(owner, "/clientes/repetidos/", chuy, chuy, chuy)
    pressed(owner, "/clientes/repetidos/", chuy, jesus, jesus)
    assert "al revés" in pressed(owner, "/clientes/repetidos/", jesus, chuy, chuy)
    with scope(shop.id):
        assert BuyerJoin.objects.count() == 1


def test_only_who_leads_joins_and_separates(shop: Business, two: tuple[Buyer, Buyer]) -> None:
    chuy, jesus = two
    reader = office(shop, "accountant")
    assert 'name="kept"' not in reader.get("/clientes/repetidos/").content.decode()
    asked = {"one": str(chuy.id), "two": str(jesus.id), "kept": str(jesus.id)}
    assert reader.post("/clientes/repetidos/", asked).status_code == 403
    with scope(shop.id):
        assert not BuyerJoin.objects.exists()
    assert office(shop, "manager").post("/clientes/repetidos/", asked).status_code == 302
    assert reader.post(f"/clientes/{jesus.id}/juntar/", {"separate": str(chuy.id)}).status_code == 403


def like(*rows: dict[str, str]) -> list[tuple[int, int, tuple[str, ...], bool]]:
    """Who among these looks like one person, by their places."""
    made = [Buyer(**row, met_at=n) for n, row in enumerate(rows)]
    return [(made.index(pair.one), made.index(pair.two), pair.by, pair.is_sure) for pair in alike.pairs(made)]


def test_what_makes_two_look_like_one() -> None:
    assert like({"name": "José Pérez"}, {"name": "perez jose"}) == [(0, 1, ("name",), True)]
    assert like({"name": "Ana", "phone": "111 222 3333"}, {"name": "ana", "phone": "111 222 4444"}) == [(0, 1, ("name",), False)]
    assert like({"phone": "+34 600 11 22 33"}, {"phone": "600112233"}) == [(0, 1, ("phone",), True)]
    assert like({"phone": "12"}, {"phone": "12"}) == []
    assert like({"tax_id": "b-12345674"}, {"tax_id": "B12345674"}, {"tax_id": "X"}) == [(0, 1, ("tax_id",), True)]
    assert like({"name": "Eva"}, {"name": "Eva", "tax_id": "Z9"}, {"name": "Luz", "tax_id": "Z9"}) == [
        (1, 2, ("tax_id",), True), (0, 1, ("name",), True),
    ]  # fmt: skip
    assert like(*({"name": f"N{n}", "tax_id": "GENERIC"} for n in range(alike.SHARED_MAX + 1))) == [], "what everybody has says nothing"
