"""Shifts and their Z: expected, counted, difference, and what arrived afterwards."""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from mostrador.catalogue import queries as catalogue
from mostrador.counter import accounts, returns
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
    )


@room("shifts")
def shift(desk: Desk, shift_id: uuid.UUID) -> HttpResponse:
    """Show a shift whole; beside the till's Z what the server has received, and how many facts wait."""
    detail = found(reads.shift(shift_id))
    row, names = detail.row, people.names()
    taxes = {tax.code: tax.name for tax in catalogue.taxes()}
    back = (row.closing.figures.get("returned") or {}) if row.closing else {}
    return desk.page(
        "shift.html",
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
        pieces=[(value, count, value * count) for value, count in row.closing.denominations] if row.closing else [],
    )


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
