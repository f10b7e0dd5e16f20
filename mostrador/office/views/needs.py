"""Necesidades: what people come for, in the owner's words, the goods that may do the job, and how often each was said. Sold or not, it counts the same."""

import datetime as dt
import uuid

from django.http import HttpResponse

from mostrador.kernel import clock
from mostrador.office import picking
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.trust import need_chips, needs
from mostrador.trust.need_chips import Chip, Saying

ADDRESS = "/necesidades/"
DAYS = 30


@room("needs")
def chips(desk: Desk) -> HttpResponse:
    """Show the needs and how often each was said; POST begins one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        says = _read(form)
        if form.is_right and form.tried(lambda: need_chips.add_chip(desk.actor, says=says)):
            return desk.done(ADDRESS, "needs.added", name=says.name)
    adding = desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST"
    return _page(desk, form, adding=adding)


@room("needs")
def chip(desk: Desk, chip_id: uuid.UUID) -> HttpResponse:
    """Show a need; POST says it anew, moves it, takes it from the tills or brings it back."""
    found = need_chips.chip(chip_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("move"):
            need_chips.move_chip(desk.actor, chip_id=chip_id, up=form.typed("move") == "up")
            return desk.done(ADDRESS, "needs.moved", name=found.says.name)
        if form.typed("ended"):
            ended = form.typed("ended") == "1"
            need_chips.end_chip(desk.actor, chip_id=chip_id, ended=ended)
            return desk.done(ADDRESS, "needs.ended" if ended else "needs.restored", name=found.says.name)
        says = _read(form)
        if form.is_right and form.tried(lambda: need_chips.change_chip(desk.actor, chip_id=chip_id, says=says)):
            return desk.done(f"{ADDRESS}{chip_id}/", "needs.saved", name=says.name)
    return _page(desk, form, chip=found)


def _read(form: Form) -> Saying:
    name, pick = form.text("name", longest=need_chips.NAME_MAX), picking.read(form)
    # A need that no product of the shop answers is one all the same: that is the list to buy by.
    if form.errors.get("pick") == "empty":
        del form.errors["pick"]
    return Saying(name, pick)


def _page(desk: Desk, form: Form, *, chip: Chip | None = None, adding: bool = False) -> HttpResponse:
    said = {one.chip_id: one for one in needs.asked(clock.now() - dt.timedelta(days=DAYS))}
    return desk.page(
        "needs.html", status=422 if form.errors else 200, form=form, chip=chip, adding=adding, days=DAYS,
        rows=[(one, said.get(one.id)) for one in need_chips.chips(archived=True)], longest=need_chips.NAME_MAX,
        **picking.context(desk, chip.says.pick if chip else None),
    )  # fmt: skip
