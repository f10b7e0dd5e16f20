"""Devoluciones: what came back and why, and what of it a person should look at. Nobody is named: that is rendición's."""

import csv
import dataclasses
import datetime as dt
import io
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from mostrador.counter import returns as reads
from mostrador.kernel import clock
from mostrador.kernel.spreadsheet import safe_cell
from mostrador.office.desk import Desk, identifier, room
from mostrador.office.forms import Form
from mostrador.office.views.tickets import with_point
from mostrador.people import queries as people

DAYS, DAYS_MAX = 30, 366
BAR = 200  # the width of the longest bar, in the units of its drawing
COLUMNS = ("back", "date", "time", "store", "origin", "product", "quantity", "unit", "reason", "goods", "total", "methods", "flags")


@room("tickets")
def came_back(desk: Desk) -> HttpResponse:
    """Show the returns of some days, the last 30 without: why things came back, what does not agree, and each of them."""
    form = Form(desk.request.GET, desk.formats)
    wanted = _wanted(desk, form)
    page = int(form.typed("p")) if form.typed("p").isdecimal() and len(form.typed("p")) < 6 else 1
    rows, more = reads.page_of(wanted, max(1, page))
    reasons = reads.reasons(wanted)
    query = {key: form.typed(key) for key in ("desde", "hasta", "tienda", "motivo", "avisos") if form.typed(key)}
    return desk.page(
        "returns.html",
        form=form,
        wanted=wanted,
        rows=rows,
        more=more,
        page=max(1, page),
        query=urlencode(query),
        stores=people.stores(archived=True),
        reasons=_bars(reasons),
        lines=sum(one.lines for one in reasons),
        goods=reads.goods(wanted),
        # Whatever else is asked for: what does not agree is on show.
        doubts=reads.named(reads.doubtful(dataclasses.replace(wanted, reason="", only_flagged=False))),
    )


@room("tickets")
def export(desk: Desk) -> HttpResponse:
    """Return each line that came back as CSV: nothing in it that a spreadsheet would run."""
    wanted = _wanted(desk, Form(desk.request.GET, desk.formats))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([desk.say(f"export.{name}") for name in COLUMNS])
    page, more = 1, True
    while more:
        rows, more = reads.page_of(wanted, page)
        out.writerows([safe_cell(cell) for cell in line] for row in rows for line in _cells(desk, row))
        page += 1
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="devoluciones-{wanted.first}-{wanted.last}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _wanted(desk: Desk, form: Form) -> reads.Wanted:
    today = clock.now().astimezone(ZoneInfo(desk.organization.timezone)).date()
    last = form.day("hasta") or today
    first = max(form.day("desde") or last - dt.timedelta(days=DAYS - 1), last - dt.timedelta(days=DAYS_MAX))
    return reads.Wanted(first, last, identifier(form.typed("tienda")), form.typed("motivo")[:40], form.ticked("avisos"))


def _bars(reasons: list[reads.Reason]) -> list[tuple[reads.Reason, int]]:
    """Each reason with the width of its bar: in proportion to the commonest, none invisible."""
    most = max((one.lines for one in reasons), default=1)
    return [(one, max(3, one.lines * BAR // most)) for one in reasons]


def _cells(desk: Desk, back: reads.ReturnDetail) -> list[tuple[Any, ...]]:
    """The lines of a return as rows of the file, in the order of COLUMNS."""
    local = desk.formats.local(back.row.occurred_at, back.store.timezone)
    methods = " ".join(desk.say(f"method.{refund.method}") for refund in back.refunds)
    return [
        (
            back.number, back.row.business_date, local.strftime("%H:%M:%S"), back.store.name, back.sale_number, line.name, with_point(line.quantity, 3),
            line.unit, desk.say_code("reason", line.reason), desk.say_code("goods", line.goods), with_point(line.gross, desk.formats.digits), methods,
            " ".join(back.flags),
        )
        for line in back.lines
    ]  # fmt: skip
