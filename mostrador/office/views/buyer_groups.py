"""Groups of customers: those who have prices and promotions of their own."""

import uuid

from django.http import HttpResponse

from mostrador.buyers import queries, services
from mostrador.buyers.models import BuyerGroup
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form

ADDRESS = "/clientes/grupos/"
NAME_MAX = 60


@room("buyers")
def groups(desk: Desk) -> HttpResponse:
    """Show the groups; POST begins one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        name = form.text("name", longest=NAME_MAX)
        if form.is_right and form.tried(lambda: services.add_group(desk.actor, name=name)):
            return desk.done(ADDRESS, "groups.added", name=name)
    return _page(desk, form, adding=desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST")


@room("buyers")
def group(desk: Desk, buyer_group_id: uuid.UUID) -> HttpResponse:
    """Show a group; POST renames it, ends it, or begins it again."""
    row = found(next((one for one in queries.groups(archived=True) if one.id == buyer_group_id), None))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("archived"):
            ended = form.typed("archived") == "1"
            services.end_group(desk.actor, group_id=row.id, ended=ended)
            return desk.done(ADDRESS, "groups.ended" if ended else "groups.begun", name=row.name)
        name = form.text("name", longest=NAME_MAX)
        if form.is_right and form.tried(lambda: services.rename_group(desk.actor, group_id=row.id, name=name)):
            return desk.done(ADDRESS, "groups.renamed", name=name)
    return _page(desk, form, row=row)


def _page(desk: Desk, form: Form, *, row: BuyerGroup | None = None, adding: bool = False) -> HttpResponse:
    sizes = queries.sizes()
    return desk.page(
        "buyer_groups.html", status=422 if form.errors else 200, form=form, row=row, adding=adding,
        rows=[(one, sizes.get(one.id, 0)) for one in queries.groups(archived=True)],
        may_lead=desk.may_write and desk.membership.role in {"owner", "manager"},
    )  # fmt: skip
