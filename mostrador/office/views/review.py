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
from mostrador.sync.queries import Broken, Parked
from mostrador.sync.repair import Repair, StillFaulty, admit, repair


@room("review")
def waiting(desk: Desk) -> HttpResponse:
    """Show what waits, evidence of broken chains among it, and what was done."""
    names, series = people.names(), {row.id: row.series for till in people.tills() for row in till.devices}
    return desk.page(
        "review.html",
        rows=queries.waiting(),
        chains=queries.broken(),
        most=queries.PAGE,
        done=[(one, names.get(one.actor_id, ""), series.get(one.journal_id, "?")) for one in queries.resolved()],
    )


@room("review")
def parked(desk: Desk, journal_id: uuid.UUID, seq: int) -> HttpResponse:
    """Show one fact that waits; POST tries again, maps products, accepts it as recorded, or leaves it on record."""
    return _decide(desk, found(queries.parked(journal_id, seq)))


@room("review")
def evidence(desk: Desk, journal_id: uuid.UUID, digest: str) -> HttpResponse:
    """Show bytes that fit no chain; POST admits the fact in them, or leaves them on record."""
    return _decide(desk, found(queries.evidence(journal_id, digest)))


def _decide(desk: Desk, row: Parked) -> HttpResponse:
    form, alike = Form(desk.request.POST, desk.formats), queries.like(row)
    problem = ""
    if desk.request.method == "POST" and form.typed("act") != "search":
        how = _how(form, row)
        try:
            if form.is_right:
                _repair(desk, row, how)
                if form.ticked("alike"):
                    return _the_others(desk, alike, how)
                return desk.done("/por-revisar/", f"review.done_{how.action}", series=row.series)
        except Invalid as error:
            form.refuse(error)
        except StillFaulty as error:
            problem = desk.say("review.still", reason=desk.say_code("parked", str(error.data.get("reason", ""))))
    status = 409 if problem else 422 if form.errors else 200
    choices = _choices(form, row) if row.may_map else []
    return desk.page(
        "parked.html",
        status=status,
        row=row,
        form=form,
        problem=problem,
        choices=choices,
        alike=len(alike),
        acts=_acts(row),
        **_said(desk, row),
    )


def _acts(row: Parked) -> list[str]:
    """What may be done with it, the likeliest first."""
    may = {"map": row.may_map, "accept": row.may_accept and not row.is_evidence, "retry": row.may_retry}
    return [*(act for act, is_so in may.items() if is_so), *(["accept"] if row.is_evidence and row.may_accept else []), "leave"]


def _repair(desk: Desk, row: Parked, how: Repair) -> None:
    if isinstance(row.fact, Broken):
        admit(desk.actor, journal_id=row.fact.journal_id, digest=row.fact.digest, how=how)
    else:
        repair(desk.actor, journal_id=row.fact.journal_id, seq=row.fact.seq, how=how)


def _the_others(desk: Desk, alike: list[Parked], how: Repair) -> HttpResponse:
    """Do the same with what waits for the same reason; what still cannot be stays where it is."""
    left = 0
    for other in alike:
        try:
            _repair(desk, other, how)
        except StillFaulty:
            left += 1
    return desk.done("/por-revisar/", "review.done_alike_left" if left else "review.done_alike", n=1 + len(alike) - left, left=left)


def _how(form: Form, row: Parked) -> Repair:
    action = form.choice("act", set(_acts(row)))
    mapping = {}
    if action == "map":
        for n, line in enumerate(row.unknown):
            chosen = form.identifier(f"product_{n}")
            if chosen and catalogue.product(chosen):
                mapping[line.product_id] = str(chosen)
            else:
                form.errors[f"product_{n}"] = "choose"
    return Repair(action, form.text("note", longest=200), mapping or None)


def _choices(form: Form, row: Parked) -> list[tuple[int, queries.ParkedLine, str, list[Any]]]:
    """For each unknown product: its place, the line, what was searched, and what the search found (by the name on the line first)."""
    found_rows = []
    for n, line in enumerate(row.unknown):
        words = form.typed(f"words_{n}") or line.name
        rows = catalogue.find(words)
        if not rows and words == line.name:
            rows = catalogue.find(" ".join(words.split()[:1]))
        found_rows.append((n, line, words, rows))
    return found_rows


def _said(desk: Desk, row: Parked) -> dict[str, str]:
    """What the till and the server say a sale comes to, where that is the difference."""
    till, server = row.fact.detail.get("till"), row.fact.detail.get("server")
    if not (isinstance(till, int) and isinstance(server, int)):
        return {}
    return {"till_says": desk.formats.money(till), "server_says": desk.formats.money(server)}
