"""One row of an import: its cells read as the values of a product, or as codes of what is wrong."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mostrador.catalogue.services import AGE_MAX
from mostrador.catalogue.units import FACTOR_MAX, Unit
from mostrador.catalogue.words import fold
from mostrador.kernel import clock
from mostrador.kernel.reading import NotANumber, read_number, scaled

UNITS = {
    "pieza": ("pieza", "piezas", "pza", "pz", "pzas", "piece", "each", "ea", "unidad", "unit", "u", "ud", "uds", "h87"),
    "par": ("par", "pares", "pair"),
    "paquete": ("paquete", "paq", "pack", "pk"),
    "caja": ("caja", "box", "cj"),
    "kg": ("kg", "kilo", "kilos", "kilogramo", "kgm", "kilogram"),
    "g": ("g", "gr", "gramo", "gramos", "gram"),
    "L": ("l", "lt", "lts", "litro", "litros", "liter", "litre", "ltr"),
    "ml": ("ml", "mililitro"),
    "gal": ("gal", "galon", "galones", "gallon", "gallons"),
    "bulto": ("bulto", "bultos", "saco", "costal", "sack", "bag"),
    "docena": ("docena", "docenas", "dozen"),
    "m": ("m", "mt", "metro", "metros", "meter", "metre"),
}
_UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}
_YES = frozenset({"1", "si", "s", "yes", "y", "true", "verdadero", "x", "peso", "weight", "granel", "kg"})
_NO = frozenset({"", "0", "no", "n", "false", "falso", "pieza", "piece", "unidad", "unit"})
_TRACES = {
    "": "",
    "no": "",
    "serie": "serial",
    "numero de serie": "serial",
    "serial": "serial",
    "serial number": "serial",
    "lote": "lot",
    "lot": "lot",
    "batch": "lot",
}
_SELLING_UNIT = re.compile(r"([^\W\d]+)\.?\s*(?:\*|x|×|de|of)?\s*(\d[\d.,]*)\s*=\s*(\d[\d.,]*)")
_CONTENT = re.compile(r"([\d.,]+)\s*([a-zA-Z]+)\.?")
_CONTENT_UNITS = {"g": "g", "kg": "kg", "ml": "ml", "L": "L", "m": "m", "pieza": "pz"}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
PRICE_MAX = 10**12
SKU_MAX = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: the row in the file, the field, a code, the text that stood there."""

    row: int
    field: str
    code: str
    value: str = ""


@dataclass(slots=True)
class Item:
    """A row that was read. `fields`: what the file says of the product; `barcodes`: its codes, `packs`: how many thousandths one sells where that
    is not one; `units`: what it is also sold in; `since`: from which day on a new product had cost this already; None in the rest: nothing said.
    """

    row: int
    fields: dict[str, Any] = field(default_factory=dict)
    barcodes: tuple[str, ...] = ()
    packs: dict[str, int] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    category: str = ""
    price: int | None = None
    since: dt.date | None = None
    cost: int | None = None
    stock: int | None = None
    product_id: Any = None
    action: str = ""

    @property
    def key(self) -> str:
        """What the product is known by in the file: its SKU, else its first barcode."""
        return str(self.fields.get("sku") or (self.barcodes[0] if self.barcodes else ""))


@dataclass(frozen=True, slots=True)
class Reader:
    """How cells are read: which column means what, the decimal mark, and the groups of taxes by name, code and rate."""

    mapping: Mapping[str, int]
    mark: str
    tax_groups: Mapping[str, Any]

    def read(self, row: int, cells: Sequence[str]) -> tuple[Item, list[Problem]]:
        """Return a row's values and what is wrong with it."""
        item, problems = Item(row), []
        for name in self.mapping:
            text = self._cell(cells, name)
            try:
                _READ[name](self, item, text)
            except NotANumber as error:
                problems.append(Problem(row, name, error.code, text[:80]))
        if not item.key:
            problems.append(Problem(row, "sku", "no_key"))
        elif len(item.key) > SKU_MAX:
            problems.append(Problem(row, "barcode", "too_long", item.key))
        return item, problems

    def _cell(self, cells: Sequence[str], name: str) -> str:
        column = self.mapping[name]
        text = cells[column] if column < len(cells) else ""
        return text.strip() if text.isprintable() else "".join(c if c.isprintable() else " " for c in text).strip()

    def _number(self, text: str, digits: int, *, may_be_negative: bool = False) -> int:
        value = scaled(read_number(text, self.mark), digits)
        if value < 0 and not may_be_negative:
            raise NotANumber("negative")
        if abs(value) > PRICE_MAX:
            raise NotANumber("too_large")
        return value

    def sku(self, item: Item, text: str) -> None:
        """A product's own code."""
        if text:
            item.fields["sku"] = _short(_code(text), SKU_MAX)

    def barcode(self, item: Item, text: str) -> None:
        """One or several codes, cut by ; | or spaces; `7501055300075 * 12` sells twelve."""
        codes: dict[str, int] = {}
        for part in re.split(r"[;|\s]+", re.sub(r"\s*\*\s*", "*", text)):
            code, star, many = part.partition("*")
            if code:
                codes[_code(code)] = self._number(many, 3) if star else 1000
        if any(len(code) > 48 or not code.isascii() or quantity < 1 for code, quantity in codes.items()):
            raise NotANumber("barcode")
        item.barcodes = tuple(codes)
        item.packs = {code: quantity for code, quantity in codes.items() if quantity != 1000}

    def units(self, item: Item, text: str) -> None:
        """What it is also sold in: `caja de 12 = 200; paquete de 6 = 105`."""
        item.units = read_units(text, self.mark)

    def age(self, item: Item, text: str) -> None:
        """How old whoever buys it has to be."""
        years = self._number(text, 0) if text else 0
        if years > AGE_MAX:
            raise NotANumber("too_large")
        item.fields["age_min"] = years or None

    def since(self, item: Item, text: str) -> None:
        """From which day on it had cost this: 2026-03-01, or 01/03/2026, day first."""
        found = _DAY.fullmatch(text)
        if not text:
            return
        if found is None:
            raise NotANumber("day")
        year, month, day = (int(part) for part in (found[1] or found[6], found[2] or found[5], found[3] or found[4]))
        try:
            item.since = dt.date(year, month, day)
        except ValueError as error:
            raise NotANumber("day") from error
        if item.since >= clock.now().date():
            raise NotANumber("day")

    def trace(self, item: Item, text: str) -> None:
        """What the till asks of each one: serial number or lot."""
        word = _TRACES.get(fold(text))
        if word is None:
            raise NotANumber("choose")
        item.fields["trace"] = word

    def name(self, item: Item, text: str) -> None:
        """What it is called."""
        if text:
            item.fields["name"] = _short(text, 120)

    def variant(self, item: Item, text: str) -> None:
        """Size, colour or measure, where several share a name."""
        item.fields["variant"] = _short(text, 40)

    def category(self, item: Item, text: str) -> None:
        """The shelf, by name; made if there is none."""
        item.category = _short(text, 60)

    def price(self, item: Item, text: str) -> None:
        """The price that the buyer sees."""
        if text:
            item.price = self._number(text, 4)

    def cost(self, item: Item, text: str) -> None:
        """What it costs the shop."""
        if text:
            item.cost = self._number(text, 4)

    def stock(self, item: Item, text: str) -> None:
        """How many there are, also below zero."""
        if text:
            item.stock = self._number(text, 3, may_be_negative=True)

    def unit(self, item: Item, text: str) -> None:
        """The unit it is sold in."""
        if text:
            unit = _UNIT_OF.get(fold(text).rstrip("."))
            if unit is None:
                raise NotANumber("unit")
            item.fields["unit"] = unit
            if unit in {"kg", "g"} and "sold_by" not in self.mapping:
                item.fields["sold_by"] = "weight"

    def sold_by(self, item: Item, text: str) -> None:
        """Whether it is weighed."""
        word = fold(text)
        if word not in _YES | _NO:
            raise NotANumber("choose")
        item.fields["sold_by"] = "weight" if word in _YES else "piece"
        if word in _YES:
            item.fields.setdefault("unit", "kg")

    def content(self, item: Item, text: str) -> None:
        """Net content with its unit: 250 g."""
        if not text:
            return
        match = _CONTENT.fullmatch(text)
        unit = _CONTENT_UNITS.get(_UNIT_OF.get(fold(match[2]), "")) if match else None
        if match is None or unit is None:
            raise NotANumber("content")
        content = self._number(match[1], 3)
        if content < 1:
            raise NotANumber("content")
        item.fields |= {"content": content, "content_unit": unit}

    def tax(self, item: Item, text: str) -> None:
        """A group of taxes by code, name, or its one rate."""
        if not text:
            return
        group = self.tax_groups.get(fold(text))
        if group is None and any(c.isdigit() for c in text):
            group = self._by_rate(text)
        if group is None:
            raise NotANumber("tax")
        item.fields["tax_group_id"] = group

    def _by_rate(self, text: str) -> Any:
        """16, 16 % and 0.16 name the group whose only tax has that rate."""
        value = read_number(text.replace("%", ""), self.mark)
        rate = scaled(value, 6 if 0 < value < 1 else 4)
        return self.tax_groups.get(f"rate:{rate}")


def read_units(text: str, mark: str) -> tuple[Unit, ...]:
    """Return what a product is also sold in: `caja de 12 = 200`, one a line or cut by ;. Raises NotANumber for what is no such thing."""
    units: dict[int, Unit] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        match = _SELLING_UNIT.fullmatch(part)
        unit = _UNIT_OF.get(fold(match[1])) if match else None
        if match is None or unit is None:
            raise NotANumber("unit")
        factor, price = scaled(read_number(match[2], mark), 3), scaled(read_number(match[3], mark), 4)
        if not 0 < factor <= FACTOR_MAX or factor == 1000 or price > PRICE_MAX or factor in units:
            raise NotANumber("unit")
        units[factor] = Unit(unit, factor, price)
    return tuple(sorted(units.values(), key=lambda unit: unit.factor))


def _code(text: str) -> str:
    """A code as text; one that a spreadsheet turned into 7.50E+12 is beyond repair."""
    if re.fullmatch(r"\d+[.,]\d+[eE]\+?\d+", text):
        raise NotANumber("scientific")
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise NotANumber("too_long")
    return text


_READ = {
    "sku": Reader.sku, "barcode": Reader.barcode, "name": Reader.name, "variant": Reader.variant, "category": Reader.category,
    "price": Reader.price, "cost": Reader.cost, "stock": Reader.stock, "unit": Reader.unit, "sold_by": Reader.sold_by,
    "content": Reader.content, "tax": Reader.tax, "units": Reader.units, "age": Reader.age, "trace": Reader.trace,
    "since": Reader.since,
}  # fmt: skip
