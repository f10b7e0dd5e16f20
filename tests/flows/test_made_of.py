"""The room of combos and kits: a product is made one by its form, shown as it was typed, refused beside the field, and made ordinary again."""

import base64
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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


FILE = "combo o paquete;parte;lleva;cantidad;suma\ncoffee;Bebida;water;;\ncoffee;Bebida;tomato;;10.50\ncoffee;Otra;tomato;2;\n"


def send(owner: Client, text: str) -> Any:
    """Bring a file; the page that answers."""
    return owner.post("/combos/importar/", {"file": SimpleUploadedFile("combos.csv", text.encode())})


def write(owner: Client, text: str, **more: str) -> Any:
    """Write what the page of a check showed."""
    held = re.search(r'name="held" value="([^"]+)"', send(owner, text).content.decode())
    assert held is not None
    return owner.post("/combos/importar/", {"act": "write", "held": held[1], **more})


def test_a_file_is_shown_first_then_written_and_comes_out_as_it_went_in(shop: Business, owner: Client) -> None:
    before = everything(shop)
    html = send(owner, FILE).content.decode()
    assert "Importar 1 combo o paquete" in html
    assert everything(shop) == before, "a check writes nothing"

    assert write(owner, FILE)["Location"] == "/combos/"
    assert slots(shop) == [("Bebida", 1000, [("water", 0), ("tomato", 105_000)]), ("Otra", 2000, [("tomato", 0)])]
    out = owner.get("/combos/exportar.csv").content.decode("utf-8-sig")
    assert out.splitlines() == [
        "Combo o paquete,Parte,Lleva,Cantidad,Suma", "coffee,Bebida,water,,", "coffee,Bebida,tomato,,10.5", "coffee,Otra,tomato,2,",
    ]  # fmt: skip
    assert "ya está aquí" in send(owner, out).content.decode()
    changed = out.replace(",10.5", ",8")
    write(owner, changed)
    assert slots(shop)[0][2][1] == ("tomato", 80_000)


def test_a_kit_comes_by_a_file_and_what_is_wrong_is_said_by_row_and_left_out(shop: Business, owner: Client) -> None:
    text = "kit,contiene,lleva,cantidad,parte,suma\ncoffee,,water,3,,\ncoffee,,nope,,,\nwater,,tomato,0.5,,\ntomato,,tomato,,,\nwater,,coffee,x,,\n"
    html = send(owner, text).content.decode()
    rows = re.findall(r"<tr><td data-l=\"Fila\">(\d+)</td><td data-l=\"Qué pasa\">([^<]+)</td>", html)
    assert [row for row, _ in rows] == ["3", "5", "6"]
    assert "paquete" in rows[1][1], "what the form would say of a kit in itself"
    assert (rows[0][1], rows[2][1]) == ("Ningún producto tiene ese código.", "Cantidad: no es un número.")
    before = everything(shop)
    assert owner.post("/combos/importar/", {"act": "write", "held": base64.b64encode(text.encode()).decode()}).status_code == 422
    assert everything(shop) == before

    write(owner, "paquete,lleva,cantidad\ncoffee,water,3\nwater,nope,1\n", only_good="1")
    assert made_of(shop) == [("water", 3000)]


def test_a_file_that_cannot_be_or_whose_parts_do_not_go_together_changes_nothing(shop: Business, owner: Client) -> None:
    before = everything(shop)
    for text, sentence in (
        ("nombre,precio\nx,1\n", "Faltan columnas"),
        ("paquete,lleva,parte\ncoffee,water,Bebida\ncoffee,water,\n", "Unos renglones tienen parte"),
        ("paquete,lleva,parte,cantidad\ncoffee,water,B,1\ncoffee,tomato,B,2\n", "dos cantidades"),
        ("paquete,lleva,suma\ncoffee,water,5\n", "nada suma"),
        ("paquete,lleva\ncoffee,\n", "Falta el código."),
    ):
        assert sentence in send(owner, text).content.decode()
    crossed = "paquete,lleva\ncoffee,water\nwater,coffee\n"
    assert write(owner, crossed).status_code == 422, "each is right alone, together they are not"
    assert everything(shop) == before
    assert office(shop, "stock").get("/combos/importar/").status_code in {403, 404}
    assert office(shop, "stock").get("/combos/exportar.csv").status_code == 200
