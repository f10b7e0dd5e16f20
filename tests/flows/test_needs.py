"""The room of needs: a word is said, corrected, moved, taken from the tills and brought back; tills hear those of now, the most used of a store first."""

import datetime as dt

import pytest
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import need_chips
from tests.sync.shop import Business, call, document

FORM = {"name": "Un regalo", "products": "coffee"}


@pytest.fixture
def address(shop: Business, owner: Client) -> str:
    """A need that the form has begun."""
    assert owner.post("/necesidades/", FORM)["Location"] == "/necesidades/"
    with scope(shop.id):
        return f"/necesidades/{need_chips.chips()[0].id}/"


def names(shop: Business) -> list[str]:
    """The words of the tills, in the owner's order."""
    with scope(shop.id):
        return [one.says.name for one in need_chips.chips()]


def test_a_need_is_said_with_the_goods_that_do_the_job(shop: Business, owner: Client, address: str) -> None:
    with scope(shop.id):
        [chip] = need_chips.chips()
    assert (chip.says.name, chip.says.pick.products) == ("Un regalo", (shop.products["coffee"],))

    owner.post(address, {"name": "Un detalle"})
    with scope(shop.id):
        [chip] = need_chips.chips()
    assert (chip.says.name, chip.says.pick.is_empty) == ("Un detalle", True)
    assert "Nada de la tienda" in owner.get("/necesidades/").content.decode()


@pytest.mark.parametrize("form", [{"name": ""}, {"name": "Un regalo"}, {"name": "x" * 29}, {"name": "Otra", "products": "nadie"}])
@pytest.mark.usefixtures("address")
def test_what_cannot_be_is_refused_and_changes_nothing(shop: Business, owner: Client, form: dict[str, str]) -> None:
    assert owner.post("/necesidades/", form).status_code == 422
    assert names(shop) == ["Un regalo"]


def test_a_need_moves_and_ends_and_comes_back(shop: Business, owner: Client, address: str) -> None:
    owner.post("/necesidades/", {"name": "Algo rápido"})
    assert names(shop) == ["Un regalo", "Algo rápido"]
    owner.post(address, {"move": "down"})
    assert names(shop) == ["Algo rápido", "Un regalo"]
    owner.post(address, {"move": "down"})
    assert names(shop) == ["Algo rápido", "Un regalo"]

    owner.post(address, {"ended": "1"})
    assert names(shop) == ["Algo rápido"]
    assert "Ya no sale en la caja" in owner.get("/necesidades/").content.decode()
    owner.post(address, {"ended": "0"})
    assert set(names(shop)) == {"Algo rápido", "Un regalo"}


def test_tills_hear_the_needs_that_their_store_uses_most_first_and_not_before_the_day_is_over(shop: Business, owner: Client) -> None:
    for name in ("Un regalo", "Algo rápido"):
        owner.post("/necesidades/", {"name": name})
    with scope(shop.id):
        quick = next(one for one in need_chips.chips() if one.says.name == "Algo rápido")
    till = shop.till()
    till.open_shift()
    body = {"shift": till.cashier.shift, "chip": str(quick.id), "origin": "buyer_said"}
    till._wrote(till.device.fact("need.stated", body, till.now(), till.visit().document()))
    till.push()
    drain()

    def heard(at: dt.datetime) -> list[str]:
        with clock.at(at):
            return [row["name"] for row in document(call("GET", "guidance", till.token))["needs"]]

    said = clock.from_ms(till.at)
    assert heard(said) == ["Un regalo", "Algo rápido"]
    assert heard(said + dt.timedelta(days=1)) == ["Algo rápido", "Un regalo"]
    assert heard(said + dt.timedelta(days=120)) == ["Un regalo", "Algo rápido"]
