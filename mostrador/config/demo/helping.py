"""What visitors of the demo came for: the needs that its shop has words for, and how they are written down at a till now and then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mostrador.catalogue.terms import Pick
from mostrador.kernel.actor import Actor
from mostrador.sync.cashier import Cashier, Visit
from mostrador.trust import need_chips

SECOND_MS = 1000


@dataclass(slots=True)
class Ear:
    """What is heard at a till; a lot of its own, so that nothing else in the demo moves. `needs`: (chip, how often it comes up)."""

    rng: Random
    needs: Sequence[tuple[str, int]] = ()

    def hears(self, cashier: Cashier, visit: Visit, at: int, percent: int) -> Iterator[bytes]:
        """Write down what somebody came for; mostly nobody says, and now and then the wrong chip is taken back."""
        if not self.needs or self.rng.randrange(1000) >= percent * 10:
            return
        chips, weights = zip(*self.needs, strict=True)
        [chip] = self.rng.choices(chips, weights)
        if not self.rng.randrange(30):
            yield _need(cashier, visit, self.rng.choice(chips), at)
            yield cashier.device.fact("record.undone", {"record": cashier.device.last_id}, at + 2 * SECOND_MS, staff=cashier.staff)
        yield _need(cashier, visit, chip, at + 4 * SECOND_MS)


def _need(cashier: Cashier, visit: Visit, chip: str, at: int) -> bytes:
    body = {"shift": cashier.shift, "chip": chip, "origin": "buyer_said"}
    return cashier.device.fact("need.stated", body, at, visit.document(), cashier.staff)


def add_needs(actor: Actor, rows: Sequence[Mapping[str, Any]], categories: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Say what people come for, and by goods of which categories it may be solved; return each with how often it comes up."""
    return tuple(
        (
            str(
                need_chips.add_chip(
                    actor,
                    says=need_chips.Saying(row["name"], Pick(categories=tuple(str(categories[name]) for name in row["categories"]))),
                )
            ),
            row["often"],
        )
        for row in rows
    )
