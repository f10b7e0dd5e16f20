"""Points: the owner's scheme, what the shop owes by them, and who has fewer than none."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from mostrador.buyers import points, queries
from mostrador.buyers.models import PointsScheme
from mostrador.buyers.points import ASKED, MOST, PointsTerms
from mostrador.catalogue import queries as catalogue
from mostrador.counter import accounts
from mostrador.office import picking
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.pricing import points_lapse

ADDRESS = "/puntos/"
LATEST = 10


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with points, or with fewer than none."""

    id: uuid.UUID
    name: str
    points: int


@room("points")
def scheme(desk: Desk) -> HttpResponse:
    """Show the scheme and what is owed; POST begins another version."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        terms = _read(desk, form)
        if form.is_right and form.tried(lambda: points.set_scheme(desk.actor, terms=terms)):
            return desk.done(ADDRESS, "points.saved" if terms.is_on else "points.saved_off")
    row = points.last()
    terms = points.terms_of(row)
    holders = _holders()
    there = sum(max(0, one.points) for one in holders)
    return desk.page(
        "points.html", status=422 if form.errors else 200, form=form, row=row, terms=terms, typed=_typed(desk, terms), asked=_asked(desk, terms),
        categories=catalogue.categories(), in_categories=_chosen(desk, "categories", [str(one) for one in terms.categories]),
        products=picking.skus([str(one) for one in terms.products]), there=there, owed=points.worth(there), count=sum(one.points > 0 for one in holders),
        short=[one for one in holders if one.points < 0], is_on=bool(desk.request.POST.get("is_on")) if form.data else terms.is_on,
        lapses=[("", desk.say("lapse.never")), *desk.choices("lapse", points_lapse.KINDS)], versions=[_said(desk, one) for one in points.versions()[:LATEST]],
    )  # fmt: skip


def _read(desk: Desk, form: Form) -> PointsTerms:
    ticked = [name for name in desk.request.POST.getlist("unearning") if name in ASKED]
    worth_points, worth_amount = form.whole("worth_points", most=MOST), form.money("worth_amount")
    for name, value in (("worth_points", worth_points), ("worth_amount", worth_amount)):
        if value is None:
            form.errors.setdefault(name, "empty")
    return PointsTerms(
        is_on=form.ticked("is_on"), earn_per=form.money("earn_per"), worth_points=worth_points or 0, worth_amount=worth_amount or 0,
        least=form.whole("least", most=MOST) or 0,
        lapse=form.typed("lapse"), lapse_months=form.whole("lapse_months", most=points.MONTHS_MOST), unearning=tuple(ticked),
        categories=tuple(uuid.UUID(one) for one in picking.ids(form, "products", desk.request.POST.getlist("categories"))),
        products=tuple(uuid.UUID(one) for one in picking.products(form, "products")),
    )  # fmt: skip


def _typed(desk: Desk, terms: PointsTerms) -> dict[str, str]:
    formats = desk.formats

    def amount(value: int | None) -> str:
        return "" if value is None else formats.typed(value, formats.digits, formats.digits)

    return {
        "earn_per": amount(terms.earn_per), "worth_points": str(terms.worth_points), "worth_amount": amount(terms.worth_amount),
        "least": str(terms.least) if terms.least else "", "lapse_months": str(terms.lapse_months or ""),
    }  # fmt: skip


def _asked(desk: Desk, terms: PointsTerms) -> list[tuple[str, str, bool]]:
    """The methods that may earn nothing: code, word, whether it is ticked."""
    ticked = _chosen(desk, "unearning", list(terms.unearning))
    return [(name, desk.say_code("method", name), name in ticked) for name in ASKED]


def _chosen(desk: Desk, name: str, stands: list[str]) -> list[str]:
    return desk.request.POST.getlist(name) if desk.request.method == "POST" else stands


def _holders() -> list[Holder]:
    held = {buyer: count for (buyer, account), count in accounts.balances().items() if account == "points" and count}
    names = queries.names(held)
    return sorted((Holder(buyer, names.get(buyer, ""), count) for buyer, count in held.items()), key=lambda one: (one.points, one.name))


def _said(desk: Desk, row: PointsScheme) -> dict[str, Any]:
    """A version in words."""
    if not row.is_on:
        return {"at": row.made_at, "words": desk.say("points.off")}
    worth = {"points": desk.formats.number(row.worth_points), "amount": desk.formats.money(row.worth_amount)}
    lapse = desk.say(f"lapse.said_{row.lapse}", n=desk.formats.number(row.lapse_months or 0)) if row.lapse else ""
    if row.earn_per is None:
        return {"at": row.made_at, "words": desk.say("points.version_spent", **worth), "lapse": lapse}
    return {"at": row.made_at, "words": desk.say("points.version", per=desk.formats.money(row.earn_per), **worth), "lapse": lapse}
