"""Prices of the demo that move: reductions that began some days ago, one of them none, prices that moved before them, and shelves that were not followed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from mostrador.catalogue import promotions
from mostrador.catalogue.terms import Pick, Terms
from mostrador.config.demo.setting_up import Ready
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.pricing.basket import Reward
from mostrador.sync.cashier import Cashier, Visit

READ_OF = 400


@dataclass(slots=True)
class Labels:
    """What shelves say otherwise: product, what they say, what the till asks; now and then somebody reads it. A lot of its own, as `helping.Ear`."""

    rng: Random
    rows: Sequence[tuple[str, int, int]] = ()

    def read(self, cashier: Cashier, visit: Visit, at: int) -> Iterator[bytes]:
        """Write down that a shelf said less."""
        if self.rows and not self.rng.randrange(READ_OF):
            product, shelf, till = self.rng.choice(self.rows)
            body = {"shift": cashier.shift, "product": product, "shelf_price": shelf, "till_price": till}
            yield cashier.device.fact("shelf_price.stated", body, at, visit.document(), cashier.staff)


def moves(ready: Ready, dates: Sequence[dt.date]) -> dict[dt.date, list[tuple[str, int]]]:
    """Return the prices that the description lets move, by day: SKU and price in ten-thousandths."""
    found: dict[dt.date, list[tuple[str, int]]] = {}
    for row in ready.shop.rows("price_moves"):
        if row["days_ago"] < len(dates):
            found.setdefault(dates[-row["days_ago"]], []).append((row["sku"], row["price"]))
    return found


def begin(ready: Ready, evenings: Sequence[dt.datetime]) -> None:
    """Begin the reductions of the description, each on its evening: the sales of those days knew none of them."""
    for row in ready.shop.rows("reductions"):
        if row["days_ago"] >= len(evenings):
            continue
        at = evenings[-row["days_ago"]]
        terms = Terms(
            kind="each", reward=Reward(**row["reward"]), pick=Pick(products=tuple(str(ready.product_id(sku)) for sku in row["skus"])),
            since=clock.to_ms(at),
        )  # fmt: skip
        with scope(ready.actor.organization_id), clock.at(at):
            promotions.add_promotion(ready.actor, name=row["name"], terms=terms)


def labels(ready: Ready, rng: Random) -> Labels:
    """Return what shelves of the description say otherwise."""
    return Labels(rng, [(str(ready.product_id(row["sku"])), row["shelf"], row["till"]) for row in ready.shop.rows("shelves")])
