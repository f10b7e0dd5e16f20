"""Bringing customers and what they owe from a spreadsheet or another till: the file is checked, shown, and then written whole."""

from django.http import HttpResponse

from mostrador.buyers import importing
from mostrador.buyers.importing import Plan, Problem
from mostrador.kernel.errors import Forbidden
from mostrador.office import brought
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form


@room("buyers")
def bring(desk: Desk) -> HttpResponse:
    """Take a file and show what it would do; POST with `act` writes what was shown, checked once more."""
    if desk.membership.role not in {"owner", "manager"}:
        raise Forbidden
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method != "POST":
        return _upload(desk, form)
    data = brought.data_of(desk, form, importing.FILE_MAX)
    plan = brought.checked(form, lambda: importing.check(data, locale=desk.organization.locale, digits=desk.formats.digits))
    if plan is None:
        return _upload(desk, form)
    if form.typed("act") != "write":
        return _preview(desk, plan, data)
    if plan.bad_rows and not form.ticked("only_good"):
        return _preview(desk, plan, data, desk.say("error.import.confirm"))
    counts = plan.counts
    importing.apply(desk.actor, plan)
    return desk.done("/clientes/", "buyers.imported", new=desk.formats.number(counts["new"]), changed=desk.formats.number(counts["change"]))


def _upload(desk: Desk, form: Form) -> HttpResponse:
    return desk.page("buyer_import.html", status=422 if form.errors else 200, form=form, plan=None, fields=list(importing.HEADERS))


def _preview(desk: Desk, plan: Plan, data: bytes, problem: str = "") -> HttpResponse:
    return desk.page(
        "buyer_import.html", status=422 if problem else 200, problem=problem, **brought.shown(desk, plan, data, lambda one: _words(desk, one)),
        known=[(name, plan.table.headers[column]) for name, column in plan.columns.items()], rows=plan.rows[:20],
        to_write=[row for row in plan.rows if row.action != "same"],
    )  # fmt: skip


def _words(desk: Desk, problem: Problem) -> str:
    try:
        return desk.say(f"bring.problem_{problem.code}", value=problem.value, field=desk.say(f"bring.field_{problem.field}"))
    except KeyError:
        return desk.say(f"import.problem_{problem.code}", value=problem.value, field=desk.say(f"bring.field_{problem.field}"))
