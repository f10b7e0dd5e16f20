"""Where buyers pay by transfer: numbers whose digits hold, and codes that a reader which is not ours reads back to the letter."""

import json
import subprocess
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from mostrador.people.bank_accounts import read_account
from tests.laws.sources import ROOT
from tests.pricing.differential import node

CASES: list[dict[str, Any]] = json.loads((ROOT / "vectors/transfer/codes.json").read_text(encoding="utf-8"))["cases"]
CODES = [case["code"] for case in CASES if case["code"] is not None]


@pytest.mark.parametrize(
    "typed,number",
    [
        ("032180000118359719", "032180000118359719"),
        ("0321 8000 0118 3597 19", "032180000118359719"),
        ("032180000118359718", None),
        ("03218000011835971", None),
        ("es91 2100 0418 4502 0005 1332", "ES9121000418450200051332"),
        ("ES92 2100 0418 4502 0005 1332", None),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("GB33BUKB20201555555555", "GB33BUKB20201555555555"),
        ("１２３", None),
        ("", None),
        ("banco", None),
    ],
)
def test_a_number_is_taken_where_its_check_digits_hold(typed: str, number: str | None) -> None:
    assert read_account(typed) == number


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_digit_of_a_clabe_is_seen(place: int) -> None:
    right = "032180000118359719"
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]

    assert read_account(wrong) is None


def test_a_reader_of_others_reads_the_codes_of_the_till_to_the_letter() -> None:
    done = subprocess.run(
        [node(), "--experimental-strip-types", "--no-warnings", str(ROOT / "till/tests/vectors/qr.ts")], input=json.dumps(CODES), capture_output=True,
        text=True, check=True, cwd=ROOT / "till",
    )  # fmt: skip

    drawn = json.loads(done.stdout)
    assert [_read(one["rows"]) for one in drawn] == CODES
    assert max(one["version"] for one in drawn) <= 13, "EPC069-12"


def _read(rows: list[str]) -> str:
    """What zxing reads of a code, drawn with eight dots a square and its quiet zone."""
    size = len(rows)
    image = Image.new("L", (size + 8, size + 8), 255)
    image.putdata(
        [255] * ((size + 8) * 4)
        + [v for row in rows for v in [255] * 4 + [0 if one == "1" else 255 for one in row] + [255] * 4]
        + [255] * ((size + 8) * 4)
    )
    [found] = zxingcpp.read_barcodes(image.resize(((size + 8) * 8, (size + 8) * 8), Image.Resampling.NEAREST))
    return str(found.text)
