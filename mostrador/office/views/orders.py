"""What is settled later: what the shop owes and by when, each order with its deposits, and the owner's terms."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from mostrador.counter import order_queries, order_terms
from mostrador.counter.order_queries import OrderState, Wanted
from mostrador.counter.order_rest import NOTHING
from mostrador.counter.order_terms import Terms
from mostrador.counter.orders import KINDS
from mostrador.kernel import clock
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import PERCENT_DIGITS, Form
from mostrador.people import queries as people
from mostrador.sync.queries import annex_text
from mostrador.trust import holds

ADDRESS = "/pedidos/"
TERMS = "/pedidos/condiciones/"


@dataclass(frozen=True, slots=True)
class TypedTerms:
    """The terms of a kind in their form."""

    kind: str
    days: str
    deposit_share: str
    kept_share: str
    grace_days: str
    takes_deposits: bool
    expires: bool
    is_wrong: bool = False


@room("orders")
def orders(desk: Desk) -> HttpResponse:
    """Show what waits, due first at the top; or what has ended."""
    return _page(desk)


@room("orders")
def order(desk: Desk, order_id: uuid.UUID) -> HttpResponse:
    """Show an order beside the list: its lines, its deposits, and what happened to it."""
    return _page(desk, found(order_queries.order(order_id)))


@room("orders")
def terms(desk: Desk) -> HttpResponse:
    """Show the terms of each kind; POST changes those of one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        kind = form.choice("kind", KINDS)
        days = form.whole("days", most=order_terms.DAYS_MAX)
        deposit, kept = form.percent("deposit_share") or 0, form.percent("kept_share") or 0
        if days is None:
            form.errors.setdefault("days", "empty")
        grace = form.whole("grace_days", most=order_terms.DAYS_MAX) if form.typed("grace_days") else None
        wanted = Terms(days or 0, deposit, kept, grace)
        if form.is_right and form.tried(lambda: order_terms.set_terms(desk.actor, kind=kind, wanted=wanted)):
            return desk.done(TERMS, "orders.terms_saved", kind=desk.say(f"order.{kind}"))
    rows = [_typed(desk, form, kind, said) for kind, said in order_terms.terms().items()]
    return desk.page("order_terms.html", status=422 if form.errors else 200, form=form, rows=rows)


def _typed(desk: Desk, form: Form, kind: str, said: Terms) -> TypedTerms:
    """The terms as they stand in the form: what was typed wrong stays as it was typed."""
    if form.errors and form.typed("kind") == kind:
        return TypedTerms(
            kind, form.typed("days"), form.typed("deposit_share"), form.typed("kept_share"), form.typed("grace_days"),
            KINDS[kind].takes_deposits, KINDS[kind].expires, is_wrong=True,
        )  # fmt: skip
    deposit, kept = (desk.formats.typed(share, PERCENT_DIGITS) for share in (said.deposit_share, said.kept_share))
    grace = "" if said.grace_days is None else str(said.grace_days)
    return TypedTerms(kind, str(said.days), deposit, kept, grace, KINDS[kind].takes_deposits, KINDS[kind].expires)


def _page(desk: Desk, shown: OrderState | None = None) -> HttpResponse:
    asked = desk.request.GET
    kind, words, ended = asked.get("tipo", ""), asked.get("q", "")[:80].strip(), asked.get("estado") == "terminados"
    number = asked.get("pagina", "1")
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    rows, more = order_queries.listed(Wanted(kind if kind in KINDS else "", None, words, ended), page)
    return desk.page(
        "orders.html",
        rows=rows,
        more=more,
        next=page + 1,
        kinds=list(KINDS),
        kind=kind if kind in KINDS else "",
        words=words,
        ended=ended,
        back=holds.came_back(clock.now().date()) if kind == "quote" else None,
        late=sum(row.is_late for row in rows),
        over=[] if ended or words or kind else order_queries.overdrawn(),
        owing=[] if words or kind else order_queries.owing(),
        shown=shown,
        **(_of_one(shown) if shown else {}),
    )


def _of_one(shown: OrderState) -> dict[str, Any]:
    names = people.names()
    order_id = shown.row.id
    return {
        "lines": [_line(shown, line, total) for line, total in zip(shown.basket["lines"], shown.totals["lines"], strict=True)],
        "parts": [(one, [_part(shown, *line) for line in one.lines]) for one in shown.handovers],
        "repricings": [(row, names.get(row.staff_id, "")) for row in shown.repricings],
        "deposits": [(row, names.get(row.staff_id, "")) for row in order_queries.payments(order_id)],
        "changes": [(row, names.get(row.staff_id, "")) for row in order_queries.changes(order_id)],
        "closings": [(row, names.get(row.staff_id, "")) for row in order_queries.closings(order_id)],
        "details": annex_text(shown.row.details_id) if shown.row.details_id else "",
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order, and what of it was handed over: thousandths of the unit sold, minor units."""

    name: str
    quantity: int
    gross: int
    handed: int

    @property
    def left(self) -> int:
        """What is still to be handed over."""
        return max(0, self.quantity - self.handed)


def _line(shown: OrderState, line: dict[str, Any], total: dict[str, Any]) -> Line:
    return Line(line["name"], line["quantity"], total["gross"], shown.handed.get(line["id"], NOTHING).quantity)


def _part(shown: OrderState, line: str, quantity: int, amount: int) -> Line:
    """What a sale handed over of a line."""
    name = next((one["name"] for one in shown.basket["lines"] if one["id"] == line), line)
    return Line(name, quantity, amount, quantity)
