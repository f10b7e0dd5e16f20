"""Rendición de cuentas: events with names. To see those of one person somebody says why, and that is kept for all to read (ruling 31)."""

import datetime as dt
import uuid
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from mostrador.counter import accountability as reads
from mostrador.kernel import clock
from mostrador.office.desk import Desk, identifier, room
from mostrador.office.forms import Form
from mostrador.people import inquiries
from mostrador.people import queries as people

DAYS, DAYS_MAX = 7, 92


@room("accountability")
def accountability(desk: Desk) -> HttpResponse:
    """Show what people answer for, newest first. POST asks for one person's, with the purpose."""
    names = people.names()
    asked = Form(desk.request.POST, desk.formats)
    form = Form(desk.request.GET, desk.formats)
    if desk.request.method == "POST":
        form = asked
        person, purpose = asked.identifier("person"), asked.choice("purpose", inquiries.PURPOSES)
        note = asked.text("note", longest=200)
        if person not in names:
            asked.errors["person"] = "choose"
        if asked.is_right and person:
            made = inquiries.open_inquiry(desk.actor, member_id=person, purpose=purpose, note=note)
            return desk.done(
                f"/rendicion/?{urlencode({**_days(asked), 'consulta': str(made)})}", "accountability.asked", name=names[person]
            )
    inquiry = inquiries.of_today(desk.actor, identifier(form.typed("consulta")))
    page = int(form.typed("p")) if form.typed("p").isdecimal() and len(form.typed("p")) < 6 else 1
    rows, more = reads.entries(_wanted(desk, form, inquiry.member_id if inquiry else None), page)
    return desk.page(
        "accountability.html", status=422 if asked.errors else 200, form=form, asked=asked, rows=[_row(one, names) for one in rows], more=more,
        page=max(1, page), inquiry=inquiry, person=names.get(inquiry.member_id, "") if inquiry else "", stores=people.stores(archived=True),
        store_id=identifier(form.typed("tienda")), query=urlencode({**_days(form), **({"consulta": str(inquiry.id)} if inquiry else {})}),
        person_choices=sorted(((one, name) for one, name in names.items()), key=lambda pair: pair[1].casefold()),
        purpose_choices=desk.choices("purpose", inquiries.PURPOSES),
        log=[(one, names.get(one.actor_id, ""), names.get(one.member_id, "")) for one in inquiries.latest()],
    )  # fmt: skip


def _days(form: Form) -> dict[str, str]:
    return {key: form.typed(key) for key in ("desde", "hasta", "tienda") if form.typed(key)}


def _wanted(desk: Desk, form: Form, staff_id: uuid.UUID | None) -> reads.Wanted:
    zone = ZoneInfo(desk.organization.timezone)
    today = clock.now().astimezone(zone).date()
    last = form.day("hasta") or today
    first = max(form.day("desde") or last - dt.timedelta(days=DAYS), last - dt.timedelta(days=DAYS_MAX))
    since, until = (dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC) for day in (first, last + dt.timedelta(days=1)))
    return reads.Wanted(since, until, identifier(form.typed("tienda")), staff_id)


def _row(entry: reads.Entry, names: dict[uuid.UUID | None, str]) -> tuple[reads.Entry, str, str]:
    return entry, names.get(entry.staff_id, ""), names.get(entry.by, "") if entry.by else ""
