"""What a buyer bought lately, in any store of the business: what the person at the counter looks at to help once more."""

import uuid
from dataclasses import dataclass

from mostrador.buyers import joins
from mostrador.counter.models import Sale, SaleLine
from mostrador.counter.queries import number_of
from mostrador.people.models import Device, Store

LATEST = 20
LINES = 6


@dataclass(frozen=True, slots=True)
class Purchase:
    """A sale to a buyer. `lines`: the first of them; `more`: how many are not among these."""

    sale: Sale
    number: str
    store: str
    lines: tuple[SaleLine, ...]
    more: int


def of_buyer(buyer_id: uuid.UUID, latest: int = LATEST) -> list[Purchase]:
    """Return the latest sales to a buyer, the latest first."""
    sales = list(Sale.objects.filter(buyer_id__in=joins.joined().spread([buyer_id])).order_by("-occurred_at", "-id")[:latest])
    lines: dict[uuid.UUID, list[SaleLine]] = {sale.id: [] for sale in sales}
    for line in SaleLine.objects.filter(sale_id__in=list(lines)).order_by("sale_id", "n"):
        lines[line.sale_id].append(line)
    series = dict(Device.objects.filter(id__in=[sale.journal_id for sale in sales]).values_list("id", "series"))
    stores = dict(Store.objects.values_list("id", "name"))
    return [
        Purchase(
            sale, number_of(series.get(sale.journal_id, "?"), sale.number), stores[sale.store_id],
            tuple(lines[sale.id][:LINES]), max(0, len(lines[sale.id]) - LINES),
        )
        for sale in sales
    ]  # fmt: skip
