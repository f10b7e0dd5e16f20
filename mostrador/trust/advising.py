"""What a till may rank by when it recommends, and nothing else: what comes back, what is not on the shelf, what a supplier gives.

This module never learns what a product costs the shop, and it is the only one that the recommending part of a till's guidance is made of
(docs/adr/0038): a law reads its imports, a test its statements.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.models import F, Sum

from mostrador.counter.models import ReturnLine, SaleLine
from mostrador.kernel import clock
from mostrador.kernel.scoping import current_organization
from mostrador.stock.models import StockLevel
from mostrador.trust import claims
from mostrador.trust.advice_models import Incentive

RETURN_DAYS = 90
"""Over so many whole days it is counted what came back."""
SOLD_LEAST = 20_000
"""Of fewer than so many (thousandths) nothing is said: one return would decide."""
OUT_MAX = 1000
RATE_WAIT = "2s"

type _Counts = dict[uuid.UUID, int]

_rates: dict[tuple[uuid.UUID, dt.date, str], _Counts] = {}
_RATES_KEPT = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What suppliers give: products with the words that a buyer reads, and those of which nobody has said it."""

    declared: dict[uuid.UUID, str]
    undeclared: frozenset[uuid.UUID]


def return_rates() -> dict[uuid.UUID, int]:
    """Return which share of each product came back in the last 90 whole days, parts per million; only where enough was sold and something came back.

    By whole days, so that no order changes under a hand; worked out once a day. Where it cannot be said in two seconds it is not said.
    """
    return _once_a_day("returns", _counted)


def contradictions() -> dict[uuid.UUID, int]:
    """Return how often something said of each product did not hold, by what came back in the same days; said and worked out likewise."""
    return _once_a_day("contradictions", _not_held)


def _once_a_day(what: str, count: Callable[[dt.date], _Counts]) -> _Counts:
    key = (current_organization(), clock.now().date(), what)
    if key not in _rates:
        if len(_rates) >= _RATES_KEPT:
            _rates.clear()
        _rates[key] = _within_time(key[1], count)
    return _rates[key]


def _within_time(today: dt.date, count: Callable[[dt.date], _Counts]) -> _Counts:
    try:
        with transaction.atomic():
            _limit(f"'{RATE_WAIT}'")
            rates = count(today)
            _limit("DEFAULT")
    except OperationalError:
        return {}
    return rates


def _limit(wait: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {wait}")


def _not_held(today: dt.date) -> _Counts:
    midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
    return claims.contradicted(midnight - dt.timedelta(days=RETURN_DAYS), midnight)


def _counted(today: dt.date) -> _Counts:
    since = today - dt.timedelta(days=RETURN_DAYS)
    came = dict(
        ReturnLine.objects.filter(returned__business_date__gte=since, returned__business_date__lt=today)
        .values_list("product_id")
        .annotate(total=Sum(F("quantity") * F("factor")))
    )
    sold = dict(
        SaleLine.objects.filter(sale__business_date__gte=since, sale__business_date__lt=today, product_id__in=list(came))
        .values_list("product_id")
        .annotate(total=Sum(F("quantity") * F("factor")))
    )
    enough = {product: total for product, total in sold.items() if total >= SOLD_LEAST * 1000}
    return {product: min(1_000_000, 1_000_000 * int(came[product]) // int(total)) for product, total in enough.items()}


def out_of(store_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the products of which a store has exactly none. Below none somebody has miscounted, and there evidently were some."""
    rows = StockLevel.objects.filter(store_id=store_id, quantity=0, product__archived_at=None).order_by("product_id")
    return list(rows.values_list("product_id", flat=True)[:OUT_MAX])


def given() -> Given:
    """Return what suppliers give for selling products."""
    rows = dict(Incentive.objects.filter(ended_at=None).values_list("product_id", "says"))
    return Given(
        {product: says for product, says in rows.items() if says}, frozenset(product for product, says in rows.items() if not says)
    )
