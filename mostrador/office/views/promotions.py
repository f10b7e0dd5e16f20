"""Promotions: the list in the order in which they lower, a form for each sentence, an end and a way back."""

import uuid

from django.http import HttpResponse

from mostrador.catalogue import promotions as services
from mostrador.catalogue import queries
from mostrador.catalogue.promotions import Said
from mostrador.catalogue.terms import Terms
from mostrador.office import conditions, picking, price_sayings, promotion_form, promotion_words
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.office.price_sayings import Sayings
from mostrador.people import queries as people

ADDRESS = "/promociones/"
# Shapes that lower the price of one: something is said of what it was before.
REDUCTIONS = ("percent", "amount", "price")
# What the form calls fields of the service.
FIELDS = {"reward": "pick", "count": "take", "until": "last", "to_minute": "to"}


@room("promotions")
def promotions(desk: Desk) -> HttpResponse:
    """Show the promotions; POST begins one of the shape that it names."""
    form = Form(desk.request.POST, desk.formats)
    shape = desk.request.GET.get("nueva", "")
    if desk.request.method == "POST":
        shape = form.choice("shape", promotion_form.SHAPES)
        terms = _read(desk, form, shape)
        if form.typed("look"):
            return _page(
                desk,
                form,
                shape=shape if shape in promotion_form.SHAPES else "",
                sayings=price_sayings.of_terms(desk, terms, is_typed=True),
            )
        if terms and form.tried(lambda: services.add_promotion(desk.actor, name=form.typed("name"), terms=terms), **FIELDS):
            return desk.done(ADDRESS, "promotions.added", name=form.typed("name"))
    return _page(desk, form, shape=shape if shape in promotion_form.SHAPES else "", choosing=shape == "1")


@room("promotions")
def promotion(desk: Desk, promotion_id: uuid.UUID) -> HttpResponse:
    """Show a promotion; POST says it anew, moves it, ends it or brings it back."""
    said = services.promotion(promotion_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("move"):
            services.move_promotion(desk.actor, promotion_id=promotion_id, up=form.typed("move") == "up")
            return desk.done(ADDRESS, "promotions.moved", name=said.name)
        if form.typed("ended"):
            ended = form.typed("ended") == "1"
            services.end_promotion(desk.actor, promotion_id=promotion_id, ended=ended)
            return desk.done(ADDRESS, "promotions.ended" if ended else "promotions.restored", name=said.name)
        terms = _read(desk, form, promotion_form.shape_of(said.terms))
        if form.typed("look"):
            sayings = price_sayings.of_terms(desk, terms, promotion_id, is_typed=True)
            return _page(desk, form, shape=promotion_form.shape_of(said.terms), said=said, sayings=sayings)
        change = terms and form.tried(
            lambda: services.change_promotion(desk.actor, promotion_id=promotion_id, name=form.typed("name"), terms=terms), **FIELDS
        )
        if change:
            return desk.done(ADDRESS, "promotions.saved", name=form.typed("name"))
    sayings = None if said.is_archived or form.errors else price_sayings.of_terms(desk, said.terms, promotion_id)
    return _page(desk, form, shape=promotion_form.shape_of(said.terms), said=said, sayings=sayings)


def _read(desk: Desk, form: Form, shape: str) -> Terms | None:
    form.text("name", longest=services.NAME_MAX)
    if shape not in promotion_form.SHAPES:
        return None
    return promotion_form.read(form, shape, desk.request.POST)


def _page(
    desk: Desk, form: Form, *, shape: str, said: Said | None = None, choosing: bool = False, sayings: Sayings | None = None
) -> HttpResponse:
    terms = said.terms if said else None
    pick = terms.pick or (terms.parts[0].pick if terms.parts else None) if terms else None
    post = desk.request.POST
    return desk.page(
        "promotions.html", status=422 if form.errors else 200, form=form, shape=shape, said=said, choosing=choosing, sayings=sayings,
        speaks=shape in REDUCTIONS,
        rows=promotion_words.shown(desk, services.promotions(archived=True)), shapes=desk.choices("shape", promotion_form.SHAPES),
        fields=promotion_form.fields(shape, terms, desk.formats) if shape else [],
        parts=promotion_form.rows(form, terms) if shape == "combo" else [], stores=people.stores(),
        category_choices=[(str(row.id), row.name) for row in queries.categories()],
        stack=bool(post.get("stack")) if post else bool(terms and terms.stack), single=bool(post.get("single")) if post else bool(terms and terms.single),
        **conditions.context(desk, terms), **picking.context(desk, pick),
    )  # fmt: skip
