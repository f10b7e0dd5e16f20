"""What a till could not have made, by kind: listed, never dropped in silence."""

from dataclasses import dataclass

import polars as pl

# A till sells a quantity above zero; what stands in the source with quantity zero is a coupon, a message or a slip of the scale.
LINE_KINDS = {
    "zero_quantity_coupon": (pl.col("quantity") == 0) & (pl.col("value") == 0) & (pl.col("coupon") > 0),
    "zero_quantity_nothing": (pl.col("quantity") == 0) & (pl.col("value") == 0) & (pl.col("coupon") == 0),
    "zero_quantity_with_value": (pl.col("quantity") == 0) & (pl.col("value") > 0),
    "negative": (pl.col("quantity") < 0) | (pl.col("value") < 0) | (pl.col("list") < 0),
}

# These a till makes; they are listed because they surprise.
NOTED_KINDS = {
    "given_away": (pl.col("quantity") > 0) & (pl.col("list") == 0),
    "discounted_to_nothing": (pl.col("quantity") > 0) & (pl.col("list") > 0) & (pl.col("value") == 0),
    "coupon_above_value": pl.col("coupon") > pl.col("value"),
    "not_in_the_product_file": pl.col("department") == "(not in the product file)",
}

MADE = (pl.col("quantity") > 0) & (pl.col("value") >= 0) & (pl.col("list") >= 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """How many lines or baskets of a kind there are; value, coupon: their sum in cents."""

    name: str
    count: int
    value: int
    coupon: int


def line_kinds(lines: pl.DataFrame, of: dict[str, pl.Expr]) -> list[Kind]:
    """Count the lines of each kind."""
    return [count_kind(name, lines.filter(test)) for name, test in of.items()]


def count_kind(name: str, found: pl.DataFrame) -> Kind:
    """Sum what was found of a kind."""
    return Kind(name, found.height, int(found["value"].sum()), int(found["coupon"].sum()))


def baskets(lines: pl.DataFrame) -> pl.DataFrame:
    """Return a row per basket in the order of each store's day: what a till sells of it and what of its coupons it can take.

    Columns: store, basket, at, day, lines, value, coupon (all in cents as in the source), sold_lines, sold_value, voucher (never above what is owed).
    """
    made = MADE
    grouped = lines.group_by("store", "basket", maintain_order=True).agg(
        pl.col("at").first(),
        pl.col("day").first(),
        pl.len().alias("lines"),
        pl.col("value").sum(),
        pl.col("coupon").sum(),
        made.sum().alias("sold_lines"),
        pl.col("value").filter(made).sum().alias("sold_value"),
    )
    return grouped.with_columns(voucher=pl.min_horizontal("coupon", "sold_value"))


def basket_kinds(of_baskets: pl.DataFrame) -> list[Kind]:
    """Count the baskets that are no ordinary sale: without a line to sell, or with coupons above what is owed (ruling 22)."""
    tests = {
        "basket_without_a_line_to_sell": pl.col("sold_lines") == 0,
        "basket_that_would_owe_less_than_nothing": pl.col("coupon") > pl.col("sold_value"),
        "basket_that_owes_nothing": (pl.col("sold_lines") > 0) & (pl.col("sold_value") == pl.col("voucher")),
    }
    return [count_kind(name, of_baskets.filter(test)) for name, test in tests.items()]
