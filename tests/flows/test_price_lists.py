"""The room of price lists: a list is begun, says prices a line at a time, is looked at, corrected, ended."""

from typing import Any

import pytest
from django.test import Client

from mostrador.catalogue import price_lists
from mostrador.catalogue.models import PriceList
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import Business


@pytest.fixture
def address(shop: Business, owner: Client) -> str:
    """A list without prices."""
    assert owner.post("/listas/", {"name": "Mayoreo"})["Location"] == "/listas/"
    with scope(shop.id):
        return f"/listas/{PriceList.objects.get().id}/"


def entries(shop: Business) -> list[tuple[int, int]]:
    """What the one list says: from how many thousandths, and the price."""
    with scope(shop.id):
        return [(entry.from_quantity, entry.price) for entry in price_lists.entries(PriceList.objects.get().id)]


def test_prices_are_said_a_line_at_a_time_and_shown_beside_the_usual_ones(shop: Business, owner: Client, address: str) -> None:
    assert "todavía no dice" in owner.get(address).content.decode()

    sent = owner.post(address, {"what": "prices", "prices": "coffee; 80; 6\n\ncoffee; 75.50; 12\nwater;17"})

    assert sent["Location"] == address
    assert sorted(entries(shop)) == [(0, 170_000), (6000, 800_000), (12_000, 755_000)]
    html = owner.get(address).content.decode()
    assert all(text in html for text in ("$80.00", "$75.50", "$89.00", "Precios publicados: 3"))


def test_a_price_is_corrected_and_taken_out(shop: Business, owner: Client, address: str) -> None:
    owner.post(address, {"what": "prices", "prices": "coffee; 80; 6"})
    owner.post(address, {"what": "prices", "prices": "coffee; 79; 6"})
    assert entries(shop) == [(6000, 790_000)]
    with scope(shop.id):
        [entry] = price_lists.entries(PriceList.objects.get().id)

    owner.post(address, {"remove": str(entry.id)})

    assert entries(shop) == []


@pytest.mark.parametrize(
    "lines,line", [("nadie; 80", 1), ("coffee; 80\ncoffee; caro", 2), ("coffee", 1), ("\n\ncoffee; 80; muchas", 1), ("coffee; -1", 1)]
)
def test_a_wrong_line_is_named_and_nothing_is_published(shop: Business, owner: Client, address: str, lines: str, line: int) -> None:
    before = everything(shop)

    answer = owner.post(address, {"what": "prices", "prices": lines})

    assert answer.status_code == 422
    assert f"Revise el renglón {line}:" in answer.content.decode()
    assert everything(shop) == before


def test_when_it_is_in_force_is_changed_and_said_in_words(shop: Business, owner: Client, address: str) -> None:
    owner.post(address, {"name": "Martes", "days": ["2"], "from": "09:00", "to": "12:00"})

    html = owner.get("/listas/").content.decode()
    assert "martes · 09:00–12:00" in html and "Martes" in html
    assert owner.post(address, {"name": "", "days": []}).status_code == 422
    assert owner.post("/listas/", {"name": "Martes"}).status_code == 422, "a name stands once"


def test_it_is_moved_ended_and_brought_back(shop: Business, owner: Client, address: str) -> None:
    owner.post("/listas/", {"name": "Norte"})
    owner.post(address, {"move": "down"})
    with scope(shop.id):
        assert [row.name for row in price_lists.lists()] == ["Norte", "Mayoreo"]
    owner.post(address, {"ended": "1"})
    assert "Terminada" in owner.get("/listas/").content.decode()
    owner.post(address, {"ended": "0"})
    with scope(shop.id):
        assert len(price_lists.said(None)) == 2


@pytest.mark.parametrize("role", ["stock", "accountant", "auditor"])
def test_others_read_and_write_nothing(shop: Business, owner: Client, address: str, role: Any) -> None:
    owner.post(address, {"what": "prices", "prices": "coffee; 80"})
    reader, before = office(shop, role), everything(shop)

    assert "$80.00" in reader.get(address).content.decode()
    for where, form in (("/listas/", {"name": "x"}), (address, {"what": "prices", "prices": "coffee; 1"}), (address, {"ended": "1"})):
        assert reader.post(where, form).status_code == 403
    assert everything(shop) == before
