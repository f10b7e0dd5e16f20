"""Favoritos: the grid of each store, put in order by drag or by buttons; what is added is found by its words or code."""

import uuid

from django.http import HttpResponse

from mostrador.catalogue import favourites as services
from mostrador.catalogue import queries
from mostrador.office.desk import Desk, identifier, room
from mostrador.office.forms import Form
from mostrador.people import queries as people

ADDRESS = "/productos/favoritos/"


@room("favourites")
def favourites(desk: Desk) -> HttpResponse:
    """Show the favourites of a store; POST moves one, adds one, takes one out, says the whole order, or goes back to the business's."""
    stores = people.stores()
    form = Form(desk.request.POST, desk.formats)
    wanted = identifier(desk.request.GET.get("tienda", ""))
    store = next((one for one in stores if one.id == wanted), stores[0])
    own = services.of_store(store.id)
    ids = own if own is not None else services.of_business()
    if desk.request.method == "POST":
        changed = _changed(form, ids)
        if form.is_right and form.tried(lambda: services.arrange(desk.actor, store_id=store.id, products=changed), products="product"):
            return desk.done(
                f"{ADDRESS}?tienda={store.id}", "favourites.usual_again" if changed is None else "favourites.saved", store=store.name
            )
    rows = {row.id: row for row in queries.listed_of(ids)}
    search = desk.request.GET.get("q", "")[:80]
    return desk.page(
        "favourites.html", status=422 if form.errors else 200, form=form, stores=stores, store=store, is_own=own is not None,
        rows=[rows[one] for one in ids if one in rows], search=search, found=[row for row in queries.find(search) if row.id not in set(ids)],
    )  # fmt: skip


def _changed(form: Form, ids: list[uuid.UUID]) -> list[uuid.UUID] | None:
    """What the favourites are after what was asked; None: those of the business."""
    if form.typed("usual"):
        return None
    if form.typed("order"):
        said = [one for text in form.typed("order").split() if (one := identifier(text)) is not None]
        return said if set(said) == set(ids) and len(said) == len(ids) else ids
    product = identifier(form.typed("product"))
    if product is None:
        form.errors["product"] = "choose"
        return ids
    rest = [one for one in ids if one != product]
    if form.typed("move") in {"up", "down"} and product in ids:
        place = ids.index(product) + (-1 if form.typed("move") == "up" else 1)
        rest.insert(max(0, place), product)
        return rest
    return rest if form.typed("move") == "out" else [*rest, product]
