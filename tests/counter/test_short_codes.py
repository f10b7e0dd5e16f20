"""The short code of a paper is the same for both languages."""

import json

import pytest

from mostrador.counter.short_codes import short_code
from tests.laws.sources import ROOT

CASES = json.loads((ROOT / "vectors/short_codes.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["code"])
def test_a_hash_has_the_code_that_the_vector_says(case: dict[str, str]) -> None:
    assert short_code(bytes.fromhex(case["hash"])) == case["code"]
