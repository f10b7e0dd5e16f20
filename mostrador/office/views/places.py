"""The rooms behind Ajustes: the business, its stores, categories and taxes."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.http import HttpResponse

from mostrador.catalogue import queries, services
from mostrador.kernel import clock, tax_ids
from mostrador.kernel.errors import Invalid
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form, read_rate
from mostrador.office.views.products import PICTOS, TINTS
from mostrador.people import queries as people
from mostrador.people import services as people_services
from mostrador.people.bank_accounts import read_account
from mostrador.people.models import Store

# As the engine of prices knows them.
ROUNDING_MODES = ("half_up", "half_down", "down")
LOCALES = ("es-MX", "es-ES", "en-US")
TAX_KINDS = ("percent", "fixed", "exempt")
TIPS_MAX = 3
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED_MAX = 36


@room("settings")
def business(desk: Desk) -> HttpResponse:
    """Show and change the settings of the business."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        fields = {
            "name": form.text("name", longest=120),
            "legal_name": form.text("legal_name", longest=200, required=False),
            "tax_id": form.text("tax_id", longest=20, required=False).upper(),
            "receipt_footer": form.text("receipt_footer", longest=300, required=False),
            "transfer_holder": form.text("transfer_holder", longest=70, required=bool(form.typed("transfer_account"))),
            "transfer_account": _account(form),
            "tax_rounding": form.choice("tax_rounding", ("line", "document")),
            "cash_rounding_step": form.money("cash_rounding_step") or 0,
            "cash_rounding_mode": form.choice("cash_rounding_mode", ROUNDING_MODES),
            "counts_blind": form.ticked("counts_blind"),
            "count_tolerance": form.money("count_tolerance"),
            "timezone": _zone(form),
            "locale": form.choice("locale", LOCALES),
        }
        if form.is_right:
            people_services.change_business(desk.actor, **fields)
            return desk.done("/ajustes/", "settings.saved")
    row = people.business(desk.organization.id)
    return desk.page(
        "settings.html", status=422 if form.errors else 200, form=form, row=row, public_url=settings.PUBLIC_URL,
        locale_choices=desk.choices("locale", LOCALES), rounding_choices=desk.choices("tax_rounding", ("line", "document")),
        mode_choices=desk.choices("round", ROUNDING_MODES), country=_country(desk, row.country), tax_doubt=tax_ids.doubt(row.country, row.tax_id),
        tolerance_typed="" if row.count_tolerance is None else desk.formats.typed(row.count_tolerance, desk.formats.digits, desk.formats.digits),
        step_typed=desk.formats.typed(row.cash_rounding_step, desk.formats.digits, desk.formats.digits),
    )  # fmt: skip


def _account(form: Form) -> str:
    typed = form.typed("transfer_account")
    number = read_account(typed) if typed else ""
    if number is None:
        form.errors["transfer_account"] = "account"
    return number or ""


def _country(desk: Desk, code: str) -> str:
    try:
        return desk.say(f"country.{code}")
    except KeyError:
        return code


def _zone(form: Form) -> str:
    value = form.text("timezone", longest=40)
    try:
        known = value in available_timezones()
    except ZoneInfoNotFoundError:
        known = False
    if value and not known:
        form.errors["timezone"] = "zone"
    return value


@room("stores")
def stores(desk: Desk) -> HttpResponse:
    """Show the stores; POST adds one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        fields = _store_fields(desk, form)
        code = form.text("code", longest=12).upper()
        if code and not (code.isascii() and code.isalnum()):
            form.errors["code"] = "letters_and_digits"
        if form.is_right:
            try:
                people_services.add_store(desk.actor, code=code, **fields)
                return desk.done("/ajustes/tiendas/", "stores.added", name=fields["name"])
            except Invalid as error:
                form.refuse(error)
    return _stores(desk, form=form)


@room("stores")
def store(desk: Desk, store_id: uuid.UUID) -> HttpResponse:
    """Show a store; POST changes it, closes it or opens it again."""
    row = found(next((one for one in people.stores(archived=True) if one.id == store_id), None))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("archived"):
            closed = form.typed("archived") == "1"
            people_services.change_store(desk.actor, store_id=store_id, archived_at=clock.now() if closed else None)
            return desk.done("/ajustes/tiendas/", "stores.closed" if closed else "stores.reopened", name=row.name)
        fields = _store_fields(desk, form)
        if form.is_right:
            people_services.change_store(desk.actor, store_id=store_id, **fields)
            return desk.done("/ajustes/tiendas/", "stores.saved", name=fields["name"])
    return _stores(desk, form=form, row=row)


def _stores(desk: Desk, *, form: Form, **more: Any) -> HttpResponse:
    return desk.page(
        "stores.html", status=422 if form.errors else 200, form=form, rows=people.stores(archived=True),
        day_start=more["row"].day_start_minutes // 60 if "row" in more else 0,
        tips=" ".join(desk.formats.typed(rate, 4) for rate in more["row"].tips) if "row" in more else "",
        weekdays=_weekdays(desk, more.get("row")), closed_dates=" ".join(more["row"].closed_dates) if "row" in more else "",
        zone=more["row"].timezone if "row" in more else desk.organization.timezone,
        adding=desk.request.GET.get("nueva") == "1" or (not more and desk.request.method == "POST"), **more,
    )  # fmt: skip


def _store_fields(desk: Desk, form: Form) -> dict[str, Any]:
    hour = form.whole("day_start", most=23)
    return {
        "name": form.text("name", longest=80),
        "address": form.text("address", longest=200, required=False),
        "phone": form.text("phone", longest=30, required=False),
        "timezone": _zone(form),
        "day_start_minutes": (hour or 0) * 60,
        "tips": _tips(form),
        "closed_weekdays": sorted({WEEKDAYS.index(one) for one in desk.request.POST.getlist("closed") if one in WEEKDAYS}),
        "closed_dates": _closed_dates(form),
    }


def _weekdays(desk: Desk, row: Store | None) -> list[tuple[str, str, bool]]:
    """(code, word, whether the store is closed on it), Monday first."""
    closed = row.closed_weekdays if row is not None else ()
    return [(code, word, WEEKDAYS.index(code) in closed) for code, word in desk.choices("weekday", WEEKDAYS)]


def _closed_dates(form: Form) -> list[str]:
    """Read dates with spaces between them: at most CLOSED_MAX."""
    try:
        found = sorted({dt.date.fromisoformat(one).isoformat() for one in form.typed("closed_dates").replace(",", " ").split()})
    except ValueError:
        form.errors["closed_dates"] = "day"
        return []
    if len(found) > CLOSED_MAX:
        form.errors["closed_dates"] = "too_long"
    return found


def _tips(form: Form) -> list[int]:
    """Read percentages with spaces between them: at most TIPS_MAX, parts per million, each above nothing and at most 100 %."""
    found = [read_rate(one, form.formats.locale) for one in form.typed("tips").replace("%", " ").split()]
    if len(found) > TIPS_MAX:
        form.errors["tips"] = "too_many"
    elif any(rate is None for rate in found):
        form.errors["tips"] = "percentages"
    return [rate for rate in found if rate is not None]


@room("categories")
def categories(desk: Desk) -> HttpResponse:
    """Show the categories in the shop's order; POST adds one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        fields = _category_fields(form)
        if form.is_right:
            try:
                services.add_category(desk.actor, **fields)
                return desk.done("/ajustes/categorias/", "categories.added", name=fields["name"])
            except Invalid as error:
                form.refuse(error)
    return _categories(desk, form=form)


@room("categories")
def category(desk: Desk, category_id: uuid.UUID) -> HttpResponse:
    """Show a category; POST changes, archives or restores it."""
    row = found(next((one for one in queries.categories(archived=True) if one.id == category_id), None))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("archived"):
            away = form.typed("archived") == "1"
            services.change_category(desk.actor, category_id=category_id, archived_at=clock.now() if away else None)
            return desk.done("/ajustes/categorias/", "categories.archived" if away else "categories.restored", name=row.name)
        fields = _category_fields(form)
        if any(one.name == fields["name"] and one.id != category_id for one in queries.categories(archived=True)):
            form.errors["name"] = "taken"
        if form.is_right:
            services.change_category(desk.actor, category_id=category_id, **fields)
            return desk.done("/ajustes/categorias/", "categories.saved", name=fields["name"])
    return _categories(desk, form=form, row=row)


def _category_fields(form: Form) -> dict[str, Any]:
    return {
        "name": form.text("name", longest=60),
        "position": form.whole("position", most=30_000) or 0,
        "picto": form.choice("picto", PICTOS),
        "tint": form.choice("tint", TINTS),
    }


def _categories(desk: Desk, *, form: Form, **more: Any) -> HttpResponse:
    return desk.page(
        "categories.html", status=422 if form.errors else 200, form=form, rows=queries.categories(archived=True),
        picto_choices=desk.choices("picto", PICTOS), tint_choices=desk.choices("tint", TINTS),
        adding=desk.request.GET.get("nueva") == "1" or (not more and desk.request.method == "POST"), **more,
    )  # fmt: skip


@room("taxes")
def taxes(desk: Desk) -> HttpResponse:
    """Show the taxes and their groups; POST adds one or the other."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        add = _add_group if form.typed("what") == "group" else _add_tax
        if add(desk, form):
            return desk.done("/ajustes/impuestos/", "taxes.added")
    return _taxes(desk, form=form)


@room("taxes")
def tax(desk: Desk, tax_id: uuid.UUID) -> HttpResponse:
    """Show a tax; POST changes its name and rate. Sales made keep what they were made with."""
    row = found(next((one for one in queries.taxes() if one.id == tax_id), None))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        fields = {"name": form.text("name", longest=60), **_tax_figures(form, row.kind)}
        if form.is_right:
            services.change_tax(desk.actor, tax_id=tax_id, **fields)
            return desk.done("/ajustes/impuestos/", "taxes.saved", name=fields["name"])
    return _taxes(desk, form=form, row=row)


def _tax_figures(form: Form, kind: str) -> dict[str, Any]:
    rate, amount = form.percent("rate"), form.price("amount")
    if kind == "percent" and rate is None:
        form.errors.setdefault("rate", "empty")
    if kind == "fixed" and amount is None:
        form.errors.setdefault("amount", "empty")
    figures: dict[str, Any] = {"in_base": form.ticked("in_base")}
    if kind == "percent":
        figures["rate"] = rate or 0
    if kind == "fixed":
        figures["amount"] = amount or 0
    return figures


def _add_tax(desk: Desk, form: Form) -> bool:
    kind = form.choice("kind", TAX_KINDS)
    code, name = _tax_code(form), form.text("name", longest=60)
    figures = _tax_figures(form, kind)
    return form.is_right and form.tried(lambda: services.add_tax(desk.actor, code=code, name=name, kind=kind, **figures))


def _add_group(desk: Desk, form: Form) -> bool:
    code, name = _tax_code(form), form.text("name", longest=60)
    chosen = desk.request.POST.getlist("codes")
    order = {row.code: form.whole(f"order_{row.code}", most=99) or 0 for row in queries.taxes()}
    if not chosen:
        form.errors["codes"] = "empty"
    codes = sorted(chosen, key=lambda one: (order.get(one, 0), chosen.index(one)))
    return form.is_right and form.tried(lambda: services.add_tax_group(desk.actor, code=code, name=name, codes=codes))


def _tax_code(form: Form) -> str:
    code = form.text("code", longest=20).upper()
    if code and not all(c.isascii() and (c.isalnum() or c == "_") for c in code):
        form.errors["code"] = "letters_and_digits"
    return code


def _taxes(desk: Desk, *, form: Form, **more: Any) -> HttpResponse:
    groups = [(group, list(group.codes)) for group in queries.tax_groups()]
    row = more.get("row")
    return desk.page(
        "taxes.html", status=422 if form.errors else 200, form=form, rows=queries.taxes(), groups=groups,
        kind_choices=desk.choices("tax_kind", TAX_KINDS), rate_typed=desk.formats.typed(row.rate, 4) if row else "",
        amount_typed=desk.formats.typed(row.amount, 4, desk.formats.digits) if row else "",
        adding=desk.request.GET.get("nuevo") or (form.typed("what") if not more and desk.request.method == "POST" else ""), **more,
    )  # fmt: skip
