"""Customers: found by words, what they owe and since when, the statement of each account, what a person writes into it."""

import uuid
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect

from mostrador.buyers import apart, joins, points, queries, services
from mostrador.buyers.models import ACCOUNTS, Buyer
from mostrador.counter import accounts
from mostrador.kernel import clock, tax_ids
from mostrador.kernel.errors import NotFound
from mostrador.kernel.formats import Formats
from mostrador.kernel.phones import international
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form

ADDRESS = "/clientes/"
PAGE = 100
LATEST = 12  # lines of a statement that are on show; those before them open
POINTS_MAX = 10**9
AGES = ("30", "60", "90", "more")


@room("buyers")
def buyers(desk: Desk) -> HttpResponse:
    """Show the buyers; POST writes one down."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        contact, consent, limit = _contact(form), _consent(desk), form.money("fiado_limit") or 0
        if form.is_right and form.tried(lambda: services.add_buyer(desk.actor, contact=contact, consent=consent, fiado_limit=limit)):
            return desk.done(ADDRESS, "buyers.added", name=contact["name"])
    return _page(desk, form, adding=desk.request.GET.get("nuevo") == "1" or desk.request.method == "POST")


@room("buyers")
def buyer(desk: Desk, buyer_id: uuid.UUID) -> HttpResponse:
    """Show a buyer with the accounts; POST corrects, gives a limit, writes into an account, puts away or brings back."""
    row = found(queries.buyer(buyer_id))
    if row.id != buyer_id and desk.request.method != "POST":
        return HttpResponseRedirect(f"{ADDRESS}{row.id}/")
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        done = _act(desk, form, row)
        if done is not None:
            return done
    return _page(desk, form, row=row)


def _act(desk: Desk, form: Form, row: Buyer) -> HttpResponse | None:
    """Do what the form asks for and go on, or None with its errors."""
    here = f"{ADDRESS}{row.id}/"
    if form.typed("archived"):
        away = form.typed("archived") == "1"
        services.put_away(desk.actor, buyer_id=row.id, away=away)
        return desk.done(ADDRESS, "buyers.archived" if away else "buyers.restored", name=row.name)
    if form.typed("what") == "limit":
        limit = form.money("fiado_limit")
        if form.is_right and form.tried(lambda: services.set_limit(desk.actor, buyer_id=row.id, fiado_limit=limit or 0)):
            return desk.done(here, "buyers.limited", name=row.name)
        return None
    if form.typed("what") == "entry":
        return _write(desk, form, row)
    if form.typed("what") == "group":
        services.set_group(desk.actor, buyer_id=row.id, group_id=_chosen_group(form))
        return desk.done(here, "buyers.grouped", name=row.name)
    if form.typed("what") == "authorise":
        return _authorise(desk, form, row)
    contact, consent = _contact(form), _consent(desk)
    if form.is_right and form.tried(lambda: services.change_buyer(desk.actor, buyer_id=row.id, contact=contact, consent=consent)):
        return desk.done(here, "buyers.saved", name=contact["name"])
    return None


def _chosen_group(form: Form) -> uuid.UUID | None:
    """The group that was chosen, None for none; what is no group of ours refuses the service."""
    text = form.typed("group")
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def _authorise(desk: Desk, form: Form, row: Buyer) -> HttpResponse | None:
    """Let somebody take goods on the account, or not any more."""
    here = f"{ADDRESS}{row.id}/"
    if form.typed("end"):
        person = next((one for one in queries.authorised([row.id]).get(row.id, ()) if str(one.id) == form.typed("end")), None)
        services.no_longer_authorise(desk.actor, buyer_id=row.id, person_id=found(person).id)
        return desk.done(here, "buyers.unauthorised", name=found(person).name)
    name = form.text("person", longest=services.LENGTHS["name"])
    if form.is_right and form.tried(lambda: services.authorise(desk.actor, buyer_id=row.id, name=name)):
        return desk.done(here, "buyers.authorised_now", name=name)
    return None


def _write(desk: Desk, form: Form, row: Buyer) -> HttpResponse | None:
    account, reason = form.choice("account", ACCOUNTS), form.choice("reason", services.REASONS)
    way = form.choice("way", ("more", "less"))
    amount = form.whole("amount", most=POINTS_MAX) if account == "points" else form.money("amount")
    if not amount:
        form.errors.setdefault("amount", "empty")
    if not form.is_right or amount is None:
        return None
    signed = amount if way == "more" else -amount
    text = form.text("text", longest=200, required=False)
    services.write_entry(desk.actor, buyer_id=row.id, account=account, amount=signed, reason=reason, text=text)
    return desk.done(f"{ADDRESS}{row.id}/", "buyers.written", name=row.name)


def _contact(form: Form) -> dict[str, str]:
    return {name: form.text(name, longest=longest, required=name == "name") for name, longest in services.LENGTHS.items()}


def _consent(desk: Desk) -> tuple[str, ...]:
    return tuple(channel for channel in services.CHANNELS if channel in desk.request.POST.getlist("consent"))


def _page(desk: Desk, form: Form, *, row: Buyer | None = None, adding: bool = False) -> HttpResponse:
    words, state = desk.request.GET.get("q", "").strip(), desk.request.GET.get("estado", "")
    rows = _listed(words, state)
    more: dict[str, Any] = {} if row is None else _of_one(desk, row)
    return desk.page(
        "buyers.html", status=422 if form.errors else 200, form=form, rows=rows[:PAGE], total=len(rows), words=words, state=state, states=_states(desk),
        owed_in_all=sum(max(owes, 0) for _, owes, _, _ in rows), has_points=any(count for _, _, _, count in rows) or points.terms_of(points.last()).is_on, row=row, adding=adding,
        tax_doubt=tax_ids.doubt(desk.organization.country, row.tax_id) if row else "",
        channels=desk.choices("channel", services.CHANNELS), reasons=desk.choices("entry", services.REASONS), ways=desk.choices("way", ("more", "less")),
        account_choices=desk.choices("account", ACCOUNTS), consent=desk.request.POST.getlist("consent") if form.data else joins.consent(row) if row else [],
        twice=0 if words or state else sum(pair.is_sure for pair in apart.proposed(one for one, _, _, _ in rows)),
        may_lead=desk.membership.role in {"owner", "manager"}, **more,
    )  # fmt: skip


def _states(desk: Desk) -> list[tuple[str, str]]:
    return [
        ("", desk.say("buyers.all")),
        ("deben", desk.say("buyers.who_owe")),
        ("pasados", desk.say("buyers.beyond")),
        ("archivados", desk.say("buyers.away")),
    ]


def _listed(words: str, state: str) -> list[tuple[Buyer, int, int, int]]:
    """Buyers with what they owe, what they are owed, and their points. `deben`: those who owe, the most first; `pasados`: who holds less than nothing (ruling 29)."""
    rows = list(queries.buyers(words, archived=state == "archivados"))
    held = accounts.balances([row.id for row in rows]) if len(rows) <= PAGE else accounts.balances()
    listed = [(row, held.get((row.id, "fiado"), 0), held.get((row.id, "credit"), 0), held.get((row.id, "points"), 0)) for row in rows]
    if state == "pasados":
        return [one for one in listed if one[1] > one[0].fiado_limit or one[2] < 0 or one[3] < 0]
    return sorted((one for one in listed if one[1] > 0), key=lambda one: -one[1]) if state == "deben" else listed


def _of_one(desk: Desk, row: Buyer) -> dict[str, Any]:
    statements = {account: accounts.statement(row.id, account) for account in ACCOUNTS}
    open_lines = accounts.owed(row.id)
    owed = sum(line.left for line in open_lines)
    return {
        "statements": [(account, rows[::-1][:LATEST], rows[::-1][LATEST:], rows[-1].balance if rows else 0) for account, rows in statements.items()],
        "owed": open_lines, "owed_sum": owed, "ages": list(zip(AGES, accounts.ageing(open_lines, clock.now()), strict=True)),
        "others": joins.others(row.id), "authorised": queries.authorised([row.id]).get(row.id, []), "group_choices": [(str(group.id), group.name) for group in queries.groups()],
        "limit_typed": desk.formats.typed(row.fiado_limit, desk.formats.digits, desk.formats.digits), "reminder": _reminder(desk, row, owed),
    }  # fmt: skip


def _reminder(desk: Desk, row: Buyer, owed: int) -> str:
    """The link that opens WhatsApp with a friendly word already written; nothing without consent, phone or debt."""
    number = international(row.phone, desk.organization.country)
    if owed <= 0 or "whatsapp" not in joins.consent(row) or number == "":
        return ""
    formats: Formats = desk.formats
    text = desk.say("buyers.reminder", name=row.name, amount=formats.money(owed), shop=desk.organization.name)
    return f"https://wa.me/{number[1:]}?text={quote(text)}"
