"""What happens seldom in the demo, one act after the other: goods whose number is asked, gift tickets, a return without a ticket, store credit given and spent.

Amounts: int minor units. A lot of its own, so that nothing else in the demo moves.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mostrador.config.demo.errands import Wish, errand
from mostrador.config.demo.ordering import Counter
from mostrador.config.demo.shop import Shop, Ware, asked_ware
from mostrador.pricing.document import price_document
from mostrador.sync.cashier import Back, Extras, Visit
from mostrador.sync.cashier_rows import whole
from mostrador.sync.device import base64url

SECOND_MS = 1000

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """A fact, what left the shelf by it, and whether it is a visit and a sale of its own."""

    data: bytes
    wishes: Sequence[Wish] = ()
    sales: int = 0
    returns: int = 0


@dataclass(slots=True)
class Seldom:
    """What a shop has done of it, at all of its tills: how often, the gifts that may come back, and what buyers have to their credit."""

    rng: Random
    done: int = 0
    gifts: list[tuple[Json, Wish]] = field(default_factory=list)
    credit: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens: the till's counter, who approves there, and the goods that are asked about, with what is asked."""

    counter: Counter
    manager: str
    asked: Sequence[tuple[Ware, str]]

    def begin(self, at: int) -> Visit:
        """Begin a visit."""
        return Visit(self.counter.cashier.device.ids(at), at)


def asked_goods(shop: Shop) -> tuple[tuple[Ware, str], ...]:
    """Return the goods of which the till asks a number when they are sold: `serial` or `lot`."""
    return tuple((asked_ware(row), row["trace"]) for row in shop.rows("asked") if "trace" in row)


def now_and_then(place: Place, seldom: Seldom, at: int) -> Iterator[Done]:
    """Mostly nothing; else the next act in turn, if it can be done now."""
    if seldom.rng.randrange(whole(place.counter.rhythm["seldom_one_in"])):
        return
    act = (_traced, _gift, _without_ticket, _gift_back, _by_credit)[seldom.done % 5]
    seldom.done += 1
    yield from act(place, seldom, at)


def _traced(place: Place, seldom: Seldom, at: int) -> Iterator[Done]:
    """Goods are sold by their serial number, or by their lot and its date."""
    ware, trace = seldom.rng.choice(place.asked)
    wish = Wish(ware, 1000)
    basket = place.counter.basket([wish])
    number = f"{seldom.rng.randrange(10**6):06d}"
    basket["lines"][0] |= {"serial": f"SN{number}"} if trace == "serial" else {"lot": f"L{number}", "expires": "2027-12-31"}
    yield Done(_sold(place, basket, at), [wish], sales=1)


def _gift(place: Place, seldom: Seldom, at: int) -> Iterator[Done]:
    """A present: a second paper goes with it, on which no price stands."""
    [wish, *_] = errand(place.counter.shelves, seldom.rng)
    data = _sold(place, place.counter.basket([wish]), at)
    body: Json = json.loads(data)["body"]
    yield Done(data, [wish], sales=1)
    secret = base64url(seldom.rng.randbytes(16))
    token = {"kind": "gift", "hash": hashlib.sha256(secret.encode()).hexdigest()}
    yield Done(place.counter.cashier.reprint(body["sale"], at + 30 * SECOND_MS, [token]))
    seldom.gifts.append((body, wish))


def _without_ticket(place: Place, seldom: Seldom, at: int) -> Iterator[Done]:
    """Goods come back without their ticket: somebody else says yes, and they are worth what they cost now."""
    [wish, *_] = errand(place.counter.shelves, seldom.rng)
    basket = place.counter.basket([Wish(wish.ware, 1000)])
    line, priced = basket["lines"][0], _priced(basket)["lines"][0]
    cashier = place.counter.cashier
    if priced["gross"] > cashier.figures.expected()["cash"] or not priced["gross"]:
        return
    approval, data = cashier.approve(place.manager, "return", priced["gross"], "without_ticket", at)
    yield Done(data)
    back = Back(
        [_line_back(line, priced, None)], [{"method": "cash", "amount": priced["gross"]}], basket["currency"], approvals=(approval,)
    )
    yield Done(cashier.take_back(place.begin(at), back, at + 30 * SECOND_MS), [Wish(wish.ware, -1000)], returns=1)


def _gift_back(place: Place, seldom: Seldom, at: int) -> Iterator[Done]:
    """A present comes back with its gift ticket: whoever brings it has what it cost to their credit."""
    if not seldom.gifts or not place.counter.buyers:
        return
    sale, wish = seldom.gifts.pop(0)
    buyer = seldom.rng.choice(place.counter.buyers)
    line, priced = sale["basket"]["lines"][0], sale["totals"]["lines"][0]
    refunds = [{"method": "credit", "amount": priced["gross"]}]
    back = Back([_line_back(line, priced, 0)], refunds, sale["basket"]["currency"], sale, buyer=buyer, paper="gift")
    yield Done(place.counter.cashier.take_back(place.begin(at), back, at + 30 * SECOND_MS), [Wish(wish.ware, -line["quantity"])], returns=1)
    seldom.credit[buyer] = seldom.credit.get(buyer, 0) + priced["gross"]


def _by_credit(place: Place, seldom: Seldom, at: int) -> Iterator[Done]:
    """Somebody buys with what they have to their credit, and pays the rest in cash."""
    buyer = next((name for name, left in seldom.credit.items() if left), None)
    if buyer is None:
        return
    wishes = errand(place.counter.shelves, seldom.rng)
    basket = place.counter.basket(wishes)
    due = whole(_priced(basket)["due"])
    spent = min(seldom.credit[buyer], due)
    seldom.credit[buyer] -= spent
    basket["payments"] = [{"method": "credit", "amount": spent}]
    yield Done(_sold(place, basket, at, Extras(buyer=buyer)), wishes, sales=1)


def _sold(place: Place, basket: Json, at: int, extras: Extras = Extras()) -> bytes:  # noqa: B008  # frozen
    """Sell a basket, what is not paid yet in cash, exactly."""
    missing = whole(_priced(basket)["missing"])
    if missing:
        basket["payments"] = [*basket["payments"], {"method": "cash", "amount": missing}]
    return place.counter.cashier.sell(place.begin(at), basket, at + 20 * SECOND_MS, extras)


def _priced(basket: Json) -> Json:
    totals: Any = price_document(basket)
    return dict(totals)


def _line_back(line: Mapping[str, Any], priced: Mapping[str, Any], n: int | None) -> Json:
    """All of a line, as good as new."""
    sold = {"quantity": line["quantity"], "gross": priced["gross"], "taxes": priced["taxes"]}
    return {
        "id": line["id"], "quantity": line["quantity"], "sold": sold, "before": None, "line": n, "reason": "not_needed", "goods": "shelf",
        "product_id": line["product_id"], "name": line["name"], "unit": line["unit"],
    }  # fmt: skip
