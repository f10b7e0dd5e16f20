"""What the demo's shops give of their own, and what their goods are to the law."""

from collections.abc import Mapping, Sequence
from typing import Any

from mostrador.kernel.actor import Actor
from mostrador.rights import terms
from mostrador.rights.terms import Saying


def add_terms(actor: Actor, rows: Sequence[Mapping[str, Any]], categories: Mapping[str, Any], products: Mapping[str, Any]) -> None:
    """Say each row's terms, of its product, its category or of everything."""
    for row in rows:
        sayings = [Saying("goods", goods=row["goods"])] if "goods" in row else []
        if "return_days" in row:
            sayings.append(Saying("voluntary_return", row["return_days"], "days", row.get("return_says", "")))
        if "guarantee_months" in row:
            sayings.append(Saying("commercial_guarantee", row["guarantee_months"], "months", row.get("guarantee_says", "")))
        terms.say(actor, sayings=sayings, category_id=categories.get(row.get("category", "")), product_id=products.get(row.get("sku", "")))
