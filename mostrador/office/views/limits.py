"""Límites: one table of what each role does alone at the till, saved whole."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from mostrador.kernel.actor import Role
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries, services
from mostrador.people.models import RIGHTS, RoleLimit


@dataclass(frozen=True, slots=True)
class Cell:
    """What a role may do of one act: `name` of its box."""

    role: str
    name: str
    is_on: bool
    is_fixed: bool


@room("limits")
def limits(desk: Desk) -> HttpResponse:
    """Show what each role may do at the till alone; POST saves the table."""
    form = Form(desk.request.POST, desk.formats)
    rows = queries.limits()
    if desk.request.method == "POST":
        chosen = {queries.role_of(row.role): _read(form, row.role) for row in rows if row.role != "owner"}
        if form.is_right:
            services.set_limits(desk.actor, limits=chosen)
            return desk.done("/equipo/limites/", "limits.saved")
    return desk.page("limits.html", status=422 if form.errors else 200, form=form, rows=rows, **_table(desk, form, rows))


def _read(form: Form, role: Role | str) -> dict[str, Any]:
    name = f"discount_max.{role}"
    discount = form.percent(name)
    if discount is None:
        form.errors.setdefault(name, "empty")
    elif discount > 1_000_000:
        form.errors[name] = "too_large"
    return {"discount_max": discount, **{right: form.ticked(f"{right}.{role}") for right in RIGHTS}}


def _table(desk: Desk, form: Form, rows: list[RoleLimit]) -> dict[str, Any]:
    """The discounts as they are typed, and of each act its boxes by role. What was sent wrong is shown as it was sent."""
    sent = bool(form.errors)
    discounts = [
        (row, f"discount_max.{row.role}", form.typed(f"discount_max.{row.role}") if sent else desk.formats.typed(row.discount_max, 4))
        for row in rows
    ]

    def cell(row: RoleLimit, right: str) -> Cell:
        name, is_owner = f"{right}.{row.role}", row.role == "owner"
        is_on = form.ticked(name) if sent and not is_owner else getattr(row, right)
        return Cell(row.role, name, is_on, is_owner or not desk.may_write)

    return {"discounts": discounts, "acts": [(right, [cell(row, right) for row in rows]) for right in RIGHTS]}
