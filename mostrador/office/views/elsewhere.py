"""Otros lugares: where else somebody is well served. Who has an office proposes, a manager approves, and tills recommend what was approved."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from mostrador.kernel import clock
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.trust import places
from mostrador.trust.places import Facts, Known

ADDRESS = "/otros-lugares/"


@room("elsewhere")
def index(desk: Desk) -> HttpResponse:
    """Show the places; POST proposes one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        facts = _read(form)
        if form.is_right and form.tried(lambda: places.propose(desk.actor, facts=facts, today=_today(desk))):
            return desk.done(ADDRESS, "elsewhere.added" if _approves(desk) else "elsewhere.proposed", name=facts.name)
    adding = desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST"
    return _page(desk, form, adding=adding)


@room("elsewhere")
def place(desk: Desk, place_id: uuid.UUID) -> HttpResponse:
    """Show a place; POST says it anew, says that it is still so, approves it, takes it from the tills or brings it back."""
    found = places.place(place_id)
    name, form = found.facts.name, Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        act = form.typed("act")
        if act == "verify":
            places.verify(desk.actor, place_id=place_id, today=_today(desk))
            return desk.done(ADDRESS, "elsewhere.verified", name=name)
        if act == "approve":
            places.approve(desk.actor, place_id=place_id)
            return desk.done(ADDRESS, "elsewhere.approved", name=name)
        if act in {"end", "restore"}:
            places.end(desk.actor, place_id=place_id, ended=act == "end")
            return desk.done(ADDRESS, "elsewhere.ended" if act == "end" else "elsewhere.restored", name=name)
        facts = _read(form)
        if form.is_right and form.tried(lambda: places.change(desk.actor, place_id=place_id, facts=facts, today=_today(desk))):
            return desk.done(ADDRESS, "elsewhere.saved" if _approves(desk) else "elsewhere.proposed", name=facts.name)
    return _page(desk, form, place=found)


def _approves(desk: Desk) -> bool:
    return desk.actor.may("owner", "manager")


def _today(desk: Desk) -> dt.date:
    return clock.now().astimezone(ZoneInfo(desk.organization.timezone)).date()


def _read(form: Form) -> Facts:
    said = {field: form.text(field, longest=longest, required=field in {"name", "good_for"}) for field, longest in places.LONGEST.items()}
    return Facts(**said, why=form.choice("why", places.WHY))


def _page(desk: Desk, form: Form, *, place: Known | None = None, adding: bool = False) -> HttpResponse:
    today = _today(desk)
    return desk.page(
        "elsewhere.html", status=422 if form.errors else 200, form=form, place=place, adding=adding, longest=places.LONGEST,
        rows=[(one, one.is_stale(today)) for one in places.places(archived=True)], stale_days=places.STALE_DAYS, team=people.names(),
        is_stale=place is not None and place.is_stale(today), why_choices=desk.choices("advice_why", places.WHY), approves=_approves(desk),
    )  # fmt: skip
