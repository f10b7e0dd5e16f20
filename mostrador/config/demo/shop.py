"""A demo shop as its files describe it: data/<name>.toml and the products it names."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SHOPS = ("mx", "es")
MILLILITRES_IN = {"ml": 1, "L": 1000}


@dataclass(frozen=True, slots=True)
class Ware:
    """A row of the product file. price: ten-thousandths; content: thousandths of its unit; stock: thousandths of the unit sold."""

    sku: str
    name: str
    category: str
    family: str
    variant: str
    by: str
    unit: str
    content: int | None
    content_unit: str
    price: int
    tax_group: str
    picto: str
    tint: str
    favourite: bool
    barcodes: tuple[tuple[str, int], ...]
    stock: int | None

    @property
    def label(self) -> str:
        """What a ticket calls it: «Café de olla molido 250 g»."""
        held = f"{decimal_text(self.content)} {self.content_unit}" if self.content else ""
        words = [self.name, self.variant or held]
        return " ".join(word for word in words if word)

    @property
    def litres(self) -> int | None:
        """Thousandths of a litre in one unit, for taxes by the litre; None when it holds no liquid."""
        per = MILLILITRES_IN.get(self.content_unit)
        return None if per is None or self.content is None else self.content * per // 1000


@dataclass(frozen=True, slots=True)
class Shop:
    """A business, its places, people, taxes and what a day there is like; wares in the order of the file."""

    about: Mapping[str, Any]
    wares: tuple[Ware, ...]

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return a list of tables of the description: stores, staff, taxes, tax_groups, categories, errands, promotions, modifiers, combos, kits, points."""
        found: list[Mapping[str, Any]] = self.about.get(name, [])
        return found


def load(name: str) -> Shop:
    """Read a shop: `mx` or `es`."""
    about = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    with (DATA / about["products"]).open(encoding="utf-8", newline="") as file:
        wares = tuple(read_ware(row) for row in csv.DictReader(file))
    return Shop(about, wares)


def read_ware(row: Mapping[str, str]) -> Ware:
    """Read a row of the product file. Its columns are those of the office's importer, and a few that only the demo needs."""
    content, _, content_unit = row["content"].partition(" ")
    return Ware(
        sku=row["sku"],
        name=row["name"],
        category=row["category"],
        family=row["family"],
        variant=row["variant"],
        by=row["sold by"],
        unit=row["unit"],
        content=scaled(content, 3) if content else None,
        content_unit=content_unit,
        price=scaled(row["price"], 4),
        tax_group=row["tax group"],
        picto=row["picto"],
        tint=row["tint"],
        favourite=row["favourite"] == "1",
        barcodes=tuple(read_barcode(entry) for entry in f"{row['barcodes']} {row['packs']}".split()),
        stock=scaled(row["stock"], 3) if row["stock"] else None,
    )


def asked_ware(row: Mapping[str, Any]) -> Ware:
    """Return goods that the till asks about as a ware: by the piece, in no family."""
    codes = ((row["barcode"], 1000),) if "barcode" in row else ()
    return Ware(
        sku=row["sku"], name=row["name"], category=row["category"], family="", variant="", by="piece", unit="pieza", content=None, content_unit="",
        price=row.get("price", 0), tax_group=row["tax_group"], picto=row["picto"], tint=row["tint"], favourite=False, barcodes=codes,
        stock=row.get("stock"),
    )  # fmt: skip


def read_barcode(entry: str) -> tuple[str, int]:
    """Read `code` or `codexN`: a code and how many thousandths of a unit it sells. Of what is weighed, the scale's number is a code too."""
    code, _, count = entry.partition("x")
    return code, 1000 * int(count or "1")


def scaled(text: str, digits: int) -> int:
    """Return a decimal text as an integer of so many decimals: "19.50" or "19,50" with 4 is 195000. Refuses more decimals: ValueError."""
    whole, _, fraction = text.replace(",", ".").partition(".")
    if len(fraction) > digits:
        raise ValueError(f"{text}: more than {digits} decimals")
    return int(whole + fraction.ljust(digits, "0"))


def decimal_text(thousandths: int | None) -> str:
    """Return thousandths as people write them, without needless zeros: 1500 is «1.5»."""
    whole, rest = divmod(thousandths or 0, 1000)
    return str(whole) if rest == 0 else f"{whole}.{rest:03d}".rstrip("0")
