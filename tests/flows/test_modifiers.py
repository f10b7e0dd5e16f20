"""The room of modifiers: a group is begun, corrected, moved, ended; how often each option was sold stands beside it."""

import pytest
from django.test import Client

from mostrador.catalogue import modifiers
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import Business

FORM = {
    "name": "Leche", "least": "1", "most": "1", "option_1": "Entera", "default_1": "1", "option_2": "Avena", "price_2": "8", "option_3": "Sin leche",
    "price_3": "-2.50", "products": "coffee",
}  # fmt: skip


@pytest.fixture
def address(shop: Business, owner: Client) -> str:
    """A group that the form has begun."""
    assert owner.post("/modificadores/", FORM)["Location"] == "/modificadores/"
    with scope(shop.id):
        return f"/modificadores/{modifiers.groups()[0].id}/"


def said(shop: Business) -> modifiers.Saying:
    """What the one group says."""
    with scope(shop.id):
        return modifiers.groups(archived=True)[0].says


def test_a_group_is_begun_by_its_form_and_shown_as_it_was_typed(shop: Business, owner: Client, address: str) -> None:
    says = said(shop)
    assert (says.name, says.least, says.most, says.pick.products) == ("Leche", 1, 1, (shop.products["coffee"],))
    assert [(one.name, one.price, one.is_default) for one in says.options] == [
        ("Entera", 0, True), ("Avena", 80_000, False), ("Sin leche", -25_000, False),
    ]  # fmt: skip

    html = owner.get(address).content.decode()

    assert 'value="Avena"' in html
    assert 'value="8.00"' in html
    assert 'value="-2.50"' in html
    assert "Al vender" in html


def test_options_keep_their_ids_through_the_form_and_an_emptied_one_goes(shop: Business, owner: Client, address: str) -> None:
    whole, oat, _ = said(shop).options

    form = {**FORM, "id_1": str(whole.id), "id_2": str(oat.id), "option_2": "Avena bio", "option_3": "", "least": "0"}
    assert owner.post(address, form)["Location"] == address

    assert [(one.id, one.name) for one in said(shop).options] == [(whole.id, "Entera"), (oat.id, "Avena bio")]
    assert "Solo en la partida" in owner.get("/modificadores/").content.decode()


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"name": ""}, "Falta."),
        ({"least": "2"}, "No puede pasar del máximo."),
        ({"most": "9"}, "Al menos una, y no más que opciones."),
        ({"option_2": "entera"}, "Una opción está dos veces."),
        ({"products": ""}, "Elija al menos una categoría"),
        ({"products": "nadie"}, "Una clave o código no es de ningún producto."),
        ({"default_2": "1"}, "más opciones que el máximo"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_changes(
    shop: Business, owner: Client, address: str, wrong: dict[str, str], sentence: str
) -> None:
    before = everything(shop)

    answer = owner.post("/modificadores/", {**FORM, "name": "Otra", **wrong})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert everything(shop) == before


def test_groups_move_end_and_come_back(shop: Business, owner: Client, address: str) -> None:
    owner.post("/modificadores/", {**FORM, "name": "Tamaño"})
    owner.post(address, {"move": "down"})
    owner.post(address, {"ended": "1"})
    with scope(shop.id):
        assert [group.says.name for group in modifiers.groups()] == ["Tamaño"]
    assert "Terminado" in owner.get("/modificadores/").content.decode()
    owner.post(address, {"ended": "0"})
    with scope(shop.id):
        assert [group.says.name for group in modifiers.groups()] == ["Tamaño", "Leche"]


def test_how_often_an_option_was_sold_stands_beside_it_and_under_the_line_of_its_ticket(
    shop: Business, owner: Client, address: str
) -> None:
    oat = said(shop).options[1]
    till = shop.till()
    till.at = clock.now_ms()
    till.journal_facts.append(till.cashier.open_shift(clock.now().date().isoformat(), 0, till.now()))
    chosen = [{"id": str(oat.id), "name": "Avena", "price": 80_000}]
    sold = till.sell(lines=[{**till.line("1", "coffee", 3000), "unit_price": 970_000, "modifiers": chosen}])
    till.push()

    assert "3 vendidas en 30 días" in owner.get(address).content.decode()
    assert "+ Avena $8.00" in owner.get(f"/tickets/{sold['body']['sale']}/").content.decode()


def test_who_keeps_the_stock_looks_and_changes_nothing(shop: Business, address: str) -> None:
    client = office(shop, "stock")
    before = everything(shop)

    assert client.get(address).status_code == 200
    assert client.post(address, {"ended": "1"}).status_code == 403
    assert client.post("/modificadores/", FORM).status_code == 403
    assert everything(shop) == before
