"""Modifiers: what may be chosen beside a product, in the order in which the till asks; of each group its options and what they add."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from mostrador.catalogue import modifiers as services
from mostrador.catalogue.modifiers import Group, Option, Saying
from mostrador.counter import queries as sold
from mostrador.kernel import clock
from mostrador.office import picking
from mostrador.office.desk import Desk, room
from mostrador.office.forms import PRICE_DIGITS, Form

ADDRESS = "/modificadores/"
EMPTY_ROWS = 4
SOLD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """An option as it is typed."""

    n: int
    id: str
    name: str
    price: str
    is_default: bool
    sold: int


@room("modifiers")
def modifiers(desk: Desk) -> HttpResponse:
    """Show the groups; POST begins one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        says = _read(form)
        if form.is_right and form.tried(lambda: services.add_group(desk.actor, says=says)):
            return desk.done(ADDRESS, "modifiers.added", name=says.name)
    adding = desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST"
    return _page(desk, form, adding=adding)


@room("modifiers")
def modifier(desk: Desk, group_id: uuid.UUID) -> HttpResponse:
    """Show a group; POST says it anew, moves it, ends it or brings it back."""
    group = services.group(group_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("move"):
            services.move_group(desk.actor, group_id=group_id, up=form.typed("move") == "up")
            return desk.done(ADDRESS, "modifiers.moved", name=group.says.name)
        if form.typed("ended"):
            ended = form.typed("ended") == "1"
            services.end_group(desk.actor, group_id=group_id, ended=ended)
            return desk.done(ADDRESS, "modifiers.ended" if ended else "modifiers.restored", name=group.says.name)
        says = _read(form)
        if form.is_right and form.tried(lambda: services.change_group(desk.actor, group_id=group_id, says=says)):
            return desk.done(f"{ADDRESS}{group_id}/", "modifiers.saved", name=says.name)
    return _page(desk, form, group=group)


def _read(form: Form) -> Saying:
    name = form.text("name", longest=services.NAME_MAX)
    least, most = form.whole("least", most=services.OPTIONS_MAX), form.whole("most", most=services.OPTIONS_MAX)
    options = []
    for n in range(1, services.OPTIONS_MAX + EMPTY_ROWS + 1):
        if not form.typed(f"option_{n}"):
            continue
        option = form.text(f"option_{n}", longest=services.NAME_MAX)
        price = form.price_change(f"price_{n}")
        known = form.identifier(f"id_{n}", required=False)
        options.append(Option(known, option, price or 0, form.ticked(f"default_{n}")))
    return Saying(name, least or 0, 1 if most is None else most, picking.read(form), tuple(options))


def _page(desk: Desk, form: Form, *, group: Group | None = None, adding: bool = False) -> HttpResponse:
    groups = services.groups(archived=True)
    return desk.page(
        "modifiers.html", status=422 if form.errors else 200, form=form, group=group, adding=adding,
        rows=[(one, ", ".join(option.name for option in one.says.options)) for one in groups],
        options=_rows(desk, form, group) if group or adding else [], days=SOLD_DAYS,
        **picking.context(desk, group.says.pick if group else None),
    )  # fmt: skip


def _rows(desk: Desk, form: Form, group: Group | None) -> list[Row]:
    """The options as they are typed, with empty ones to fill."""
    options = group.says.options if group else ()
    first = clock.now().date() - dt.timedelta(days=SOLD_DAYS)
    counts = sold.modifiers_sold([option.id for option in options if option.id], first)
    rows = []
    for n in range(1, max(len(options), _typed(form)) + EMPTY_ROWS + 1):
        option = options[n - 1] if n <= len(options) else None
        if form.data:
            typed = (form.typed(f"id_{n}"), form.typed(f"option_{n}"), form.typed(f"price_{n}"), form.ticked(f"default_{n}"))
        else:
            price = desk.formats.typed(option.price, PRICE_DIGITS, desk.formats.digits) if option and option.price else ""
            typed = (str(option.id), option.name, price, option.is_default) if option else ("", "", "", False)
        rows.append(Row(n, *typed, counts.get(option.id, 0) if option and option.id else 0))
    return rows


def _typed(form: Form) -> int:
    """How many rows were sent."""
    return max((n for n in range(1, services.OPTIONS_MAX + 1) if form.typed(f"option_{n}")), default=0)
