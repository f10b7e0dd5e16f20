"""Derechos y garantías: the rules of the country with who read them and when, and what the shop gives of its own. Courtesy is called courtesy, law is called law."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect

from mostrador.catalogue import queries
from mostrador.counter import queries as counter
from mostrador.kernel import clock
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.office.views.tickets import shown
from mostrador.rights import pack, repairs, terms
from mostrador.rights.rule import GOODS
from mostrador.rights.terms import BUSINESS, SAYS_MAX, Saying, Scope

ADDRESS = "/derechos/"
# What the form asks for each: its kind, the field of its amount, the unit, the field of its conditions.
ASKED = (
    ("voluntary_return", "return_days", "days", "return_says"),
    ("commercial_guarantee", "guarantee_months", "months", "guarantee_says"),
)


@room("rights")
def index(desk: Desk) -> HttpResponse:
    """Show the rules and the shop's terms; POST says those of everything it sells. `producto`: a code, whose product is looked for."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        return _said(desk, form, BUSINESS) or _page(desk, form)
    code = Form(desk.request.GET, desk.formats).typed("producto")
    if code:
        product = queries.by_codes([code]).get(code)
        if product:
            return HttpResponseRedirect(f"{ADDRESS}producto/{product}/")
        asked = Form(desk.request.GET, desk.formats)
        asked.errors["producto"] = "unknown_code"
        return _page(desk, form, asked=asked)
    return _page(desk, form)


@room("rights")
def category(desk: Desk, category_id: uuid.UUID) -> HttpResponse:
    """Show what is said of a category; POST says it anew."""
    row = found(next((one for one in queries.categories(archived=True) if one.id == category_id), None))
    return _scope(desk, ("category", category_id), row.name)


@room("rights")
def product(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Show what is said of a product; POST says it anew."""
    return _scope(desk, ("product", product_id), found(queries.names([product_id]).get(product_id)))


@room("tickets")
def repair(desk: Desk, sale_id: uuid.UUID) -> HttpResponse:
    """Show the ticket; POST: something of it was taken in to be repaired, or went back to its buyer."""
    ticket = found(counter.ticket(sale_id))
    if desk.request.method != "POST":
        return shown(desk, ticket)
    form, today, back = Form(desk.request.POST, desk.formats), _today(desk), f"/tickets/{sale_id}/"
    on, stay = form.day("on"), form.identifier("stay", required=False)
    if on and stay and form.tried(lambda: repairs.give_back(desk.actor, sale_id=sale_id, stay_id=stay, on=on, today=today)):
        return desk.done(back, "rights.gave_back")
    n = form.whole("n", most=1000)
    if on and n is not None and form.tried(lambda: repairs.take_in(desk.actor, sale_id=sale_id, n=n, on=on, today=today)):
        return desk.done(back, "rights.took_in")
    return shown(desk, ticket, desk.say("rights.no_such_day"))


def _today(desk: Desk) -> dt.date:
    return clock.now().astimezone(ZoneInfo(desk.organization.timezone)).date()


def _scope(desk: Desk, scope: Scope, name: str) -> HttpResponse:
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST" and (done := _said(desk, form, scope)):
        return done
    return _page(desk, form, scope=scope, name=name)


def _said(desk: Desk, form: Form, scope: Scope) -> HttpResponse | None:
    """Say what the form says; None where it cannot be said. An empty amount is "not given" for the business, "as the shop" for anything else."""
    sayings = []
    for kind, amount_field, unit, says_field in ASKED:
        amount = form.whole(amount_field, most=terms.MOST[unit])
        says = form.text(says_field, longest=SAYS_MAX, required=False)
        sayings.append(Saying(kind, 0 if amount is None and scope == BUSINESS else amount, unit, says))
    which: dict[str, uuid.UUID | None] = {}
    if scope != BUSINESS:
        goods = form.choice("goods", ("", *GOODS))
        sayings.append(Saying("goods", form.whole("agreed_months", most=terms.MOST["months"]), "months", goods=goods))
        which = {f"{scope[0]}_id": scope[1]}
    if not form.is_right or not form.tried(lambda: terms.say(desk.actor, sayings=sayings, **which)):
        return None
    return desk.done(ADDRESS, "rights.saved")


def _page(desk: Desk, form: Form, *, scope: Scope | None = None, name: str = "", asked: Form | None = None) -> HttpResponse:
    stood, today = terms.standing(), _today(desk)
    language = desk.formats.language
    products = {which for (_, (kind, which)), one in stood.by_scope.items() if kind == "product" and which and not one.defers}
    names = sorted(queries.names(products).items(), key=lambda one: one[1].casefold())
    rows = [(("category", one.id), one.name) for one in queries.categories()] + [(("product", key), text) for key, text in names]
    return desk.page(
        "rights.html", status=422 if form.errors else 200, form=form, asked=asked or Form({}, desk.formats), name=name, longest=SAYS_MAX,
        kind=scope[0] if scope else "", scope_id=scope[1] if scope else None, of_business=_values(stood, BUSINESS),
        values=_values(stood, scope) if scope else {}, rows=[(kind, which, text, _values(stood, (kind, which))) for (kind, which), text in rows],
        rules=[(one, one.title(language), one.text(language), _state(one.is_checked(), one.is_stale(today))) for one in pack.rules(desk.organization.country) if one.holds_on(today)],
        goods_choices=desk.choices("goods_kind", GOODS), as_shop=desk.say("rights.as_wider"),
        country=desk.say_code("country", desk.organization.country),
    )  # fmt: skip


def _state(checked: bool, stale: bool) -> str:
    if not checked:
        return "unchecked"
    return "stale" if stale else "fresh"


def _values(stood: terms.Terms, scope: Scope) -> dict[str, object]:
    """What stands of a scope, by the form's fields: an amount of 0 is "not given", none is "as the shop"."""
    values: dict[str, object] = {}
    for kind, amount, _, says in ASKED:
        one = stood.by_scope.get((kind, scope))
        values |= {amount: one.saying.amount if one else None, says: one.saying.says if one else ""}
    goods = stood.by_scope.get(("goods", scope))
    return {**values, "goods": goods.saying.goods if goods else "", "agreed_months": goods.saying.amount if goods else None}
