"""Cupones de un solo uso: batches of codes, how far each is used, the sheet to print, the file, and codes that are not to be used any more."""

import csv
import datetime as dt
import io
import uuid
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from mostrador.catalogue import promotions
from mostrador.counter import coupon_desk, coupon_queries
from mostrador.counter.coupon_queries import Batch
from mostrador.kernel.spreadsheet import safe_cell
from mostrador.office.desk import Desk, found, identifier, room
from mostrador.office.forms import Form

ADDRESS = "/cupones/"
SHEET = 60
COLUMNS = ("place", "coupon", "coupon_state", "number", "date")


@room("coupons")
def coupons(desk: Desk) -> HttpResponse:
    """Show the batches, and what was taken twice; POST draws the codes of a new one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        promotion_id, name = form.identifier("promotion"), form.text("name", longest=coupon_desk.NAME_MAX)
        count, last = form.whole("count", most=coupon_desk.CODES_MAX, required=True), form.day("until")
        made: list[uuid.UUID] = []
        if form.is_right and promotion_id is not None:
            form.tried(
                lambda: made.append(
                    coupon_desk.issue(desk.actor, promotion_id=promotion_id, name=name, count=count or 0, until=_end_of(desk, last))
                )
            )
        if made:
            return desk.done(f"{ADDRESS}{made[0]}/", "coupons.issued", n=count)
    said = [one for one in promotions.promotions() if one.terms.single]
    return desk.page(
        "coupons.html", status=422 if form.errors else 200, form=form, rows=coupon_queries.batches(), doubts=coupon_queries.doubts(),
        promotions=[(str(one.id), one.name) for one in said], adding=desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST",
    )  # fmt: skip


def _end_of(desk: Desk, last: dt.date | None) -> dt.datetime | None:
    """The first instant after a day of the business."""
    return None if last is None else dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), ZoneInfo(desk.formats.zone))


@room("coupons")
def batch(desk: Desk, batch_id: uuid.UUID) -> HttpResponse:
    """Show a batch with its codes; POST makes a code void, lets it be used again, or makes void what is left of the batch."""
    row, form = found(coupon_queries.batch(batch_id)), Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("what") == "rest":
            n = coupon_desk.void_rest(desk.actor, batch_id=batch_id)
            return desk.done(f"{ADDRESS}{batch_id}/", "coupons.rest_voided", n=n)
        coupon_id, void = found(identifier(form.typed("coupon"))), form.typed("what") == "void"
        coupon_desk.set_void(desk.actor, coupon_id=coupon_id, void=void)
        return desk.done(f"{ADDRESS}{batch_id}/", "coupons.voided" if void else "coupons.restored")
    state, code = desk.request.GET.get("estado", ""), desk.request.GET.get("q", "")[:40].strip()
    rows = coupon_queries.listed(batch_id, state=state if state in coupon_queries.STATES else "", code=code, limit=coupon_queries.PAGE)
    return desk.page(
        "coupon_batch.html", batch=row, rows=rows, state=state, words=code, page_size=coupon_queries.PAGE, last=_last_day(desk, row),
        states=[("", desk.say("coupon_state.all")), *desk.choices("coupon_state", coupon_queries.STATES)],
    )  # fmt: skip


def _last_day(desk: Desk, row: Batch) -> dt.date | None:
    until = row.row.until
    return None if until is None else desk.formats.local(until - dt.timedelta(milliseconds=1)).date()


@room("coupons")
def sheet(desk: Desk, batch_id: uuid.UUID) -> HttpResponse:
    """Show the codes that may still be used as slips to print and cut, so many on a page."""
    row = found(coupon_queries.batch(batch_id))
    free = coupon_queries.listed(batch_id, state="free")
    pages = max(1, -(-len(free) // SHEET))
    asked = desk.request.GET.get("pagina", "1")
    page = min(pages, max(1, int(asked))) if asked.isdecimal() and len(asked) < 6 else 1
    return desk.page(
        "coupon_sheet.html", batch=row, rows=[one for one in free[(page - 1) * SHEET : page * SHEET] if one.code], page=page,
        pages=range(1, pages + 1), last=_last_day(desk, row),
    )  # fmt: skip


@room("coupons")
def export(desk: Desk, batch_id: uuid.UUID) -> HttpResponse:
    """Return the codes of a batch as CSV, with how each stands: nothing in it that a spreadsheet would run."""
    found(coupon_queries.batch(batch_id))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([desk.say(f"export.{name}") for name in COLUMNS])
    for one in coupon_queries.listed(batch_id):
        use = one.uses[0] if one.uses else None
        used = (use.ticket, desk.formats.local(use.at).date()) if use else ("", "")
        out.writerow([safe_cell(cell) for cell in (one.n, one.code, desk.say(f"coupon_is.{one.state}"), *used)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cupones.csv"'
    response["Cache-Control"] = "no-store"
    return response
