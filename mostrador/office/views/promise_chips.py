"""Promesas (Ajustes): what the shop promises, in the owner's words, and within how many days."""

import uuid

from django.http import HttpResponse

from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries
from mostrador.trust import promise_chips, promises
from mostrador.trust.promise_chips import Chip, Saying

ADDRESS = "/promesas/palabras/"


@room("promise_chips")
def chips(desk: Desk) -> HttpResponse:
    """Show the words and their days; POST begins one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        says = _read(form)
        if form.is_right and form.tried(lambda: promise_chips.add_chip(desk.actor, says=says)):
            return desk.done(ADDRESS, "promise_chips.added", name=says.name)
    adding = desk.request.GET.get("nueva") == "1" or desk.request.method == "POST"
    return _page(desk, form, adding=adding)


@room("promise_chips")
def chip(desk: Desk, promise_chip_id: uuid.UUID) -> HttpResponse:
    """Show one; POST says it anew, moves it, takes it from the tills or brings it back."""
    found = promise_chips.chip(promise_chip_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("move"):
            promise_chips.move_chip(desk.actor, chip_id=promise_chip_id, up=form.typed("move") == "up")
            return desk.done(ADDRESS, "promise_chips.moved", name=found.says.name)
        if form.typed("ended"):
            ended = form.typed("ended") == "1"
            promise_chips.end_chip(desk.actor, chip_id=promise_chip_id, ended=ended)
            return desk.done(ADDRESS, "promise_chips.ended" if ended else "promise_chips.restored", name=found.says.name)
        says = _read(form)
        if form.is_right and form.tried(lambda: promise_chips.change_chip(desk.actor, chip_id=promise_chip_id, says=says)):
            return desk.done(f"{ADDRESS}{promise_chip_id}/", "promise_chips.saved", name=says.name)
    return _page(desk, form, chip=found)


def _read(form: Form) -> Saying:
    name, days = form.text("name", longest=promise_chips.NAME_MAX), form.whole("days", most=promise_chips.DAYS_MAX)
    if days is None:
        form.errors.setdefault("days", "empty")
    return Saying(name, days or 0, form.ticked("finds_out"))


def _page(desk: Desk, form: Form, *, chip: Chip | None = None, adding: bool = False) -> HttpResponse:
    stores = queries.stores()
    honest = {store.id: promises.honest(store) for store in stores}
    return desk.page(
        "promise_chips.html", status=422 if form.errors else 200, form=form, chip=chip, adding=adding, longest=promise_chips.NAME_MAX,
        rows=[
            (one, [(store.name, days) for store in stores if (days := honest[store.id].get(one.id)) is not None])
            for one in promise_chips.chips(archived=True)
        ],
        one_store=len(stores) == 1,
    )  # fmt: skip
