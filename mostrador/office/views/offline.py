"""What a till may spend of an account while it cannot ask the server, and how much that can come to at worst (ruling 29)."""

from dataclasses import dataclass, replace

from django.http import HttpResponse

from mostrador.buyers import queries, services
from mostrador.counter import accounts, coupon_queries, gift_card_queries
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries as people

ADDRESS = "/ajustes/sin-internet/"
MOST = 10**9
# By number, and not in money.
COUNTED = frozenset({"points", "coupon"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of account in the form: its limit as typed, and what of one account all tills together could spend at worst."""

    account: str
    typed: str
    each: int
    worst: int


@room("offline")
def offline(desk: Desk) -> HttpResponse:
    """Show the limits with their worst case; POST changes them."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        amounts = {account: form.whole(account, most=MOST) if account in COUNTED else form.money(account) for account in queries.OFFLINE}
        if form.is_right and form.tried(lambda: services.set_offline_limits(desk.actor, amounts=amounts)):
            return desk.done(ADDRESS, "offline.saved")
    tills = sum(row.till.archived_at is None for row in people.tills())
    said = queries.offline_limits()
    most = _most()
    kinds = [_kind(desk, account, said[account], most[account], tills) for account in said]
    if form.data:
        kinds = [replace(kind, typed=form.typed(kind.account)) for kind in kinds]
    return desk.page("offline.html", status=422 if form.errors else 200, form=form, kinds=kinds, tills=tills)


def _kind(desk: Desk, account: str, limit: int | None, most: int, tills: int) -> Kind:
    digits = 0 if account in COUNTED else desk.formats.digits
    each = most if limit is None else limit
    return Kind(account, "" if limit is None else desk.formats.typed(limit, digits, digits), each, each * tills)


def _most() -> dict[str, int]:
    """The most that one account holds or may owe: what a till could spend of it where the owner set no limit."""
    held = accounts.balances()
    return {
        "fiado": queries.largest_limit(),
        **{name: max((amount for (_, account), amount in held.items() if account == name), default=0) for name in ("credit", "points")},
        "coupon": sum(batch.free for batch in coupon_queries.batches()),
        "gift_card": max((card.balance for card in gift_card_queries.cards()), default=0),
    }
