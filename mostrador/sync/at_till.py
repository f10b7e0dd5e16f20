"""What a person at a till does to what the office owns, while the server answers: creates and corrects products (docs/adr/0025).

The till says who stands there and who allowed it, as it says in its facts; what these may do is looked up here.
"""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import IntegrityError

from mostrador.catalogue import favourites
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Barcode, Category, Product, TaxGroup
from mostrador.kernel import trail
from mostrador.kernel.actor import Actor, Role
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.writing import use_case
from mostrador.people.models import RoleLimit, StaffMember, Till
from mostrador.sync import down
from mostrador.sync.errors import BarcodeTaken

SKU_MAX = 40
PIECE = 1000


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts at which till, and who allowed it; None: nobody had to."""

    actor: Actor
    till_id: uuid.UUID
    approver_id: uuid.UUID | None

    def marks(self) -> dict[str, tuple[object, object]]:
        """What the trail says besides what changed: at which till, and who allowed it."""
        code = Till.objects.values_list("code", flat=True).get(id=self.till_id)
        return {"till": (None, code)} | ({"approved_by": (None, self.approver_id)} if self.approver_id else {})


def hand(
    *, organization_id: uuid.UUID, till_id: uuid.UUID, store_id: uuid.UUID, staff_id: uuid.UUID, approver_id: uuid.UUID | None
) -> Hand:
    """Return who acts, with the role that edits products lent by their right or by whoever allowed it. Refuses all others."""
    people = {
        row.id: row
        for row in StaffMember.objects.filter(id__in=[staff_id, approver_id], archived_at=None)
        if row.store_id in (None, store_id)
    }
    limits = {row.role: row for row in RoleLimit.objects.all()}
    staff, approver = people.get(staff_id), people.get(approver_id) if approver_id and approver_id != staff_id else None
    if staff is None or staff.role not in limits:
        raise Forbidden
    alone = limits[staff.role].may_edit_products or limits[staff.role].may_approve
    allowed = approver is not None and approver.role in limits and limits[approver.role].may_approve
    if not alone and not allowed:
        raise Forbidden
    actor = Actor(organization_id, "person", staff.id, cast("Role", staff.role))
    lent = actor if actor.may("owner", "manager", "stock") else dataclasses.replace(actor, role="stock")
    return Hand(lent, till_id, approver_id if allowed and not alone else None)


def create(who: Hand, *, product_id: uuid.UUID, price: int | None, barcode: str | None, **fields: Any) -> dict[str, Any]:
    """Create a product under the id that the till made, and return its row. Asked again with the same id it is the same product.

    `fields`: name, category_id, tax_group_id (None: as most of its category), sold_by. Refuses a barcode that a product has: BarcodeTaken.
    """
    if not Product.objects.filter(id=product_id).exists():
        _refuse_taken(barcode, product_id)
        try:
            with use_case(), trail.marked(who.marks()):
                _create(who, product_id, price, barcode, fields)
        except (IntegrityError, Invalid):  # another till was faster
            _refuse_taken(barcode, product_id)
            if not Product.objects.filter(id=product_id).exists():
                raise
    return _row(product_id)


def _create(who: Hand, product_id: uuid.UUID, price: int | None, barcode: str | None, fields: Mapping[str, Any]) -> None:
    sold_by = fields["sold_by"]
    for model, field in ((Category, "category_id"), (TaxGroup, "tax_group_id")):
        if fields.get(field) and not model.objects.filter(id=fields[field]).exists():
            raise Invalid(**{field: "unknown"})
    group = fields.get("tax_group_id") or usual_tax_group(fields.get("category_id"))
    catalogue.add_products(who.actor, [{
        "id": product_id, "sku": _free_sku(barcode, product_id), "name": fields["name"].strip(), "category_id": fields.get("category_id"), "tax_group_id": group,
        "sold_by": sold_by, "unit": "kg" if sold_by == "weight" else "pieza", "price": price, "barcodes": [(barcode, PIECE)] if barcode else [],
    }])  # fmt: skip
    trail.record(
        who.actor,
        "product",
        product_id,
        {"name": (None, fields["name"].strip()), "price": (None, price), "barcodes": (None, barcode or "")} | who.marks(),
    )


def correct(who: Hand, *, product_id: uuid.UUID, says: Mapping[str, Any]) -> dict[str, Any]:
    """Correct what is said of a product and return its row: `name`, `price` (ten-thousandths; None: the till asks), `barcode` (one more of it)."""
    product = catalogue.get_product(product_id)
    barcode = says.get("barcode")
    _refuse_taken(barcode, product_id)
    is_new = bool(barcode) and not Barcode.objects.filter(code=barcode, product_id=product_id).exists()
    try:
        with use_case(), trail.marked(who.marks()):
            if "name" in says:
                catalogue.edit_product(who.actor, product_id=product_id, name=says["name"].strip())
            if "price" in says and says["price"] != product.price:
                catalogue.set_price(who.actor, product_id=product_id, price=says["price"])
            if is_new:
                catalogue.add_barcode(who.actor, product_id=product_id, code=str(barcode), quantity=PIECE)
    except IntegrityError:  # another till was faster
        _refuse_taken(barcode, product_id)
        if not is_new or not Barcode.objects.filter(code=barcode, product_id=product_id).exists():
            raise
    return _row(product_id)


def arrange(who: Hand, *, store_id: uuid.UUID, pages: Sequence[favourites.Page] | None) -> list[dict[str, Any]] | None:
    """Let these be the pages of the grid of the till's store, and return them; None: the favourites of the business."""
    with trail.marked(who.marks()):
        favourites.arrange(who.actor, store_id=store_id, pages=pages)
    return down.favourite_pages(store_id)


def usual_tax_group(category_id: uuid.UUID | None) -> uuid.UUID:
    """Return the group of taxes that most products of a category have, else most of the business, else its first."""
    on_sale = Product.objects.filter(archived_at=None)
    for rows in ([on_sale.filter(category_id=category_id)] if category_id else []) + [on_sale]:
        found = Counter(rows.order_by("-updated_at", "id").values_list("tax_group_id", flat=True)[:500])
        if found:
            return found.most_common(1)[0][0]
    first: uuid.UUID = TaxGroup.objects.order_by("code").values_list("id", flat=True)[0]
    return first


def _refuse_taken(barcode: str | None, product_id: uuid.UUID) -> None:
    """Refuse a barcode that another product has, and say which."""
    other = (
        Barcode.objects.filter(code=barcode).exclude(product_id=product_id).values_list("product_id", flat=True).first()
        if barcode
        else None
    )
    if other is not None:
        row = next(iter(down.product_rows([other])), None)
        raise BarcodeTaken(row=row, name=Product.objects.values_list("name", flat=True).get(id=other))


def _free_sku(barcode: str | None, product_id: uuid.UUID) -> str:
    if barcode and len(barcode) <= SKU_MAX and not Product.objects.filter(sku=barcode).exists():
        return barcode
    return f"N-{product_id.hex[-10:].upper()}"


def _row(product_id: uuid.UUID) -> dict[str, Any]:
    for row in down.product_rows([product_id]):
        return row
    raise NotFound
