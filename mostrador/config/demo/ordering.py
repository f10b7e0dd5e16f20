"""What a day of the demo settles later: layaways, special orders, repairs and deliveries, with a deposit, handed over when they are due. Amounts: minor units."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mostrador.config.demo.errands import Shelves, Wish, errand, quantity_of
from mostrador.sync.cashier import Cashier, Extras, Ordered, Visit
from mostrador.sync.cashier_rows import whole

SECOND_MS = 1000
# Of what is asked for as a deposit, in the demo: a fifth, in whole units of the currency.
SHARE, UNIT = 5, 100
DAYS = {"layaway": (10, 25), "special": (4, 9), "repair": (2, 5), "delivery": (1, 2), "quote": (15, 15)}


@dataclass(slots=True)
class Open:
    """An order of this till that waits: the body of its fact, what was paid, by when, and what goes out with it."""

    body: Mapping[str, Any]
    paid: int
    by: dt.date
    wishes: list[Wish]
    is_forgotten: bool


@dataclass(slots=True)
class Book:
    """The orders of a till that wait, and a chance of its own, so that they change nothing of what else happens in the shop."""

    rng: Random
    waiting: list[Open] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where orders are taken: the cashier, the shelves, who is known, what the shop takes orders of, and how a basket is priced."""

    cashier: Cashier
    shelves: Shelves
    buyers: tuple[str, ...]
    rhythm: Mapping[str, Any]
    basket: Callable[[list[Wish]], dict[str, Any]]


def handed_over(counter: Counter, book: Book, date: dt.date, at: int) -> Iterator[tuple[bytes, list[Wish]]]:
    """Sell the orders that are due: fact and what left the shelf. For a few nobody comes, and they stay overdue."""
    due = [one for one in book.waiting if one.by <= date and not one.is_forgotten]
    for one in due:
        book.waiting.remove(one)
        at += 90 * SECOND_MS
        gross = whole(one.body["totals"]["gross"])
        payments = [
            {"method": method, "amount": amount} for method, amount in (("deposit", one.paid), ("cash", gross - one.paid)) if amount
        ]
        basket = {**one.body["basket"], "payments": payments}
        extras = Extras(order=one.body["order"], buyer=one.body.get("buyer"))
        yield counter.cashier.sell(Visit(counter.cashier.device.ids(at), at), basket, at + 20 * SECOND_MS, extras), one.wishes


def taken(counter: Counter, book: Book, date: dt.date, at: int) -> Iterator[bytes]:
    """Now and then take an order, with its deposit; and say of a repair that it is ready."""
    rng, cashier = book.rng, counter.cashier
    for one in book.waiting:
        if one.body["kind"] == "repair" and one.by == date + dt.timedelta(days=1) and not rng.randrange(30):
            yield cashier.change_order(one.body["order"], at, step="ready")
            at += SECOND_MS
    kinds = counter.rhythm.get("order_kinds", [])
    if not kinds or rng.randrange(100) >= whole(counter.rhythm["order_percent"]):
        return
    kind = rng.choice(kinds)
    wishes = _wishes(counter, rng, kind)
    if not wishes:
        return
    by = date + dt.timedelta(days=rng.randint(*DAYS[kind]))
    visit = Visit(cashier.device.ids(at), at)
    buyer = rng.choice(counter.buyers) if counter.buyers and rng.randrange(2) else None
    data = cashier.order(visit, Ordered(kind, by.isoformat(), buyer=buyer), counter.basket(wishes), at + 30 * SECOND_MS)
    yield data
    body = json.loads(data)["body"]
    deposit = whole(body["totals"]["gross"]) // SHARE // UNIT * UNIT if kind != "repair" else 0
    if deposit:
        yield cashier.pay_order(visit, body, [{"method": "cash", "amount": deposit}], [], at + 50 * SECOND_MS)
    book.waiting.append(Open(body, deposit, by, wishes, is_forgotten=rng.randrange(12) == 0))


def _wishes(counter: Counter, rng: Random, kind: str) -> list[Wish]:
    """What is ordered: of a repair, work; of anything else, what people come for."""
    work = counter.rhythm.get("repair_category", "")
    if kind != "repair":
        return [wish for wish in errand(counter.shelves, rng) if wish.ware.category != work]
    wares, _ = counter.shelves.by_category[work]
    ware = rng.choice(wares)
    return [Wish(ware, quantity_of(ware, rng))]
