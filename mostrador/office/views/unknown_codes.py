"""Códigos sin producto: what tills scanned and no product carries; create the product, give the code to one that is there, or hear of it no more."""

import uuid

from django.http import HttpResponse

from mostrador.catalogue import queries, services
from mostrador.counter import unknown_code_desk
from mostrador.kernel.errors import Invalid
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.people import queries as people

ADDRESS = "/productos/sin-producto/"
SILENCED = "callados"


@room("unknown_codes")
def unknown_codes(desk: Desk) -> HttpResponse:
    """Show the codes, those asked for most first, or those of which nobody wants to hear."""
    return _page(desk, Form({}, desk.formats))


@room("unknown_codes")
def unknown_code(desk: Desk, code: str) -> HttpResponse:
    """Show what may be done with a code; POST gives it to a product, or tells of it no more, or again."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST" and form.typed("silenced"):
        silenced = form.typed("silenced") == "1"
        unknown_code_desk.silence(desk.actor, code=code, silenced=silenced)
        return desk.done(ADDRESS, "codes.silenced" if silenced else "codes.told_again", code=code)
    unknown_code_desk.find(code)
    if desk.request.method == "POST":
        product_id = _product(form)
        if product_id is not None and form.tried(lambda: _give(desk, product_id, code)):
            return desk.done(ADDRESS, "codes.given", code=code, name=queries.names([product_id])[product_id])
    return _page(desk, form, code=code)


def _product(form: Form) -> uuid.UUID | None:
    """The product whose SKU or barcode was typed."""
    typed = form.text("products", longest=48)
    known = queries.by_codes([typed]).get(typed) if typed else None
    if typed and known is None:
        form.errors["products"] = "unknown_code"
    return known


def _give(desk: Desk, product_id: uuid.UUID, code: str) -> None:
    """Add the code to those that the product has. Refuses one that another has meanwhile: Invalid."""
    codes = dict(found(queries.product(product_id)).barcodes)
    try:
        services.set_barcodes(desk.actor, product_id=product_id, barcodes=(codes | {code: codes.get(code, 1000)}).items())
    except Invalid as error:
        raise Invalid(products="taken") from error


def _page(desk: Desk, form: Form, *, code: str = "") -> HttpResponse:
    state = SILENCED if desk.request.GET.get("estado") == SILENCED else ""
    rows = unknown_code_desk.missing(silenced=bool(state))
    return desk.page(
        "unknown_codes.html", status=422 if form.errors else 200, form=form, rows=rows, code=code, state=state, days=unknown_code_desk.DAYS,
        has_stores=len(people.stores(archived=True)) > 1,
        states=[("", desk.say("codes.open")), (SILENCED, desk.say("codes.not_told"))],
    )  # fmt: skip
