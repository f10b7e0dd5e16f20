"""Points in the demo: neighbours who say their name earn them, and now and then one pays with them. Whole points; money in int minor units."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from mostrador.buyers import points as schemes
from mostrador.buyers.points import PointsTerms
from mostrador.config.demo.shop import Shop
from mostrador.kernel.actor import Actor
from mostrador.pricing import points
from mostrador.pricing.document import price_document
from mostrador.pricing.points_lapse import Lapse, lapsing
from mostrador.sync.cashier_rows import whole

# Of so many errands that nobody put on account, in one somebody says their name; of so many of these that could, one pays with points.
KNOWN_ONE_IN = 12
SPENT_ONE_IN = 3


@dataclass(frozen=True, slots=True)
class Scheme:
    """The version that the demo's past names, and the products that earn nothing."""

    id: str
    terms: PointsTerms
    without: frozenset[str]
    lapse: Lapse


@dataclass(slots=True)
class Loyalty:
    """What a till has given to whom, so that it spends no more than is still good of that; a lot of its own, so that nothing else in the demo moves."""

    rng: Random
    moves: dict[str, list[tuple[dt.date, int]]] = field(default_factory=lambda: defaultdict(list))

    def held(self, buyer: str, lapse: Lapse, today: dt.date) -> int:
        """Return what a buyer has of it today."""
        gone, _ = lapsing(lapse, self.moves[buyer], today)
        return sum(points for _, points in self.moves[buyer]) - sum(gone.values())


def begin(actor: Actor, shop: Shop, categories: Mapping[str, uuid.UUID], products: Mapping[str, str | None]) -> Scheme | None:
    """Say how points are earned, where the shop has any. `products`: the category of each."""
    row = next(iter(shop.rows("points")), None)
    if row is None:
        return None
    nothing = tuple(categories[name] for name in row["categories"])
    terms = PointsTerms(
        True, row["earn_per"], row["worth_points"], row["worth_amount"], row["least"], ("points", "gift_card"), nothing,
        lapse=row["lapse"], lapse_months=row["lapse_months"],
    )  # fmt: skip
    made = schemes.set_scheme(actor, terms=terms)
    since = made.made_at.astimezone(ZoneInfo(shop.about["timezone"])).date()
    ids = {str(one) for one in nothing}
    return Scheme(
        str(made.id),
        terms,
        frozenset(product for product, category in products.items() if category in ids),
        Lapse(row["lapse"], row["lapse_months"], since),
    )


def somebody(loyalty: Loyalty, buyers: Sequence[str]) -> str | None:
    """Return who says their name now; mostly nobody does."""
    return loyalty.rng.choice(buyers) if buyers and loyalty.rng.randrange(KNOWN_ONE_IN) == 0 else None


def pays(scheme: Scheme, loyalty: Loyalty, buyer: str, basket: dict[str, Any], today: dt.date) -> bool:
    """Let the buyer's points pay what they can, the rest in cash, where they want to; return whether they did."""
    due = whole(price_document({**basket, "payments": []})["gross"])
    spent, paid = points.payable(scheme.terms.scheme, max(0, loyalty.held(buyer, scheme.lapse, today)), due)
    if spent < max(1, scheme.terms.least) or loyalty.rng.randrange(SPENT_ONE_IN):
        return False
    rest = [{"method": "cash", "amount": due - paid}] if due > paid else []
    basket["payments"] = [{"method": "points", "amount": paid}, *rest]
    return True


def said(scheme: Scheme, loyalty: Loyalty, buyer: str, basket: Mapping[str, Any], today: dt.date) -> dict[str, object] | None:
    """Return what the sale of a paid basket says of the buyer's points, and keep it."""
    totals, terms = price_document(basket), scheme.terms.scheme
    without = [line["id"] for line in basket["lines"] if line["product_id"] in scheme.without]
    lines: Any = totals["lines"]
    payments = [(payment["method"], payment["amount"]) for payment in basket["payments"]]
    earning = points.earning([(line["id"], line["gross"]) for line in lines], without)
    earned = points.earned(terms, earning, whole(totals["gross"]), payments)
    paid = sum(amount for method, amount in payments if method == points.METHOD)
    spent = -(-paid * terms.worth_points // terms.worth_amount)
    loyalty.moves[buyer] += [(today, count) for count in (earned, -spent) if count]
    if not earned and not spent:
        return None
    return {"scheme": scheme.id, "earned": earned, "spent": spent, **({"without": without} if without else {})}
