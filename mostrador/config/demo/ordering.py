"""What a day of the demo settles later: with a deposit or without, at a price that is agreed anew, in parts, handed over when it is due. Amounts: minor units."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mostrador.config.demo.errands import Shelves, Wish, errand, quantity_of
from mostrador.pricing.document import price_document
from mostrador.sync.cashier import Cashier, Extras, Ordered, Visit
from mostrador.sync.cashier_rows import whole
from mostrador.sync.device import Annex

SECOND_MS = 1000
# Of what is asked for as a deposit, in the demo: a fifth, in whole units of the currency.
SHARE, UNIT = 5, 100
# Of so many orders whose goods could come in parts one does; of so many repairs one costs more than was thought.
PARTED_ONE_IN, DEARER_ONE_IN = 3, 3
FORGOTTEN = dt.timedelta(days=4)
DAYS = {"layaway": (10, 25), "special": (4, 9), "repair": (2, 5), "delivery": (1, 2), "quote": (15, 15)}


@dataclass(slots=True)
class Open:
    """An order of this till that waits: the body of its fact, what was paid, by when, and what goes out with it."""

    body: Mapping[str, Any]
    paid: int
    by: dt.date
    wishes: list[Wish]
    is_forgotten: bool
    is_parted: bool
    is_dearer: bool
    handed: int = 0

    def is_due(self, date: dt.date) -> bool:
        """Whether somebody comes for it, or for what is there of it already. What was forgotten is fetched some days late; who only asked for a price does not come back."""
        if self.is_parted and not self.handed:
            return self.by - dt.timedelta(days=1) <= date
        if self.is_forgotten:
            return self.body["kind"] != "quote" and self.by + FORGOTTEN <= date
        return self.by <= date


@dataclass(slots=True)
class Book:
    """The orders of a till that wait, and a chance of its own, so that they change nothing of what else happens in the shop. `texts`: what is written beside them."""

    rng: Random
    waiting: list[Open] = field(default_factory=list)
    texts: list[Annex] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where orders are taken: the cashier, the shelves, who is known, what the shop takes orders of, and how a basket is priced."""

    cashier: Cashier
    shelves: Shelves
    buyers: tuple[str, ...]
    rhythm: Mapping[str, Any]
    basket: Callable[[list[Wish]], dict[str, Any]]


def handed_over(counter: Counter, book: Book, date: dt.date, at: int) -> Iterator[tuple[bytes, list[Wish]]]:
    """Sell the orders that are due: fact and what left the shelf. For a few somebody comes late."""
    for one in [one for one in book.waiting if one.is_due(date)]:
        at += 90 * SECOND_MS
        # The first thing comes a day before the others.
        until = 1 if one.is_parted and not one.handed else len(one.wishes)
        here = slice(one.handed, until)
        basket = {**one.body["basket"], "lines": one.body["basket"]["lines"][here]}
        gross = whole(price_document(basket)["gross"])
        deposit = min(one.paid, gross)
        one.paid, one.handed = one.paid - deposit, until
        basket["payments"] = [
            {"method": method, "amount": amount} for method, amount in (("deposit", deposit), ("cash", gross - deposit)) if amount
        ]
        if until == len(one.wishes):
            book.waiting.remove(one)
        extras = Extras(order=one.body["order"], order_part=one.is_parted, buyer=one.body.get("buyer"))
        yield counter.cashier.sell(Visit(counter.cashier.device.ids(at), at), basket, at + 20 * SECOND_MS, extras), one.wishes[here]


def taken(counter: Counter, book: Book, date: dt.date, at: int) -> Iterator[bytes]:
    """Now and then take an order, with its deposit; and say of a repair that it is ready, or that it costs more."""
    rng, cashier = book.rng, counter.cashier
    for one in book.waiting:
        if one.body["kind"] == "repair" and one.by == date + dt.timedelta(days=1) and not rng.randrange(30):
            if one.is_dearer:
                yield _dearer(counter, rng, one, at)
                at += SECOND_MS
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
    details = _said(counter, rng, at) if kind == "repair" else None
    book.texts += [details] if details is not None else []
    data = cashier.order(visit, Ordered(kind, by.isoformat(), buyer=buyer, details=details), counter.basket(wishes), at + 30 * SECOND_MS)
    yield data
    body = json.loads(data)["body"]
    deposit = whole(body["totals"]["gross"]) // SHARE // UNIT * UNIT if kind not in {"repair", "quote"} else 0
    if deposit:
        yield cashier.pay_order(visit, body, [{"method": "cash", "amount": deposit}], [], at + 50 * SECOND_MS)
    is_parted = kind not in {"repair", "quote"} and len(wishes) > 1 and rng.randrange(PARTED_ONE_IN) == 0
    is_dearer = kind == "repair" and rng.randrange(DEARER_ONE_IN) == 0
    book.waiting.append(Open(body, deposit, by, wishes, rng.randrange(12) == 0, is_parted, is_dearer))


def _dearer(counter: Counter, rng: Random, one: Open, at: int) -> bytes:
    """Agree by telephone on more work than was thought."""
    one.is_dearer = False
    one.wishes = [*one.wishes, *_wishes(counter, rng, "repair")]
    data = counter.cashier.reprice_order(one.body["order"], counter.basket(one.wishes), at)
    agreed = json.loads(data)["body"]
    one.body = {**one.body, "basket": agreed["basket"], "totals": agreed["totals"]}
    return data


def _said(counter: Counter, rng: Random, at: int) -> Annex | None:
    """What is to be done, in the words of who brought it."""
    words = counter.rhythm.get("repair_words", [])
    ids = counter.cashier.device.ids
    return Annex(ids(at), ids(at), rng.randbytes(16), rng.choice(words)) if words else None


def _wishes(counter: Counter, rng: Random, kind: str) -> list[Wish]:
    """What is ordered: of a repair, work; of anything else, what people come for."""
    work = counter.rhythm.get("repair_category", "")
    if kind != "repair":
        return [wish for wish in errand(counter.shelves, rng) if wish.ware.category != work]
    wares, _ = counter.shelves.by_category[work]
    ware = rng.choice(wares)
    return [Wish(ware, quantity_of(ware, rng))]
