"""The doors of tickets that wait in a store."""

import uuid

import msgspec
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import answer, door, in_scope
from mostrador.counter import parked_tickets
from mostrador.counter.parked_queries import Place
from mostrador.counter.parked_tickets import Gift, Parked, Round
from mostrador.kernel import clock
from mostrador.people.callers import Caller
from mostrador.people.models import Till
from mostrador.sync import contract
from mostrador.sync.documents_parked import ClaimRequest, ParkedRequest
from mostrador.sync.errors import NotAPush


def _place(caller: Caller) -> Place:
    return Place(caller.store_id, caller.till_id)


def _read[Document](request: HttpRequest, document: type[Document]) -> Document:
    try:
        return msgspec.json.decode(request.body, type=document)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error


def _round(wanted: ParkedRequest) -> Round:
    return Round(
        [
            Parked(uuid.UUID(one.id), uuid.UUID(one.staff) if one.staff else None, one.letter, one.lines, one.total, clock.from_ms(one.at))
            for one in wanted.parked
        ],
        [Gift(uuid.UUID(one.id), uuid.UUID(one.want), one.content) for one in wanted.gives],
        [(uuid.UUID(one.id), uuid.UUID(one.want)) for one in wanted.has],
    )


@door("POST")
@in_scope
def parked(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Say what a till parked, what it gives and what has come; hear what waits elsewhere and what is wanted."""
    said, now = parked_tickets.meet(_place(caller), _round(_read(request, ParkedRequest))), clock.now()
    names = dict(Till.objects.filter(store_id=caller.store_id).values_list("id", "name")) if said.asked else {}
    return answer({
        "others": said.others,
        "waiting": [
            {
                "id": str(row.id), "till": row.till, "free": not parked_tickets.is_silent(row, now),
                "staff": str(row.staff_id) if row.staff_id else None, "letter": row.letter, "lines": row.lines, "total": row.total,
                "at": clock.to_ms(row.parked_at),
            }
            for row in said.waiting
        ],
        "asked": [{"id": str(row.id), "want": str(row.want_id), "till": name} for row in said.asked if (name := names.get(row.wanted_by or row.till_id))],
        "given": [str(ticket) for ticket in said.given],
        "kept": [str(ticket) for ticket in said.kept],
    })  # fmt: skip


@door("POST")
@in_scope
def claim(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Ask for a parked ticket of another till, and take it once that till has given it."""
    found = parked_tickets.claim(_place(caller), uuid.UUID(_read(request, ClaimRequest).ticket))
    row, is_mine = found.row, found.state == "yours"
    return answer({
        "state": found.state, "till": row.till.name if row is not None else None,
        "want": str(row.want_id) if row is not None and is_mine else None, "content": row.content if row is not None and is_mine else None,
    })  # fmt: skip
