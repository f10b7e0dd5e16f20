"""What the demo's shops gave to try over two months: a taste here and there, now and then to somebody who bought nothing, once in a while by mistake and taken back."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from mostrador.catalogue import services as catalogue
from mostrador.config.demo.shop import Shop
from mostrador.kernel.actor import Actor
from mostrador.sync.cashier import Cashier, Visit
from mostrador.trust import sample_goods, samples

SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Taste:
    """Something that is given to try: how much, whether what it contains is said first, how often."""

    sku: str
    product: str
    quantity: int
    is_told: bool
    often: int


@dataclass(slots=True)
class Tasting:
    """What is given at a till; a lot of its own, so that nothing else in the demo moves."""

    rng: Random
    tastes: Sequence[Taste] = ()

    def gives(self, cashier: Cashier, visit: Visit, at: int, percent: int, took: Callable[[str, int], None]) -> Iterator[bytes]:
        """Now and then somebody tries something. `took`: hears what left the shelf."""
        if not self.tastes or self.rng.randrange(100) >= percent:
            return
        [taste] = self.rng.choices(self.tastes, [one.often for one in self.tastes])
        if not self.rng.randrange(30):
            yield self._given(cashier, visit, at, self.rng.choice(self.tastes))
            yield cashier.device.fact("record.undone", {"record": cashier.device.last_id}, at + SECOND_MS, staff=cashier.staff)
        yield self._given(cashier, visit, at + 2 * SECOND_MS, taste)
        took(taste.sku, taste.quantity)

    def _given(self, cashier: Cashier, visit: Visit, at: int, taste: Taste) -> bytes:
        body: dict[str, Any] = {"shift": cashier.shift, "product": taste.product, "quantity": taste.quantity}
        if taste.is_told:
            body["told"] = True
        return cashier.device.fact("sample.given", body, at, visit.document(), cashier.staff)


def begin(actor: Actor, shop: Shop, products: Mapping[str, uuid.UUID], stores: Mapping[str, uuid.UUID], today: date) -> tuple[Taste, ...]:
    """Say what is given to try and what stores may spend on it a month; return what is given, with how often."""
    set_budgets(actor, shop.rows("stores"), stores, today)
    return add_tastes(actor, shop.rows("samples"), products)


def add_tastes(actor: Actor, rows: Sequence[Mapping[str, Any]], products: Mapping[str, uuid.UUID]) -> tuple[Taste, ...]:
    """Say what is given to try and what it costs the shop; return each with how often it is given."""
    found = []
    for row in rows:
        product, says = products[row["sku"]], sample_goods.Saying(row["quantity"], row.get("allergens", ""), row.get("day_max"))
        sample_goods.add(actor, product_id=product, says=says)
        catalogue.set_cost(actor, product_id=product, cost=row["cost"])
        found.append(Taste(row["sku"], str(product), says.quantity, bool(says.allergens), row["often"]))
    return tuple(found)


def set_budgets(actor: Actor, rows: Sequence[Mapping[str, Any]], stores: Mapping[str, uuid.UUID], today: date) -> None:
    """Say what stores may spend on samples a month."""
    for row in rows:
        if "sample_budget_minor" in row:
            samples.set_budget(actor, store_id=stores[row["code"]], amount=row["sample_budget_minor"], month=today)
