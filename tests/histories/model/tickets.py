"""Open tickets that wait (ruling 32, docs/adr/0024): one till holds each at any moment, the others of the store see it, and a sold one never opens again."""

from collections.abc import Iterator
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


class Tickets(Ledger):
    """Every ticket that waits: its lines and what it came to when it was parked last."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, list[int]] = {}
        self._ended: set[str] = set()
        self._either: set[str] = set()
        self.counted: set[str] = set()

    def take(self, fact: Fact) -> None:
        if fact.kind == "sale.recorded":
            self.counted.add(fact.body["sale"])

    def hear(self, event: Json) -> None:
        """Take in that somebody parked one or let it go; or that a disk was lost, with what waited on it, and with the memory of what had ended there."""
        if event["what"] == "lost":
            self._either |= self._waiting.keys() | self._ended
        elif event["what"] == "dropped":
            self._end(event["ticket"])
        elif event["ticket"] not in self._ended:
            self._waiting[event["ticket"]] = [event["lines"], event["total"]]
            self._either.discard(event["ticket"])

    def _end(self, ticket: str) -> None:
        self._ended.add(ticket)
        self._waiting.pop(ticket, None)

    def wrong(self, views: list[Json], sold: set[str]) -> Iterator[str]:
        """Yield where what the tills show is not one till that holds each ticket, and others that know of it. `sold`: a sale bears the id of its ticket."""
        for ticket in sold:
            self._end(ticket)
        for ticket, said in self._waiting.items():
            holders = [view for view in views if ticket in view["waiting"]]
            if len(holders) != 1:
                if holders or ticket not in self._either:
                    yield f"ticket {ticket} waits at {[view['till'] for view in holders]}"
            elif ticket not in self._either:
                yield from _of_holder(ticket, said, holders[0], views)
        for view in views:
            strangers = (view["waiting"].keys() | view["elsewhere"].keys()) - self._waiting.keys() - (self._either - self.counted)
            if strangers:
                yield f"{view['till']} shows tickets that wait nowhere: {sorted(strangers)}"


def _of_holder(ticket: str, said: list[int], holder: Json, views: list[Json]) -> Iterator[str]:
    """The till that holds a ticket has it as it was parked, and every other shows it so."""
    if holder["waiting"][ticket] != said:
        yield f"ticket {ticket} is {holder['waiting'][ticket]} where it waits, not {said}"
    for view in views:
        shows = view["elsewhere"].get(ticket)
        if shows != (None if view is holder else said):
            yield f"{view['till']} shows ticket {ticket} of {holder['till']} as {shows}, not {said}"
