"""Lo que prometimos: what is still to be kept, due first at the top, and what became of the rest. No name stands above a list, and nothing is counted by person."""

import datetime as dt
import uuid

from django.http import HttpResponse

from mostrador.kernel import clock
from mostrador.office import morning_mail
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.office.views.home import choice_of
from mostrador.sync import promising
from mostrador.trust import mornings, promise_desk, promises
from mostrador.trust.promises import Standing

ADDRESS = "/promesas/"
VIEWS = ("hoy", "retraso", "semana", "todo")
COUNTED_DAYS = 60
ENOUGH = 10
"""Of fewer promises that fell due no share is said."""


@room("promises")
def listed(desk: Desk) -> HttpResponse:
    """Show what was promised: today, late, this week, or all of it."""
    return _page(desk, Form(desk.request.POST, desk.formats))


@room("promises")
def one(desk: Desk, promise_id: uuid.UUID) -> HttpResponse:
    """Show a promise beside the list, with all that was said of it; POST keeps it, agrees on another day, lets go of it or says that it was a mistake."""
    shown = found(promises.promise(promise_id))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        act = form.choice("act", _ACTS)
        if act in _ACTS and _tried(desk, form, act, shown):
            back = "/" if form.typed("back") == "home" else f"{ADDRESS}?ver={_view(form.typed('back'))}"
            return desk.done(back, f"promises.did_{act}")
    return _page(desk, form, shown)


@room("promises")
def morning(desk: Desk) -> HttpResponse:
    """Begin or end to read each morning what is promised for the day, or send it now to see that it comes."""
    form = Form(desk.request.POST, desk.formats)
    email = desk.user.email
    if form.typed("act") == "try":
        if form.tried(lambda: morning_mail.send_now(desk.organization, desk.user)):
            return desk.done(ADDRESS, "morning.did_try", email=email)
    elif form.typed("act") in {"read", "stop"}:
        wanted = form.typed("act") == "read"
        mornings.read(desk.organization.id, desk.user.id, wanted=wanted)
        return desk.done(ADDRESS, "morning.did_read" if wanted else "morning.did_stop", email=email)
    return _page(desk, form)


def _tried(desk: Desk, form: Form, act: str, shown: Standing) -> bool:
    def do() -> None:
        if act == "keep":
            promise_desk.keep(desk.actor, promise_id=shown.id, evidence=form.typed("evidence") or "done")
        elif act == "release":
            promise_desk.release(desk.actor, promise_id=shown.id)
        elif act == "void":
            promise_desk.void(desk.actor, promise_id=shown.id, reason=form.choice("reason", promise_desk.REASONS))
        else:
            day, told, revision = form.day("due"), form.choice("told", promise_desk.TOLD), form.whole("revision", most=999)
            if day is None:
                form.errors.setdefault("due", "empty")
            if form.is_right and day is not None:
                promise_desk.renegotiate(desk.actor, promise_id=shown.id, due_by=day, told=told, revision=revision or 0)

    if not form.tried(do):
        return False
    return form.is_right


_ACTS = ("keep", "renegotiate", "release", "void")


def _view(asked: str) -> str:
    return asked if asked in VIEWS else VIEWS[0]


def _page(desk: Desk, form: Form, shown: Standing | None = None) -> HttpResponse:
    choice, view = choice_of(desk), _view(desk.request.GET.get("ver", ""))
    stores = [store.id for store in choice.stores]
    waiting, more = promises.waiting(stores), None
    day, late = promises.for_today(choice.stores, waiting), [one for one in waiting if one.promise.state != "made"]
    week = [one for one in waiting if one.promise.state == "made" and one.days_left < 7]
    if view == "todo":
        rows, has_more = promises.last_made(stores, _before(desk))
        more = clock.to_ms(rows[-1].promise.made.at) if has_more and rows else None
    else:
        rows = {"hoy": day, "retraso": late, "semana": week}[view]
    by_hand, by_itself = promises.counted(stores, clock.now() - dt.timedelta(days=COUNTED_DAYS))
    return desk.page(
        "promises.html", status=422 if form.errors else 200, form=form, choice=choice, view=view, rows=promising.spoken(rows), more=more,
        counts=[("hoy", len(day)), ("retraso", len(late)), ("semana", len(week)), ("todo", None)],
        kept=[("by_hand", by_hand), ("by_itself", by_itself)], days=COUNTED_DAYS, enough=ENOUGH, wrong=_wrong(desk, form),
        **(_morning(desk) if desk.may_write else {}), **(_of_one(desk, shown) if shown else {}),
    )  # fmt: skip


def _morning(desk: Desk) -> dict[str, object]:
    waits = morning_mail.waits()
    return {
        "morning": {
            "reads": mornings.reads(desk.user.id),
            "can_leave": morning_mail.can_leave(),
            "attempts": waits.attempts if waits else 0,
        }
    }


def _before(desk: Desk) -> dt.datetime | None:
    typed = desk.request.GET.get("antes", "")
    return clock.from_ms(int(typed)) if typed.isdecimal() and len(typed) < 15 else None


def _wrong(desk: Desk, form: Form) -> str:
    """What was refused and belongs to no field."""
    refused = next(((field, form.errors[field]) for field in ("promise", "mail") if field in form.errors), None)
    return desk.say(f"error.{refused[0]}.{refused[1]}") if refused else ""


def _of_one(desk: Desk, shown: Standing) -> dict[str, object]:
    [spoken] = promising.spoken([shown])
    aside = {event.id: why for event, why in shown.promise.set_aside}
    return {
        "shown": spoken,
        "history": [(row, aside.get(row.id, "")) for row in shown.events],
        "told_choices": desk.choices("promise_told", promise_desk.TOLD),
        "reason_choices": desk.choices("promise_reason", promise_desk.REASONS),
        "evidence_choices": desk.choices("promise_evidence", promise_desk.EVIDENCE),
        "can_move": shown.promise.is_open and clock.now() <= shown.promise.due.at,
    }
