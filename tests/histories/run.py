"""Runs many histories and stops at the first that does not hold."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.histories.judge import differences
from tests.histories.model import Model
from tests.histories.player import Player
from tests.histories.server import Server

type Json = dict[str, Any]

EACH = 20  # histories of one shop: its days go on, and what was sold in one comes back in another
TOGETHER = 4  # shops that are played side by side


@dataclass(frozen=True, slots=True)
class Failure:
    """A history that does not hold: the shop's seed, what was played there so far, and what is wrong."""

    seed: int
    plans: list[Json]
    words: list[str]
    wrong: list[str]


@dataclass(slots=True)
class Shop:
    """What is known of a shop that is being played."""

    seed: int
    model: Model = field(default_factory=Model)
    plans: list[Json] = field(default_factory=list)

    def judge(self, played: Json) -> Failure | None:
        """Take in a history that was played; None when it holds."""
        self.plans.append(played["plan"])
        if "fault" in played:
            return Failure(self.seed, self.plans, [], [played["fault"]])
        self.model.begin_history()
        for event in played["story"]:
            self.model.hear(event)
        wrong = differences(self.model, played["books"], played)
        return Failure(self.seed, self.plans, played["words"], wrong) if wrong else None


def seed_of(run: int, shop: int) -> int:
    """Return the seed of a shop of a run."""
    return Random(f"{run}:{shop}").getrandbits(31)


def drawn(seed: int, count: int) -> list[int]:
    """Return the seeds of a shop's histories."""
    random = Random(seed)
    return [random.getrandbits(31) for _ in range(count)]


def run(server: Server, player: Player, count: int, seed: int, each: Callable[[], None] = lambda: None) -> Failure | None:
    """Play so many histories; None when all of them hold. `each` is told of every one that does."""
    shops: dict[int, Shop] = {}
    sizes = [min(EACH, count - start) for start in range(0, count, EACH)]

    def begin() -> None:
        if len(shops) < len(sizes):
            n = len(shops)
            shops[n] = Shop(seed_of(seed, n))
            player.order(n, server.address, shops[n].seed, drawn(shops[n].seed, sizes[n]))

    for _ in range(min(TOGETHER, len(sizes))):
        begin()
    ended = 0
    for said in player.said():
        if "ended" in said:
            ended += 1
            begin()
            if ended == len(sizes):
                return None
            continue
        failure = shops[said["shop"]].judge(said)
        if failure is not None:
            return failure
        each()
    return None


def again(server: Server, player: Player, seed: int, plans: list[Json]) -> Failure | None:
    """Play these plans in a fresh shop of this seed."""
    shop = Shop(seed)
    player.order(-1, server.address, seed, plans)
    failure = None
    for said in player.said():
        if "ended" in said:
            return failure
        failure = failure or shop.judge(said)
    return failure
