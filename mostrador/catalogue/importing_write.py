"""Writing the good rows of an import set-wise: a constant number of statements for some thousand products, on both databases.

The same rows as `services.add_product` and `services.edit_product` write, with their trail, price events and place in the feed; the
test of the importer holds both ways equal.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from mostrador.catalogue.importing_rows import Item
from mostrador.catalogue.models import Barcode, PriceEvent, Product
from mostrador.catalogue.units import add_units
from mostrador.catalogue.words import fold
from mostrador.kernel import clock, sql, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.models import Edit

QUERY = 5000
COLUMNS = (
    "id", "sku", "name", "search", "category_id", "family_id", "variant", "tax_group_id", "tax_units", "unit", "sold_by", "content",
    "content_unit", "price", "picto", "tint", "favourite", "age_min", "trace", "archived_at", "updated_at",
)  # fmt: skip
BLANK: dict[str, Any] = {
    "family_id": None, "category_id": None, "variant": "", "tax_units": {}, "unit": "pieza", "sold_by": "piece", "content": None,
    "content_unit": "", "picto": "", "tint": "", "favourite": None, "age_min": None, "trace": "", "archived_at": None,
}  # fmt: skip
UPSERT = "(organization_id, id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name not in {"id", "sku"})

type Row = dict[str, Any]


def add(actor: Actor, items: list[Item]) -> None:
    """Add products that the catalogue does not have: their rows, barcodes, first prices and costs."""
    now = clock.now()
    rows = []
    for item in items:
        item.product_id = new_id()
        rows.append(BLANK | item.fields | {"id": item.product_id, "price": item.price, "updated_at": now})
    _insert_products(actor, rows, "")
    _insert_events(actor, "catalogue_priceevent", "price", [(item.product_id, item.price) for item in items], now)
    _insert_declared(actor, items, now)
    _insert_events(actor, "catalogue_costevent", "cost", [(item.product_id, item.cost) for item in items if item.cost is not None], now)
    _insert_codes(actor, [(code, item.product_id, item.packs.get(code, 1000)) for item in items for code in item.barcodes])
    add_units(actor, {item.product_id: item.units for item in items if item.units})
    touched(actor.organization_id, "product", [item.product_id for item in items])


def change(actor: Actor, items: list[Item]) -> None:
    """Change products, from their rows as they are now; each change is on the trail. Refuses with Invalid what is gone or taken."""
    now = clock.now()
    found = {row["id"]: row for row in Product.objects.filter(id__in=[item.product_id for item in items]).values(*COLUMNS)}
    rows, edits, prices = [], [], []
    for item in items:
        row = found.get(item.product_id)
        if row is None:
            raise Invalid(row="gone", value=item.row)
        wanted = {name: value for name, value in item.fields.items() if name != "sku"}
        if item.price is not None:
            wanted["price"] = item.price
        changes = {name: (row[name], value) for name, value in wanted.items() if row[name] != value}
        if not changes:
            continue
        if "price" in changes:
            prices.append((item.product_id, item.price))
        rows.append(row | wanted | {"updated_at": now})
        edits.append(trail.row(actor, "product", item.product_id, changes))
    _insert_products(actor, rows, UPSERT)
    _insert_events(actor, "catalogue_priceevent", "price", prices, now)
    _insert_events(actor, "catalogue_costevent", "cost", [(item.product_id, item.cost) for item in items if item.cost is not None], now)
    Edit.objects.bulk_create(edits, batch_size=1000)
    with_codes = _add_codes(actor, items)
    with_units = add_units(actor, {item.product_id: item.units for item in items if item.units})
    touched(actor.organization_id, "product", {row["id"] for row in rows} | with_codes | with_units)


def _add_codes(actor: Actor, items: list[Item]) -> set[uuid.UUID]:
    """Add the barcodes that the products do not have yet and return whose they are; one that another product took refuses all."""
    owners = owners_of([code for item in items for code in item.barcodes])
    missing = []
    for item in items:
        for code in item.barcodes:
            if code not in owners:
                missing.append((code, item.product_id, item.packs.get(code, 1000)))
            elif owners[code] != item.product_id:
                raise Invalid(barcode="taken", value=code)
    _insert_codes(actor, missing)
    return {product_id for _, product_id, _ in missing}


def _insert_products(actor: Actor, rows: list[Row], conflict: str) -> None:
    vendor = connection.vendor
    organization = sql.raw_id(vendor, actor.organization_id)
    for row in rows:
        row["search"] = fold(f"{row['name']} {row['variant']} {row['sku']}")[:300]
    values = [(organization, *(_raw(vendor, row[name]) for name in COLUMNS)) for row in rows]
    sql.hand().insert("catalogue_product", ("organization_id", *COLUMNS), values, conflict)


def _insert_events(actor: Actor, table: str, column: str, rows: Sequence[tuple[uuid.UUID, int | None]], now: dt.datetime) -> None:
    vendor, at = connection.vendor, clock.to_ms(now)
    organization, by = sql.raw_id(vendor, actor.organization_id), _raw(vendor, actor.id)
    more: dict[str, Any] = {"is_declared": False} if column == "price" else {}
    values = [(organization, _raw(vendor, new_id()), _raw(vendor, product), amount, at, at, by, *more.values()) for product, amount in rows]
    columns = ("organization_id", "id", "product_id", column, "valid_from", "recorded_at", "actor_id", *more)
    sql.hand().insert(table, columns, values)


def _insert_declared(actor: Actor, items: Sequence[Item], now: dt.datetime) -> None:
    """What the file says that new products had cost before: the owner's word, and marked so (invariant X7)."""
    PriceEvent.objects.bulk_create(
        [
            PriceEvent(
                organization_id=actor.organization_id, product_id=item.product_id, price=item.price, recorded_at=now, actor_id=actor.id,
                valid_from=dt.datetime.combine(item.since, dt.time(), dt.UTC), is_declared=True,
            )
            for item in items
            if item.since is not None and item.price is not None
        ],
        batch_size=1000,
    )  # fmt: skip


def _insert_codes(actor: Actor, rows: Sequence[tuple[str, uuid.UUID, int]]) -> None:
    vendor = connection.vendor
    organization = sql.raw_id(vendor, actor.organization_id)
    values = [(organization, code, _raw(vendor, product_id), quantity) for code, product_id, quantity in rows]
    sql.hand().insert("catalogue_barcode", ("organization_id", "code", "product_id", "quantity"), values)


def _raw(vendor: str, value: Any) -> Any:
    """A value as the database stores it."""
    if isinstance(value, uuid.UUID):
        return sql.raw_id(vendor, value)
    if isinstance(value, dt.datetime):
        return clock.to_ms(value)
    return json.dumps(value) if isinstance(value, dict) else value


def owners_of(codes: list[str]) -> dict[str, uuid.UUID]:
    """Return which product has each of the barcodes, where one has it."""
    return dict(pairs_of(Barcode, "code", codes, ("code", "product_id")))


def pairs_of(model: Any, column: str, values: Sequence[str], columns: tuple[str, str]) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of columns of the rows that have one of the values: one statement for every few thousand."""
    for part in parts(list(dict.fromkeys(values)), QUERY):
        yield from model.objects.filter(**{f"{column}__in": part}).values_list(*columns)


def parts[T](rows: list[T], size: int) -> Iterator[list[T]]:
    """Yield a list in parts of a size."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
