"""A promotion's form says what tills will say of its prices, before it is saved and after; a product shows its price through time and what it cost before us."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from mostrador.catalogue import promotions, services
from mostrador.catalogue.models import PriceEvent, Promotion
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from tests.flows.office import office
from tests.sync.shop import Business, a_business

TODAY = dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)
FORM = {"shape": "percent", "name": "La buena", "products": "coffee", "percent": "10"}


@pytest.fixture
def shop(transactional_db: None) -> Iterator[Business]:
    """A shop whose coffee cost 80.00 until twenty days ago and 89.00 since; its water is three days old."""
    with clock.at(TODAY - dt.timedelta(days=90)):
        business = a_business()
    with scope(business.id):
        for days, price in ((-80, 800_000), (-20, 890_000)):
            with clock.at(TODAY + dt.timedelta(days=days)):
                services.change_price(business.actor, product_id=coffee(business), price=price)
    with clock.at(TODAY):
        yield business


def coffee(shop: Business) -> uuid.UUID:
    """Its coffee."""
    return uuid.UUID(shop.products["coffee"])


def words(html: str) -> list[str]:
    """What will be said of each product."""
    return [re.sub(r"<[^>]+>|\xa0", " ", found).strip() for found in re.findall(r'class="word[^"]*">(.*?)</p>', html)]


def test_what_will_be_said_is_shown_before_anything_is_saved(shop: Business) -> None:
    owner = office(shop)

    html = owner.post("/promociones/", {**FORM, "percent": "20", "look": "1"}).content.decode()

    assert words(html) == ["−11 % · antes $80.00 (30 días)"], "of 80.00 and not of 89.00, and never rounded up"
    assert "$71.20" in html
    with scope(shop.id):
        assert not Promotion.objects.exists()


def test_what_was_as_cheap_before_is_not_called_an_offer(shop: Business) -> None:
    owner = office(shop)

    html = owner.post("/promociones/", {**FORM, "percent": "10", "look": "1"}).content.decode()

    assert words(html) == ["No se llamará oferta: en los 30 días previos ya costó $80.00. Se cobra este precio y nada se anuncia."]


def test_what_is_new_has_no_before(shop: Business) -> None:
    with scope(shop.id), clock.at(TODAY - dt.timedelta(days=3)):
        group = services.get_product(coffee(shop)).tax_group_id
        services.add_product(shop.actor, sku="new", name="Nuevo", tax_group_id=group, price=500_000)
    owner = office(shop)

    html = owner.post("/promociones/", {**FORM, "products": "new", "look": "1"}).content.decode()

    assert words(html) == ["Es nuevo: la caja dirá «Precio de lanzamiento», sin «antes»."]


def test_an_edited_promotion_is_measured_as_if_it_began_now(shop: Business) -> None:
    owner = office(shop)
    with clock.at(TODAY - dt.timedelta(days=5)):
        office(shop).post("/promociones/", {**FORM, "percent": "20"})
    with scope(shop.id):
        [said] = promotions.promotions()
    there = f"/promociones/{said.id}/"

    assert words(owner.get(there).content.decode()) == ["−11 % · antes $80.00 (30 días)"]
    assert words(owner.post(there, {**FORM, "percent": "30", "look": "1"}).content.decode()) == ["−12 % · antes $71.20 (30 días)"]
    with scope(shop.id):
        assert promotions.promotion(said.id).terms == said.terms, "nothing was saved"


def test_stores_that_differ_are_said_apart(shop: Business) -> None:
    with scope(shop.id):
        people.add_store(shop.actor, code="N", name="Norte", timezone="America/Mexico_City")
    html = office(shop).post("/promociones/", {**FORM, "percent": "20", "look": "1"}).content.decode()

    assert len(words(html)) == 1, "the same in both"


def test_a_percent_is_never_typed(shop: Business) -> None:
    owner = office(shop)

    answer = owner.post("/promociones/", {**FORM, "name": "Café −50 %"})

    assert answer.status_code == 422
    assert "Sin cifra de por ciento" in answer.content.decode()
    assert owner.post("/promociones/", {**FORM, "shape": "nth", "take": "2", "name": "El segundo al 50 %"}).status_code == 302
    with scope(shop.id):
        assert [said.name for said in promotions.promotions()] == ["El segundo al 50 %"]


def test_a_product_shows_its_price_through_time_and_takes_down_what_it_cost_before_us(shop: Business) -> None:
    owner, there = office(shop), f"/productos/{coffee(shop)}/"
    html = owner.get(there).content.decode()
    assert "$80.00" in html.split("Precio más bajo de los 30 días previos")[1][:60]

    assert owner.post(f"{there}antes/", {"declared_price": "75", "declared": "2026-01-15"}).status_code == 302
    assert owner.post(f"{there}antes/", {"declared_price": "75", "declared": "2026-10-15"}).status_code == 422
    assert owner.post(f"{there}antes/", {"declared_price": "", "declared": ""}).status_code == 422

    with scope(shop.id):
        assert list(PriceEvent.objects.filter(product_id=coffee(shop), is_declared=True).values_list("price", flat=True)) == [750_000]


def test_a_stranger_sees_and_declares_nothing(shop: Business) -> None:
    stranger = office(a_business())
    there = f"/productos/{coffee(shop)}/"

    assert stranger.post(f"{there}antes/", {"declared_price": "1", "declared": "2020-01-01"}).status_code == 404
    assert stranger.get(there).status_code == 404
    assert Client().post(f"{there}antes/", {"declared_price": "1", "declared": "2020-01-01"}).status_code in {302, 401, 403}
    with scope(shop.id):
        assert not PriceEvent.objects.filter(is_declared=True).exists()
