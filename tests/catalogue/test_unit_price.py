"""The price by which people compare: the same in office and till, by the vectors that both read."""

import json
from pathlib import Path
from typing import Any

import pytest

from mostrador.catalogue.models import Product
from mostrador.catalogue.queries import per_unit

CASES: list[dict[str, Any]] = json.loads((Path(__file__).resolve().parents[2] / "vectors/unit_price/cases.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['price']} {case['content']} {case['content_unit']}")
def test_the_price_per_unit_is_what_the_vectors_say(case: dict[str, Any]) -> None:
    product = Product(
        sold_by=case["sold_by"], unit=case["unit"], price=case["price"], content=case["content"], content_unit=case["content_unit"] or ""
    )
    said = per_unit(product)
    assert (None if said is None else list(said)) == case["per_unit"]
