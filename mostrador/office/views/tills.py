"""Cajas: tills, their devices, pairing by a code, revoking, and journals that were saved to a file."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from mostrador.kernel import clock
from mostrador.kernel.errors import DomainError, Invalid
from mostrador.office.desk import Desk, error_sentence, found, room
from mostrador.office.forms import Form
from mostrador.people import pairing, queries, services
from mostrador.sync import recovery, saved

FILE_MAX = saved.FILE_MAX


@room("tills")
def tills(desk: Desk) -> HttpResponse:
    """Show the tills; POST adds one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        store_id = form.identifier("store")
        code, name = form.text("code", longest=6), form.text("name", longest=40)
        if form.is_right and store_id:
            try:
                services.add_till(desk.actor, store_id=store_id, code=code, name=name)
                return desk.done("/cajas/", "tills.added", name=name)
            except Invalid as error:
                form.refuse(error)
    return _page(desk, form=form, adding=desk.request.GET.get("nueva") == "1" or bool(form.errors))


@sensitive_post_parameters()
@room("tills")
def pair(desk: Desk, till_id: uuid.UUID) -> HttpResponse:
    """Make a code that pairs one device; it is shown once, here, because only its hash is kept."""
    row = found(next((one for one in queries.tills() if one.till.id == till_id), None))
    if desk.request.method != "POST":
        return _page(desk)
    code = pairing.new_code(desk.actor, till_id=till_id)
    until = clock.now() + pairing.VALID_FOR
    return desk.page(
        "pairing.html", row=row, code=f"{code[:4]} {code[4:]}", until=until, minutes=pairing.VALID_FOR.seconds // 60,
        address=desk.request.build_absolute_uri("/till/"), seconds=pairing.VALID_FOR.seconds, left_text=desk.say("pair.left", time="{time}"),
    )  # fmt: skip


@room("tills")
def change(desk: Desk, till_id: uuid.UUID) -> HttpResponse:
    """Rename a till, take it away or bring it back."""
    row = found(next((one for one in queries.tills() if one.till.id == till_id), None))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("archived"):
            away = form.typed("archived") == "1"
            services.change_till(desk.actor, till_id=till_id, archived_at=clock.now() if away else None)
            return desk.done("/cajas/", "tills.archived" if away else "tills.restored", name=row.till.name)
        name = form.text("name", longest=40)
        if form.is_right:
            services.change_till(desk.actor, till_id=till_id, name=name)
            return desk.done("/cajas/", "tills.saved", name=name)
    return _page(desk, form=form, changing=row)


@room("tills")
def revoke(desk: Desk, device_id: uuid.UUID) -> HttpResponse:
    """Take a device's right to sell on; what it still sends is kept apart."""
    if desk.request.method != "POST":
        return _page(desk)
    pairing.revoke(desk.actor, device_id=device_id)
    return desk.done("/cajas/", "tills.revoked")


@room("tills")
def journal(desk: Desk) -> HttpResponse:
    """Take in a journal that a till saved to a file; sending it again changes nothing."""
    file = desk.request.FILES.get("file")
    if desk.request.method != "POST":
        return _page(desk)
    if file is None:
        return _page(desk, status=422, problem=desk.say("error.file.empty"))
    try:
        taken = recovery.take_in(desk.actor, file.read(FILE_MAX + 1), is_ours=desk.request.POST.get("mine") == "1")
    except recovery.UnknownJournal as error:
        may_say = desk.actor.may("owner")
        more = "" if may_say else " " + desk.say("tills.journal_owner")
        return _page(desk, status=error.status, problem=error_sentence(desk, error) + more, asks_whose=may_say)
    except DomainError as error:
        status = 422 if error.status == 404 else error.status
        problem = desk.say("error.journal.other") if error.status == 404 else error_sentence(desk, error)
        return _page(desk, status=status, problem=problem)
    return _page(desk, taken=taken)


def _page(desk: Desk, status: int = 200, **more: Any) -> HttpResponse:
    form = more.get("form")
    return desk.page(
        "tills.html", status=422 if form and form.errors else status, rows=queries.tills(),
        store_choices=[(store.id, store.name) for store in queries.stores()],
        **{"form": Form({}, desk.formats), **more},
    )  # fmt: skip
