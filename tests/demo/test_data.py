"""The demo shops' files hold what they promise."""

import csv
import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "mostrador/config/demo/data"
SHOPS = ("mx", "es")
PICTURES = Path(__file__).resolve().parents[2] / "till/src/ui/pictograms.json"
TINTS = {"cafe", "tomate", "hoja", "maiz", "cielo", "rosa", "crema", "jamaica", "gris"}


def products(shop: str) -> list[dict[str, str]]:
    """The rows of a shop's product file."""
    with (DATA / f"{shop}-products.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def business(shop: str) -> dict[str, Any]:
    """A shop's description."""
    return tomllib.loads((DATA / f"{shop}.toml").read_text(encoding="utf-8"))


def codes(rows: list[dict[str, str]]) -> list[str]:
    """Every barcode of the rows, without its quantity and without the scales' numbers."""
    found = [entry.partition("x")[0] for row in rows for entry in f"{row['barcodes']} {row['packs']}".split()]
    return [code for code in found if len(code) != 5]


@pytest.mark.parametrize("shop, least", [("mx", 300), ("es", 60)])
def test_there_are_enough_products(shop: str, least: int) -> None:
    assert len(products(shop)) >= least


@pytest.mark.parametrize("shop", SHOPS)
def test_every_barcode_is_a_valid_ean_13_of_the_restricted_range_and_used_once(shop: str) -> None:
    found = codes(products(shop))

    assert [code for code in found if not re.fullmatch(r"2[2-9]\d{11}", code)] == []
    assert [code for code in found if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(code)) % 10] == []
    assert [code for code, count in Counter(found).items() if count > 1] == []


@pytest.mark.parametrize("shop", SHOPS)
def test_some_products_have_several_barcodes(shop: str) -> None:
    assert sum(" " in f"{row['barcodes']} {row['packs']}".strip() for row in products(shop)) >= 40


@pytest.mark.parametrize("shop", SHOPS)
def test_every_product_names_a_category_and_a_tax_group_of_its_shop(shop: str) -> None:
    about = business(shop)
    categories = {row["name"] for row in about["categories"]}
    groups = {row["code"] for row in about["tax_groups"]}

    assert {row["category"] for row in products(shop)} == categories
    assert {row["tax group"] for row in products(shop)} == groups


@pytest.mark.parametrize("shop", SHOPS)
def test_every_picture_is_one_of_the_drawn_ones(shop: str) -> None:
    rows = products(shop) + business(shop)["categories"]

    assert {row["picto"] for row in rows} <= json.loads(PICTURES.read_text()).keys()
    assert {row["tint"] for row in rows} <= TINTS


@pytest.mark.parametrize("shop", SHOPS)
def test_skus_are_unique_and_variants_differ_within_their_family(shop: str) -> None:
    rows = products(shop)

    assert len({row["sku"] for row in rows}) == len(rows)
    variants = Counter((row["family"], row["variant"]) for row in rows if row["family"])
    assert [key for key, count in variants.items() if count > 1 or not key[1]] == []


def test_what_is_weighed_has_a_scale_number_of_its_own_and_is_sold_by_the_kilogram() -> None:
    weighed = [row for row in products("mx") if row["sold by"] == "weight"]

    assert len(weighed) >= 50
    assert {row["unit"] for row in weighed} == {"kg"}
    assert len({row["barcodes"] for row in weighed}) == len(weighed)
    assert all(re.fullmatch(r"\d{5}", row["barcodes"]) for row in weighed)


def test_drinks_taxed_by_the_litre_say_how_much_they_hold() -> None:
    per_litre = {row["code"] for row in business("mx")["tax_groups"] if "per_litre" in row}

    held = [row for row in products("mx") if row["tax group"] in per_litre]

    assert len(held) >= 25
    assert {row["content"].partition(" ")[2] for row in held} == {"ml", "L"}


@pytest.mark.parametrize("shop", SHOPS)
def test_every_pin_is_four_digits_and_a_shop_has_its_people(shop: str) -> None:
    staff = business(shop)["staff"]

    assert {row["role"] for row in staff} >= {"owner", "cashier", "accountant"}
    assert all(re.fullmatch(r"\d{4}", row.get("pin", "0000")) for row in staff)
    assert all(row.get("email") or row.get("pin") for row in staff)
