"""Equipo: who works here and as what, PINs, and sign-ins for the office."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from mostrador.kernel import clock
from mostrador.kernel.actor import ROLES
from mostrador.kernel.errors import DomainError, Invalid
from mostrador.office.desk import Desk, error_sentence, found, room
from mostrador.office.forms import Form
from mostrador.people import account, queries, services
from mostrador.people.models import StaffMember


@sensitive_post_parameters("pin")
@room("team")
def team(desk: Desk) -> HttpResponse:
    """Show the team; POST adds somebody."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        name, role, store_id = form.text("name", longest=60), form.choice("role", _giveable(desk)), _store(form)
        if form.is_right:
            try:
                made = services.hire(desk.actor, name=name, role=queries.role_of(role), pin=form.typed("pin") or None, store_id=store_id)
                return desk.done(f"/equipo/{made.id}/", "team.added", name=name)
            except Invalid as error:
                form.refuse(error)
    return _page(desk, form=form, adding=desk.request.GET.get("nueva") == "1" or bool(form.errors))


@sensitive_post_parameters("pin", "password")
@room("team")
def member(desk: Desk, member_id: uuid.UUID) -> HttpResponse:
    """Show somebody of the team; POST does what its `act` says."""
    row = found(queries.member(member_id))
    form = Form(desk.request.POST, desk.formats)
    problem = ""
    if desk.request.method == "POST":
        acts = {"change": _change, "pin": _pin, "sign_in": _sign_in, "archive": _archive}
        act = acts.get(form.typed("act"))
        try:
            key = act(desk, row, form) if act else None
        except Invalid as error:
            form.refuse(error)
            key = None
        except DomainError as error:
            if error.code in {"forbidden", "not_found"}:
                raise
            problem, key = error_sentence(desk, error), None
        if key and form.is_right:
            return desk.done(f"/equipo/{member_id}/", key, name=row.name)
    return _page(desk, form=form, row=row, email=queries.email_of(row), act=form.typed("act"), problem=problem)


def _change(desk: Desk, row: StaffMember, form: Form) -> str | None:
    name, role, store_id = form.text("name", longest=60), form.choice("role", {*_giveable(desk), row.role}), _store(form)
    if not form.is_right:
        return None
    services.change_member(desk.actor, member_id=row.id, name=name, role=role, store_id=store_id)
    return "team.saved"


def _pin(desk: Desk, row: StaffMember, form: Form) -> str | None:
    services.set_pin(desk.actor, member_id=row.id, pin=form.typed("pin"))
    return "team.pin_set"


def _sign_in(desk: Desk, row: StaffMember, form: Form) -> str | None:
    email, password = form.text("email", longest=254), desk.request.POST.get("password", "")
    if email and "@" not in email:
        form.errors["email"] = "email"
    if row.role not in queries.OFFICE_ROLES:
        form.errors["email"] = "no_office"
    account.check_new_password(password)
    if not form.is_right:
        return None
    services.give_sign_in(desk.actor, member_id=row.id, email=email, password=password, language=desk.user.language)
    return "team.sign_in_given"


def _archive(desk: Desk, row: StaffMember, form: Form) -> str | None:
    away = form.typed("archived") == "1"
    services.change_member(desk.actor, member_id=row.id, archived_at=clock.now() if away else None)
    return "team.archived" if away else "team.restored"


def _giveable(desk: Desk) -> set[str]:
    return {role for role in ROLES if role != "owner" or desk.actor.role == "owner"}


def _store(form: Form) -> uuid.UUID | None:
    store_id = form.identifier("store", required=False)
    if store_id and all(store.id != store_id for store in queries.stores(archived=True)):
        form.errors["store"] = "choose"
    return store_id


def _page(desk: Desk, *, form: Form, **more: Any) -> HttpResponse:
    has_archived = desk.request.GET.get("todas") == "1"
    status = 409 if more.get("problem") else 422 if form.errors else 200
    names: dict[uuid.UUID | None, str] = {store.id: store.name for store in queries.stores(archived=True)}
    row = more.get("row")
    roles = sorted(_giveable(desk) | ({row.role} if row else set()), key=lambda role: [*ROLES].index(queries.role_of(role)))
    return desk.page(
        "team.html", status=status, form=form, all=has_archived,
        people=[(one, names.get(one.store_id, "")) for one in queries.team(archived=has_archived)],
        role_choices=desk.choices("role", roles), store_choices=[(store.id, store.name) for store in queries.stores()],
        any_store=desk.say("team.any_store"), may_change=row is None or row.role in _giveable(desk), **more,
    )  # fmt: skip
