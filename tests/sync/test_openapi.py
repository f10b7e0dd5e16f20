"""contracts/openapi.json says what the doors answer: it is made of the types, and a real shop's answers are read by the types."""

import json
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from jsonschema import Draft202012Validator

from mostrador.api.urls import urlpatterns
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Product
from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from mostrador.sync import contract, documents, documents_shelf
from mostrador.sync.device import canonical
from tests.sync.shop import Business, Json, Till, call, document

ROOT = Path(__file__).resolve().parents[2]
PAPER: Json = json.loads((ROOT / "contracts/openapi.json").read_text())


def read(kind: type, door: str, till: Till, method: str = "GET", body: bytes | None = None) -> Json:
    """See that an answer is of a kind, by the server's types and by the schema in the paper."""
    answer = call(method, door, till.token, body)
    said = document(answer)
    msgspec.json.decode(answer.content, type=kind, strict=True)
    schema = {"$ref": f"#/components/schemas/{kind.__name__}", "components": PAPER["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(said)] == []
    return said


def test_the_paper_is_what_the_types_say() -> None:
    done = subprocess.run([sys.executable, "scripts/openapi.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_door_is_in_the_paper() -> None:
    routes = {
        str(pattern.pattern).replace("<str:", "{").replace("<int:", "{").replace("<uuid:", "{").replace(">", "}") for pattern in urlpatterns
    }
    assert {f"/api/{route}" for route in routes} == set(PAPER["paths"])


@pytest.mark.django_db
def test_what_the_doors_answer_is_of_the_kinds_in_the_paper(till: Till, shop: Business) -> None:
    with scope(shop.id):
        for product in Product.objects.all():
            catalogue.change_product(shop.actor, product_id=product.id, name=f"{product.name} nuevo")
    drain()
    pong = read(documents.Pong, "ping", till)
    part = read(documents.TillPart, "till", till)
    manifest = read(documents.Manifest, "catalogue", till)
    columns = read(documents.Columns, manifest["parts"][0]["path"], till)
    changes = read(documents.Changes, f"changes?epoch={pong['epoch']}&n=0", till)
    read(documents.NewEpoch, f"changes?epoch={uuid.UUID(int=7)}&n=0", till)
    ware = till.sell(("coffee", 1000))
    till.take_back(ware, (0, 1000))
    till.push()
    assert len(read(documents.Sold, f"sold?code={till.device.series}-1", till)["returns"]) == 1
    assert read(documents_shelf.OnHand, f"stock?product={shop.products['coffee']}", till)["others"] == []
    wish = {"act": "create", "product": str(uuid.UUID(int=8)), "staff": shop.manager, "name": "Mazapán", "barcode": "7501030459941"}
    assert read(documents_shelf.ProductSaid, "products", till, "POST", canonical(wish))["product"]["name"] == "Mazapán"
    assert (
        read(documents_shelf.ProductTaken, "products", till, "POST", canonical({**wish, "product": str(uuid.UUID(int=9))}))["name"]
        == "Mazapán"
    )
    found = read(documents.Found, f"lookup?q={quote('coffee nuevo')}", till)

    assert {len(values) for values in columns.values()} == {manifest["count"]} == {3}
    assert len(part["staff"]) == 2
    rows = [(change["kind"], change["row"]) for change in changes["changes"] if change["row"] is not None]
    assert {kind for kind, _ in rows} >= {"product"}
    for kind, row in rows:
        msgspec.convert(row, type=documents.ROWS[kind], strict=True)
    assert [product["name"] for product in found["products"]] == ["coffee nuevo"]


@pytest.mark.django_db
def test_pairing_and_pushing_answer_as_the_paper_says(till: Till, shop: Business) -> None:
    body = canonical({"code": shop.new_code(), "journal": str(uuid.uuid4()), "public_key": till.device.public_key})
    till.sell(("coffee", 1000))

    assert read(documents.Paired, "pair", till, "POST", body)["organization"] == str(shop.id)
    pushed = read(contract.PushAnswer, "push", till, "POST", till.device.push_body(till.journal_facts[2:]))
    assert [answer["state"] for answer in pushed["answers"]] == ["accepted"]


@pytest.mark.django_db
def test_a_refusal_is_a_problem_as_the_paper_says(till: Till) -> None:
    problem = read(documents.Problem, "catalogue/none/0", till)
    assert (problem["status"], problem["code"]) == (404, "not_found")
