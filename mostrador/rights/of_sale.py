"""The rights of a sale: computed when somebody looks, from the rules of the country, the shop's terms of that day, and what has happened since. Nothing is stored."""

import datetime as dt
from dataclasses import dataclass

from mostrador.catalogue.models import Product
from mostrador.counter import returns
from mostrador.counter.models import Sale, SaleLine
from mostrador.rights import pack, repairs, terms
from mostrador.rights.compute import Right, Sold, rights


@dataclass(frozen=True, slots=True)
class Held:
    """A right, and the lines of the ticket that have it. `is_whole`: every line that is still the buyer's has it."""

    right: Right
    lines: tuple[SaleLine, ...]
    is_whole: bool


def held(sale: Sale, lines: tuple[SaleLine, ...], country: str, today: dt.date) -> list[Held]:
    """Return what the buyer of a sale may still ask for today, the law first; what has ended and what came back have none."""
    kept = _kept(sale, lines)
    if not kept:
        return []
    stood, rules, stays = terms.standing(sale.occurred_at), pack.rules(country), repairs.by_line(sale.id)
    categories = dict(Product.objects.filter(id__in={line.product_id for line in kept}).values_list("id", "category_id"))
    found: dict[Right, list[SaleLine]] = {}
    for line in kept:
        category = categories.get(line.product_id)
        goods, agreed = stood.goods(line.product_id, category)
        sold = Sold(sale.business_date, goods, "shop", agreed, stays.get(line.n, ()))
        for right in rights(sold, rules, stood.offered(line.product_id, category), today):
            if right.ends is None or right.ends >= today:
                found.setdefault(right, []).append(line)
    ordered = sorted(found.items(), key=lambda one: not one[0].is_law)
    return [Held(right, tuple(having), len(having) == len(kept)) for right, having in ordered]


def _kept(sale: Sale, lines: tuple[SaleLine, ...]) -> list[SaleLine]:
    """The lines of which something is still the buyer's."""
    back: dict[int, int] = {}
    for one in returns.of_sale(sale.id):
        for line in one.lines:
            if line.line is not None:
                back[line.line] = back.get(line.line, 0) + line.quantity
    return [line for line in lines if line.quantity > back.get(line.n, 0)]
