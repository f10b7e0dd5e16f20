"""Reads of stock: levels by product, and why goods moved. Quantities: int thousandths."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from mostrador.stock.models import StockLevel, StockMove, StockNote


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of a product by a person: when, how much, why, who."""

    at: dt.datetime
    store_id: uuid.UUID
    quantity: int
    reason: str
    text: str
    actor_id: uuid.UUID | None


def levels_of(product_ids: Iterable[uuid.UUID], store_id: uuid.UUID | None = None) -> dict[uuid.UUID, int]:
    """Return what a store holds of products, or all stores together; what never moved is not in it."""
    rows = StockLevel.objects.filter(product_id__in=list(product_ids))
    if store_id:
        rows = rows.filter(store_id=store_id)
    return dict(rows.values_list("product_id").annotate(total=Sum("quantity")).order_by())


def levels_by_store(product_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return what each store holds of a product."""
    return dict(StockLevel.objects.filter(product_id=product_id).values_list("store_id", "quantity"))


def products_at_or_below(store_id: uuid.UUID, quantity: int) -> list[uuid.UUID]:
    """Return the products of which a store holds at most so much, fewest first, at most 500."""
    rows = StockLevel.objects.filter(store_id=store_id, quantity__lte=quantity).order_by("quantity", "product_id")
    return list(rows.values_list("product_id", flat=True)[:500])


def moves_by_people(product_id: uuid.UUID, limit: int = 20) -> list[Moved]:
    """Return the last moves of a product that people or imports made, newest first."""
    rows = list(
        StockMove.objects.filter(product_id=product_id)
        .order_by("-at", "-source_id")
        .values_list("source_id", "at", "store_id", "quantity")[:limit]
    )
    notes = {note.source_id: note for note in StockNote.objects.filter(source_id__in=[row[0] for row in rows])}
    return [
        Moved(at, store_id, quantity, notes[source].reason, notes[source].text, notes[source].actor_id)
        for source, at, store_id, quantity in rows
        if source in notes
    ]
