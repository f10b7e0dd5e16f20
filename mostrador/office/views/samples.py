"""Muestras: what was given to try and what it cost, by store and month, beside what the store may spend; which products are given, and how. No figure has a person."""

import datetime as dt
import uuid

from django.http import HttpResponse

from mostrador.catalogue import queries
from mostrador.counter import days
from mostrador.kernel.errors import Invalid
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.office.views.home import choice_of
from mostrador.people.models import Store
from mostrador.trust import sample_goods, samples
from mostrador.trust.sample_goods import Good, Saying

ADDRESS = "/muestras/"
WHOLE = 1000


@room("samples")
def index(desk: Desk) -> HttpResponse:
    """Show a store's samples month by month; POST says what it may spend, or that one more product is given to try."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("act") == "budget":
            if _budgeted(desk, form):
                return desk.done(f"{ADDRESS}?tienda={form.typed('store')}", "samples.budget_saved")
        elif name := _added(desk, form):
            return desk.done(ADDRESS, "samples.added", name=name)
    return _page(desk, form, adding=desk.request.GET.get("nuevo") == "1" or bool(form.typed("product")) or "product" in form.errors)


@room("samples")
def good(desk: Desk, sample_good_id: uuid.UUID) -> HttpResponse:
    """Show how a product is given to try; POST says it anew, or that it is given no more."""
    shown = sample_goods.good(sample_good_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("ended"):
            sample_goods.end(desk.actor, good_id=sample_good_id)
            return desk.done(ADDRESS, "samples.ended", name=shown.name)
        says = _read(form)
        if form.is_right and form.tried(lambda: sample_goods.change(desk.actor, good_id=sample_good_id, says=says)):
            return desk.done(ADDRESS, "samples.saved", name=shown.name)
    return _page(desk, form, shown=shown)


def _budgeted(desk: Desk, form: Form) -> bool:
    store_id, amount = form.identifier("store"), form.money("budget")
    if store_id is None or not form.is_right:
        return False
    return form.tried(lambda: samples.set_budget(desk.actor, store_id=store_id, amount=amount, month=_today(store_id)))


def _today(store_id: uuid.UUID) -> dt.date:
    return days.today(found(Store.objects.filter(id=store_id).first()))


def _added(desk: Desk, form: Form) -> str:
    """Return the name of the product that is given to try from now on; empty when something is wrong."""
    code, says = form.text("product", longest=48), _read(form)
    product_id = queries.by_codes([code]).get(code) if code else None
    if code and product_id is None:
        form.refuse(Invalid(product="unknown_code"))
    if product_id is None or not form.is_right or not form.tried(lambda: sample_goods.add(desk.actor, product_id=product_id, says=says)):
        return ""
    return queries.names([product_id])[product_id]


def _read(form: Form) -> Saying:
    quantity = form.quantity("quantity")
    if quantity is None:
        form.errors.setdefault("quantity", "empty")
    day_max = form.whole("day_max", most=sample_goods.DAY_MAX)
    return Saying(
        WHOLE if quantity is None else quantity, form.text("allergens", longest=sample_goods.ALLERGENS_MAX, required=False), day_max
    )


def _page(desk: Desk, form: Form, *, shown: Good | None = None, adding: bool = False) -> HttpResponse:
    choice, digits = choice_of(desk), desk.formats.digits
    store = found(choice.store or next(iter(choice.all_stores), None))
    now, *before = samples.months(store, days.today(store), digits)
    while before and not before[-1].times and before[-1].budget is None:
        before.pop()
    months = [now, *before]
    month = next((one for one in months if one.month.isoformat()[:7] == desk.request.GET.get("mes", "")), months[0])
    crowded, goods = samples.crowded(store, month.month), sample_goods.goods()
    units = {row.id: row.unit for row in queries.by_ids(one.product_id for one in goods)}
    return desk.page(
        "samples.html", status=422 if form.errors else 200, form=form, choice=choice, store=store, months=months, month=month, now=now,
        over=now.cost - (now.budget or 0),
        tried=[(row, crowded.get(row.product_id, 0)) for row in samples.tried(store, month.month, digits)],
        given=samples.listed(store, month.month, digits), goods=[(one, units.get(one.product_id, "")) for one in goods],
        budget_typed="" if now.budget is None else desk.formats.typed(now.budget, digits, digits),
        shown=shown, shown_unit=units.get(shown.product_id, "") if shown else "", adding=adding, longest=sample_goods.ALLERGENS_MAX,
        quantity_typed=desk.formats.typed(shown.says.quantity if shown else WHOLE, 3),
    )  # fmt: skip
