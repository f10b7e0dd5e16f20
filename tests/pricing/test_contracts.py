"""The contracts of basket and totals: worked examples come out as printed, schemas and engine draw the same border."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mostrador.pricing.document import basket_from_json, json_of, price_document
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from mostrador.pricing.shape import check_basket
from tests.pricing import oracle
from tests.pricing.baskets import random_basket

type Document = dict[str, Any]

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
EXAMPLES = sorted((CONTRACTS / "examples/basket").glob("*.json"))


def _schema(name: str) -> Draft202012Validator:
    document = json.loads((CONTRACTS / f"{name}.schema.json").read_bytes())
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


BASKET = _schema("basket")
TOTALS = _schema("totals")


def _compact(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _has_the_shape(document: object) -> bool:
    try:
        check_basket(document)
    except PricingError:
        return False
    return True


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Document:
    document: Document = json.loads(request.param.read_bytes())
    return document


def test_every_feature_has_its_example() -> None:
    assert [path.name[:2] for path in EXAMPLES] == [f"{number:02}" for number in range(1, 35)]


def test_the_engine_prints_an_example_byte_for_byte(example: Document) -> None:
    assert json_of(price(basket_from_json(_compact(example["basket"])))) == _compact(example["totals"])


def test_the_slow_oracle_agrees_with_an_example(example: Document) -> None:
    assert oracle.price(example["basket"]) == example["totals"]


def test_an_example_keeps_both_schemas(example: Document) -> None:
    assert list(BASKET.iter_errors(example["basket"])) == []
    assert list(TOTALS.iter_errors(example["totals"])) == []


def test_an_example_is_worked_out_in_words(example: Document) -> None:
    assert set(example) == {"title", "why", "basket", "totals"}
    assert len(example["why"]) > 20


@pytest.mark.parametrize("seed", range(6))
def test_schema_and_engine_accept_the_same_documents(seed: int) -> None:
    random = Random(seed)
    documents = [json.loads(json.dumps(random_basket(random))) for _ in range(150)]

    by_engine = [_has_the_shape(document) for document in documents]

    assert [BASKET.is_valid(document) for document in documents] == by_engine
    assert 0 < by_engine.count(False) < 60


def test_totals_of_random_baskets_keep_their_schema() -> None:
    priced = 0
    for seed in range(150):
        try:
            totals = price_document(random_basket(Random(seed)))
        except PricingError:
            continue
        assert list(TOTALS.iter_errors(totals)) == []
        priced += 1

    assert priced > 100


def test_totals_without_one_of_their_fields_break_the_schema() -> None:
    totals = json.loads(EXAMPLES[0].read_bytes())["totals"]

    for name in totals:
        assert not TOTALS.is_valid({key: value for key, value in totals.items() if key != name})
    assert not TOTALS.is_valid({**totals, "extra": 1})
    assert not TOTALS.is_valid({**totals, "due": 2**53})


@pytest.mark.parametrize("name", ["basket", "totals"])
def test_the_facts_example_of_a_sale_keeps_the_schemas(name: str) -> None:
    fact = json.loads((CONTRACTS / "examples/facts/sale.recorded.v1.json").read_bytes())["fact"]

    assert list({"basket": BASKET, "totals": TOTALS}[name].iter_errors(fact["body"][name])) == []


def test_the_engine_makes_the_totals_of_the_facts_example() -> None:
    body = json.loads((CONTRACTS / "examples/facts/sale.recorded.v1.json").read_bytes())["fact"]["body"]

    assert price_document(body["basket"]) == body["totals"]
