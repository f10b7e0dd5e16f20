"""Tickets: search, one as paper, and all of some days as a file."""

import csv
import dataclasses
import datetime as dt
import io
import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse

from mostrador.buyers import queries as buyers
from mostrador.catalogue import queries as catalogue
from mostrador.counter import coupon_queries, queries, returns, tokens, voucher_queries
from mostrador.counter.models import SaleLine
from mostrador.counter.queries import Wanted
from mostrador.kernel import clock
from mostrador.kernel.errors import Invalid
from mostrador.kernel.spreadsheet import safe_cell
from mostrador.office.desk import Desk, found, identifier, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.rights import of_sale, repairs

EXPORT_MAX = 50_000


def wanted_of(desk: Desk) -> tuple[Wanted, Form]:
    """Return what an address searches for, and the form that shows it."""
    form = Form(desk.request.GET, desk.formats)
    text, number, amount, words = form.typed("q"), "", None, ""
    if text:
        probe = Form({"amount": text}, desk.formats)
        read = probe.money("amount")
        looks_like_number = text.rpartition("-")[2].isdecimal() and ("-" in text or text.isdecimal())
        if looks_like_number and ("-" in text or len(text) < 9):
            number = text
        elif read is not None and probe.is_right:
            amount = read
        else:
            words = text
    return Wanted(number, amount, words, form.day("desde"), form.day("hasta"), identifier(form.typed("tienda"))), form


@room("tickets")
def tickets(desk: Desk) -> HttpResponse:
    """Show tickets, newest first; the search takes a number, an amount with its decimals, or words of a product."""
    wanted, form = wanted_of(desk)
    page = max(1, min(10_000, int(desk.request.GET.get("p", "1") or 1))) if desk.request.GET.get("p", "1").isdecimal() else 1
    rows, more = queries.tickets(wanted, page)
    query = {key: form.typed(key) for key in ("q", "desde", "hasta", "tienda") if form.typed(key)}
    return desk.page(
        "tickets.html#list" if desk.request.headers.get("HX-Target") == "list" else "tickets.html",
        rows=rows, returns=returns.of_number(wanted.number) if wanted.number else [], more=more, page=page, form=form, stores=people.stores(archived=True), query=urlencode(query), query_text=form.typed("q"), wanted=wanted,
    )  # fmt: skip


@room("tickets")
def ticket(desk: Desk, sale_id: uuid.UUID) -> HttpResponse:
    """Show a ticket as its paper, with what the paper does not say beside it; POST withdraws one of the buyer's secrets."""
    detail = found(queries.ticket(sale_id))
    if desk.request.method == "POST":
        tokens.withdraw(desk.actor, sale_id=sale_id, digest=Form(desk.request.POST, desk.formats).typed("digest"))
        return desk.done(f"/tickets/{sale_id}/", "ticket.withdrawn")
    return shown(desk, detail)


def shown(desk: Desk, detail: queries.TicketDetail, wrong: str = "") -> HttpResponse:
    """Return the page of a ticket. `wrong`: why what was asked for its goods was not done."""
    taxes = {tax.code: tax.name for tax in catalogue.taxes()}
    return desk.page(
        "ticket.html",
        status=422 if wrong else 200,
        wrong=wrong,
        ticket=detail,
        staff=people.names().get(detail.sale.staff_id, ""),
        looked=people.names().get(detail.age_check.staff_id, "") if detail.age_check else "",
        taken_by=buyers.person_name(detail.taken_by) if detail.taken_by else "",
        tax_rows=[(figure, taxes.get(figure.code, figure.code)) for figure in detail.taxes],
        flags=detail.sale.flags.split(),
        other_prices=_other_prices(detail),
        openings=tokens.of_sale(detail.sale.id),
        returns=returns.of_sale(detail.sale.id),
        slips=voucher_queries.of_sale(detail.sale.id),
        coupons=coupon_queries.of_sale(detail.sale.id) if desk.may_see("coupons") else [],
        public_url=settings.PUBLIC_URL,
        today=desk.formats.local(clock.now(), detail.store.timezone).date(),
        held=_rights(desk, detail),
        stays=_stays(detail),
    )


def _rights(desk: Desk, detail: queries.TicketDetail) -> list[tuple[of_sale.Held, str]]:
    """What whoever bought it may still ask for, each with its name."""
    today, language = desk.formats.local(clock.now(), detail.store.timezone).date(), desk.formats.language
    held = of_sale.held(detail.sale, detail.lines, desk.organization.country, today)
    return [(one, one.right.rule.title(language) if one.right.rule else desk.say(f"right_kind.{one.right.kind}")) for one in held]


def _stays(detail: queries.TicketDetail) -> list[tuple[str, repairs.Known]]:
    """What of it is or was away to be repaired, each with what it is."""
    names = {line.n: line.name for line in detail.lines}
    return [(names.get(known.n, ""), known) for known in repairs.of_sale(detail.sale.id)]


def _other_prices(detail: queries.TicketDetail) -> list[tuple[SaleLine, int]]:
    """The lines that were sold at another price than their product has today, and today's (ruling 6: a note, no fault)."""
    today = catalogue.prices({line.product_id for line in detail.lines})
    return [(line, price) for line in detail.lines if (price := today.get(line.product_id)) is not None and price != line.unit_price]


COLUMNS = ("number", "date", "time", "store", "total", "net", "tax", "discount", "rounding", "tip", "methods", "lines", "flags", "origin")


@room("tickets")
def export(desk: Desk) -> HttpResponse:
    """Return the tickets that were searched for as CSV, without days those of a month: nothing in it that a spreadsheet would run."""
    wanted, _ = wanted_of(desk)
    last = wanted.last or clock.now().date()
    first = wanted.first or last - dt.timedelta(days=31)
    wanted = dataclasses.replace(wanted, first=first, last=last)
    if (n := queries.count(wanted)) > EXPORT_MAX:
        raise Invalid(export="too_many", n=n, most=EXPORT_MAX)
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([desk.say(f"export.{name}") for name in COLUMNS])
    page, more = 1, True
    while more:
        rows, more = queries.tickets(wanted, page)
        out.writerows([safe_cell(cell) for cell in _cells(desk, row)] for row in rows)
        page += 1
    if not (wanted.number or wanted.words or wanted.amount is not None):
        out.writerows([safe_cell(cell) for cell in _back_cells(desk, row)] for row in returns.of_days(first, last, wanted.store_id))
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tickets-{first}-{last}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _cells(desk: Desk, row: queries.Ticket) -> tuple[object, ...]:
    """A ticket as a row of the file, in the order of COLUMNS."""
    amounts = (row.gross, row.net, row.gross - row.net, row.discount, row.rounding, row.tip)
    return (
        row.number, row.business_date, desk.formats.local(row.occurred_at, row.zone).strftime("%H:%M:%S"), row.store,
        *(with_point(amount, desk.formats.digits) for amount in amounts),
        " ".join(desk.say(f"method.{method}") for method in row.methods), row.lines, " ".join(row.flags), "",
    )  # fmt: skip


def _back_cells(desk: Desk, back: returns.ReturnDetail) -> tuple[object, ...]:
    """A return as a row of the same file: what went back is below zero."""
    row = back.row
    amounts = (-row.gross, -row.net, row.net - row.gross, 0, -row.rounding, 0)
    return (
        back.number, row.business_date, desk.formats.local(row.occurred_at, back.store.timezone).strftime("%H:%M:%S"), back.store.name,
        *(with_point(amount, desk.formats.digits) for amount in amounts),
        " ".join(desk.say(f"method.{refund.method}") for refund in back.refunds), len(back.lines), " ".join(["return", *row.flags.split()]),
        back.sale_number,
    )  # fmt: skip


def with_point(minor: int, digits: int) -> str:
    """An amount with a decimal point and nothing else: what accounting programs read."""
    if digits == 0:
        return str(minor)
    sign, whole = ("-" if minor < 0 else ""), abs(minor)
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}"
