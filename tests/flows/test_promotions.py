"""The room of promotions: each sentence a shop says becomes terms and comes back as the same sentence; what is wrong is said beside its field."""

import uuid
from typing import Any

import pytest
from django.test import Client

from mostrador.catalogue import promotions
from mostrador.catalogue.models import Category, Promotion, PromotionVersion
from mostrador.catalogue.terms import Terms
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import Business

# Shape, what is typed, the terms, the sentence.
SAID: list[tuple[str, dict[str, str], dict[str, Any], str]] = [
    ("percent", {"percent": "20", "least_quantity": "6"}, {"kind": "each", "least_quantity": 6000}, "20\xa0% menos · coffee"),
    ("amount", {"amount": "5"}, {"kind": "each"}, "$5.00 menos en cada uno · coffee"),
    ("price", {"price": "79.50", "most": "2"}, {"kind": "each", "most": 2000}, "A $79.50 · coffee"),
    ("n_for_m", {"take": "3", "pay": "2"}, {"kind": "set", "cheapest": 1}, "3 × 2 · coffee"),
    (
        "nth",
        {"take": "2", "percent": "50", "times": "3"},
        {"kind": "set", "cheapest": 1, "times": 3},
        "De cada 2, el más barato con 50\xa0% menos · coffee",
    ),
    ("n_for_price", {"take": "2", "price": "150"}, {"kind": "set", "cheapest": None}, "2 por $150.00 · coffee"),
    (
        "total_amount",
        {"least_amount": "500", "amount": "50"},
        {"kind": "total", "least_amount": 50_000},
        "$50.00 menos desde $500.00 · coffee",
    ),
    (
        "total_percent",
        {"least_amount": "500", "percent": "10"},
        {"kind": "total", "least_amount": 50_000},
        "10\xa0% menos desde $500.00 · coffee",
    ),
]


def typed(shape: str, **more: str) -> dict[str, str]:
    """A form as it is sent."""
    return {"shape": shape, "name": "La buena", "products": "coffee", **more}


def only(shop: Business) -> Terms:
    """The terms of the one promotion that there is."""
    with scope(shop.id):
        [said] = promotions.promotions()
    return said.terms


@pytest.mark.parametrize("shape,numbers,terms,sentence", SAID, ids=[row[0] for row in SAID])
def test_a_sentence_becomes_terms_and_is_read_back(
    shop: Business, owner: Client, shape: str, numbers: dict[str, str], terms: dict[str, Any], sentence: str
) -> None:
    answer = owner.post("/promociones/", typed(shape, **numbers))
    assert (answer.status_code, answer["Location"]) == (302, "/promociones/")

    found = only(shop)
    assert {name: getattr(found, name) for name in terms} == terms
    html = owner.get("/promociones/").content.decode()
    assert sentence in html

    # The form of what stands, sent as it is, changes nothing.
    with scope(shop.id):
        row = Promotion.objects.get()
    page = owner.get(f"/promociones/{row.id}/").content.decode()
    for name, value in numbers.items():
        assert f'name="{name}"' in page and f'value="{value}' in page
    owner.post(f"/promociones/{row.id}/", typed(shape, **numbers))
    with scope(shop.id):
        assert PromotionVersion.objects.count() == 1


def test_a_combo_has_its_parts(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        category = Category.objects.create(organization_id=shop.id, name="Bebidas")
    parts = {"count_1": "1", "products_1": "coffee", "count_2": "2", "category_2": str(category.id), "price": "99"}

    assert owner.post("/promociones/", {"shape": "combo", "name": "Combo", **parts}).status_code == 302

    assert [(part.count, part.pick.products, part.pick.categories) for part in only(shop).parts] == [
        (1, (shop.products["coffee"],), ()), (2, (), (str(category.id),)),
    ]  # fmt: skip
    assert "Combo a $99.00: 1 coffee + 2 Bebidas" in owner.get("/promociones/").content.decode()


def test_days_hours_dates_and_coupon_are_conditions(shop: Business, owner: Client) -> None:
    form = typed(
        "percent", percent="10", first="2026-12-01", last="2026-12-24", coupon="verano-10", stack="1", **{"from": "22:00", "to": "02:00"}
    )

    owner.post("/promociones/", {**form, "days": ["5", "6"]})

    found = only(shop)
    assert (found.days, found.from_minute, found.to_minute, found.coupon, found.stack) == ((5, 6), 1320, 120, "VERANO10", True)
    assert (found.since, found.until) == (1_796_104_800_000, 1_798_178_400_000)  # days of the business, in Mexico City
    html = owner.get("/promociones/").content.decode()
    assert "viernes, sábado · 22:00–02:00 · desde el 1 dic 2026 · hasta el 24 dic 2026 · con el cupón VERANO10 · se suma" in html
    assert "Por empezar" in html


@pytest.mark.parametrize(
    "shape,numbers,field,sentence",
    [
        ("percent", {}, "percent", "Falta."),
        ("percent", {"percent": "101"}, "percent", "Es demasiado grande."),
        ("percent", {"percent": "diez"}, "percent", "No es un número."),
        ("percent", {"percent": "0"}, "percent", "Falta."),
        ("percent", {"percent": "10", "products": ""}, "pick", "Elija al menos una categoría"),
        ("percent", {"percent": "10", "products": "nadie"}, "products", "no es de ningún producto"),
        ("percent", {"percent": "10", "last": "2026-01-01", "first": "2026-01-02"}, "last", "Es antes del primero."),
        ("percent", {"percent": "10", "from": "22:00"}, "to", "Falta."),
        ("percent", {"percent": "10", "coupon": "¡¡!!"}, "coupon", "Solo letras y cifras"),
        ("percent", {"percent": "10", "name": ""}, "name", "Falta."),
        ("n_for_m", {"take": "3", "pay": "3"}, "pay", "Menos de las que lleva"),
        ("n_for_m", {"take": "1", "pay": "1"}, "take", "Al menos dos."),
        ("combo", {"price": "99", "count_1": "1", "products_1": "coffee", "products": ""}, "pick", "Un combo tiene al menos dos partes."),
        ("other", {}, "shape", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    shop: Business, owner: Client, shape: str, numbers: dict[str, str], field: str, sentence: str
) -> None:
    before = everything(shop)

    answer = owner.post("/promociones/", {**typed(shape), **numbers})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert sentence in answer.content.decode()
    assert everything(shop) == before


def test_it_is_moved_ended_and_brought_back(shop: Business, owner: Client) -> None:
    for name in ("Uno", "Dos"):
        owner.post("/promociones/", typed("percent", percent="10", name=name))
    with scope(shop.id):
        first, second = (row.id for row in Promotion.objects.order_by("position"))

    owner.post(f"/promociones/{second}/", {"move": "up"})
    with scope(shop.id):
        assert [said.name for said in promotions.promotions()] == ["Dos", "Uno"]
    owner.post(f"/promociones/{first}/", {"ended": "1"})
    with scope(shop.id):
        assert [said.name for said in promotions.promotions()] == ["Dos"]
    assert "Terminada" in owner.get("/promociones/").content.decode()
    owner.post(f"/promociones/{first}/", {"ended": "0"})
    with scope(shop.id):
        assert [said.name for said in promotions.promotions()] == ["Dos", "Uno"]


@pytest.mark.parametrize("role", ["stock", "accountant", "auditor"])
def test_others_read_and_write_nothing(shop: Business, owner: Client, role: Any) -> None:
    owner.post("/promociones/", typed("percent", percent="10"))
    reader, before = office(shop, role), everything(shop)
    with scope(shop.id):
        row = Promotion.objects.get()

    page = reader.get("/promociones/")
    assert page.status_code == 200 and "La buena" in page.content.decode() and '<form class="moves"' not in page.content.decode()
    for address, form in (
        ("/promociones/", typed("percent", percent="20")),
        (f"/promociones/{row.id}/", {"ended": "1"}),
        (f"/promociones/{row.id}/", {"move": "up"}),
    ):
        assert reader.post(address, form).status_code == 403
    assert everything(shop) == before


def test_nobody_elses_can_be_opened(shop: Business, owner: Client) -> None:
    assert owner.get(f"/promociones/{uuid.uuid4()}/").status_code == 404


def test_the_room_speaks_english(shop: Business) -> None:
    client = office(shop, "owner", "en")
    client.post("/promociones/", typed("n_for_m", take="3", pay="2"))

    assert "3 for 2 · coffee" in client.get("/promociones/").content.decode()
    assert client.get("/promociones/?nueva=combo").status_code == 200
    assert client.get("/promociones/?nueva=1").status_code == 200
