"""Favoritos: the grid of each store, page by page, put in order by drag or by buttons; what is added is found by its words or code."""

import uuid

from django.http import HttpResponse

from mostrador.catalogue import favourites as services
from mostrador.catalogue import queries
from mostrador.catalogue.favourites import NAME_MAX, Page
from mostrador.office.desk import Desk, identifier, room
from mostrador.office.forms import Form
from mostrador.people import queries as people

ADDRESS = "/productos/favoritos/"


@room("favourites")
def favourites(desk: Desk) -> HttpResponse:
    """Show a page of a store's favourites; POST changes what stands on it, or the pages, or goes back to the business's."""
    stores = people.stores()
    form = Form(desk.request.POST, desk.formats)
    wanted = identifier(desk.request.GET.get("tienda", ""))
    store = next((one for one in stores if one.id == wanted), stores[0])
    own = services.of_store(store.id)
    pages = own or [Page("", ())] if own is not None else [services.of_business()]
    at = _place(desk.request.GET.get("pagina", ""), len(pages))
    if desk.request.method == "POST":
        changed, shows = _changed(form, pages, at, desk.say("favourites.first"))
        if form.is_right and form.tried(
            lambda: services.arrange(desk.actor, store_id=store.id, pages=changed), products="product", page="name"
        ):
            return desk.done(
                _address(store.id, shows), "favourites.usual_again" if changed is None else "favourites.saved", store=store.name
            )
    shown = pages[at]
    rows = {row.id: row for row in queries.listed_of(shown.products)}
    taken = {product for page in pages for product in page.products}
    search = desk.request.GET.get("q", "")[:80]
    return desk.page(
        "favourites.html", status=422 if form.errors else 200, form=form, stores=stores, store=store, is_own=own is not None, here=_address(store.id, at),
        at=at, shown=shown, tabs=[(place, page, _address(store.id, place)) for place, page in enumerate(pages)], is_last=at == len(pages) - 1,
        name_max=NAME_MAX, rows=[rows[one] for one in shown.products if one in rows], search=search,
        found=[row for row in queries.find(search) if row.id not in taken],
    )  # fmt: skip


def _address(store_id: uuid.UUID, at: int) -> str:
    return f"{ADDRESS}?tienda={store_id}" + (f"&pagina={at + 1}" if at else "")


def _place(text: str, count: int) -> int:
    """Which page is asked for: the first where it is none of them."""
    return int(text) - 1 if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= count else 0


def _changed(form: Form, pages: list[Page], at: int, first: str) -> tuple[list[Page] | None, int]:
    """What the pages are after what was asked, None being those of the business, and which is shown then. `first`: what a page without a name is called."""
    if form.typed("usual"):
        return None, 0
    if form.typed("page"):
        return _paged(form, pages, at, first)
    page = pages[at]
    if form.typed("order"):
        said = tuple(one for text in form.typed("order").split() if (one := identifier(text)) is not None)
        is_same = set(said) == set(page.products) and len(said) == len(page.products)
        return _with(pages, at, said if is_same else page.products), at
    product = identifier(form.typed("product"))
    if product is None:
        form.errors["product"] = "choose"
        return pages, at
    rest = tuple(one for one in page.products if one != product)
    if form.typed("to"):
        to = _place(form.typed("to"), len(pages))
        return _with(_with(pages, at, rest), to, (*(pages[to].products if to != at else rest), product)), at
    if form.typed("move") in {"up", "down"} and product in page.products:
        place = max(0, page.products.index(product) + (-1 if form.typed("move") == "up" else 1))
        return _with(pages, at, (*rest[:place], product, *rest[place:])), at
    return _with(pages, at, rest if form.typed("move") == "out" else (*rest, product)), at


def _paged(form: Form, pages: list[Page], at: int, first: str) -> tuple[list[Page], int]:
    """The pages with one more, or the one on show under another name, at another place or gone: what stood on it stands on the one before it."""
    act, page = form.typed("page"), pages[at]
    rest = [*pages[:at], *pages[at + 1 :]]
    if act == "new":
        name = form.text("name", longest=NAME_MAX)
        return [*(Page(one.name or first, one.products) for one in pages), Page(name, ())], len(pages)
    if act == "name":
        return [*pages[:at], Page(form.text("name", longest=NAME_MAX), page.products), *pages[at + 1 :]], at
    if act in {"earlier", "later"}:
        to = max(0, min(len(rest), at + (-1 if act == "earlier" else 1)))
        return [*rest[:to], page, *rest[to:]], to
    if act == "out" and rest:
        to = max(0, at - 1)
        return _with(rest, to, (*rest[to].products, *page.products)), to
    return pages, at


def _with(pages: list[Page], at: int, products: tuple[uuid.UUID, ...]) -> list[Page]:
    return [*pages[:at], Page(pages[at].name, products), *pages[at + 1 :]]
