"""The room of other places: proposed by anybody with an office, approved by who leads, public facts only, and stale after half a year but never hidden."""

import datetime as dt

import pytest
from django.test import Client

from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import places
from tests.flows.office import office
from tests.sync.shop import Business, call, document

FORM = {
    "name": "Zapatería Ruiz", "good_for": "Arreglo de zapatos y cinturones", "why": "they_specialise", "address": "Reforma 12, junto a la plaza",
    "phone": "951 555 0199", "url": "https://zapateriaruiz.example", "fee": "",
}  # fmt: skip
ROOM = "/otros-lugares/"


def address(shop: Business) -> str:
    with scope(shop.id):
        return f"{ROOM}{places.places(archived=True)[0].id}/"


def heard(shop: Business) -> list[dict[str, object]]:
    """What tills may recommend."""
    rows: list[dict[str, object]] = document(call("GET", "guidance", shop.till().token))["places"]
    return rows


def test_what_a_manager_writes_is_on_the_tills_with_its_day(shop: Business, owner: Client) -> None:
    assert "Aún no hay otros lugares" in owner.get(ROOM).content.decode()
    with clock.at(dt.datetime(2025, 11, 24, 18, 0, tzinfo=dt.UTC)):
        assert owner.post(ROOM, FORM)["Location"] == ROOM

    [row] = heard(shop)
    assert {key: row[key] for key in ("name", "good_for", "why", "address", "phone", "url", "fee", "verified_on")} == {
        **FORM, "verified_on": "2025-11-24",
    }  # fmt: skip


def test_what_stock_proposes_waits_until_it_is_approved(shop: Business, owner: Client) -> None:
    keeper = office(shop, "stock")
    keeper.post(ROOM, FORM)
    assert heard(shop) == []
    assert keeper.post(address(shop), {"act": "approve"}).status_code == 403
    assert "Por aprobar" in owner.get(ROOM).content.decode()

    owner.post(address(shop), {"act": "approve"})
    assert [row["name"] for row in heard(shop)] == ["Zapatería Ruiz"]

    keeper.post(address(shop), {**FORM, "good_for": "Bolsas y zapatos"})
    assert heard(shop) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"good_for": ""}, {"why": "they_are_bad"}, {"address": "", "phone": "", "url": ""}, {"url": "javascript:alert(1)"},
        {"good_for": "Más barato: $120"}, {"good_for": "Todo a 20 %"}, {"good_for": "Tapas por 80 pesos"}, {"name": "x" * 61},
    ],
)  # fmt: skip
def test_what_is_no_public_fact_is_refused_and_changes_nothing(shop: Business, owner: Client, wrong: dict[str, str]) -> None:
    assert owner.post(ROOM, {**FORM, **wrong}).status_code == 422
    assert heard(shop) == []


def test_two_places_of_one_name_are_one_too_many(shop: Business, owner: Client) -> None:
    owner.post(ROOM, FORM)
    assert owner.post(ROOM, FORM).status_code == 422
    assert len(heard(shop)) == 1


def test_after_half_a_year_it_says_so_and_stays_until_somebody_looks(shop: Business, owner: Client) -> None:
    begun = dt.datetime(2025, 5, 1, 18, 0, tzinfo=dt.UTC)
    with clock.at(begun):
        owner.post(ROOM, FORM)
    with clock.at(begun + dt.timedelta(days=180)):
        assert "hace más de 180 días" not in owner.get(ROOM).content.decode()
    with clock.at(begun + dt.timedelta(days=181)):
        assert "hace más de 180 días" in owner.get(ROOM).content.decode()
        assert len(heard(shop)) == 1
        owner.post(address(shop), {"act": "verify"})
        assert "hace más de 180 días" not in owner.get(ROOM).content.decode()
        assert heard(shop)[0]["verified_on"] == "2025-10-29"


def test_it_goes_and_comes_back(shop: Business, owner: Client) -> None:
    owner.post(ROOM, FORM)
    owner.post(address(shop), {"act": "end"})
    assert heard(shop) == []
    assert "Ya no sale en la caja" in owner.get(ROOM).content.decode()
    owner.post(address(shop), {"act": "restore"})
    assert len(heard(shop)) == 1


def test_who_only_reads_changes_nothing(shop: Business, owner: Client) -> None:
    owner.post(ROOM, FORM)
    for role in ("accountant", "auditor"):
        assert office(shop, role).get(address(shop)).status_code == 200
        assert office(shop, role).post(address(shop), {"act": "end"}).status_code == 403
    assert len(heard(shop)) == 1
