"""Codes of single-use coupons: both languages read the same ones, and a typo is found without asking anybody."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.counter import coupon_codes

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "vectors/coupons.json").read_text())
LETTERS = st.sampled_from(coupon_codes.LETTERS)
CODES = st.text(LETTERS, min_size=coupon_codes.DRAWN, max_size=coupon_codes.DRAWN).map(coupon_codes.with_check)
PLACES = st.integers(len(coupon_codes.MARK), len(coupon_codes.MARK) + coupon_codes.DRAWN)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["typed"])
def test_what_people_type_is_read_and_hashed_as_the_till_does(case: dict[str, str]) -> None:
    assert coupon_codes.read(case["typed"]) == case["code"]
    assert coupon_codes.code_hash(case["code"]).hex() == case["hash"]


@pytest.mark.parametrize("typed", VECTORS["mistyped"])
def test_what_is_no_code_is_read_as_none(typed: str) -> None:
    assert coupon_codes.read(typed) is None


def test_a_drawn_code_is_read_as_it_is_printed_and_no_two_are_the_same() -> None:
    drawn = [coupon_codes.draw() for _ in range(500)]

    assert [coupon_codes.read(coupon_codes.shown(code)) for code in drawn] == drawn
    assert len(set(drawn)) == len(drawn)


@given(CODES, PLACES, LETTERS)
def test_every_wrong_letter_is_found(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]

    assert coupon_codes.read(typed) == (code if typed == code else None)


@given(CODES, PLACES, PLACES)
def test_every_two_letters_that_changed_places_are_found(code: str, one: int, other: int) -> None:
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    typed = "".join(letters)

    assert coupon_codes.read(typed) == (code if typed == code else None)
