"""Combos and kits as files: all of them for a spreadsheet, and back again, checked, shown and then written whole."""

import csv
import io

from django.http import HttpResponse

from mostrador.catalogue import importing_made_of as importing
from mostrador.catalogue.importing_made_of import HEADERS, Plan
from mostrador.catalogue.importing_rows import Problem
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.spreadsheet import safe_cell
from mostrador.office import brought
from mostrador.office.desk import Desk, room
from mostrador.office.forms import PRICE_DIGITS, Form

ADDRESS = "/combos/"


@room("combos")
def export(desk: Desk) -> HttpResponse:
    """Return all combos and kits as CSV, a row for each thing that goes into one, as the import reads it."""
    text, typed = io.StringIO(), desk.formats.typed
    out = csv.writer(text, delimiter=brought.delimiter_for(desk))
    out.writerow([desk.say(f"made.field_{name}") for name in HEADERS])
    for product, slot, part, quantity, extra in importing.rows():
        cells = (product, slot, part, "" if quantity is None else typed(quantity, 3), typed(extra, PRICE_DIGITS) if extra else "")
        out.writerow([safe_cell(cell) for cell in cells])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="combos.csv"'
    response["Cache-Control"] = "no-store"
    return response


@room("combos")
def bring(desk: Desk) -> HttpResponse:
    """Take a file and show what it would do; POST with `act` writes what was shown, checked once more."""
    if not desk.may_write:
        raise Forbidden
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method != "POST":
        return _upload(desk, form)
    data = brought.data_of(desk, form, importing.FILE_MAX)
    plan = brought.checked(form, lambda: importing.check(data, locale=desk.organization.locale))
    if plan is None:
        return _upload(desk, form)
    if form.typed("act") != "write":
        return _preview(desk, plan, data)
    if plan.bad_rows and not form.ticked("only_good"):
        return _preview(desk, plan, data, desk.say("error.import.confirm"))
    try:
        importing.apply(desk.actor, plan)
    except Invalid as error:
        [(name, code)] = error.data.items()
        return _preview(desk, plan, data, _words(desk, Problem(0, name, str(code))))
    counts = plan.counts
    return desk.done(ADDRESS, "made.imported", new=desk.formats.number(counts["new"]), changed=desk.formats.number(counts["change"]))


def _upload(desk: Desk, form: Form) -> HttpResponse:
    return desk.page("combos_import.html", status=422 if form.errors else 200, form=form, plan=None, fields=list(HEADERS))


def _preview(desk: Desk, plan: Plan, data: bytes, problem: str = "") -> HttpResponse:
    return desk.page(
        "combos_import.html", status=422 if problem else 200, problem=problem, **brought.shown(desk, plan, data, lambda one: _words(desk, one)),
        rows=plan.made[:brought.SHOWN], to_write=[one for one in plan.made if one.action != "same"],
    )  # fmt: skip


def _words(desk: Desk, problem: Problem) -> str:
    """What is wrong: in words of this file, else as of any file, else as the form of the room says it."""
    label = desk.say(f"made.field_{problem.field}") if problem.field in HEADERS else ""
    of_any = [f"import.problem_{problem.code}"] if label else []
    for key in (f"made.problem_{problem.code}", *of_any, f"error.{problem.field}.{problem.code}", f"error.{problem.code}"):
        try:
            return desk.say(key, value=problem.value, field=label)
        except KeyError:
            continue
    return f"{problem.field}: {problem.code}"
