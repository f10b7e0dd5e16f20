"""Vales: the kinds of voucher that the shop takes and their rules, how many came in of each, numbers that were taken twice, and payments beyond the rules."""

import uuid

from django.http import HttpResponse

from mostrador.catalogue import queries as catalogue
from mostrador.counter import voucher_desk, voucher_queries
from mostrador.counter.voucher_desk import Kind, Saying
from mostrador.office import picking
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form

ADDRESS = "/vales/"


@room("vouchers")
def vouchers(desk: Desk) -> HttpResponse:
    """Show the kinds, and what was taken twice; POST begins a kind."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        says = _read(form)
        if form.is_right and form.tried(lambda: voucher_desk.add_kind(desk.actor, says=says)):
            return desk.done(ADDRESS, "vouchers.added", name=says.name)
    adding = desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST"
    return _page(desk, form, adding=adding)


@room("vouchers")
def voucher(desk: Desk, kind_id: uuid.UUID) -> HttpResponse:
    """Show a kind; POST says it anew, takes no more of it, or takes it again."""
    kind = voucher_desk.kind(kind_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("retired"):
            retired = form.typed("retired") == "1"
            voucher_desk.retire_kind(desk.actor, kind_id=kind_id, retired=retired)
            return desk.done(ADDRESS, "vouchers.retired" if retired else "vouchers.restored", name=kind.says.name)
        says = _read(form)
        if form.is_right and form.tried(lambda: voucher_desk.change_kind(desk.actor, kind_id=kind_id, says=says)):
            return desk.done(f"{ADDRESS}{kind_id}/", "vouchers.saved", name=says.name)
    return _page(desk, form, kind=kind)


def _read(form: Form) -> Saying:
    values = [form.money(f"value_{n}") for n in range(1, voucher_desk.VALUES_MAX + 1)]
    name, issuer = form.text("name", longest=voucher_desk.NAME_MAX), form.text("issuer", longest=voucher_desk.ISSUER_MAX, required=False)
    change, number = form.choice("change", voucher_desk.CHANGES), form.choice("number", voucher_desk.NUMBERS)
    sent = form.data.getlist("without") if hasattr(form.data, "getlist") else []
    without = tuple(uuid.UUID(one) for one in picking.ids(form, "without", sent))
    back = form.choice("back", voucher_desk.BACKS)
    return Saying(
        name,
        issuer,
        tuple(value for value in values if value),
        change,
        form.money("change_max"),
        number,
        form.money("limit"),
        without,
        back,
    )


def _page(desk: Desk, form: Form, *, kind: Kind | None = None, adding: bool = False) -> HttpResponse:
    taken, says = voucher_queries.taken(), kind.says if kind else Saying("")
    post, digits = desk.request.POST, desk.formats.digits

    def typed(amount: int | None) -> str:
        return "" if amount is None else desk.formats.typed(amount, digits, digits)

    values = [typed(value) for value in says.values] + [""] * voucher_desk.VALUES_MAX
    return desk.page(
        "vouchers.html", status=422 if form.errors else 200, form=form, kind=kind, adding=adding, says=says,
        rows=[(one, *taken.get(one.id, (0, 0))) for one in voucher_desk.kinds(retired=True)], doubles=voucher_queries.twice(), beyond=voucher_queries.beyond_rules(),
        values=[(n, form.typed(f"value_{n}") if form.data else values[n - 1]) for n in range(1, voucher_desk.VALUES_MAX + 1)],
        changes=desk.choices("voucher_change", voucher_desk.CHANGES), numbers=desk.choices("voucher_number", voucher_desk.NUMBERS),
        backs=desk.choices("voucher_back", voucher_desk.BACKS),
        change_max=typed(says.change_max), limit=typed(says.limit), categories=catalogue.categories(),
        without=post.getlist("without") if post else [str(one) for one in says.without],
    )  # fmt: skip
