"""What is settled later (docs/algorithms/orders.md): what was paid of each order, what of that was used, how it stands, and what stands aside for it."""

import datetime as dt
from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]
ASIDE = ("layaway", "delivery")  # goods of these stand aside until the order ends
GRACE = {"layaway": 7, "quote": 0}  # days after its day at which it ends by itself, as the owner's terms are when nobody changed them
ZONE = dt.timedelta(hours=6)  # Mexico City is so far behind UTC
TOLD_MS = 7 * 86_400_000  # so long tills know of an order that has ended


class Orders(Ledger):
    """An order is folded from what was said of it, in whatever order it was heard, and from when the clock ended it."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[str, Json] = {}
        self._paid: dict[str, int] = defaultdict(int)
        self._used: dict[str, int] = defaultdict(int)
        self._sales: dict[str, list[tuple[int, dict[str, int] | None]]] = defaultdict(list)  # when, and what of each line; None: all of it
        self._ends: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._days: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._prices: dict[str, list[tuple[int, str, Json]]] = defaultdict(list)
        self._lapsed: dict[tuple[str, str], int] = {}
        self._now = 0

    def take(self, fact: Fact) -> None:
        body = fact.body
        if not fact.kind.startswith("order.") and fact.kind != "sale.recorded":
            return
        order = str(body.get("order"))
        said = (int(fact.document["at"]), fact.id)
        if fact.kind == "order.opened":
            self._opened[order] = body
        elif fact.kind == "order.paid":
            self._paid[order] += body["amount"]
            shared = sum(share["net"] + sum(tax["amount"] for tax in share["taxes"]) for share in body["shares"])
            if shared != body["amount"]:
                self.faults.append(f"a deposit of {body['amount']} is shared out as {shared}")
        elif fact.kind == "order.closed":
            self._used[order] += body["kept"]["amount"] + sum(refund["amount"] for refund in body["refunds"])
            if body["outcome"] != "settled":
                self._ends[order].append((*said, body["outcome"]))
        elif fact.kind == "order.changed" and body["due"] is not None:
            self._days[order].append((*said, body["due"]["by"]))
        elif fact.kind == "order.repriced":
            self._prices[order].append((*said, body))
        elif fact.kind == "sale.recorded" and "order" in body:
            lines = {line["id"]: line["quantity"] for line in body["basket"]["lines"]} if body.get("order_part") else None
            self._sales[order].append((said[0], lines))
            self._used[order] += sum(row["amount"] for row in body["basket"]["payments"] if row["method"] == "deposit")

    def office(self, what: str, told: Json) -> None:
        """The worker looks at the clock: what is over its day and the grace, and still waits, ends by itself."""
        self._now = told["now"] if what in {"settle", "lapse"} else self._now
        if what == "settle":
            for order, body in self._opened.items():
                if body["kind"] in GRACE and self.state(order) == "waits" and self._over_at(order) <= told["now"]:
                    self._lapsed[order, self._day(order)] = told["now"]

    def _over_at(self, order: str) -> int:
        day = dt.date.fromisoformat(self._day(order)) + dt.timedelta(days=GRACE[self._opened[order]["kind"]] + 1)
        return int((dt.datetime.combine(day, dt.time(), dt.UTC) + ZONE).timestamp() * 1000)

    def _day(self, order: str) -> str:
        """The day agreed last."""
        return max(self._days[order])[2] if self._days[order] else str(self._opened[order]["due"]["by"])

    def _lines(self, order: str) -> list[Json]:
        """What it holds, as agreed last."""
        lines: list[Json] = self._agreed(order)["basket"]["lines"]
        return lines

    def _agreed(self, order: str) -> Json:
        """The fact that said its price last."""
        return max(self._prices[order], key=lambda said: said[:2])[2] if self._prices[order] else self._opened[order]

    def _gross(self, order: str) -> int:
        return int(self._agreed(order)["totals"]["gross"])

    def _handed(self, order: str) -> dict[str, int]:
        """What was handed over in parts, by line."""
        handed: dict[str, int] = defaultdict(int)
        for _, lines in self._sales[order]:
            for line, quantity in (lines or {}).items():
                handed[line] += quantity
        return handed

    def state(self, order: str) -> str:
        """How it stands: what was handed over whole was delivered, whatever else was said of it."""
        handed = self._handed(order)
        whole = any(lines is None for _, lines in self._sales[order])
        if whole or (handed and all(handed[line["id"]] >= line["quantity"] for line in self._lines(order))):
            return "delivered"
        if self._ends[order]:
            return min(self._ends[order])[2]
        return "expired" if (order, self._day(order)) in self._lapsed else "waits"

    def _owed(self, order: str) -> int:
        """What is to go back to the buyer of an order that ended: where nobody came, less what its paper says is kept."""
        unspent = max(0, self._paid[order] - self._used[order])
        state = self.state(order)
        if state == "waits":
            return 0
        return unspent - ((unspent * self._opened[order]["kept_share"] + 500_000) // 1_000_000 if state == "expired" else 0)

    def _stands_aside(self, order: str) -> dict[str, int]:
        aside: dict[str, int] = defaultdict(int)
        handed = self._handed(order)
        for line in self._lines(order):
            gone = min(line["quantity"], handed[line["id"]])
            for one in line.get("components") or ():
                aside[one["product_id"]] += one["quantity"] - (one["quantity"] * gone * 2 + line["quantity"]) // (line["quantity"] * 2)
            if not line.get("components"):
                aside[line["product_id"]] += line["quantity"] - gone
        return aside

    def expected(self) -> Json:
        aside: dict[str, int] = defaultdict(int)
        for order, body in self._opened.items():
            if body["kind"] in ASIDE and self.state(order) == "waits":
                for product, quantity in self._stands_aside(order).items():
                    aside[product] += quantity
        return {
            "orders": {order: [self._paid[order], self._used[order], self.state(order), self._gross(order)] for order in self._opened},
            "owing": {order: self._owed(order) for order in self._opened if self._owed(order)},
            "aside": {product: quantity for product, quantity in aside.items() if quantity},
        }

    def shown(self, order: str) -> list[Any]:
        """What a till shows of it."""
        return [self._paid[order], self.state(order), self._gross(order)]

    def may_be_forgotten(self, order: str) -> bool:
        """Whether tills need not know of it any more: it ended more than a week ago, and nothing is to go back."""
        ended = [at for at, _ in self._sales[order]] + [at for at, _, _ in self._ends[order]]
        ended += [at for (name, _), at in self._lapsed.items() if name == order]
        return self.state(order) != "waits" and not self._owed(order) and max(ended) <= self._now - TOLD_MS

    @property
    def known(self) -> list[str]:
        """Every order that was opened."""
        return list(self._opened)

    def _is_doubled(self, order: str) -> bool:
        """Whether more was handed over than was ordered, or after the clock had ended it."""
        sales, handed = self._sales[order], self._handed(order)
        wanted = {line["id"]: line["quantity"] for line in self._lines(order)}
        whole = any(lines is None for _, lines in sales) and len(sales) > 1
        lapsed = self._lapsed.get((order, self._day(order)))
        late = lapsed is not None and any(at > lapsed for at, _ in sales)
        return whole or late or any(quantity > wanted.get(line, 0) for line, quantity in handed.items())

    def overdrafts(self) -> Json:
        return {"orders": sorted(order for order in self._opened if self._used[order] > self._paid[order] or self._is_doubled(order))}
