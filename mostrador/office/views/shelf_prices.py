"""Precios que no coinciden: which shelves say less than the till, and what somebody did about them (ruling 39)."""

from django.http import HttpResponse

from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.trust import shelf_prices as shelves

ADDRESS = "/productos/anaquel/"


@room("shelf_prices")
def shelf_prices(desk: Desk) -> HttpResponse:
    """Show the shelves that wait, the last heard of first; POST says what was done about one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        product_id, store_id = form.identifier("product"), form.identifier("store")
        how = form.choice("how", shelves.HOWS)
        if form.is_right and product_id and store_id:
            shelves.fix(desk.actor, store_id=store_id, product_id=product_id, how=how)
            return desk.done(ADDRESS, f"shelf.done_{how}")
    rows, done = shelves.standing(), shelves.fixes()
    names, stores = shelves.names([*rows, *done]), {store.id: store.name for store in people.stores(archived=True)}
    team = people.names()
    return desk.page(
        "shelf_prices.html", status=422 if form.errors else 200, form=form, has_stores=len(stores) > 1,
        rows=[(row, names.get(row.product_id, "?"), stores.get(row.store_id, "?"), row.factor == shelves.ONE) for row in rows],
        done=[(row, names.get(row.product_id, "?"), stores.get(row.store_id, "?"), team.get(row.by, "") if row.by else "") for row in done],
    )  # fmt: skip
