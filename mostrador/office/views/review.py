"""Por revisar: facts that could not become rows, why, and what a person can do. Nothing here changes a fact."""

import uuid
from typing import Any

from django.http import HttpResponse

from mostrador.catalogue import queries as catalogue
from mostrador.kernel.errors import Invalid
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.sync import queries
from mostrador.sync.repair import Repair, StillFaulty, repair


@room("review")
def waiting(desk: Desk) -> HttpResponse:
    """Show what waits, what was done, and evidence of broken chains."""
    names, series = people.names(), {row.id: row.series for till in people.tills() for row in till.devices}
    return desk.page(
        "review.html",
        rows=queries.waiting(),
        done=[(one, names.get(one.actor_id, ""), series.get(one.journal_id, "?")) for one in queries.resolved()],
        chains=[(one, series.get(one.journal_id, "?")) for one in queries.evidence()],
    )


@room("review")
def parked(desk: Desk, journal_id: uuid.UUID, seq: int) -> HttpResponse:
    """Show one fact that waits; POST tries again, maps products, or accepts it as recorded."""
    row = found(queries.parked(journal_id, seq))
    form = Form(desk.request.POST, desk.formats)
    problem = ""
    if desk.request.method == "POST" and form.typed("act") != "search":
        how = _how(form, row)
        try:
            if form.is_right:
                repair(desk.actor, journal_id=journal_id, seq=seq, how=how)
                return desk.done("/por-revisar/", f"review.done_{how.action}", series=row.series)
        except Invalid as error:
            form.refuse(error)
        except StillFaulty as error:
            problem = desk.say("review.still", reason=_reason(desk, str(error.data.get("reason", ""))))
    status = 409 if problem else 422 if form.errors else 200
    return desk.page("parked.html", status=status, row=row, form=form, problem=problem, choices=_choices(form, row), **_said(desk, row))


def _how(form: Form, row: queries.Parked) -> Repair:
    action = form.choice("act", {"retry", "map", "accept"})
    mapping = {}
    if action == "map":
        for n, line in enumerate(row.unknown):
            chosen = form.identifier(f"product_{n}")
            if chosen and catalogue.product(chosen):
                mapping[line.product_id] = str(chosen)
            else:
                form.errors[f"product_{n}"] = "choose"
    note = form.text("note", longest=200, required=action != "retry")
    return Repair(action, note, mapping or None)


def _choices(form: Form, row: queries.Parked) -> list[tuple[int, queries.ParkedLine, str, list[Any]]]:
    """For each unknown product: its place, the line, what was searched, and what the search found (by the name on the line first)."""
    found_rows = []
    for n, line in enumerate(row.unknown):
        words = form.typed(f"words_{n}") or line.name
        rows = catalogue.find(words)
        if not rows and words == line.name:
            rows = catalogue.find(" ".join(words.split()[:1]))
        found_rows.append((n, line, words, rows))
    return found_rows


def _said(desk: Desk, row: queries.Parked) -> dict[str, str]:
    """What the till and the server say a sale comes to, where that is the difference."""
    till, server = row.fact.detail.get("till"), row.fact.detail.get("server")
    if not (isinstance(till, int) and isinstance(server, int)):
        return {}
    return {"till_says": desk.formats.money(till), "server_says": desk.formats.money(server)}


def _reason(desk: Desk, reason: str) -> str:
    try:
        return desk.say(f"parked.{reason}")
    except KeyError:
        return reason
