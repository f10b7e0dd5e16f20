"""Price lists: which there are and in which order they decide; of each, when it is in force and what it says of each product."""

import uuid

from django.http import HttpResponse

from mostrador.catalogue import price_lists as services
from mostrador.catalogue import queries
from mostrador.catalogue.price_lists import Entry, Known
from mostrador.catalogue.terms import Conditions
from mostrador.office import conditions
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries as people

ADDRESS = "/listas/"
SHOWN_MAX = 500
SAYS = 3  # code, price, from how many
# What the form calls fields of the service.
FIELDS = {"until": "last", "to_minute": "to", "price": "prices", "from_quantity": "prices", "product": "prices"}


@room("price_lists")
def price_lists(desk: Desk) -> HttpResponse:
    """Show the lists; POST begins one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        said = _conditions(desk, form)
        if form.is_right and form.tried(lambda: services.add_list(desk.actor, name=form.typed("name"), conditions=said), **FIELDS):
            return desk.done(ADDRESS, "lists.added", name=form.typed("name"))
    adding = desk.request.GET.get("nueva") == "1" or desk.request.method == "POST"
    return _page(desk, form, adding=adding)


@room("price_lists")
def price_list(desk: Desk, list_id: uuid.UUID) -> HttpResponse:
    """Show a list and what it says; POST says prices, changes, moves, ends the list or brings it back."""
    known = services.price_list(list_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        done = _act(desk, form, known)
        if done is not None:
            return done
    return _page(desk, form, known=known)


def _act(desk: Desk, form: Form, known: Known) -> HttpResponse | None:
    """Do what the form asks for and go on, or None with its errors."""
    here = f"{ADDRESS}{known.id}/"
    if form.typed("move"):
        services.move_list(desk.actor, list_id=known.id, up=form.typed("move") == "up")
        return desk.done(ADDRESS, "lists.moved", name=known.name)
    if form.typed("ended"):
        ended = form.typed("ended") == "1"
        services.end_list(desk.actor, list_id=known.id, ended=ended)
        return desk.done(ADDRESS, "lists.ended" if ended else "lists.restored", name=known.name)
    if form.typed("remove"):
        entry = next((one for one in services.entries(known.id) if str(one.id) == form.typed("remove")), None)
        if entry is not None:
            services.set_prices(desk.actor, list_id=known.id, rows=[(entry.product_id, entry.from_quantity, None)])
        return desk.done(here, "lists.removed")
    if form.typed("what") == "prices":
        rows = _rows(form)
        if form.is_right and form.tried(lambda: services.set_prices(desk.actor, list_id=known.id, rows=rows), **FIELDS):
            return desk.done(here, "lists.said", n=len(rows))
        return None
    said = _conditions(desk, form)
    if form.is_right and form.tried(
        lambda: services.change_list(desk.actor, list_id=known.id, name=form.typed("name"), conditions=said), **FIELDS
    ):
        return desk.done(here, "lists.saved", name=form.typed("name"))
    return None


def _conditions(desk: Desk, form: Form) -> Conditions:
    form.text("name", longest=services.NAME_MAX)
    return Conditions(**conditions.read(form, desk.request.POST))


def _rows(form: Form) -> list[tuple[uuid.UUID, int, int | None]]:
    """Read prices: a product a line, `SKU; price; from how many`. One wrong line, and its number is said."""
    lines = [(n, line) for n, line in enumerate(form.typed("prices").splitlines(), 1) if line.strip()]
    if not lines:
        form.errors["prices"] = "empty"
    known = queries.by_codes(line.split(";")[0].strip() for _, line in lines)
    rows: list[tuple[uuid.UUID, int, int | None]] = []
    for n, line in lines:
        code, price, quantity = [*(part.strip() for part in line.split(";")), "", ""][:SAYS]
        read = Form({"price": price, "quantity": quantity}, form.formats)
        amount, least = read.price("price"), read.quantity("quantity")
        if code not in known or amount is None or not read.is_right:
            form.errors["prices"], form.line = "line", n
            return []
        rows.append((known[code], least or 0, amount))
    return rows


def _page(desk: Desk, form: Form, *, known: Known | None = None, adding: bool = False) -> HttpResponse:
    stores = {str(store.id): store.name for store in people.stores(archived=True)}
    rows = [
        (one, " · ".join(conditions.words(desk, one.conditions, stores)), conditions.state(one.conditions, ended=one.is_archived))
        for one in services.lists(archived=True)
    ]
    entries = services.entries(known.id) if known else []
    names, usual = _goods(entries)
    return desk.page(
        "price_lists.html", status=422 if form.errors else 200, form=form, rows=rows, known=known, adding=adding, stores=people.stores(),
        entries=[(one, names.get(one.product_id, ""), usual.get(one.product_id)) for one in entries[:SHOWN_MAX]], total=len(entries),
        **conditions.context(desk, known.conditions if known else None),
    )  # fmt: skip


def _goods(entries: list[Entry]) -> tuple[dict[uuid.UUID, str], dict[uuid.UUID, int | None]]:
    ids = {one.product_id for one in entries[:SHOWN_MAX]}
    return queries.names(ids), queries.prices(ids)
