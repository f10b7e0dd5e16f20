"""What the columns of the source mean, checked on the whole year."""

import datetime as dt

import polars as pl
import pytest

from bench.replay import kinds, source
from bench.replay.kinds import Kind

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def products() -> pl.DataFrame:
    """Every product."""
    return source.products()


@pytest.fixture(scope="module")
def year(products: pl.DataFrame) -> pl.DataFrame:
    """Every line of the year."""
    return source.lines(source.Part(), products)


def test_the_year_is_whole(year: pl.DataFrame) -> None:
    assert (year.height, year["basket"].n_unique(), year["store"].n_unique()) == (1_469_307, 155_848, 457)
    assert (year["day"].min(), year["day"].max(), year["day"].n_unique()) == (dt.date(2017, 1, 1), dt.date(2017, 12, 31), 364)


def test_products_missing_from_the_product_file_are_there(products: pl.DataFrame) -> None:
    assert (products.height, products.filter(pl.col("department") == source.NO_DEPARTMENT).height) == (92_348, 17)
    assert products.filter(pl.col("name") == "").height == 0


def test_every_amount_is_whole_cents_in_the_source() -> None:
    raw = pl.read_parquet(source.data_file("transactions"), columns=list(source.MONEY))

    for column in source.MONEY:
        assert raw.select(((pl.col(column) * 100) - (pl.col(column) * 100).round(0)).abs().max()).item() < 1e-9


def test_the_value_of_the_year_to_the_cent(year: pl.DataFrame) -> None:
    decimal = (
        pl.read_parquet(source.data_file("transactions"), columns=["sales_value"])
        .select(pl.col("sales_value").cast(pl.Decimal(18, 2)).sum())
        .item()
    )

    assert int(year["value"].sum()) == int(decimal * 100)


def test_fuel_is_metered_by_product_and_keyed_fuel_is_sold_by_the_piece(products: pl.DataFrame, year: pl.DataFrame) -> None:
    assert products["metered"].sum() == 24
    assert year.filter(pl.col("product") == 6_533_765)["quantity"].unique().to_list() == [1000]
    assert year.filter(pl.col("product") == 6_534_178)["quantity"].max() == 89_638


def test_a_unit_price_times_its_quantity_is_the_list_amount_on_every_line(year: pl.DataFrame) -> None:
    sold = year.filter(kinds.MADE).with_columns(price=source.unit_price())

    again = (2 * pl.col("quantity") * pl.col("price") + 100_000) // 200_000
    assert sold.filter(again != pl.col("list")).height == 0


def test_the_lines_no_till_could_have_made_are_listed_by_kind(year: pl.DataFrame) -> None:
    assert kinds.line_kinds(year, kinds.LINE_KINDS) == [
        Kind("zero_quantity_coupon", 2_978, 0, 654_430),
        Kind("zero_quantity_nothing", 5_862, 0, 0),
        Kind("zero_quantity_with_value", 29, 1_252, 0),
        Kind("negative", 0, 0, 0),
    ]


def test_every_line_is_either_made_or_of_exactly_one_kind(year: pl.DataFrame) -> None:
    tests = [kinds.MADE, *kinds.LINE_KINDS.values()]

    assert year.select(pl.sum_horizontal([test.cast(pl.Int8) for test in tests]).unique()).to_series().to_list() == [1]


def test_the_baskets_that_are_no_ordinary_sale_are_listed_by_kind(year: pl.DataFrame) -> None:
    assert kinds.basket_kinds(kinds.baskets(year)) == [
        Kind("basket_without_a_line_to_sell", 330, 42, 1_969),
        Kind("basket_that_would_owe_less_than_nothing", 19, 1_751, 4_409),
        Kind("basket_that_owes_nothing", 199, 17_908, 18_597),
    ]


def test_never_sold_products_have_no_price(products: pl.DataFrame) -> None:
    prices = source.usual_prices()

    assert prices.height == 68_260
    assert products.join(prices, left_on="product_id", right_on="product", how="anti").height == 24_088


def test_a_part_is_the_first_days_and_the_busiest_stores(products: pl.DataFrame) -> None:
    week = source.lines(source.Part(stores=20, days=7), products)

    assert (week["store"].n_unique(), week["day"].n_unique(), week.height) == (20, 7, 9_090)
