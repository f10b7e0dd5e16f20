"""What buyers owe, and what the shop owes them, in money and in points (contracts/README.md, "Buyers" and "Points"; docs/adr/0016, 0028)."""

from collections import defaultdict
from typing import Any

from tests.histories.model import points
from tests.histories.model.facts import Fact, Ledger, money
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
        self._lapses = Lapses()

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
            {"fiado": self.fiado, "credit": self.credit, "points": self.points}[told["account"]][told["buyer"]] += told["amount"]
            if told["account"] == "points":
                self._lapses.moved(told["buyer"], told["now"], told["amount"])
        elif what == "scheme":
            self._lapses.said(told["terms"])
        elif what in {"settle", "lapse"}:
            for buyer, ran_out in self._lapses.look(told["now"]).items():
                self.points[buyer] += ran_out
        elif what in {"limit", "buyer"}:
            self.limits[told["buyer"]] = told["limit"]

    def balance(self, buyer: str) -> list[int]:
        """Return what they owe, and are owed in money and in points."""
        return [self.fiado.get(buyer, 0), self.credit.get(buyer, 0), self.points.get(buyer, 0)]

    @property
    def known(self) -> set[str]:
        """Whoever has an account that moved."""
        return self.fiado.keys() | self.credit.keys() | self.points.keys()

    def expected(self) -> Json:
        moved = sorted(self.known)
        # Payments go to the oldest ticket; what is paid beyond all of them pays those to come. So what is open is what is owed.
        still_open = {one: self.fiado[one] for one in moved if self.fiado.get(one, 0) > 0}
        return {"accounts": {one: self.balance(one) for one in moved if any(self.balance(one))}, "open": still_open}

    def overdrafts(self) -> Json:
        return {"beyond": sorted(one for one in self.known if self._is_beyond(one))}

    def _is_beyond(self, buyer: str) -> bool:
        owes, credit, points = self.balance(buyer)
        return owes > self.limits.get(buyer, 0) or credit < 0 or points < 0
