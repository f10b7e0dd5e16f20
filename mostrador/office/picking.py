"""Which products something is about (catalogue.terms.Pick), as wells of a form: everything, categories, products, and those left out."""

import uuid
from collections.abc import Sequence
from typing import Any

from mostrador.catalogue import queries
from mostrador.catalogue.terms import Pick
from mostrador.office.desk import Desk
from mostrador.office.forms import Form


def read(form: Form) -> Pick:
    """Return what the form picks; what is wrong stands in its `errors`, nothing picked under `pick`."""
    pick = Pick(form.ticked("everything"), _ticked(form, "categories"), products(form, "products"), products(form, "without"))
    if pick.is_empty and "products" not in form.errors:
        form.errors["pick"] = "empty"
    return pick


def context(desk: Desk, pick: Pick | None) -> dict[str, Any]:
    """Return what the wells of parts/goods.html hold: what was sent, else what stands."""
    post = desk.request.POST
    return {
        "categories": queries.categories(),
        "in_categories": post.getlist("categories") if post else list(pick.categories) if pick else [],
        "everything": bool(post.get("everything")) if post else bool(pick and pick.everything),
        "products": skus(pick.products) if pick else "",
        "without": skus(pick.without) if pick else "",
    }


def _ticked(form: Form, name: str) -> tuple[str, ...]:
    values = form.data.getlist(name) if hasattr(form.data, "getlist") else []
    return ids(form, "pick", values)


def ids(form: Form, name: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that were sent for a field."""
    try:
        return tuple(str(uuid.UUID(value)) for value in values)
    except ValueError:
        form.errors[name] = "choose"
        return ()


def products(form: Form, name: str) -> tuple[str, ...]:
    """The products whose SKU or barcode was typed, one a line or with commas."""
    codes = [code.strip() for code in form.typed(name).replace(",", "\n").splitlines() if code.strip()]
    if not codes:
        return ()
    known = queries.by_codes(codes)
    if any(code not in known for code in codes):
        form.errors[name] = "unknown_code"
    return tuple(dict.fromkeys(str(known[code]) for code in codes if code in known))


def skus(products: Sequence[str]) -> str:
    """Return the SKUs of products, one a line."""
    return "\n".join(queries.skus(uuid.UUID(one) for one in products))
