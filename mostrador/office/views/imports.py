"""Importing products: upload, columns and preview, writing with progress, the report."""

import uuid
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseRedirect

from mostrador.catalogue import queries
from mostrador.catalogue.importing_columns import HEADERS
from mostrador.catalogue.importing_files import FILE_MAX
from mostrador.catalogue.importing_rows import Problem
from mostrador.kernel.errors import Invalid, NotFound
from mostrador.office import imports
from mostrador.office.brought import DELIMITERS, SHOWN, delimiter_for
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.office.imports import Job
from mostrador.office.imports_report import write_report
from mostrador.people import queries as people


@room("imports")
def upload(desk: Desk) -> HttpResponse:
    """Take a file."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        file = desk.request.FILES.get("file")
        try:
            if file is None:
                raise Invalid(file="empty")
            job = imports.begin(desk.organization.id, name=file.name or "", data=file.read(FILE_MAX + 1))
        except Invalid as error:
            form.refuse(error)
        else:
            return HttpResponseRedirect(_address(job))
    return desk.page("import_upload.html", status=422 if form.errors else 200, form=form, fields=list(HEADERS))


@room("imports")
def job(desk: Desk, job_id: uuid.UUID) -> HttpResponse:
    """Show an import: what it would do, how far it is, or what it did. POST chooses again, or writes."""
    one = imports.get(desk.organization.id, job_id)
    if desk.request.method == "POST":
        act = desk.request.POST.get("act")
        if act == "again":
            imports.try_again(one)
        elif act == "choose" and one.state.status in {"ready", "failed"}:
            _choose(desk, one)
        elif act == "write" and one.state.status == "ready":
            return _write(desk, one)
        return HttpResponseRedirect(_address(one))
    if one.state.status == "ready":
        return _preview(desk, one)
    partial = "#progress" if desk.request.headers.get("HX-Target") == "progress" and one.state.status == "running" else ""
    response = desk.page(f"import_running.html{partial}", job=one, problem=_problem_words(desk, one.state.problem))
    if desk.request.headers.get("HX-Target") == "progress" and one.state.status != "running":
        response = HttpResponse(status=204, headers={"HX-Redirect": _address(one)})
    return response


def _choose(desk: Desk, one: Job) -> None:
    """Take the columns, taxes and store that were chosen; a column stands for one field only, the first that names it."""
    width, taken = len(one.table().headers), dict[int, str]()
    for name in HEADERS:
        text = desk.request.POST.get(f"column_{name}", "")
        if text.isdecimal() and int(text) < width:
            taken.setdefault(int(text), name)
    one.state.mapping = {name: column for column, name in taken.items()}
    groups = {str(group.id) for group in queries.tax_groups()}
    stores = {str(store.id) for store in people.stores()}
    if (tax_group := desk.request.POST.get("tax_group", "")) in groups:
        one.state.tax_group = tax_group
    store = desk.request.POST.get("store", "")
    one.state.store = store if store in stores else ""
    if one.state.status == "failed":
        imports.try_again(one)
    one.keep()


def _preview(desk: Desk, one: Job, problem: str = "") -> HttpResponse:
    table = one.table()
    try:
        plan = imports.plan(one, locale=desk.organization.locale)
    except Invalid as error:
        plan, problem = None, _problem_words(desk, {name: str(code) for name, code in error.data.items()})
    columns = [(n, header or f"{n + 1}") for n, header in enumerate(table.headers)]
    used = set(one.state.mapping.values())
    return desk.page(
        "import_preview.html", status=422 if problem else 200, job=one, table=table, plan=plan, problem=problem, columns=columns,
        delimiter=desk.say(f"delimiter.{DELIMITERS[table.delimiter]}") if table.delimiter else "",
        fields=[(name, one.state.mapping.get(name)) for name in HEADERS], unused=[text for n, text in columns if n not in used],
        problems=[(one_problem, _words(desk, one_problem)) for one_problem in plan.problems[:SHOWN]] if plan else [],
        more=max(0, len(plan.problems) - SHOWN) if plan else 0, rows=plan.items[:20] if plan else [],
        tax_groups=queries.tax_groups(), stores=people.stores(),
    )  # fmt: skip


def _write(desk: Desk, one: Job) -> HttpResponse:
    """Write the plan; where some rows are bad, only after a tick that the good ones may go in alone."""
    plan = imports.plan(one, locale=desk.organization.locale)
    if plan.bad_rows and not desk.request.POST.get("only_good"):
        return _preview(desk, one, desk.say("error.import.confirm"))
    if not plan.items:
        return _preview(desk, one, desk.say("error.import.nothing"))
    imports.start(desk.actor, one, plan, _report_words(desk))
    return HttpResponseRedirect(_address(one))


@room("imports")
def report(desk: Desk, job_id: uuid.UUID) -> FileResponse | HttpResponse:
    """Return the report of an import that was written, or of one that is only checked."""
    one = imports.get(desk.organization.id, job_id)
    path = one.folder / "report.csv"
    if one.state.status in {"ready", "failed"}:
        path = one.folder / "checked.csv"
        mine = path.with_name(f"checked-{uuid.uuid4().hex}.csv")  # somebody else may be asking for it as well
        write_report(mine, imports.plan(one, locale=desk.organization.locale), _report_words(desk))
        mine.replace(path)
    elif not path.exists():
        raise NotFound
    return FileResponse(path.open("rb"), as_attachment=True, filename="importacion.csv", content_type="text/csv; charset=utf-8")


def _report_words(desk: Desk) -> dict[str, Any]:
    return {
        "heads": [desk.say(f"import.report_{name}") for name in ("row", "key", "name", "action", "problem")],
        "actions": {action: desk.say(f"import.action_{action}") for action in ("new", "change", "same", "bad")},
        "problem": lambda problem: _words(desk, problem),
        "delimiter": delimiter_for(desk),
    }


def _words(desk: Desk, problem: Problem) -> str:
    for key in (f"import.problem_{problem.field}_{problem.code}", f"import.problem_{problem.code}"):
        try:
            return desk.say(key, value=problem.value, field=desk.say(f"import.field_{problem.field}"))
        except KeyError:
            continue
    return f"{problem.field}: {problem.code}"


def _problem_words(desk: Desk, problem: dict[str, Any]) -> str:
    for field, code in problem.items():
        try:
            return desk.say(f"error.{field}.{code}")
        except KeyError:
            continue
    return desk.say("error.import.broke") if problem else ""


def _address(one: Job) -> str:
    return f"/productos/importar/{one.id}/"
