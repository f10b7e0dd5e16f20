"""What buyers owe, and what the shop owes them, in money and in points (contracts/README.md, "Buyers" and "Points"; docs/adr/0016, 0028, 0035)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.histories.model import points
from tests.histories.model.facts import Fact, Ledger, money
from tests.histories.model.joins import Joins
from tests.histories.model.lapses import Lapses

type Json = dict[str, Any]


MOVING = ("sale.recorded", "return.recorded", "account.paid", "order.closed")


def move(fact: Fact) -> dict[str, int]:
    """Return what a fact does to the accounts of the buyer whom it names."""
    if fact.kind == "account.paid":
        return {"fiado": -fact.body["amount"], "credit": 0, "points": 0}
    found = {"fiado": 0, "credit": 0, "points": points.move(fact)}
    for method, amount in money(fact):
        if method == "fiado":
            found["fiado"] += amount
        elif method == "credit":
            found["credit"] -= amount
    return found


class Accounts(Ledger):
    """Fiado grows with what is sold on it and falls with what is paid or comes back; credit grows with what comes back onto it and falls when it pays; points are earned, spent, taken back and given back.

    `taken`: whose points a return took back, so that they may have fewer than none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fiado: dict[str, int] = defaultdict(int)
        self.credit: dict[str, int] = defaultdict(int)
        self.points: dict[str, int] = defaultdict(int)
        self.taken: set[str] = set()
        self.limits: dict[str, int] = {}
        self.approved: set[str] = set()
        self.by_office: set[str] = set()
        self.unasked: set[str] = set()
        self._approvals: dict[str, str] = {}
        self.joins = Joins()
        self._lapses = Lapses(self.joins)

    def take(self, fact: Fact) -> None:
        if fact.kind == "approval.given":
            self._approvals[fact.id] = fact.body["action"]
        buyer = fact.body.get("buyer")
        if fact.kind not in MOVING or buyer is None:
            return
        moved = move(fact)
        self.fiado[buyer] += moved["fiado"]
        self.credit[buyer] += moved["credit"]
        self.points[buyer] += moved["points"]
        for count in points.moves(fact):
            self._lapses.moved(buyer, fact.document["at"], count)
        if fact.kind == "return.recorded" and moved["points"] < 0:
            self.taken.add(buyer)
        if any(self._approvals.get(name) == "account" for name in fact.body["approvals"]):
            self.approved.add(buyer)

    def office(self, what: str, told: Json) -> None:
        if what in {"entry", "limit"}:
            self.by_office.add(told["buyer"])
        if what == "entry":
            buyer = self.joins.of(told["buyer"])
            {"fiado": self.fiado, "credit": self.credit, "points": self.points}[told["account"]][buyer] += told["amount"]
            if told["account"] == "points":
                self._lapses.moved(buyer, told["now"], told["amount"])
        elif what == "scheme":
            self._lapses.said(told["terms"])
        elif what in {"settle", "lapse"}:
            for buyer, ran_out in self._lapses.look(told["now"]).items():
                self.points[buyer] += ran_out
        elif what in {"limit", "buyer"}:
            self.limits[self.joins.of(told["buyer"])] = told["limit"]
        elif what in {"join", "separate"}:
            self._say(what, told)

    def _say(self, what: str, told: Json) -> None:
        """Two are one from now on, or two again: whichever limit counted, another may count now, and the worker looks what has run out of their points."""
        self.by_office |= {told["other"], told["kept"] if what == "join" else self.joins.of(told["other"])}
        if what == "join":
            self.joins.join(told["other"], told["kept"])
        else:
            self.joins.separate(told["other"])
        self._lapses.joined()

    def balance(self, buyer: str) -> list[int]:
        """Return what they owe, and are owed in money and in points, of people who are one together."""
        return self.balances().get(buyer, [0, 0, 0])

    def balances(self) -> dict[str, list[int]]:
        """The same of whoever has an account that moved; of people who are one by the one that is kept."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for place, account in enumerate((self.fiado, self.credit, self.points)):
            for buyer, amount in account.items():
                found[self.joins.of(buyer)][place] += amount
        return dict(found)

    def together(self, ids: Iterable[str]) -> set[str]:
        """For whom these stand."""
        return {self.joins.of(one) for one in ids}

    def expected(self) -> Json:
        moved = dict(sorted(self.balances().items()))
        # Payments go to the oldest ticket; what is paid beyond all of them pays those to come. So what is open is what is owed.
        still_open = {one: fiado for one, (fiado, _, _) in moved.items() if fiado > 0}
        return {"accounts": {one: balance for one, balance in moved.items() if any(balance)}, "open": still_open}

    def overdrafts(self) -> Json:
        return {"beyond": sorted(one for one, balance in self.balances().items() if self._is_beyond(one, *balance))}

    def _is_beyond(self, buyer: str, owes: int, credit: int, points: int) -> bool:
        return owes > self.limits.get(buyer, 0) or credit < 0 or points < 0
