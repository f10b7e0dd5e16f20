"""Two cards of one person: those that look like it, joining them into one account, and separating them again."""

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from mostrador.buyers import apart, joining, joins, queries
from mostrador.buyers.alike import Pair
from mostrador.buyers.models import Buyer
from mostrador.counter import accounts
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form

ADDRESS = "/clientes/"
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Card:
    """A buyer as one of a pair: what there is to tell them apart by. Minor units, whole points."""

    row: Buyer
    owes: int
    credit: int
    points: int


@room("buyers")
def twice(desk: Desk) -> HttpResponse:
    """Show who looks like one person with two cards; POST joins two of them, or says that they are two people."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        done = _tell_apart(desk, form, f"{ADDRESS}repetidos/") if form.typed("apart") else _join(desk, form)
        if done is not None:
            return done
    return _page(desk, form, apart.proposed(queries.buyers()), row=None)


@room("buyers")
def join(desk: Desk, buyer_id: uuid.UUID) -> HttpResponse:
    """Show a buyer beside those who look like them, or whom a search finds; POST joins two, or separates one who was joined to this one."""
    row = found(queries.buyer(buyer_id))
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        here = f"{ADDRESS}{row.id}/juntar/"
        if form.typed("apart"):
            done = _tell_apart(desk, form, here)
        else:
            done = _separate(desk, form, row) if form.typed("separate") else _join(desk, form)
        if done is not None:
            return done
    words = desk.request.GET.get("q", "").strip()
    if words:
        pairs = [Pair(row, other, (), is_sure=True) for other in queries.buyers(words)[: SHOWN + 1] if other.id != row.id]
    else:
        pairs = [pair for pair in apart.proposed(queries.buyers()) if row.id in {pair.one.id, pair.two.id}]
    return _page(desk, form, pairs, row=row, words=words)


def _page(desk: Desk, form: Form, pairs: list[Pair], *, row: Buyer | None, words: str = "") -> HttpResponse:
    shown = pairs[:SHOWN]
    held = accounts.balances({one.id for pair in shown for one in (pair.one, pair.two)})

    def card(buyer: Buyer) -> Card:
        return Card(buyer, held.get((buyer.id, "fiado"), 0), held.get((buyer.id, "credit"), 0), held.get((buyer.id, "points"), 0))

    return desk.page(
        "buyer_joins.html", status=422 if form.errors else 200, form=form, row=row, words=words, total=len(pairs),
        pairs=[(pair, (card(pair.one), card(pair.two))) for pair in shown], seen=apart.seen(SHOWN, row.id if row else None),
    )  # fmt: skip


def _join(desk: Desk, form: Form) -> HttpResponse | None:
    """Join the two that the form names, of whom one is kept; None where that cannot be."""
    one, two, kept_id = (form.identifier(name) for name in ("one", "two", "kept"))
    if one is None or two is None or kept_id not in {one, two}:
        form.errors["buyer"] = "choose"
        return None
    other_id = two if kept_id == one else one
    other, kept = found(queries.buyer(other_id)), found(queries.buyer(kept_id))
    if form.tried(lambda: joining.join(desk.actor, other_id=other_id, kept_id=kept_id)):
        return desk.done(f"{ADDRESS}{kept.id}/", "joins.joined", name=kept.name, other=other.name or "—")
    return None


def _tell_apart(desk: Desk, form: Form, back: str) -> HttpResponse | None:
    """Say that the two whom the form names are two people, or take that back; None where that cannot be."""
    one_id, two_id, is_apart = form.identifier("one"), form.identifier("two"), form.typed("apart") == "1"
    if one_id is None or two_id is None:
        form.errors["buyer"] = "choose"
        return None
    one, two = found(queries.buyer(one_id)), found(queries.buyer(two_id))
    if form.tried(lambda: apart.tell_apart(desk.actor, one_id=one_id, two_id=two_id, apart=is_apart)):
        return desk.done(back, "joins.apart" if is_apart else "joins.proposed", name=one.name or "—", other=two.name or "—")
    return None


def _separate(desk: Desk, form: Form, row: Buyer) -> HttpResponse | None:
    """Separate somebody who was joined to this buyer."""
    other = found(next((one for one in joins.others(row.id) if str(one.id) == form.typed("separate")), None))
    joining.separate(desk.actor, other_id=other.id)
    return desk.done(f"{ADDRESS}{row.id}/", "joins.separated", name=other.name or "—")
