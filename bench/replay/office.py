"""What people would do in the office before a replay: open the business, import the products, add stores and tills, hand out pairing codes.

Imported only after `bench.replay.database.prepare`.
"""

import csv
import io
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from bench.replay.source import ZONE, usual_prices
from bench.replay.store import Goods
from mostrador.catalogue import importing
from mostrador.catalogue.models import Product, TaxGroup
from mostrador.catalogue.taxes import seed_taxes
from mostrador.kernel.actor import Actor, system
from mostrador.kernel.models import Organization
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.people import pairing
from mostrador.people import services as people
from mostrador.people.models import Store, Till

NAME = "The Complete Journey"


@dataclass(frozen=True, slots=True)
class Office:
    """The replayed business: who acts, and the tills' ids by the source's store number."""

    actor: Actor
    tills: Mapping[int, uuid.UUID]


def open_office(products: pl.DataFrame, stores: list[int], told: Callable[[int], None]) -> Office:
    """Return the replayed business, begun and completed as far as it is not there yet; tell how many products came in."""
    row = Organization.objects.filter(name=NAME).first()
    actor = system(row.id) if row else begin()
    with scope(actor.organization_id):
        import_products(actor, products, told)
        return Office(actor, add_tills(actor, stores))


def begin() -> Actor:
    """Open the business. Its prices bear no tax: the source knows none."""
    with use_case():
        actor = people.begin_business(name=NAME, country="US", currency="USD", timezone=ZONE, locale="en-US")
        with scope(actor.organization_id):
            seed_taxes(actor, country="US")
    return actor


def import_products(actor: Actor, products: pl.DataFrame, told: Callable[[int], None]) -> None:
    """Import every product that is not there yet by the importer of the office, each at its most frequent price (ruling 22)."""
    there = set(Product.objects.values_list("sku", flat=True))
    told(len(there))
    missing = products.filter(~pl.col("product_id").cast(pl.String).is_in(there))
    if missing.is_empty():
        return
    group = TaxGroup.objects.get(code="EXENTO").id
    table, mapping = importing.open_table(product_file(missing))
    with use_case():
        plan = importing.check(table, importing.Options(mapping, "en-US", group))
        if plan.problems:
            raise RuntimeError(f"{len(plan.problems)} rows of the product file are refused: {plan.problems[0]}")
        had = 0

        def progress(done: int, _total: int) -> None:
            nonlocal had
            told(done - had)
            had = done

        importing.apply(actor, plan, progress)


def product_file(products: pl.DataFrame) -> bytes:
    """Return products as the CSV that a shop would import. Never sold ones have no price; the barcode is one that a shop may make itself."""
    priced = products.join(usual_prices(), left_on="product_id", right_on="product", how="left")
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["sku", "name", "department", "price", "barcode", "unit", "sold by weight"])
    for row in priced.iter_rows(named=True):
        price = "" if row["price"] is None else f"{row['price'] // 10_000}.{row['price'] % 10_000:04d}"
        unit, weighed = ("gal", "yes") if row["metered"] else ("piece", "no")
        writer.writerow([row["product_id"], row["name"], row["department"], price, barcode(row["product_id"]), unit, weighed])
    return lines.getvalue().encode()


def barcode(number: int) -> str:
    """Return a product's EAN-13 of the range 29."""
    body = f"29{number:010d}"
    return f"{body}{-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body)) % 10}"


def add_tills(actor: Actor, stores: list[int]) -> dict[int, uuid.UUID]:
    """Return a till for each store of the source, added if absent."""
    found = {till.code: till.id for till in Till.objects.all()}
    for number in stores:
        if code_of(number) not in found:
            with use_case():
                store = people.add_store(actor, code=str(number), name=f"Store {number}", timezone=ZONE)
                found[code_of(number)] = people.add_till(actor, store_id=store.id, code=code_of(number), name="Till 1").id
    return {number: found[code_of(number)] for number in stores}


def code_of(number: int) -> str:
    """Return the code of a store's till."""
    return f"T{number}"


def journals(office: Office) -> dict[int, int]:
    """Return how many devices each store's till has been paired with."""
    with scope(office.actor.organization_id):
        paired = {till.id: till.journals for till in Till.objects.all()}
    return {number: paired[till] for number, till in office.tills.items()}


def pairing_code(office: Office, number: int) -> str:
    """Return a fresh code for a store's till."""
    with scope(office.actor.organization_id):
        return pairing.new_code(office.actor, till_id=office.tills[number])


def goods(office: Office) -> dict[int, Goods]:
    """Return what lines say of each product, by the source's number."""
    with scope(office.actor.organization_id):
        rows = Product.objects.values_list("sku", "id", "name", "unit")
        return {int(sku): Goods(str(identifier), name, unit) for sku, identifier, name, unit in rows.iterator()}


def store_numbers(office: Office) -> dict[uuid.UUID, int]:
    """Return the source's number of each store."""
    with scope(office.actor.organization_id):
        return {store.id: int(store.code) for store in Store.objects.all()}
