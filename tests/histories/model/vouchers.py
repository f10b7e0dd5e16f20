"""Vouchers that were taken (contracts/README.md, "Vouchers"; docs/adr/0029): what they are worth beyond the ticket went somewhere, and no number pays twice unseen."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


def slips(fact: Fact) -> Iterator[tuple[str, Json]]:
    """Yield kind and slip of each voucher that paid a sale."""
    for row in fact.body["basket"]["payments"] if fact.kind == "sale.recorded" else ():
        for slip in row["voucher"]["slips"] if "voucher" in row else ():
            yield row["voucher"]["kind"], slip


class Vouchers(Ledger):
    """How many of each kind came in, and what they are worth; which numbers came more than once."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self._numbers: dict[str, int] = defaultdict(int)

    def take(self, fact: Fact) -> None:
        for kind, slip in slips(fact):
            self._taken[kind][0] += 1
            self._taken[kind][1] += slip["value"]
            if "number" in slip:
                self._numbers[f"{kind} {slip['number']}"] += 1

    def expected(self) -> Json:
        return {"vouchers": {"taken": dict(self._taken), "twice": sorted(name for name, times in self._numbers.items() if times > 1)}}
