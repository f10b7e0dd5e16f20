"""What facts say of points as types (docs/adr/0028, docs/algorithms/points.md)."""

from typing import Annotated

from msgspec import Meta

from mostrador.sync.contract_types import Amount, NotNegative, Positive, Strict, Uuid


class SalePoints(Strict, frozen=True):
    """Of a sale: the version of the scheme, points earned and spent, and the lines (ids of the basket) that earn nothing."""

    scheme: Uuid
    earned: NotNegative
    spent: NotNegative
    without: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=64)], ...], Meta(max_length=1000)] = ()


class PointsPart(Strict, frozen=True):
    """Of a return: `whole` points of the sale for `of` minor units, of which `now` have come back by now; the returns before it did `before` points."""

    whole: Positive
    of: Positive
    now: NotNegative
    before: Amount
    points: Amount


class ReturnPoints(Strict, frozen=True):
    """Of a return: whose points, what is taken back of those earned, and what comes back of those spent."""

    buyer: Uuid
    taken: PointsPart | None = None
    back: PointsPart | None = None
