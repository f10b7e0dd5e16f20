"""The room of recommendations: what people asked for in vain, what was advised, and what suppliers give, declared or not."""

import pytest
from django.test import Client

from mostrador.catalogue.terms import Pick
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import need_chips
from tests.flows.office import office
from tests.sync.shop import Business, call, document
from tests.sync.test_advice import ELSEWHERE, recommend
from tests.sync.test_aside import state_need

ROOM = "/recomendaciones/"


def heard(shop: Business) -> dict[str, list[object]]:
    """What tills are told to rank by."""
    said: dict[str, list[object]] = document(call("GET", "guidance", shop.till().token))["advice"]
    return said


def test_an_incentive_is_said_to_tills_and_its_words_are_the_last(shop: Business, owner: Client) -> None:
    coffee = shop.products["coffee"]
    assert "Ninguno. Así es como mejor se aconseja." in owner.get(ROOM).content.decode()
    owner.post(ROOM, {"product": "coffee", "says": "Una caja por cada diez"})
    owner.post(ROOM, {"product": "coffee", "says": "Dos cajas por cada diez"})

    assert (heard(shop)["incentives"], heard(shop)["undeclared"]) == ([[coffee, "Dos cajas por cada diez"]], [])


def test_what_nobody_declares_is_never_suggested(shop: Business, owner: Client) -> None:
    owner.post(ROOM, {"product": "coffee", "says": ""})
    assert (heard(shop)["incentives"], heard(shop)["undeclared"]) == ([], [shop.products["coffee"]])
    page = owner.get(ROOM).content.decode()
    assert "Sin declarar: la caja no lo propone" in page

    address = page.split(f'action="{ROOM}')[1].split('"')[0]
    owner.post(f"{ROOM}{address}")
    assert heard(shop)["undeclared"] == []


@pytest.mark.parametrize("form", [{"product": "", "says": "x"}, {"product": "nadie", "says": "x"}, {"product": "coffee", "says": "x" * 81}])
def test_what_cannot_be_is_refused(shop: Business, owner: Client, form: dict[str, str]) -> None:
    assert owner.post(ROOM, form).status_code == 422
    assert heard(shop)["incentives"] == []


def test_what_was_asked_for_in_vain_and_what_was_advised_are_there_by_count(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    assert "Nada en 30 días" in owner.get(ROOM).content.decode()
    with scope(shop.id):
        chip = str(need_chips.add_chip(shop.actor, says=need_chips.Saying("Cargador", Pick())))
    for _ in range(2):
        visit = till.visit()
        state_need(till, visit, chip=chip)
        recommend(till, ELSEWHERE, visit)
    till.push()
    drain()

    with clock.at(clock.from_ms(till.at)):
        page = owner.get(ROOM).content.decode()
        assert "Cargador" in page
        assert "2 de 2" in page
        assert "Otro lugar" in page
        assert owner.get(ROOM, {"tienda": str(shop.store_id)}).content.decode().count("2 de 2") == 1
        assert "2 de 2" not in owner.get(ROOM, {"tienda": chip}).content.decode()


def test_who_only_reads_changes_nothing(shop: Business) -> None:
    for role in ("accountant", "auditor", "stock"):
        assert office(shop, role).get(ROOM).status_code == 200
        assert office(shop, role).post(ROOM, {"product": "coffee", "says": ""}).status_code == 403
