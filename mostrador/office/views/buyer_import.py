"""Bringing customers and what they owe from a spreadsheet or another till: the file is checked, shown, and then written whole."""

import base64
import binascii

from django.http import HttpResponse

from mostrador.buyers import importing
from mostrador.buyers.importing import Plan, Problem
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form

SHOWN = 50
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@room("buyers")
def bring(desk: Desk) -> HttpResponse:
    """Take a file and show what it would do; POST with `act` writes what was shown, checked once more."""
    if desk.membership.role not in {"owner", "manager"}:
        raise Forbidden
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method != "POST":
        return _upload(desk, form)
    data = _data(desk, form)
    plan = _plan(desk, form, data)
    if plan is None:
        return _upload(desk, form)
    if form.typed("act") != "write":
        return _preview(desk, plan, data)
    if plan.bad_rows and not form.ticked("only_good"):
        return _preview(desk, plan, data, desk.say("error.import.confirm"))
    counts = plan.counts
    importing.apply(desk.actor, plan)
    return desk.done("/clientes/", "buyers.imported", new=desk.formats.number(counts["new"]), changed=desk.formats.number(counts["change"]))


def _data(desk: Desk, form: Form) -> bytes:
    """The file as it came, or as the page of its check brought it back."""
    if form.typed("act") == "write":
        try:
            return base64.b64decode(desk.request.POST.get("held", ""), validate=True)
        except binascii.Error:
            return b""
    file = desk.request.FILES.get("file")
    return b"" if file is None else file.read(importing.FILE_MAX + 1)


def _plan(desk: Desk, form: Form, data: bytes) -> Plan | None:
    try:
        return importing.check(data, locale=desk.organization.locale, digits=desk.formats.digits)
    except Invalid as error:
        form.refuse(
            Invalid(file={"too_large": "too_large_here", "too_many_rows": "too_many_rows_here"}.get(code := str(error.data["file"]), code))
        )
        return None


def _upload(desk: Desk, form: Form) -> HttpResponse:
    return desk.page("buyer_import.html", status=422 if form.errors else 200, form=form, plan=None, fields=list(importing.HEADERS))


def _preview(desk: Desk, plan: Plan, data: bytes, problem: str = "") -> HttpResponse:
    used = set(plan.columns.values())
    return desk.page(
        "buyer_import.html", status=422 if problem else 200, plan=plan, problem=problem, held=base64.b64encode(data).decode(),
        delimiter=desk.say(f"delimiter.{DELIMITERS[plan.table.delimiter]}") if plan.table.delimiter else "",
        known=[(name, plan.table.headers[column]) for name, column in plan.columns.items()],
        unused=[header for n, header in enumerate(plan.table.headers) if n not in used and header],
        problems=[(one, _words(desk, one)) for one in plan.problems[:SHOWN]], more=max(0, len(plan.problems) - SHOWN), rows=plan.rows[:20],
        to_write=[row for row in plan.rows if row.action != "same"],
    )  # fmt: skip


def _words(desk: Desk, problem: Problem) -> str:
    try:
        return desk.say(f"bring.problem_{problem.code}", value=problem.value, field=desk.say(f"bring.field_{problem.field}"))
    except KeyError:
        return desk.say(f"import.problem_{problem.code}", value=problem.value, field=desk.say(f"bring.field_{problem.field}"))
