"""Shifts and their Z: expected, counted, difference, and what arrived afterwards."""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from mostrador.catalogue import queries as catalogue
from mostrador.counter import accounts, left_shifts, returns
from mostrador.counter import queries as tickets
from mostrador.counter import shifts as reads
from mostrador.counter.models import CounterEvent
from mostrador.office.desk import Desk, found, identifier, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.sync.queries import waiting_of_shift


@room("shifts")
def shifts(desk: Desk) -> HttpResponse:
    """Show shifts, newest first."""
    form = Form(desk.request.GET, desk.formats)
    wanted = reads.Wanted(form.day("desde"), form.day("hasta"), identifier(form.typed("tienda")))
    page = int(form.typed("p")) if form.typed("p").isdecimal() and len(form.typed("p")) < 6 else 1
    rows, more = reads.shifts(wanted, page)
    query = {key: form.typed(key) for key in ("desde", "hasta", "tienda") if form.typed(key)}
    return desk.page(
        "shifts.html",
        rows=rows,
        more=more,
        page=max(1, page),
        form=form,
        stores=people.stores(archived=True),
        query=urlencode(query),
        store_id=wanted.store_id,
        **states(rows),
    )


@room("shifts")
def shift(desk: Desk, shift_id: uuid.UUID) -> HttpResponse:
    """Show a shift whole; beside the till's Z what the server has received, and how many facts wait. POST counts the drawer of one that no till can close."""
    detail = found(reads.shift(shift_id))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        counted, note = form.money("counted"), form.text("note", longest=left_shifts.NOTE_MAX, required=False)
        if counted is None and form.is_right:
            form.errors["counted"] = "empty"
        if form.is_right and form.tried(lambda: left_shifts.count(desk.actor, shift_id=shift_id, counted=counted or 0, note=note)):
            return desk.done(f"/turnos/{shift_id}/", "left.saved")
    row, names = detail.row, people.names()
    taxes = {tax.code: tax.name for tax in catalogue.taxes()}
    back = (row.closing.figures.get("returned") or {}) if row.closing else {}
    return desk.page(
        "shift.html",
        status=422 if form.errors else 200,
        form=form,
        **_counted(row, names),
        shift=detail,
        row=row,
        opened_by=names.get(row.shift.staff_id, ""),
        closed_by=names.get(row.closing.staff_id, "") if row.closing else "",
        waiting=waiting_of_shift(shift_id),
        tickets=tickets.of_shift(shift_id),
        returns=[dataclasses.replace(one, who=names.get(one.row.staff_id, "")) for one in returns.of_shift(shift_id)],
        back_methods=_given_back(row, back),
        paid=[(one, names.get(one.row.staff_id, "")) for one in accounts.of_shift(shift_id)],
        moves=[(move, names.get(move.staff_id, "")) for move in detail.cash],
        events=[(event, names.get(event.staff_id, ""), _why(desk, event, names)) for event in detail.events],
        z_taxes=[(taxes.get(code, code), base, amount) for code, base, amount in row.closing.figures["taxes"]] if row.closing else [],
        back_taxes=[(taxes.get(code, code), base, amount) for code, base, amount in back.get("taxes", ())],
        back_rounded=-back.get("rounding", 0),
        slips=reads.slips(row.closing) if row.closing else [],
        pieces=[(value, count, value * count) for value, count in row.closing.denominations] if row.closing else [],
    )


def states(rows: list[reads.ShiftRow]) -> dict[str, Any]:
    """Return what the state of shifts in a list wants to know: which were left open, and what the office counted."""
    listed = [row.shift for row in rows]
    return {"left": left_shifts.left(listed), "counts": left_shifts.office_counts(shift.id for shift in listed)}


def _counted(row: reads.ShiftRow, names: Mapping[uuid.UUID | None, str]) -> dict[str, Any]:
    found = states([row])
    made = found["counts"].get(row.shift.id)
    return {**found, "made_difference": made.counted - made.expected, "counted_by": names.get(made.actor_id, "")} if made else found


def _given_back(row: reads.ShiftRow, back: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What went back by each method: as the Z says, or as it has arrived while the shift is open."""
    if row.closing:
        return [(method, amount) for method, amount in back.get("refunds", ())]
    return sorted((code.removeprefix("back:"), amount) for code, amount in row.totals.items() if code.startswith("back:") and amount)


def _why(desk: Desk, event: CounterEvent, names: Mapping[uuid.UUID | None, str]) -> str:
    """Why something happened; of an approval also what was approved, and by whom."""
    act, _, reason = event.reason.rpartition(":")
    why = desk.say_code("reason", reason)
    if event.kind != "approval.given":
        return why
    what = f"{desk.say_code('act', act)}: {why}" if why else desk.say_code("act", act)
    return desk.say("shift.approved", what=what, who=names.get(event.about, "?"))
