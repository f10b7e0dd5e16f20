"""Gift cards in the office, in the day's money, and on the page that shows a balance and spends nothing (ruling 29)."""

import hashlib
import re
import uuid

import pytest
from django.test import Client, override_settings

from mostrador.counter.gift_card_queries import code_hash
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import DAY, Business, Till, states

HERE = "/tarjetas/"
PAGE = "A" * 21 + "w"
CODE = "GC-0123-4567-89AB-CDEF"


@pytest.fixture
def till(shop: Business) -> Till:
    """A till with an open shift."""
    till = shop.till()
    till.open_shift()
    return till


@pytest.fixture
def card(till: Till) -> str:
    """A card of 500.00, sold beside a coffee, of which 89.00 were spent."""
    card = till.device.ids(till.now())
    load = {"id": card, "amount": 50_000, "code": code_hash(CODE).hex(), "page": hashlib.sha256(PAGE.encode()).hexdigest()}
    till.sell(("coffee", 1000), gift_cards=[load])
    till.sell(("coffee", 1000), payments=[{"method": "gift_card", "amount": 8_900, "gift_card": card}])
    assert set(states(till.push())) == {"accepted"}
    return card


def test_the_list_says_what_the_shop_owes_and_a_card_shows_its_moves(owner: Client, card: str) -> None:
    html = owner.get(HERE).content.decode()
    assert "La tienda debe $411.00 en tarjetas" in html

    html = owner.get(f"{HERE}{card}/").content.decode()
    assert re.findall(r"<b>\$([\d.,]+)</b><small>\$([\d.,]+)</small>", html.replace("−", "-").replace("-$", "$")) == [
        ("89.00", "411.00"),
        ("500.00", "500.00"),
    ]
    number = uuid.UUID(card).hex[-8:].upper()
    assert number in owner.get(f"{HERE}?q={number.lower()}").content.decode()
    assert "Ninguna tarjeta así" in owner.get(f"{HERE}?q=ZZZZ").content.decode()
    assert number not in owner.get(f"{HERE}?estado=bloqueadas").content.decode()


def test_the_money_of_a_day_shows_cards_apart_from_what_was_sold(owner: Client, card: str) -> None:
    html = owner.get(f"/dinero/?dia={DAY}").content.decode()

    assert "Cargado en tarjetas regalo (no es venta)</dt><dd>$500.00" in html
    assert "Total con impuestos" not in html or "$178.00" in html
    assert "$678.00" in html, "two coffees and what was put on the card"
    assert "no cuadra" not in html


def test_the_file_has_every_move_with_its_balance(owner: Client, card: str) -> None:
    lines = owner.get(f"{HERE}movimientos.csv").content.decode("utf-8-sig").splitlines()

    number = uuid.UUID(card).hex[-8:].upper()
    assert lines[0] == "tarjeta,dia,hora,tienda,ticket,movimiento,importe,saldo"
    assert [(line.split(",")[0], *line.split(",")[-3:]) for line in lines[1:]] == [
        (number, "Carga", "500.00", "500.00"), (number, "Pago", "-89.00", "411.00"),
    ]  # fmt: skip


def test_a_card_is_blocked_and_issued_anew_and_the_trail_says_who(shop: Business, owner: Client, card: str) -> None:
    assert owner.post(f"{HERE}{card}/", {"what": "block"}).status_code == 302
    assert "Bloqueada" in owner.get(f"{HERE}{card}/").content.decode()

    with override_settings(PUBLIC_URL="https://tienda.example"):
        html = owner.post(f"{HERE}{card}/", {"what": "reissue"}).content.decode()
    code = re.search(r"GC(?:-[0-9A-HJKMNP-TV-Z]{4}){4}", html)
    secret = re.search(r"https://tienda\.example/t/([\w-]{22})", html)
    assert code and secret, "both stand there once"
    assert "$411.00" in Client().get(f"/t/{secret[1]}").content.decode()
    assert Client().get(f"/t/{PAGE}").status_code == 404
    with scope(shop.id):
        edits = Edit.objects.filter(entity="gift_card").order_by("at").values_list("changes", flat=True)
        assert [sorted(changes) for changes in edits] == [["blocked"], ["code"]]


def test_who_may_only_read_changes_no_card(shop: Business, card: str) -> None:
    accountant = office(shop, "accountant")
    before = everything(shop)

    assert accountant.get(f"{HERE}{card}/").status_code == 200
    assert "Emitir de nuevo" not in accountant.get(f"{HERE}{card}/").content.decode()
    for what in ("block", "reissue"):
        assert accountant.post(f"{HERE}{card}/", {"what": what}).status_code == 403
    assert everything(shop) == before


def test_the_page_of_a_card_shows_its_balance_and_neither_code_nor_name(card: str) -> None:
    answer = Client().get(f"/t/{PAGE}")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert "$411.00" in html and "Pago" in html
    assert "GC-" not in html
    assert not answer.cookies


def test_a_card_that_fell_short_is_listed_with_what_to_do(owner: Client, till: Till, card: str) -> None:
    till.sell(("coffee", 5000), payments=[{"method": "gift_card", "amount": 44_500, "gift_card": card}])
    till.push()

    html = owner.get(HERE).content.decode()
    assert "Se gastó más de lo que había" in html and "De más: $34.00" in html
    assert "La tienda debe $0.00" in html


def test_the_worst_case_without_internet_is_shown_for_cards_and_nothing_is_the_start(shop: Business, owner: Client, card: str) -> None:
    html = owner.get("/ajustes/sin-internet/").content.decode()
    assert 'name="gift_card" inputmode="decimal" value="0.00"' in html

    assert owner.post("/ajustes/sin-internet/", {"fiado": "", "credit": "", "gift_card": "100"}).status_code == 302
    assert "× $100.00 = " in owner.get("/ajustes/sin-internet/").content.decode()
