"""The reconciliation: what the source says, straight from the parquet, against what the server says it sold.

A key is (store, department, day). Baskets and lines are counts, quantity is in thousandths, value in cents. The source's side is split in
what a till could have made and what not; every difference between the first and the server is an unexplained one.
"""

from dataclasses import asdict, dataclass
from typing import Final

import polars as pl

from bench.replay.kinds import LINE_KINDS, MADE, NOTED_KINDS, Kind, basket_kinds, baskets, line_kinds

KEY: Final = ["store", "department", "day"]
FIGURES: Final = ["baskets", "lines", "quantity", "value"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all keys. `baskets` counts each basket once, not once per department."""

    baskets: int
    lines: int
    quantity: int
    value: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole reconciliation."""

    source: Totals
    listed: Totals
    expected: Totals
    server: Totals
    keys: int
    differing: list[dict[str, object]]
    visits_without_sale: tuple[int, int]
    vouchers: tuple[int, int]
    closings: tuple[int, int]
    line_kinds: list[Kind]
    noted_kinds: list[Kind]
    basket_kinds: list[Kind]

    @property
    def agrees(self) -> bool:
        """Whether nothing is left unexplained."""
        pairs = (self.visits_without_sale, self.vouchers, self.closings)
        return not self.differing and self.expected == self.server and all(one == other for one, other in pairs)

    def document(self) -> dict[str, object]:
        """The ledger as JSON."""
        return asdict(self) | {"agrees": self.agrees}


def by_key(lines: pl.DataFrame) -> pl.DataFrame:
    """Sum lines (store, department, day, basket, quantity, value) per key, ordered by it."""
    return (
        lines.group_by(KEY)
        .agg(
            pl.col("basket").n_unique().cast(pl.Int64).alias("baskets"),
            pl.len().cast(pl.Int64).alias("lines"),
            pl.col("quantity").sum(),
            pl.col("value").sum(),
        )
        .sort(KEY)
    )


def totals(lines: pl.DataFrame) -> Totals:
    """Sum lines over everything."""
    return Totals(lines["basket"].n_unique(), lines.height, int(lines["quantity"].sum()), int(lines["value"].sum()))


def differing(expected: pl.DataFrame, server: pl.DataFrame) -> list[dict[str, object]]:
    """Return the keys whose figures are not the same on both sides, a missing side counted as zero."""
    joined = expected.join(server, on=KEY, how="full", coalesce=True, suffix="_server").with_columns(
        pl.col([*FIGURES, *[f"{name}_server" for name in FIGURES]]).fill_null(0)
    )
    unequal = pl.any_horizontal([pl.col(name) != pl.col(f"{name}_server") for name in FIGURES])
    return joined.filter(unequal).sort(KEY).to_dicts()


@dataclass(frozen=True, slots=True)
class ServerSide:
    """What the server says of the same stores and days. lines: store, department, day, basket, quantity, value; vouchers in cents."""

    lines: pl.DataFrame
    visits_without_sale: int
    vouchers: int
    closings: int


def reconcile(lines: pl.DataFrame, server: ServerSide) -> Ledger:
    """Compare the source's lines (bench.replay.source.lines) with what the server says."""
    made = lines.filter(MADE)
    of_baskets = baskets(lines)
    expected = by_key(made)
    return Ledger(
        source=totals(lines),
        listed=totals(lines.filter(~MADE)),
        expected=totals(made),
        server=totals(server.lines),
        keys=expected.height,
        differing=differing(expected, by_key(server.lines)),
        visits_without_sale=(of_baskets.filter(pl.col("sold_lines") == 0).height, server.visits_without_sale),
        vouchers=(int(of_baskets["voucher"].sum()), server.vouchers),
        closings=(lines.select("store", "day").unique().height, server.closings),
        line_kinds=line_kinds(lines, LINE_KINDS),
        noted_kinds=line_kinds(lines, NOTED_KINDS),
        basket_kinds=basket_kinds(of_baskets),
    )
