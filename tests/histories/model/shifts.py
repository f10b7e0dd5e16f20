"""The money of shifts, as it was received, and the Z of each as its till had to write it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.histories.model.facts import Fact, Ledger, money
from tests.histories.model.journals import Journals
from tests.histories.model.vouchers import slips

type Json = dict[str, Any]
NOWHERE = ("exchange", "fiado", "credit", "deposit", "gift_card", "points", "surplus")  # nothing of them lies in a drawer or a terminal


class Shifts(Ledger):
    """What arrived of each shift, by code; visits are closed once, however often it is said."""

    def __init__(self) -> None:
        super().__init__()
        self.totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._opened: set[str] = set()
        self._closings: dict[str, Json] = {}
        self._ended: set[str] = set()

    def take(self, fact: Fact) -> None:
        if fact.kind == "visit.closed":
            if fact.visit in self._ended:
                return
            self._ended.add(fact.visit)
        if fact.kind == "shift.opened":
            self._opened.add(fact.body["shift"])
        if fact.kind == "shift.closed":
            self._closings[fact.body["shift"]] = fact.body["figures"]
        if "shift" in fact.body:
            add(self.totals[fact.body["shift"]], fact)

    def is_closed(self, shift: str) -> bool:
        """Whether its Z has come."""
        return shift in self._closings

    def expected(self) -> Json:
        totals = {shift: {code: amount for code, amount in rows.items() if amount} for shift, rows in self.totals.items()}
        cash = {shift: in_drawer(self.totals[shift]) for shift in self._opened}
        missing = {shift: self._missing(shift, figures) for shift, figures in self._closings.items() if shift in self._opened}
        return {"shifts": {"totals": {shift: rows for shift, rows in totals.items() if rows}, "cash": cash, "missing": missing}}

    def _missing(self, shift: str, figures: Json) -> int:
        """What the Z tells of and did not arrive: in all, else in sales alone, else of what was paid on account, for orders or onto gift cards."""
        totals = self.totals[shift]
        sold = figures["gross"] - totals["gross"]
        back = (figures.get("returned") or {"gross": 0})["gross"] - totals["back_gross"]
        paid = (figures.get("accounts") or {"amount": 0})["amount"] - totals["account_paid"]
        orders = figures.get("orders") or {"paid": 0, "back": 0}
        deposits = orders["paid"] - totals["order_paid"] or totals["order_back"] - orders["back"]
        cards = figures.get("gift_cards") or {"amount": 0, "back": 0}
        loaded = cards["amount"] - totals["gift_cards_sold"] or totals["gift_cards_back"] - cards["back"]
        return int(sold - back or sold or paid or deposits or loaded)


class Closings(Ledger):
    """Each Z tells what stands before it in its own chain; number and running total go on."""

    def __init__(self, journals: Journals) -> None:
        super().__init__()
        self._journals = journals
        self._closings: dict[str, list[Any]] = {}

    def take(self, fact: Fact) -> None:
        if fact.kind != "shift.closed":
            return
        body = fact.body
        amounts = {name: {row["method"]: row["amount"] for row in body[name]} for name in ("expected", "counted", "difference")}
        self._closings[body["shift"]] = [body["z"], body["perpetual"], amounts["expected"], amounts["difference"], body["figures"]["gross"]]
        self._look(fact, amounts)

    def _look(self, fact: Fact, amounts: Json) -> None:
        body, chain = fact.body, self._journals.before(fact)
        said, told = f"Z {body['z']} of {fact.journal[-6:]}", list(_since_opened(chain, body["shift"]))
        if body["z"] != 1 + sum(one.kind == "shift.closed" for one in chain):
            self.faults.append(f"{said}: its number")
        if body["perpetual"] != sum(one.body["totals"]["gross"] for one in chain if one.kind == "sale.recorded"):
            self.faults.append(f"{said}: its running total")
        if any(amounts["counted"][name] - amounts["expected"].get(name, 0) != less for name, less in amounts["difference"].items()):
            self.faults.append(f"{said}: its differences")
        if told and told[0].kind == "shift.opened":  # else it began in a journal before this one
            self.faults += [f"{said}: {fault}" for fault in unlike(shown(told), amounts["expected"], body["figures"])]

    def expected(self) -> Json:
        return {"closings": dict(self._closings)}


def add(totals: dict[str, int], fact: Fact) -> None:
    """Add what a fact of a shift brings to its totals."""
    body, kind = fact.body, fact.kind
    _add_cards(totals, fact)
    totals["vouchers"] += sum(1 for _ in slips(fact))
    for method, amount in money(fact):
        totals[f"pay:{method}"] += amount
    if kind == "shift.opened":
        totals["float"] += body["float"]
    elif kind == "sale.recorded":
        found = body["totals"]
        off = found["discount"] + (found.get("savings") or 0)
        for code, amount in (("sales", 1), ("gross", found["gross"]), ("net", found["net"]), ("discount", off), ("tips", found["tip"])):
            totals[code] += amount
        totals["rounding"] += found["rounding"]
    elif kind == "return.recorded":
        totals["returns"] += 1
        for code in ("gross", "net", "rounding"):
            totals[f"back_{code}"] += body["totals"][code]
        for method, amount in money(fact):
            totals[f"back:{method}"] -= amount
    elif kind == "account.paid":
        totals["account_payments"] += 1
        totals["account_paid"] += body["amount"]
    elif kind.startswith("order."):
        _add_order(totals, kind, body)
    elif kind == "cash.moved":
        totals[f"cash_{body['direction']}"] += body["amount"]
    elif kind in {"drawer.opened", "visit.closed"}:
        totals["drawer" if kind == "drawer.opened" else "visits"] += 1


def _add_order(totals: dict[str, int], kind: str, body: Json) -> None:
    if kind == "order.opened":
        totals["orders"] += 1
    elif kind == "order.paid":
        totals["order_payments"] += 1
        totals["order_paid"] += body["amount"]
    elif kind == "order.closed":
        totals["order_kept"] += body["kept"]["amount"]
        totals["order_back"] += sum(refund["amount"] for refund in body["refunds"])


def _add_cards(totals: dict[str, int], fact: Fact) -> None:
    """Money put on gift cards, and given out for them, stands by itself."""
    for load in fact.body["basket"].get("gift_cards", ()) if fact.kind == "sale.recorded" else ():
        totals["gift_cards"] += 1
        totals["gift_cards_sold"] += load["amount"]
    if fact.kind == "gift_card.refunded":
        totals["gift_cards_back"] += fact.body["amount"]


def in_drawer(totals: dict[str, int]) -> int:
    """Return the cash that should be there: only cash gives change, and only cash lies in a drawer."""
    return totals["float"] + totals["pay:cash"] + totals["cash_in"] - totals["cash_out"]


def _since_opened(chain: list[Fact], shift: str) -> Iterator[Fact]:
    """Yield the facts of a shift, from where it was opened."""
    is_open = False
    for fact in chain:
        is_open = is_open or (fact.kind == "shift.opened" and fact.body["shift"] == shift)
        if is_open and fact.body.get("shift") == shift:
            yield fact


def shown(facts: Iterable[Fact]) -> dict[str, int]:
    """Return what the facts of a shift come to."""
    totals: dict[str, int] = defaultdict(int)
    for fact in facts:
        add(totals, fact)
    return totals


def unlike(totals: dict[str, int], expected: dict[str, int], figures: Json) -> Iterator[str]:
    """Yield what a Z, or a look at the open shift, tells otherwise."""
    payments = (
        figures["payments"] if isinstance(figures["payments"], dict) else {row["method"]: row["amount"] for row in figures["payments"]}
    )
    by_method = {code[4:]: amount for code, amount in totals.items() if code.startswith("pay:")}
    if figures["gross"] != totals["gross"]:
        yield f"gross {figures['gross']}, not {totals['gross']}"
    if {name: amount for name, amount in payments.items() if amount} != {name: amount for name, amount in by_method.items() if amount}:
        yield f"payments {payments}, not {by_method}"
    due = {name: amount for name, amount in by_method.items() if name not in NOWHERE} | {"cash": in_drawer(totals)}
    if {name: amount for name, amount in expected.items() if amount} != {name: amount for name, amount in due.items() if amount}:
        yield f"expected {expected}, not {due}"
