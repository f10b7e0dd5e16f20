"""Gift cards: what the shop owes by them, each with its moves; a lost one is blocked and issued anew; every move as a file."""

import csv
import io
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from mostrador.counter import gift_card_desk, gift_card_queries
from mostrador.counter.gift_card_desk import Issued
from mostrador.counter.gift_card_queries import CardState
from mostrador.kernel.spreadsheet import safe_cell
from mostrador.office.desk import Desk, found, room
from mostrador.office.views.tickets import with_point

ADDRESS = "/tarjetas/"
PAGE = 100
COLUMNS = ("card", "date", "time", "store", "number", "move", "amount", "balance")
STATES = ("", "saldo", "cortas", "bloqueadas")


@room("gift_cards")
def gift_cards(desk: Desk) -> HttpResponse:
    """Show the cards, the last moved first, and what the shop owes by all of them."""
    return _page(desk)


@room("gift_cards")
def gift_card(desk: Desk, card_id: uuid.UUID) -> HttpResponse:
    """Show a card with its moves; POST blocks it, lifts the block, or issues it anew, whose code is shown this once."""
    row = found(gift_card_queries.card(card_id))
    if desk.request.method == "POST":
        if desk.request.POST.get("what") == "reissue":
            issued = gift_card_desk.reissue(desk.actor, card_id=card_id)
            return desk.page("gift_card_issued.html", card=row, issued=issued, address=_address_of(issued))
        blocked = desk.request.POST.get("what") == "block"
        gift_card_desk.set_blocked(desk.actor, card_id=card_id, blocked=blocked)
        return desk.done(f"{ADDRESS}{card_id}/", "gift_cards.blocked" if blocked else "gift_cards.unblocked", number=row.number)
    return _page(desk, row)


def _address_of(issued: Issued) -> str:
    """Where its balance is shown; nothing where the shop has no public address."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/t/{issued.page}" if settings.PUBLIC_URL else ""


def _page(desk: Desk, shown: CardState | None = None) -> HttpResponse:
    words, state = desk.request.GET.get("q", "")[:40].strip(), desk.request.GET.get("estado", "")
    every = gift_card_queries.cards()
    rows = [card for card in every if _is_wanted(card, words, state)]
    more: dict[str, Any] = {"moves": gift_card_queries.moves(shown.id)[::-1]} if shown else {}
    return desk.page(
        "gift_cards.html", rows=rows[:PAGE], total=len(rows), words=words, state=state if state in STATES else "", shown=shown,
        states=[(key, desk.say(f"gift_card_state.{key or 'all'}")) for key in STATES], owed=sum(max(0, card.balance) for card in every),
        short=[card for card in every if card.short], **more,
    )  # fmt: skip


def _is_wanted(card: CardState, words: str, state: str) -> bool:
    fits = {"saldo": card.balance > 0, "cortas": card.short > 0, "bloqueadas": card.is_blocked}.get(state, True)
    return fits and words.upper().replace(" ", "") in card.number


@room("gift_cards")
def export(desk: Desk) -> HttpResponse:
    """Return every move of every card as CSV: nothing in it that a spreadsheet would run."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([desk.say(f"export.{name}") for name in COLUMNS])
    digits = desk.formats.digits
    for card_id, move in gift_card_queries.every_move():
        at = desk.formats.local(move.at)
        cells = (
            gift_card_queries.number_of_card(card_id), at.date(), at.strftime("%H:%M:%S"), move.store, move.number, desk.say(f"card_move.{move.kind}"),
            with_point(move.amount, digits), with_point(move.balance, digits),
        )  # fmt: skip
        out.writerow([safe_cell(cell) for cell in cells])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tarjetas.csv"'
    response["Cache-Control"] = "no-store"
    return response
