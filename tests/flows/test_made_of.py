"""The room of combos and kits: a product is made one by its form, shown as it was typed, refused beside the field, and made ordinary again."""

import uuid

import pytest
from django.test import Client

from mostrador.catalogue import combos, kits
from mostrador.catalogue.services import change_price
from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import Business

COMBO = {
    "kind": "combo",
    "slot_1": "Bebida",
    "choices_1": "water\ntomato + 10.50",
    "slot_2": "Otra",
    "quantity_2": "2",
    "choices_2": "tomato",
}


def address(shop: Business, name: str = "coffee") -> str:
    """The page of a product in this room."""
    return f"/combos/{shop.products[name]}/"


def slots(shop: Business) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """What the coffee is made of by choice."""
    combo = uuid.UUID(shop.products["coffee"])
    with scope(shop.id):
        return [
            (slot.name, slot.quantity, [(one.name, one.extra) for one in slot.choices]) for slot in combos.slots([combo]).get(combo, [])
        ]


def made_of(shop: Business) -> list[tuple[str, int]]:
    """What goes with one of the coffee."""
    kit = uuid.UUID(shop.products["coffee"])
    with scope(shop.id):
        return [(one.name, one.quantity) for one in kits.components([kit]).get(kit, [])]


def test_an_empty_room_says_what_to_do(shop: Business, owner: Client) -> None:
    html = owner.get("/combos/").content.decode()

    assert "Aún no hay combos ni paquetes" in html
    assert "/combos/?nuevo=combo" in html
    assert "Puede ser un combo o un paquete" in owner.get(address(shop)).content.decode()
    assert 'name="slot_1"' in owner.get(f"{address(shop)}?como=combo").content.decode()


def test_a_combo_is_made_by_its_form_shown_as_it_was_typed_and_undone(shop: Business, owner: Client) -> None:
    assert owner.post("/combos/", {**COMBO, "product": "coffee"})["Location"] == address(shop)
    assert slots(shop) == [("Bebida", 1000, [("water", 0), ("tomato", 105_000)]), ("Otra", 2000, [("tomato", 0)])]

    html = owner.get(address(shop)).content.decode()
    assert "water\ntomato + 10.50" in html
    assert "water · lo usual" in html
    assert "Bebida · Otra" in owner.get("/combos/").content.decode()
    assert "No tiene existencias propias" in owner.get(f"/productos/{shop.products['coffee']}/").content.decode()
    assert f'/combos/{shop.products["coffee"]}/">coffee' in owner.get(f"/productos/{shop.products['water']}/").content.decode()

    assert owner.post(address(shop), {"kind": "combo", "undo": "1"})["Location"] == "/combos/"
    assert slots(shop) == []


def test_a_kit_is_made_changed_and_undone(shop: Business, owner: Client) -> None:
    assert owner.post("/combos/", {"kind": "kit", "product": "coffee", "components": "water * 2\ntomato*0.5\n"})["Location"] == address(
        shop
    )
    assert made_of(shop) == [("water", 2000), ("tomato", 500)]
    html = owner.get(address(shop)).content.decode()
    assert "water * 2\ntomato * 0.5" in html
    assert "2 water, 0.500 tomato" in html

    owner.post(address(shop), {"kind": "kit", "components": "water"})
    assert made_of(shop) == [("water", 1000)]
    owner.post(address(shop), {"kind": "kit", "undo": "1"})
    assert made_of(shop) == []


@pytest.mark.parametrize(
    "typed,sentence",
    [
        ({"product": "nada"}, "Créelo primero en Productos"),
        ({"slot_1": "", "choices_1": "", "slot_2": "", "choices_2": ""}, "Escriba al menos una parte"),
        ({"choices_1": "nadie"}, "no es de ningún producto"),
        ({"choices_2": ""}, "Falta."),
        ({"slot_2": "BEBIDA"}, "Dos partes se llaman igual"),
        ({"choices_1": "water\nwater"}, "dos veces el mismo producto"),
        ({"choices_1": "coffee"}, "no lleva otro combo dentro"),
        ({"quantity_1": "0"}, "fuera de lo posible"),
        ({"kind": "kit", "components": ""}, "Falta."),
        ({"kind": "kit", "components": "nadie"}, "no es de ningún producto"),
        ({"kind": "kit", "components": "coffee"}, "no lleva dentro paquetes ni combos"),
        ({"kind": "kit", "components": "water\nwater"}, "escríbalo una vez"),
        ({"kind": "kit", "components": "water * 0"}, "fuera de lo posible"),
        ({"kind": "otra"}, "Elija uno de la lista"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_changes(
    shop: Business, owner: Client, typed: dict[str, str], sentence: str
) -> None:
    before = everything(shop)

    answer = owner.post("/combos/", {**COMBO, "product": "coffee", **typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode() or typed.get("kind") == "otra"
    assert everything(shop) == before


def test_a_combo_wants_a_price_first(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        change_price(shop.actor, product_id=uuid.UUID(shop.products["coffee"]), price=None)

    assert "Póngalo primero en Productos" in owner.post("/combos/", {**COMBO, "product": "coffee"}).content.decode()


def test_who_keeps_the_goods_reads_it_and_changes_nothing(shop: Business, owner: Client) -> None:
    owner.post("/combos/", {**COMBO, "product": "coffee"})
    keeper = office(shop, "stock")

    assert "tomato + 10.50" in keeper.get(address(shop)).content.decode()
    assert keeper.post(address(shop), {"kind": "combo", "undo": "1"}).status_code == 403
    assert len(slots(shop)) == 2


def test_a_ticket_and_the_buyers_page_show_a_combo_with_its_parts(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    parts = [{"line": "1", "extra": 100_000}, {"line": "2"}]
    combo = {"id": "c", "quantity": 1000, "unit_price": 800_000, "parts": parts, "name": "Combo desayuno"}
    water = {"product_id": shop.products["water"], "name": "Agua chica", "quantity": 3000}
    lines = [till.line("1", "coffee", 1000), {**till.line("2", "tomato", 1000), "components": [water]}, till.line("3", "water", 1000)]
    sale = till.sell(lines=lines, combos=[combo])["body"]["sale"]
    till.push()
    drain()

    html = owner.get(f"/tickets/{sale}/").content.decode()

    assert "Combo desayuno" in html
    assert "$80.00" in html
    assert html.count('class="part"') == 2
    assert "· 3 Agua chica" in html
