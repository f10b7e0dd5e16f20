"""The independent model: what must be true of a shop after a history, told from the bytes that reached the server.

Written from `contracts/README.md`, `contracts/facts/`, `docs/algorithms/returns.md`, `docs/algorithms/combos.md`, `docs/algorithms/points.md` and the rulings that the ADRs keep; it imports nothing of `mostrador`
and nothing of the till, and a law sees to it. `Journals` says which facts count; each ledger reads those and says what the books must hold.
"""

from collections.abc import Iterator
from typing import Any

from tests.histories.model.accounts import Accounts, move
from tests.histories.model.cards import GiftCards, named
from tests.histories.model.combos import Combos
from tests.histories.model.coupons import Coupons, used
from tests.histories.model.facts import Fact
from tests.histories.model.goods import Goods
from tests.histories.model.journals import Journals
from tests.histories.model.orders import Orders
from tests.histories.model.papers import Papers
from tests.histories.model.points import Points
from tests.histories.model.returns import Returns
from tests.histories.model.shifts import Closings, Shifts
from tests.histories.model.tickets import Tickets
from tests.histories.model.vouchers import Vouchers

type Json = dict[str, Any]
RESERVED_MS = 600_000


class Model:
    """A shop: `hear` what happened, in the order in which it reached the server; then ask what is `expected`."""

    def __init__(self) -> None:
        self.journals = Journals()
        self.accounts, self.cards, self.shifts, self.orders = Accounts(), GiftCards(), Shifts(), Orders()
        self.tickets, self.coupons = Tickets(), Coupons()
        self._shown: list[Json] = []
        self.listed_before: dict[str, set[str]] = {}
        self.ledgers = (
            self.shifts,
            Closings(self.journals),
            self.accounts,
            self.cards,
            Points(),
            Goods(),
            Papers(),
            Returns(),
            self.orders,
            Combos(),
            Vouchers(),
            self.coupons,
            self.tickets,
        )

    def hear(self, event: Json) -> None:
        """Take in a push that arrived, or what the office wrote."""
        if event["event"] == "push":
            for fact in self.journals.arrive(event["body"]) if event["status"] == 200 else ():
                self._take(fact)
                if abs(event["now"] - fact.document["at"]) > RESERVED_MS:
                    self._came_late(fact)
        elif event["event"] == "shown":
            self._shown.append(event)
        elif event["event"] == "ticket":
            self.tickets.hear(event)
        elif event["event"] == "asked":
            self.coupons.asked(event)
        elif event["event"] == "spent":
            self._spent(event)
        elif event["what"] == "admit":
            for digest in event["admitted"]:
                self._take(self.journals.admit(digest))
            for digest in event["left"]:
                self._leave(digest)
        else:
            for ledger in self.ledgers:
                ledger.office(event["what"], event)

    def _spent(self, event: Json) -> None:
        """A till spent what it could ask nobody about."""
        for name, unasked in (("coupon", self.coupons.unasked), ("card", self.cards.unasked), ("buyer", self.accounts.unasked)):
            if name in event:
                unasked.add(event[name])

    def _came_late(self, fact: Fact) -> None:
        """What was kept for a sale is kept for ten minutes: of what comes later the room may have been given to another."""
        self.cards.unasked |= {card for card, _ in named(fact)}
        self.coupons.unasked |= set(used(fact))
        if fact.body.get("buyer") is not None:
            self.accounts.unasked.add(fact.body["buyer"])

    def _take(self, fact: Fact) -> None:
        if self._is_second(fact):
            self.journals.park(fact, "conflict")
            return
        for ledger in self.ledgers:
            ledger.take(fact)

    def _of_shown(self, event: Json) -> Iterator[str]:
        """A till shows at once what its own fact did to an account, and no more."""
        fact = self.journals.by_id[event["fact"]]
        moves = [after - before for before, after in zip(event["before"], event["after"], strict=True)]
        due = [*move(fact).values()]
        if moves != due:
            yield f"a till showed an account move by {moves} with {fact.kind} {fact.id}, not by {due}"

    def _is_second(self, fact: Fact) -> bool:
        """Whether a shift has its Z already, or a ticket its sale: a till that was put back to what it was may write it again, and a person decides."""
        if fact.kind == "sale.recorded":
            return fact.body["sale"] in self.tickets.counted
        return fact.kind == "shift.closed" and self.shifts.is_closed(fact.body["shift"])

    def _leave(self, digest: str) -> None:
        """A person leaves on record what can become nothing else."""
        fact = self.journals.leave(digest)
        if not self._is_second(fact):
            self.journals.faults.append(f"the office could not let in {fact.kind} {fact.id}")

    def begin_history(self) -> None:
        """Remember what is listed already: a history is told only what it adds."""
        self._shown.clear()
        self.listed_before = {name: set(rows) for name, rows in self.expected()["overdrafts"].items()}

    def expected(self) -> Json:
        """Return what the server's books must say."""
        found: Json = {"journals": self.journals.expected(), "overdrafts": {}}
        for ledger in self.ledgers:
            found |= ledger.expected()
            found["overdrafts"] |= ledger.overdrafts()
        return found

    @property
    def faults(self) -> list[str]:
        """What is wrong with the facts themselves: arithmetic that is not what the contracts say."""
        moved = [fault for event in self._shown if event["fact"] in self.journals.by_id for fault in self._of_shown(event)]
        return [*moved, *self.journals.faults, *(fault for ledger in self.ledgers for fault in ledger.faults)]
