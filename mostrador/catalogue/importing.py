"""The importer of products: check a file against the catalogue (a plan), then write the plan set-wise.

A row is known by its SKU, else by a barcode: it changes the product that has it, or adds one. A column that the file lacks, and an
empty cell, change nothing. Barcodes are added, never taken away. `check` writes nothing; `apply` runs inside the caller's transaction.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mostrador.catalogue.importing_columns import KNOWN, guess
from mostrador.catalogue.importing_files import Table, read_table
from mostrador.catalogue.importing_rows import Item, Problem, Reader
from mostrador.catalogue.importing_write import QUERY, add, change, owners_of, pairs_of, parts
from mostrador.catalogue.models import Barcode, Category, Product, Tax, TaxGroup
from mostrador.catalogue.services import add_category
from mostrador.catalogue.units import Unit, of_products
from mostrador.catalogue.words import fold
from mostrador.kernel import sql
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.reading import decimal_mark
from mostrador.kernel.writing import building_block

CHUNK = 2000
COMPARED = ("name", "variant", "category_id", "tax_group_id", "unit", "sold_by", "content", "content_unit", "price", "age_min", "trace")

type Progress = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Tell nobody how far an import is."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: {field: column}, the business's locale, and the taxes of new products whose row names none."""

    mapping: Mapping[str, int]
    locale: str
    tax_group_id: uuid.UUID


@dataclass(slots=True)
class Plan:
    """What an import would do: rows that are good (action new, change or same), what is wrong, categories to be made.

    `refused`: key and name of the rows that are wrong, by their number, so that a person finds them again.
    """

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    rows: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How many rows there are of each action."""
        return Counter(item.action for item in self.items)

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be taken."""
        return len({problem.row for problem in self.problems})


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did. `levels`: [(product, thousandths counted)] of rows with stock; `added`: the new products."""

    new: int
    changed: int
    same: int
    levels: tuple[tuple[uuid.UUID, int], ...]
    added: frozenset[uuid.UUID]


def open_table(data: bytes) -> tuple[Table, dict[str, int]]:
    """Return a file's table and the columns that its headers name. Refuses with Invalid(file=code)."""
    table = read_table(data, KNOWN)
    return table, guess(table.headers)


def check(table: Table, options: Options) -> Plan:
    """Return what the import of a table would do to the catalogue of the business in scope. Writes nothing."""
    plan = Plan(rows=len(table.rows))
    if not {"sku", "barcode"} & options.mapping.keys():
        raise Invalid(mapping="no_key")
    reader = Reader(options.mapping, decimal_mark(options.locale), _tax_names())
    read, named = [], {}
    for row, cells in table.rows:
        item, problems = reader.read(row, cells)
        plan.problems += problems
        named[row] = (item.key, item.fields.get("name", ""))
        if not problems:
            read.append(item)
    once = _without_repeats(read, plan.problems)
    _match(once, plan, options)
    have = {fold(name) for name in Category.objects.values_list("name", flat=True)}
    wanted = {fold(item.category): item.category for item in reversed(plan.items) if item.category and fold(item.category) not in have}
    plan.categories = sorted(wanted.values())
    plan.problems.sort(key=lambda problem: problem.row)
    plan.refused = {problem.row: named[problem.row] for problem in plan.problems}
    return plan


def _tax_names() -> dict[str, Any]:
    """Groups by folded code and name, and by the rate of their only tax."""
    rates = {tax.code: tax.rate for tax in Tax.objects.filter(kind="percent")}
    names: dict[str, Any] = {}
    for group in TaxGroup.objects.order_by("code"):
        if len(group.codes) == 1 and group.codes[0] in rates:
            names.setdefault(f"rate:{rates[group.codes[0]]}", group.id)
        names[fold(group.name)] = group.id
    return names | {fold(code): key for code, key in TaxGroup.objects.values_list("code", "id")}


def _without_repeats(read: list[Item], problems: list[Problem]) -> list[Item]:
    """The rows whose SKU and barcodes no earlier row has."""
    skus: dict[str, int] = {}
    codes: dict[str, int] = {}
    once = []
    for item in read:
        sku = item.fields.get("sku", "")
        first = skus.get(sku) if sku else None
        code = next((code for code in item.barcodes if code in codes), None)
        if first is not None:
            problems.append(Problem(item.row, "sku", "repeated", f"{sku} ({first})"))
        elif code is not None:
            problems.append(Problem(item.row, "barcode", "repeated", f"{code} ({codes[code]})"))
        else:
            once.append(item)
            skus |= {sku: item.row} if sku else {}
            codes |= dict.fromkeys(item.barcodes, item.row)
    return once


def _match(read: list[Item], plan: Plan, options: Options) -> None:
    """Find the product of each row, by SKU and then by barcode; sort rows into new, change and same."""
    owners = owners_of([code for item in read for code in item.barcodes])
    by_sku = dict(pairs_of(Product, "sku", [item.fields["sku"] for item in read if "sku" in item.fields], ("sku", "id")))
    for item in read:
        holders = {owners[code] for code in item.barcodes if code in owners}
        item.product_id = by_sku.get(item.fields["sku"]) if "sku" in item.fields else next(iter(sorted(holders)), None)
        if foreign := holders - {item.product_id}:
            code = next(code for code in item.barcodes if owners.get(code) in foreign)
            plan.problems.append(Problem(item.row, "barcode", "taken", code))
        elif item.product_id is None and not item.fields.get("name"):
            plan.problems.append(Problem(item.row, "name", "empty"))
        else:
            plan.items.append(item)
    taken = _taken_skus([item.barcodes[0] for item in plan.items if item.product_id is None and "sku" not in item.fields])
    for item in plan.items:
        if item.product_id is None:
            item.action = "new"
            item.fields.setdefault("sku", item.barcodes[0] if item.barcodes else "")
            item.fields.setdefault("tax_group_id", options.tax_group_id)
    clash = [item for item in plan.items if item.action == "new" and item.fields["sku"] in taken]
    plan.problems += [Problem(item.row, "sku", "taken", item.fields["sku"]) for item in clash]
    plan.items = [item for item in plan.items if item not in clash] if clash else plan.items
    _compare([item for item in plan.items if item.product_id is not None])


def _compare(items: list[Item]) -> None:
    """Say of rows with a product whether they change something that can be seen without their barcodes and stock."""
    names: dict[uuid.UUID | None, str] = {row.id: fold(row.name) for row in Category.objects.all()}
    codes = {code for code, _ in pairs_of(Barcode, "code", [code for item in items for code in item.barcodes], ("code", "product_id"))}
    with_units = [item.product_id for item in items if item.units]
    units = {(said.product_id, Unit(said.unit, said.factor, said.price)) for said in (of_products(with_units) if with_units else ())}
    for part in parts(items, QUERY):
        ids = [item.product_id for item in part]
        products = {row["id"]: row for row in Product.objects.filter(id__in=ids).values("id", *COMPARED)}
        for item in part:
            product = products[item.product_id]
            differs = (
                any(product[name] != value for name, value in item.fields.items() if name != "sku")
                or (item.price is not None and item.price != product["price"])
                or (bool(item.category) and names.get(product["category_id"], "") != fold(item.category))
                or not codes.issuperset(item.barcodes)
                or not units.issuperset((item.product_id, unit) for unit in item.units)
                or item.stock is not None
                or item.cost is not None
            )
            item.action = "change" if differs else "same"


def apply(actor: Actor, plan: Plan, progress: Progress = unheard) -> Applied:
    """Write a plan inside the caller's transaction. Refuses with Invalid what somebody else took in the meantime."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    with building_block():
        categories = _categories(actor, plan.categories)
        for item in plan.items:
            if item.category:
                item.fields["category_id"] = categories[fold(item.category)]
        new = [item for item in plan.items if item.action == "new"]
        changed = [item for item in plan.items if item.action == "change"]
        total, done = len(new) + len(changed), 0
        for write, rows in ((add, new), (change, changed)):
            for n, part in enumerate(parts(rows, CHUNK), 1):
                write(actor, part)
                if n & (n - 1) == 0 and len(part) == CHUNK:  # each time their number has doubled
                    sql.analyze("catalogue_product")
                progress(done := done + len(part), total)
    levels = tuple((item.product_id, item.stock) for item in plan.items if item.stock is not None)
    same = len(plan.items) - len(new) - len(changed)
    return Applied(len(new), len(changed), same, levels, frozenset(item.product_id for item in new))


def _categories(actor: Actor, wanted: Iterable[str]) -> dict[str, uuid.UUID]:
    """Every category by its folded name, the wanted ones made after the last."""
    rows = {fold(row.name): row for row in Category.objects.all()}
    position = max((row.position for row in rows.values()), default=-1) + 1
    for name in wanted:
        if fold(name) not in rows:
            rows[fold(name)] = add_category(actor, name=name, position=position)
            position += 1
    return {name: row.id for name, row in rows.items()}


def _taken_skus(skus: list[str]) -> set[str]:
    return {sku for sku, _ in pairs_of(Product, "sku", skus, ("sku", "id"))}
