"""The replay's database: where it is, and what stands in it afterwards as frames for the reconciliation."""

import os
from pathlib import Path

import polars as pl

from bench.replay.ledger import ServerSide

LINES = """
SELECT store.code, category.name, sale.business_date, sale.id, line.quantity, line.gross
FROM counter_saleline line
JOIN counter_sale sale ON sale.organization_id = line.organization_id AND sale.id = line.sale_id
JOIN people_store store ON store.organization_id = sale.organization_id AND store.id = sale.store_id
JOIN catalogue_product product ON product.organization_id = line.organization_id AND product.id = line.product_id
JOIN catalogue_category category ON category.organization_id = product.organization_id AND category.id = product.category_id
WHERE line.organization_id = %s
"""
VISITS = """
SELECT store.code, visit.business_date, COUNT(*)
FROM counter_visitclosing closing
JOIN counter_visit visit ON visit.organization_id = closing.organization_id AND visit.id = closing.visit_id
JOIN people_store store ON store.organization_id = visit.organization_id AND store.id = visit.store_id
WHERE closing.organization_id = %s GROUP BY store.code, visit.business_date
"""
VOUCHERS = """
SELECT store.code, sale.business_date, SUM(payment.amount)
FROM counter_payment payment
JOIN counter_sale sale ON sale.organization_id = payment.organization_id AND sale.id = payment.sale_id
JOIN people_store store ON store.organization_id = sale.organization_id AND store.id = sale.store_id
WHERE payment.organization_id = %s AND payment.method = 'voucher' GROUP BY store.code, sale.business_date
"""
CLOSINGS = """
SELECT store.code, shift.business_date, COUNT(*)
FROM counter_shiftclosing closing
JOIN counter_shift shift ON shift.organization_id = closing.organization_id AND shift.id = closing.shift_id
JOIN people_store store ON store.organization_id = shift.organization_id AND store.id = shift.store_id
WHERE closing.organization_id = %s GROUP BY store.code, shift.business_date
"""


def prepare(folder: Path) -> None:
    """Point Django at MOSTRADOR_DATABASE_URL, else at a SQLite file in the folder, and bring it to the newest schema."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")
    os.environ["MOSTRADOR_DATA_DIR"] = str(folder)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def raw(organization: object) -> object:
    """Return a business's id as the engine stores it."""
    from django.db import connection

    from mostrador.kernel import sql

    return sql.raw_id(connection.vendor, organization)  # type: ignore[arg-type]  # a UUID


def rows(query: str, organization: object) -> list[tuple[object, ...]]:
    """Run a query of the reconciliation."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, [raw(organization)])  # type: ignore[list-item]  # an id as the engine stores it
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found


def sold_lines(organization: object) -> pl.DataFrame:
    """Return every line the server sold: columns store, department, day, basket (its sale), quantity (thousandths), value (cents)."""
    schema = {"store": pl.String, "department": pl.String, "day": pl.String, "basket": pl.String, "quantity": pl.Int64, "value": pl.Int64}
    data = [(code, name, str(day), as_text(sale), quantity, gross) for code, name, day, sale, quantity, gross in rows(LINES, organization)]
    frame = pl.DataFrame(data, schema=schema, orient="row")
    return frame.with_columns(pl.col("store").cast(pl.Int64), pl.col("day").str.to_date())


def server_side(organization: object, part: pl.DataFrame) -> ServerSide:
    """Return what the server says of the stores and days of a part (columns store, day)."""
    keys = part.select("store", "day").unique()
    lines = sold_lines(organization).join(keys, on=["store", "day"], how="semi")
    visits, vouchers, closings = (summed(query, organization, keys) for query in (VISITS, VOUCHERS, CLOSINGS))
    return ServerSide(lines, visits, vouchers, closings)


def summed(query: str, organization: object, keys: pl.DataFrame) -> int:
    """Sum a figure per store and day over the keys of a part."""
    data = [(code, str(day), int(str(amount))) for code, day, amount in rows(query, organization)]
    frame = pl.DataFrame(data, schema={"store": pl.String, "day": pl.String, "amount": pl.Int64}, orient="row")
    typed = frame.with_columns(pl.col("store").cast(pl.Int64), pl.col("day").str.to_date())
    return int(typed.join(keys, on=["store", "day"], how="semi")["amount"].sum())


def as_text(identifier: object) -> str:
    """Return an id as either engine gives it as text."""
    return identifier.hex() if isinstance(identifier, bytes) else str(identifier)
