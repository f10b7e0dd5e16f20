"""Existencias: how many each store holds, and one adjustment with its reason."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from mostrador.catalogue import queries as catalogue
from mostrador.counter import order_queries
from mostrador.kernel.errors import Invalid
from mostrador.office.desk import Desk, found, identifier, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.stock import makeable, queries, services

# What a person may say; "import" is said by the importer alone.
REASONS = tuple(reason for reason in services.REASONS if reason != "import")


@room("stock")
def levels(desk: Desk) -> HttpResponse:
    """Show products with what is there."""
    return _page(desk)


@room("stock")
def product(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Show one product's stock; POST moves it, or sets it to what was counted."""
    detail = found(catalogue.product(product_id))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST" and _adjusted(desk, product_id, form):
        query = desk.request.GET.urlencode()
        return desk.done(f"/existencias/{product_id}/" + (f"?{query}" if query else ""), "stock.adjusted", name=detail.product.name)
    return _page(desk, detail=detail, form=form)


def _adjusted(desk: Desk, product_id: uuid.UUID, form: Form) -> bool:
    """Read the form and call the service; False with errors in the form."""
    store_id = form.identifier("store")
    how, quantity = form.choice("how", ("how_counted", "how_in", "how_out")), form.quantity("quantity")
    reason, text = form.choice("reason", REASONS), form.text("text", longest=200, required=False)
    if quantity is None:
        form.errors.setdefault("quantity", "empty")
    elif quantity < 0:
        form.errors["quantity"] = "negative"
    if store_id and all(store.id != store_id for store in people.stores()):
        form.errors["store"] = "choose"
    if not form.is_right or store_id is None or quantity is None:
        return False
    try:
        if how == "how_counted":
            services.set_level(desk.actor, store_id=store_id, product_id=product_id, counted=quantity, reason=reason, text=text)
        else:
            moved = quantity if how == "how_in" else -quantity
            services.adjust(desk.actor, store_id=store_id, product_id=product_id, quantity=moved, reason=reason, text=text)
    except Invalid as error:
        form.refuse(error)
        return False
    return True


def _by_product(aside: Mapping[tuple[uuid.UUID, uuid.UUID], int], store_id: uuid.UUID | None) -> dict[uuid.UUID, int]:
    """How much of each product stands aside for orders, in a store or in all of them."""
    found: dict[uuid.UUID, int] = {}
    for (where, product_id), quantity in aside.items():
        if store_id in {None, where}:
            found[product_id] = found.get(product_id, 0) + quantity
    return found


def _page(desk: Desk, **more: Any) -> HttpResponse:
    form = Form(desk.request.GET, desk.formats)
    store_id = identifier(form.typed("tienda"))
    kept = {key: form.typed(key) for key in ("q", "tienda", "p", "categoria") if form.typed(key)}
    number = int(kept["p"]) if kept.get("p", "").isdecimal() and len(kept["p"]) < 6 else 1
    page = catalogue.products(catalogue.Wanted(form.typed("q")[:80], identifier(form.typed("categoria"))), number)
    stores = people.stores()
    detail = more.get("detail")
    aside = order_queries.set_aside([row.id for row in page.rows] + ([detail.product.id] if detail else []))
    if detail:
        names = people.names()
        made = makeable.by_store([detail.product.id]).get(detail.product.id)
        by_store = {store.id: services.level(store.id, detail.product.id) if made is None else made.get(store.id, 0) for store in stores}
        more |= {
            "by_store": [(store, by_store[store.id], aside.get((store.id, detail.product.id), 0)) for store in stores],
            "moves": [(move, names.get(move.actor_id, "")) for move in queries.moves_by_people(detail.product.id)],
            "store_choices": [(store.id, store.name) for store in stores],
            "how_choices": desk.choices("stock", ("how_counted", "how_in", "how_out")),
            "reason_choices": desk.choices("why", REASONS),
            "is_kit": made is not None,
            "shown": catalogue.listed([detail.product])[0],
        }
    ids = [row.id for row in page.rows]
    context = {
        "page": page, "levels": queries.levels_of(ids, store_id) | makeable.whole(ids, store_id), "stores": stores, "store_id": store_id,
        "aside": _by_product(aside, store_id),
        "query": urlencode(kept), "filters": urlencode({key: value for key, value in kept.items() if key != "p"}),
        "categories": catalogue.categories(), "search": form.typed("q"), "wanted_category": identifier(form.typed("categoria")),
    }  # fmt: skip
    shown = {"list": "stock.html#list", "split": "stock.html#split"}.get(desk.request.headers.get("HX-Target", ""), "stock.html")
    status = 422 if "form" in more and more["form"].errors else 200
    return desk.page(shown, status=status, **{"form": Form({}, desk.formats), **context, **more})
