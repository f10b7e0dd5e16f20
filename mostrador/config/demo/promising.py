"""What the demo's shops promised over two months: nine of ten kept in time, a few late, a few moved with the buyer told, let go of, or never kept."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mostrador.config.demo.shop import Shop
from mostrador.kernel.actor import Actor
from mostrador.sync.cashier import Cashier, Visit
from mostrador.trust import promise_chips
from mostrador.trust.honest_date import next_open

SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Word:
    """A chip: the days that it takes at most nine times in ten, and how often it is said."""

    chip: str
    days: int
    often: int
    finds_out: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A promise that waits: what becomes of it, and on which day."""

    promise: str
    due: dt.date
    then: str
    on: dt.date


@dataclass(slots=True)
class Promises:
    """What a till has promised; a lot of its own, so that nothing else in the demo moves."""

    rng: Random
    words: Sequence[Word] = ()
    closed: frozenset[int] = frozenset()
    waiting: list[Given] = field(default_factory=list)

    def makes(self, cashier: Cashier, visit: Visit, at: int, date: dt.date, product: str | None, percent: int) -> Iterator[bytes]:
        """Now and then something is promised in a visit; once in a while by mistake, and taken back at once."""
        if not self.words or self.rng.randrange(1000) >= percent * 10:
            return
        [word] = self.rng.choices(self.words, [word.often for word in self.words])
        if not self.rng.randrange(40):
            yield self._made(cashier, visit, at, word, date)
            yield cashier.device.fact("record.undone", {"record": cashier.device.last_id}, at + 3 * SECOND_MS, staff=cashier.staff)
            self.waiting.pop()
        yield self._made(cashier, visit, at + 5 * SECOND_MS, word, date, product)

    def _made(
        self, cashier: Cashier, visit: Visit, at: int, word: Word, date: dt.date, product: str | None = None
    ) -> bytes:  # fmt: skip
        promise = cashier.device.ids(at)
        due = next_open(date + dt.timedelta(days=word.days), self.closed, ())
        body = {"promise": promise, "shift": cashier.shift, "chip": word.chip, "due": due.isoformat()}
        if product is not None:
            body["product"] = product
        self.waiting.append(self._then(promise, date, due))
        return cashier.device.fact("promise.made", body, at, visit.document(), cashier.staff)

    def _then(self, promise: str, date: dt.date, due: dt.date) -> Given:
        lot, days = self.rng.randrange(100), (due - date).days
        if lot < 89:
            return Given(promise, due, "kept", date + dt.timedelta(days=self.rng.randint(max(0, days - 2), days)))
        if lot < 94:
            return Given(promise, due, "kept", due + dt.timedelta(days=self.rng.randint(1, 3)))
        if lot < 96:
            return Given(promise, due, "moved", max(date, due - dt.timedelta(days=1)))
        if lot < 98:
            return Given(promise, due, "released", max(date, due - dt.timedelta(days=1)))
        return Given(promise, due, "kept", due + dt.timedelta(days=20))

    def settles(self, cashier: Cashier, at: int, date: dt.date) -> Iterator[bytes]:
        """One of those whose day has come is kept, moved or let go of at a time."""
        given = next((one for one in self.waiting if one.on <= date), None)
        if given is None or self.rng.randrange(3):
            return
        self.waiting.remove(given)
        body: dict[str, Any] = {"promise": given.promise, "shift": cashier.shift}
        if given.then == "moved":
            due = next_open(given.due + dt.timedelta(days=3), self.closed, ())
            body |= {"due": due.isoformat(), "revision": 0, "told": "phone"}
            self.waiting.append(Given(given.promise, due, "kept", given.due + dt.timedelta(days=2)))
            yield cashier.device.fact("promise.renegotiated", body, at, staff=cashier.staff)
        elif given.then == "released":
            yield cashier.device.fact("promise.released", {**body, "revision": 0}, at, staff=cashier.staff)
        else:
            evidence = self.rng.choice(("done", "told", "handed_over"))
            yield cashier.device.fact("promise.kept", {**body, "evidence": evidence}, at, staff=cashier.staff)


def closed_weekdays(shop: Shop) -> list[int]:
    """Return the weekdays on which a shop has no visits, Monday 0."""
    return [n for n, share in enumerate(shop.about["rhythm"]["weekdays"]) if not share]


def add_words(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> tuple[Word, ...]:
    """Say what the shop promises; return each word with the days that it takes and how often it is said."""
    return tuple(
        Word(
            str(promise_chips.add_chip(actor, says=promise_chips.Saying(row["name"], row["days"], row.get("finds_out", False)))),
            row["days"],
            row["often"],
            row.get("finds_out", False),
        )
        for row in rows
    )
