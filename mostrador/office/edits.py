"""The trail of a product as people read it: when, who, at which till, who allowed it, and what changed from what to what."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from mostrador.catalogue import queries
from mostrador.kernel import trail
from mostrador.office.desk import Desk
from mostrador.people import queries as people

# What is no field of a product: where it was changed, and who allowed it.
MARKS = ("till", "approved_by")


@dataclass(frozen=True, slots=True)
class Edited:
    """One edit. `changes`: field in words, before, after; `till` and `allowed_by` are empty where it was the office, or nobody had to."""

    at: dt.datetime
    who: str
    till: str
    allowed_by: str
    changes: tuple[tuple[str, str, str], ...]


def of_product(desk: Desk, product_id: uuid.UUID) -> list[Edited]:
    """Return the last edits of a product, newest first."""
    names = people.names()
    groups = {str(row.id): row.name for row in queries.tax_groups()}
    shelves = {str(row.id): row.name for row in queries.categories(archived=True)}

    def said(field: str, value: Any) -> str:
        if value in (None, ""):
            return desk.say("edited.nothing")
        if field in {"price", "declared_price"}:
            return desk.formats.price(int(value))
        if isinstance(value, bool):
            return desk.say("edited.yes" if value else "edited.no")
        known = {"category_id": shelves, "tax_group_id": groups}.get(field, {})
        # Lists of barcodes are kept as their text.
        return known.get(str(value), str(value).translate(str.maketrans("", "", "[]'")) or desk.say("edited.nothing"))

    def one(row: Any) -> Edited:
        allowed = row.changes.get("approved_by", [None, None])[1]
        return Edited(
            row.at,
            names.get(row.actor_id, ""),
            row.changes.get("till", [None, ""])[1] or "",
            names.get(uuid.UUID(allowed), "?") if allowed else "",
            tuple(
                (desk.say_code("edited", field), said(field, old), said(field, new))
                for field, (old, new) in row.changes.items()
                if field not in MARKS
            ),
        )

    return [one(row) for row in trail.of("product", product_id)]
