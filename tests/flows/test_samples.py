"""The room of samples: what is given to try, what it cost by month, and a budget that says later that it was exceeded and stops nothing."""

import uuid

import pytest
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import sample_goods
from mostrador.trust.models import HiddenPiece
from mostrador.trust.sample_models import Sample, SampleBudget, SampleCost, SampleGood
from tests.flows.office import office
from tests.sync.shop import Business, Till, document

ADDRESS = "/muestras/"


@pytest.fixture
def till(shop: Business) -> Till:
    """A till of the shop, its shift open."""
    made = shop.till()
    made.open_shift()
    return made


def gave(shop: Business, till: Till, *, times: int = 1, unit_cost: int | None = 100_000, late: bool = False) -> None:
    """Something was given today, each at what one costs the shop."""
    sale = till.sell(("coffee", 1000))
    till.push()
    drain()
    with scope(shop.id):
        for _ in range(times):
            row = Sample.objects.create(
                organization_id=shop.id, fact_id=uuid.uuid4(), visit_id=uuid.UUID(sale["visit"]["id"]), store_id=shop.store_id,
                journal_id=uuid.UUID(till.journal), is_late=late, at=clock.now(), product_id=uuid.UUID(shop.products["coffee"]), quantity=1000,
                lot="L-7", is_told=True,
            )  # fmt: skip
            if unit_cost is not None:
                SampleCost.objects.create(organization_id=shop.id, fact_id=row.fact_id, unit_cost=unit_cost)


def add(owner: Client, code: str = "coffee", quantity: str = "1", **more: str) -> int:
    return owner.post(ADDRESS, {"product": code, "quantity": quantity, "allergens": "", "day_max": "", **more}).status_code


def goods(shop: Business) -> list[sample_goods.Saying]:
    with scope(shop.id):
        return [one.says for one in sample_goods.goods()]


def test_what_the_owner_marks_tills_hear_and_what_ends_they_hear_no_more(shop: Business, owner: Client, till: Till) -> None:
    assert "Todavía nada" in owner.get(ADDRESS).content.decode()
    assert add(owner, quantity="0.02", allergens="leche, gluten", day_max="15") == 302
    [heard] = document(till.pull("guidance"))["samples"]
    assert (heard["quantity"], heard["allergens"], heard["day_max"]) == (20, "leche, gluten", 15)

    with scope(shop.id):
        one = SampleGood.objects.get()
    address = f"{ADDRESS}{one.id}/"
    assert owner.post(address, {"quantity": "0.05", "allergens": "", "day_max": ""}).status_code == 302
    assert goods(shop) == [sample_goods.Saying(50, "", None)]
    owner.post(address, {"ended": "1"})
    assert document(till.pull("guidance"))["samples"] == []
    # It may begin again.
    assert add(owner) == 302


@pytest.mark.parametrize(
    "wrong,said",
    [
        ({"code": "nobodys"}, "Ningún producto"), ({"quantity": "0"}, "fuera de lo posible"), ({"quantity": "11"}, "fuera de lo posible"),
        ({"quantity": "x"}, "No es un número"), ({"allergens": "x" * 81}, "demasiado largo"), ({"day_max": "0"}, "fuera de lo posible"), ({"code": ""}, "Falta"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_given(shop: Business, owner: Client, wrong: dict[str, str], said: str) -> None:
    answer = owner.post(ADDRESS, {"product": wrong.pop("code", "coffee"), "quantity": "1", "allergens": "", "day_max": "", **wrong})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert goods(shop) == []


def test_nothing_is_given_twice(shop: Business, owner: Client) -> None:
    assert [add(owner), add(owner)] == [302, 422]
    assert len(goods(shop)) == 1


def test_the_room_says_what_was_given_and_what_it_cost(shop: Business, owner: Client, till: Till) -> None:
    gave(shop, till, times=2)
    gave(shop, till, unit_cost=None, late=True)
    html = owner.get(ADDRESS).content.decode()

    for text in ("$20.00", "1 sin costo conocido", "Lote L-7", "Anotada después", "Sin fijar", "aún no se sabe"):
        assert text in html
    for name in ("Rosa", "gracias a"):
        assert name not in html


def test_above_the_budget_the_room_and_the_home_say_so_and_no_till_hears(shop: Business, owner: Client, till: Till) -> None:
    gave(shop, till, times=3)
    assert "Nada se detuvo" not in owner.get("/").content.decode()
    answer = owner.post(ADDRESS, {"act": "budget", "store": str(shop.store_id), "budget": "25.00"})
    assert answer.status_code == 302

    assert "Este mes van $5.00 sobre el presupuesto." in owner.get(ADDRESS).content.decode()
    home = owner.get("/").content.decode()
    assert "$30.00 de $25.00 este mes" in home
    assert b"2500" not in till.pull("guidance").content + till.pull("till").content
    owner.post(ADDRESS, {"act": "budget", "store": str(shop.store_id), "budget": "30.00"})
    assert "$30.00 de" not in owner.get("/").content.decode()
    with scope(shop.id):
        assert [row.amount for row in SampleBudget.objects.all()] == [3000]
    owner.post(ADDRESS, {"act": "budget", "store": str(shop.store_id), "budget": ""})
    assert "Sin fijar" in owner.get(ADDRESS).content.decode()


def test_who_does_not_lead_changes_nothing_and_who_keeps_the_books_reads_nothing(shop: Business) -> None:
    reader = office(shop, "auditor")
    assert reader.get(ADDRESS).status_code == 200
    assert add(reader) == 403
    assert office(shop, "accountant").get(ADDRESS).status_code == 403
    assert goods(shop) == []


def test_another_business_neither_reads_nor_sets(shop: Business, owner: Client, other: Business) -> None:
    answer = owner.post(ADDRESS, {"act": "budget", "store": str(other.store_id), "budget": "25.00"})

    assert answer.status_code in {404, 422}
    with scope(other.id):
        assert not SampleBudget.objects.exists()


def test_the_piece_may_be_taken_from_the_strip(shop: Business, owner: Client, till: Till) -> None:
    owner.post("/ajustes/atencion/", {"piece": ["need", "recommend", "promise", "hold", "handoff"]})
    assert document(till.pull("guidance"))["hidden"] == ["sample"]
    with scope(shop.id):
        assert [row.piece for row in HiddenPiece.objects.all()] == ["sample"]
