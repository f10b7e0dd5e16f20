"""What a till may spend without asking: the owner says it, and the room says what it can come to at worst."""

import uuid

import pytest
from django.test import Client

from mostrador.buyers import queries
from mostrador.buyers.services import add_buyer, write_entry
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import Business

HERE = "/ajustes/sin-internet/"


@pytest.fixture
def two_tills(shop: Business) -> uuid.UUID:
    """A shop with two tills, where somebody may owe 500.00 and another has 120.00 of credit."""
    shop.new_code(), shop.new_code()
    with scope(shop.id):
        add_buyer(shop.actor, contact={"name": "Lucía"}, fiado_limit=50_000)
        pedro = add_buyer(shop.actor, contact={"name": "Pedro"}).id
        write_entry(shop.actor, buyer_id=pedro, account="credit", amount=12_000, reason="opening")
        return pedro


def test_the_worst_case_is_tills_times_the_limit_or_the_most_that_an_account_has(
    shop: Business, owner: Client, two_tills: uuid.UUID
) -> None:
    html = owner.get(HERE).content.decode()
    assert "2 × $500.00 = $1,000.00" in html
    assert "2 × $120.00 = $240.00" in html

    assert owner.post(HERE, {"fiado": "75.50", "credit": ""}).status_code == 302

    with scope(shop.id):
        assert queries.offline_limits() == {"fiado": 7_550, "credit": None, "gift_card": None, "points": None, "coupon": None}
    html = owner.get(HERE).content.decode()
    assert "2 cajas sin internet × $75.50 = $151.00" in html
    assert 'value="75.50"' in html


def test_points_are_limited_in_whole_points(shop: Business, owner: Client, two_tills: uuid.UUID) -> None:
    assert owner.post(HERE, {"points": "40"}).status_code == 302

    html = owner.get(HERE).content.decode()
    assert "2 cajas sin internet × 40 = 80 puntos" in html
    assert owner.post(HERE, {"points": "4.5"}).status_code == 422
    with scope(shop.id):
        assert queries.offline_limits()["points"] == 40


@pytest.mark.parametrize("typed", ["-1", "mucho"])
def test_what_is_no_amount_is_said_and_nothing_changes(shop: Business, owner: Client, two_tills: uuid.UUID, typed: str) -> None:
    before = everything(shop)
    answer = owner.post(HERE, {"fiado": typed, "credit": "5"})

    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert everything(shop) == before


def test_a_manager_reads_and_changes_nothing(shop: Business, two_tills: uuid.UUID) -> None:
    manager = office(shop, "manager")
    assert manager.get(HERE).status_code == 200
    assert manager.post(HERE, {"fiado": "1"}).status_code == 403


def test_an_account_that_fell_short_is_listed_with_what_to_do(shop: Business, owner: Client, two_tills: uuid.UUID) -> None:
    beyond = "/clientes/?estado=pasados"
    assert "Nadie con eso" in owner.get(beyond).content.decode()
    with scope(shop.id):
        write_entry(shop.actor, buyer_id=two_tills, account="credit", amount=-12_500, reason="correction")
        write_entry(shop.actor, buyer_id=two_tills, account="fiado", amount=1, reason="opening")

    html = owner.get(beyond).content.decode()

    assert "dos cajas sin internet gastaron lo mismo" in html
    assert "Debe más de lo que se le fía" in html
    assert "-$5.00" in html or "−$5.00" in html
