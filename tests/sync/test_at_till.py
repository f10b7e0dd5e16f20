"""Products created and corrected at a till: by whom may or was allowed, once however often it is asked, never two with one barcode, nobody else's."""

import json
import uuid
from functools import partial
from typing import Any

import pytest
from django.http import HttpResponse

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Barcode, PriceEvent, Product, TaxGroup
from mostrador.config.worker import drain
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.people.models import RoleLimit
from tests.sync.books import doctor, everything, in_scope
from tests.sync.shop import Business, Json, Till, call, document, states
from tests.sync.test_concurrent import at_once

CODE = "7501030459941"


def ask(till: Till, **said: Any) -> HttpResponse:
    """Ask for a new or a corrected product, by the manager unless it is said otherwise."""
    body = {"act": "create", "product": till.device.ids(till.now()), "staff": till.business.manager, **said}
    return call("POST", "products", till.token, json.dumps(body).encode())


def made(till: Till, **said: Any) -> Json:
    """The row of a product that was made."""
    answer = ask(till, **said)
    assert answer.status_code == 200, answer.content
    row: Json = document(answer)["product"]
    return row


def code_of(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, document(answer)["code"]


def test_a_product_is_made_and_every_till_sells_it(shop: Business, till: Till) -> None:
    row = made(till, name=" Mazapán ", price=80_000, barcode=CODE)

    assert (row["name"], row["price"], row["barcodes"], row["by"], row["unit"], row["sku"]) == (
        "Mazapán",
        80_000,
        [[CODE, 1000]],
        "piece",
        "pieza",
        CODE,
    )
    sale = till.sell(("coffee", 1000))
    basket = {**sale["body"]["basket"], "lines": [{**sale["body"]["basket"]["lines"][0], "product_id": row["id"], "name": "Mazapán"}]}
    till.sell_basket(basket)
    assert states(till.push()) == ["accepted", "accepted"]
    drain()
    changes = document(call("GET", f"changes?epoch={document(call('GET', 'ping', till.token))['epoch']}&n=0", till.token))["changes"]
    assert row in [change["row"] for change in changes]
    assert doctor() == []


def test_without_a_group_of_taxes_it_has_the_one_of_most_of_its_category(shop: Business, till: Till) -> None:
    with scope(shop.id):
        groups = list(TaxGroup.objects.order_by("code").values_list("id", flat=True))
        shelf = catalogue.add_category(shop.actor, name="Dulces").id
        for n, group in enumerate((groups[-1], groups[-1], groups[0])):
            catalogue.add_product(shop.actor, sku=f"D{n}", name=f"Dulce {n}", price=1, tax_group_id=group, category_id=shelf)

    assert made(till, name="Mazapán", category=str(shelf))["tax_group"] == str(groups[-1])
    assert made(till, name="Otro")["tax_group"] == str(groups[0])
    assert made(till, name="Queso", by="weight", category=str(shelf), tax_group=str(groups[0]))["tax_group"] == str(groups[0])


def test_asked_again_with_the_same_id_it_is_the_same_product(shop: Business, till: Till) -> None:
    identifier = till.device.ids(till.now())
    first = made(till, product=identifier, name="Mazapán", price=80_000, barcode=CODE)
    before = everything()

    assert made(till, product=identifier, name="Mazapán", price=80_000, barcode=CODE) == first
    assert everything() == before


def test_of_two_tills_that_make_one_barcode_the_second_hears_of_the_first(shop: Business, till: Till) -> None:
    first = made(till, name="Mazapán", price=80_000, barcode=CODE)
    before = everything()
    other = shop.till("other")
    other.push()
    before = everything()

    answer = ask(other, name="Dulce de cacahuate", price=90_000, barcode=CODE)

    assert (answer.status_code, document(answer)) == (409, {"product": first, "name": "Mazapán"})
    assert ask(other, act="correct", product=shop.products["coffee"], barcode=CODE).status_code == 409
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_of_many_that_make_one_barcode_at_once_one_product_comes(shop: Business, till: Till) -> None:
    statuses: list[int] = []

    def make(n: int) -> None:
        statuses.append(ask(till, product=str(uuid.UUID(int=n + 1)), name=f"Mazapán {n}", barcode=CODE).status_code)

    at_once(*[partial(make, n) for n in range(6)])

    assert sorted(statuses) == [200, 409, 409, 409, 409, 409]
    assert in_scope(shop, lambda: Barcode.objects.filter(code=CODE).count()) == 1
    assert in_scope(shop, lambda: Product.objects.filter(name__startswith="Mazapán").count()) == 1


def test_a_barcode_of_an_archived_product_is_told_without_a_row(shop: Business, till: Till) -> None:
    row = made(till, name="Mazapán", barcode=CODE)
    with scope(shop.id):
        catalogue.archive_product(shop.actor, product_id=uuid.UUID(row["id"]))

    assert document(ask(till, name="Otro", barcode=CODE)) == {"product": None, "name": "Mazapán"}
    assert ask(till, act="correct", product=row["id"], name="Otro").status_code == 404


def test_name_price_and_barcode_are_corrected_and_the_trail_says_who_where_and_who_allowed_it(shop: Business, till: Till) -> None:
    coffee = shop.products["coffee"]
    row = made(
        till, act="correct", product=coffee, staff=shop.cashier, approver=shop.manager, name="Café molido", price=950_000, barcode=CODE
    )

    assert (row["name"], row["price"], row["barcodes"]) == ("Café molido", 950_000, [[CODE, 1000], ["coffee", 1000]])
    with scope(shop.id):
        edits = list(Edit.objects.filter(entity_id=coffee).order_by("at", "id"))
        assert {str(edit.actor_id) for edit in edits} == {shop.cashier}
        changes = {field: change for edit in edits for field, change in edit.changes.items()}
        event = PriceEvent.objects.filter(product_id=coffee).order_by("-valid_from", "-id")[0]
    assert changes["name"] == ["coffee", "Café molido"]
    assert changes["price"] == [890_000, 950_000]
    assert changes["approved_by"] == [None, shop.manager]
    assert changes["till"][1].startswith("T")
    assert (event.price, str(event.actor_id)) == (950_000, shop.cashier)
    before = everything()
    made(till, act="correct", product=coffee, name="Café molido", price=950_000, barcode=CODE)
    assert everything() == before, "what is as it was changes nothing"


def test_left_out_stays_and_no_price_is_said_as_none(shop: Business, till: Till) -> None:
    row = made(till, act="correct", product=shop.products["water"], price=None)

    assert (row["name"], row["price"]) == ("water", None)


def test_who_may_not_edit_products_needs_somebody_who_approves_and_is_not_the_same(shop: Business, till: Till) -> None:
    with scope(shop.id):
        helper = str(people.hire(shop.actor, name="Luz", role="cashier").id)
        away = people.add_store(shop.actor, code="NORTE", name="Norte", timezone="America/Mexico_City")
        elsewhere = str(people.hire(shop.actor, name="Beto", role="manager", store_id=away.id).id)
    before = everything()

    for staff, approver in (
        (shop.cashier, None), (shop.cashier, shop.cashier), (shop.cashier, helper), (shop.cashier, elsewhere), (shop.cashier, str(uuid.UUID(int=3))),
        (elsewhere, None), (str(uuid.UUID(int=3)), shop.manager),
    ):  # fmt: skip
        assert code_of(ask(till, name="Mazapán", staff=staff, approver=approver)) == (403, "forbidden")
    assert everything() == before

    assert made(till, name="Mazapán", staff=shop.cashier, approver=shop.manager)["name"] == "Mazapán"
    with scope(shop.id):
        RoleLimit.objects.filter(role="cashier").update(may_edit_products=True)
    assert made(till, name="Paleta", staff=shop.cashier)["name"] == "Paleta"


@pytest.mark.parametrize(
    "said,status",
    [
        ({"name": ""}, 400), ({"name": "  "}, 400), ({}, 422), ({"name": "x" * 121}, 400), ({"name": "x", "barcode": "a b"}, 400), ({"name": "x", "price": -1}, 400),
        ({"name": "x", "price": 10**13}, 422), ({"name": "x", "category": str(uuid.UUID(int=5))}, 422), ({"name": "x", "tax_group": str(uuid.UUID(int=5))}, 422),
        ({"name": "x", "cost": 1}, 400), ({"act": "correct", "product": str(uuid.UUID(int=5)), "name": "x"}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_so_changes_nothing(till: Till, said: Json, status: int) -> None:
    before = everything()

    assert ask(till, **said).status_code == status
    assert everything() == before


def test_nobody_reaches_another_businesss_products_people_or_shelves(shop: Business, till: Till, other: Business) -> None:
    stranger = other.till()
    stranger.push()
    with scope(shop.id):
        shelf = str(catalogue.add_category(shop.actor, name="Dulces").id)
    before = everything()

    assert ask(stranger, act="correct", product=shop.products["coffee"], name="Nuestro").status_code == 404
    assert ask(stranger, name="x", staff=shop.manager).status_code == 403
    assert ask(stranger, name="x", staff=other.cashier, approver=shop.manager).status_code == 403
    assert ask(stranger, name="x", category=shelf).status_code == 422
    assert everything() == before
    # The same barcode in another business is another thing.
    made(till, name="Mazapán", barcode=CODE)
    assert made(stranger, name="Mazapán", barcode=CODE)["price"] is None
