"""What visitors of the demo came for, and what they were told: the needs and other places of its shop, and how they are written down at a till now and then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from mostrador.catalogue.models import Product
from mostrador.catalogue.terms import Pick
from mostrador.kernel.actor import Actor
from mostrador.sync.cashier import Cashier, Visit
from mostrador.trust import incentives, need_chips, places

SECOND_MS = 1000
ADVISED_PERCENT = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """A need: how often it comes up, and a few goods that do the job, the cheapest first."""

    chip: str
    often: int
    goods: tuple[str, ...]


@dataclass(slots=True)
class Ear:
    """What is heard and said at a till; a lot of its own, so that nothing else in the demo moves. `elsewhere`: places to send somebody to, and why."""

    rng: Random
    needs: Sequence[Heard] = ()
    elsewhere: Sequence[tuple[str, str]] = ()

    def hears(self, cashier: Cashier, visit: Visit, at: int, percent: int) -> Iterator[bytes]:
        """Write down what somebody came for; mostly nobody says, and now and then the wrong chip is taken back."""
        if not self.needs or self.rng.randrange(1000) >= percent * 10:
            return
        [need] = self.rng.choices(self.needs, [one.often for one in self.needs])
        if not self.rng.randrange(30):
            yield _need(cashier, visit, self.rng.choice(self.needs).chip, at)
            yield cashier.device.fact("record.undone", {"record": cashier.device.last_id}, at + 2 * SECOND_MS, staff=cashier.staff)
        yield _need(cashier, visit, need.chip, at + 4 * SECOND_MS)
        if self.rng.randrange(100) < ADVISED_PERCENT:
            yield _advice(cashier, visit, {"need": cashier.device.last_id, **self._told(need)}, at + 9 * SECOND_MS)

    def _told(self, need: Heard) -> dict[str, object]:
        """What serves them best: what the shop lacks is elsewhere, and of what it has mostly the cheapest."""
        if not need.goods and self.elsewhere:
            place, why = self.rng.choice(self.elsewhere)
            return {"kind": "other_shop", "reason": why, "target": place, "eligible": [], "inputs": []}
        if not need.goods or not self.rng.randrange(5):
            kind, reason = self.rng.choice(
                [
                    ("no_purchase", "already_owned"),
                    ("wait", "restock_soon"),
                    ("repair", "repairable"),
                    ("use_what_you_have", "already_owned"),
                ]
            )
            return {"kind": kind, "reason": reason, "eligible": [], "inputs": []}
        is_cheapest = self.rng.randrange(4) > 0
        target = need.goods[0] if is_cheapest else self.rng.choice(need.goods)
        return {
            "kind": "own_cheaper" if is_cheapest else "own", "reason": "same_job_cheaper" if is_cheapest else "fits_need", "target": target,
            "eligible": list(need.goods), "inputs": ["need", "price", "in_reach", "returns"],
        }  # fmt: skip


def _need(cashier: Cashier, visit: Visit, chip: str, at: int) -> bytes:
    body = {"shift": cashier.shift, "chip": chip, "origin": "buyer_said"}
    return cashier.device.fact("need.stated", body, at, visit.document(), cashier.staff)


def _advice(cashier: Cashier, visit: Visit, said: Mapping[str, object], at: int) -> bytes:
    return cashier.device.fact("recommendation.made", {"shift": cashier.shift, "ranker": 1, **said}, at, visit.document(), cashier.staff)


def add_needs(actor: Actor, rows: Sequence[Mapping[str, Any]], categories: Mapping[str, Any]) -> tuple[Heard, ...]:
    """Say what people come for, and by goods of which categories it may be solved; return each with how often it comes up."""
    heard = []
    for row in rows:
        ids = [categories[name] for name in row["categories"]]
        chip = need_chips.add_chip(actor, says=need_chips.Saying(row["name"], Pick(categories=tuple(str(one) for one in ids))))
        goods = Product.objects.filter(category_id__in=ids, price__gt=0).order_by("price", "id").values_list("id", flat=True)[:5]
        heard.append(Heard(str(chip), row["often"], tuple(str(one) for one in goods)))
    return tuple(heard)


def add_elsewhere(actor: Actor, rows: Sequence[Mapping[str, Any]], today: date) -> tuple[tuple[str, str], ...]:
    """Say where else somebody is well served; return each place and why it is recommended."""
    return tuple((str(places.propose(actor, facts=places.Facts(**row), today=today)), row["why"]) for row in rows)


def add_incentives(actor: Actor, rows: Sequence[Mapping[str, Any]], products: Mapping[str, Any]) -> None:
    """Say what suppliers give."""
    for row in rows:
        incentives.add(actor, product_id=products[row["sku"]], says=row["says"])
