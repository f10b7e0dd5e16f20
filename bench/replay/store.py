"""One store's year as the facts of one till: opened each day at its first basket, closed after its last.

The same source, ids and products give the same bytes, so that a run that was killed goes on where the server stopped receiving.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from bench.replay.kinds import MADE
from bench.replay.source import unit_price
from mostrador.sync.cashier import Cashier, Extras, PriceDocument, Visit
from mostrador.sync.device import Device, Place, named_id, private_key_from, seeded_ids

SEED = "complete-journey"
CURRENCY = {"code": "USD", "digits": 2}
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Goods:
    """What a line says of a product: its id in the server, name and unit of sale."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line a till can make: quantity in thousandths, price in ten-thousandths, list and discount in cents."""

    product: int
    quantity: int
    price: int
    list: int
    discount: int


@dataclass(frozen=True, slots=True)
class Basket:
    """A basket: when, what of it can be sold, and the coupons that pay part of it (cents)."""

    id: int
    at: int
    day: dt.date
    lines: tuple[Line, ...]
    coupon: int


def device_of(store: int, series: str, attempt: int) -> Device:
    """Return a store's device before it has written anything. `attempt` counts the pairings whose answer was lost."""
    name = f"{SEED}/{store}/{attempt}"
    return Device(journal_of(store, attempt), private_key_from(name), series, ids=seeded_ids(name))


def journal_of(store: int, attempt: int) -> str:
    """Return the id of a store's journal."""
    return named_id(1_483_228_800_000, SEED, "journal", str(store), str(attempt))


def store_baskets(lines: pl.DataFrame) -> Iterator[Basket]:
    """Turn one store's lines (bench.replay.source.lines, in its order) into baskets; lines no till could have made stay out."""
    columns = lines.select(
        "basket", "at", "day", "product", "quantity", "list", "coupon",
        made=MADE,
        discount=pl.col("retail") + pl.col("match"),
        price=pl.when(pl.col("quantity") > 0).then(unit_price()),
    )  # fmt: skip
    for basket, rows in groupby(columns.iter_rows(named=True), key=lambda row: row["basket"]):
        every = list(rows)
        sold = tuple(Line(row["product"], row["quantity"], row["price"], row["list"], row["discount"]) for row in every if row["made"])
        yield Basket(basket, every[0]["at"], every[0]["day"], sold, sum(row["coupon"] for row in every))


def store_facts(
    device: Device, place: Place, baskets: Iterator[Basket], goods: Mapping[int, Goods], price: PriceDocument
) -> Iterator[bytes]:
    """Write every fact of a store's year in order: the journal opens, each day opens, sells and closes."""
    cashier = Cashier(device, str(CURRENCY["code"]), price)
    for day, of_day in groupby(baskets, key=lambda basket: basket.day):
        visits = list(of_day)
        opened_at = max(visits[0].at - MINUTE_MS, device.last_at)
        if device.seq == 0:
            yield device.opening(place, opened_at)
        yield cashier.open_shift(day.isoformat(), 0, opened_at)
        for basket in visits:
            yield visit_fact(cashier, basket, goods)
        yield cashier.close_shift(device.last_at)


def visit_fact(cashier: Cashier, basket: Basket, goods: Mapping[int, Goods]) -> bytes:
    """Write what a basket became: a sale, or, without a line to sell, a visit that ended without one."""
    visit = Visit(named_id(basket.at, SEED, "visit", str(basket.id)), basket.at)
    if not basket.lines:
        return cashier.end_without_sale(visit, basket.at, "unknown")
    extras = Extras(sale_id=named_id(basket.at, SEED, "sale", str(basket.id)))
    return cashier.sell(visit, basket_document(basket, goods), basket.at, extras)


def basket_document(basket: Basket, goods: Mapping[int, Goods]) -> dict[str, object]:
    """Return a basket as contracts/basket.schema.json has it.

    The source does not say how people paid: coupons pay as vouchers up to what is owed (a shop pays no coupon out), cash the rest.
    """
    owed = sum(line.list - line.discount for line in basket.lines)
    voucher = min(basket.coupon, owed)
    payments = [{"method": method, "amount": amount} for method, amount in (("voucher", voucher), ("cash", owed - voucher)) if amount]
    return {
        "version": 1,
        "currency": CURRENCY,
        "prices_include_tax": True,
        "tax_rounding": "line",
        "cash_rounding": None,
        "taxes": [],
        "lines": [line_document(n, line, goods[line.product]) for n, line in enumerate(basket.lines, start=1)],
        "discount": None,
        "tip": 0,
        "payments": payments,
    }


def line_document(n: int, line: Line, goods: Goods) -> dict[str, object]:
    """Return a line; what the source calls discounts are one amount off."""
    return {
        "id": str(n),
        "quantity": line.quantity,
        "unit_price": line.price,
        "discount": {"amount": line.discount} if line.discount else None,
        "taxes": [],
        "product_id": goods.id,
        "name": goods.name,
        "unit": goods.unit,
        "note_annex": None,
    }


def expected_facts(lines: pl.DataFrame) -> int:
    """Return how many facts the lines make: an opening per store, two per store and day, one per basket."""
    return lines["store"].n_unique() + 2 * lines.select("store", "day").unique().height + lines["basket"].n_unique()
