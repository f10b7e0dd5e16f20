"""The golden vectors: every basket has the totals, or the refusal, that a person worked out. The till reads the same files."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mostrador.pricing.document import basket_from_json, json_of
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from tests.pricing import oracle

type Document = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
FILES = {path.stem: json.loads(path.read_bytes()) for path in sorted((ROOT / "vectors/pricing").glob("*.json"))}
VECTORS: list[tuple[str, Document]] = [(stem, vector) for stem, file in FILES.items() for vector in file["vectors"]]
PRICED = [(stem, vector) for stem, vector in VECTORS if "totals" in vector]
REFUSED = [(stem, vector) for stem, vector in VECTORS if "error" in vector]
CASH_CASES = [
    (rule["currency"], str(due), str(paid))
    for rule in json.loads((ROOT / "vectors/cash_rounding.json").read_bytes())["rules"]
    if "currency" in rule
    for due, paid in rule["cases"]
]


def _named(vectors: list[tuple[str, Document]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", [pytest.param(vector, id=f"{stem}: {vector['name']}") for stem, vector in vectors])


def _compact(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


@_named(PRICED)
def test_a_basket_has_the_totals_of_its_vector(vector: Document) -> None:
    assert json_of(price(basket_from_json(_compact(vector["basket"])))) == _compact(vector["totals"])


@_named(REFUSED)
def test_a_basket_is_refused_as_its_vector_says(vector: Document) -> None:
    with pytest.raises(PricingError) as refusal:
        price(basket_from_json(_compact(vector["basket"])))

    assert {"code": refusal.value.code, "data": refusal.value.data} == vector["error"]


def test_the_slow_oracle_agrees_with_every_vector() -> None:
    assert [vector["name"] for _, vector in PRICED if oracle.price(vector["basket"]) != vector["totals"]] == []


def test_there_are_enough_vectors_and_each_is_worked_out_or_sourced() -> None:
    assert len(PRICED) >= 150
    assert len(REFUSED) >= 30
    assert [vector["name"] for _, vector in VECTORS if not vector["why"]] == []
    assert max(Counter((stem, vector["name"]) for stem, vector in VECTORS).values()) == 1


def test_every_code_of_a_refusal_has_a_vector_or_a_test_of_its_own() -> None:
    page = (ROOT / "docs/algorithms/pricing.md").read_text(encoding="utf-8").partition("## 7. Refusals")[2]
    codes = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}

    # A thousand and one lines are no reading matter: test_engine.py makes them.
    assert {vector["error"]["code"] for _, vector in REFUSED} | {"too_many_lines"} == codes


def test_totals_of_the_vectors_keep_their_schema() -> None:
    schema = Draft202012Validator(json.loads((ROOT / "contracts/totals.schema.json").read_bytes()))

    assert [vector["name"] for _, vector in PRICED if not schema.is_valid(vector["totals"])] == []


@pytest.mark.parametrize("currency,due,paid", CASH_CASES)
def test_every_case_of_the_countries_table_is_priced_in_a_vector(currency: str, due: str, paid: str) -> None:
    digits = {"CLP": 0, "PEN": 2, "ARS": 2}[currency]
    minor = [int(Decimal(text).scaleb(digits)) for text in (due, paid)]
    rounded = [
        [vector["totals"]["due"], vector["totals"]["due"] + vector["totals"]["rounding"]]
        for vector in FILES["cash_rounding"]["vectors"]
        if vector["basket"]["currency"]["code"] == currency and vector["basket"].get("payments")
    ]

    assert minor in rounded
