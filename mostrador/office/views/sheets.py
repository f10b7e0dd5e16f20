"""Ficha honesta: what the shop says of a product, and beside it why the product came back, which is the quickest way to write what it does not do."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from mostrador.catalogue import queries
from mostrador.counter import returns
from mostrador.kernel import clock
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.trust import sheets
from mostrador.trust.claim_fold import NOT_AS_SAID, REASONS
from mostrador.trust.sheets import Draft, Sheet

DAYS = 180
ROWS = {"strength": sheets.STRENGTHS_MAX, "limit": sheets.LIMITS_MAX}


@dataclass(frozen=True, slots=True)
class Row:
    """A point of the form: what its wells are called and hold. `reasons`: (code, its well, whether it is ticked)."""

    name: str
    says: str
    basis: str
    reasons: tuple[tuple[str, str, bool], ...]
    is_first: bool


@room("sheets")
def sheet(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Show what is said of a product; POST says it anew from now on."""
    detail = found(queries.product(product_id))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        drafts, seen = _drafts(form), form.whole("version", most=30_000) or 0
        also = queries.variants(product_id) if form.ticked("variants") else []
        if form.is_right and form.tried(lambda: sheets.publish(desk.actor, product_id=product_id, drafts=drafts, seen=seen, also=also)):
            current = found(sheets.current(product_id)) if drafts else None
            key = "sheets.published" if current and current.is_honest else "sheets.published_incomplete" if current else "sheets.ended"
            return desk.done(f"/productos/{product_id}/ficha/", key, name=detail.product.name)
    history = sheets.versions([product_id]).of(product_id)
    current = history[-1] if history else None
    since = (clock.now() - dt.timedelta(days=DAYS)).date()
    return desk.page(
        "sheet.html", status=422 if form.errors else 200, form=form, product=detail.product, current=current,
        groups=[(kind, list(_rows(form, kind, current))) for kind in ROWS], basis_choices=desk.choices("sheet_basis", sheets.BASES),
        history=list(reversed(history)), why=returns.reasons_of(product_id, since), days=DAYS, longest=sheets.SAYS_MAX,
        variants=len(queries.variants(product_id)), wrong=desk.say_code("error.sheet", form.errors["sheet"]) if "sheet" in form.errors else "",
    )  # fmt: skip


def _names(kind: str) -> list[str]:
    return [f"{kind}_{n}" for n in range(ROWS[kind])]


def _drafts(form: Form) -> list[Draft]:
    """The points that were written; an empty line is none."""
    return [
        Draft(kind, form.text(name, longest=sheets.SAYS_MAX), form.choice(f"{name}_basis", sheets.BASES), _ticked(form, name))
        for kind in ROWS
        for name in _names(kind)
        if form.typed(name)
    ]


def _ticked(form: Form, name: str) -> tuple[str, ...]:
    return tuple(reason for reason in REASONS if form.ticked(f"{name}_{reason}"))


def _rows(form: Form, kind: str, current: Sheet | None) -> Iterator[Row]:
    """The lines of the form: as they were typed, or as the sheet in force says."""
    points: Sequence[sheets.Point] = [point for point in (current.points if current else ()) if point.kind == kind]
    for n, name in enumerate(_names(kind)):
        point = points[n] if n < len(points) else None
        if form.data:
            says, basis, reasons = form.typed(name), form.typed(f"{name}_basis"), _ticked(form, name)
        else:
            says, basis = (point.says, point.basis) if point else ("", "own_use")
            reasons = point.reasons if point else (NOT_AS_SAID,)
        yield Row(name, says, basis, tuple((one, f"{name}_{one}", one in reasons) for one in REASONS), n == 0)
