"""Which till of a store goes on with a parked ticket: exactly one, and the server decides which (ruling 32, docs/adr/0024).

A parked ticket stays with the till that parked it, which may go on with it at any moment, without a network too. Who wants it at another
till asks here; its till hears so, lets go of it for good on its own disk and gives it here; then the other has it. Whatever is said twice
has the effect of once, and what comes late of an earlier asking has none: each asking has an id, and gifts and receipts name it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, F, Q

from mostrador.counter import parked_queries
from mostrador.counter.models import Sale
from mostrador.counter.parked_models import ParkedTicket
from mostrador.counter.parked_queries import Place, Seen
from mostrador.kernel import clock
from mostrador.kernel.ids import new_id
from mostrador.kernel.scoping import current_organization
from mostrador.kernel.writing import use_case

WANTED_FOR = dt.timedelta(seconds=30)
SILENT_AFTER = dt.timedelta(seconds=40)
HEARD_EVERY = dt.timedelta(seconds=10)
SHOWN_FOR = dt.timedelta(hours=36)
KEPT_FOR = dt.timedelta(days=35)
SHOWN_MAX = 100


@dataclass(frozen=True, slots=True)
class Parked:
    """How a ticket looks while it waits. `total`: minor units."""

    id: uuid.UUID
    staff_id: uuid.UUID | None
    letter: str
    lines: int
    total: int
    parked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Gift:
    """A ticket that its till has let go of, because this asking wanted it."""

    id: uuid.UUID
    want_id: uuid.UUID
    content: str


@dataclass(frozen=True, slots=True)
class Round:
    """What a till says: all tickets that it parked, all that it gives, and which gifts have come (ticket, asking)."""

    parked: Sequence[Parked] = ()
    gives: Sequence[Gift] = ()
    has: Sequence[tuple[uuid.UUID, uuid.UUID]] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a till hears.

    `waiting`: what waits at other tills, oldest first. `asked`: of its own, what somebody wants. `given`: what was given to it. `kept`: of its gifts,
    those that nobody wants any more: they are its own again. `others`: how many other tills the store has.
    """

    waiting: list[Seen]
    asked: list[Seen]
    given: list[uuid.UUID]
    kept: list[uuid.UUID]
    others: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """What comes of asking for a ticket.

    `yours`: it was given to this till. `asked`: its till will hear of it. `silent`: its till was not heard lately, and may be going on with it.
    `taken`: it is going to another till, or went there. `gone`: it was sold, or nobody here knows it.
    """

    state: Literal["yours", "asked", "silent", "taken", "gone"]
    row: ParkedTicket | None


def meet(place: Place, said: Round) -> Said:
    """Take a till's round in, and return what it has to know."""
    now, kept = clock.now(), list[uuid.UUID]()
    mine = ParkedTicket.objects.filter(till_id=place.till_id)
    if said.gives or said.has:
        with use_case():
            for ticket_id, want_id in said.has:
                mine.filter(id=ticket_id, want_id=want_id, state="given").update(state="ended", content="", heard_at=now)
            kept = [gift.id for gift in said.gives if not _gave(place, gift, now)]
    rows, others = parked_queries.of_store(place)
    if _list(place, said, now, {row.id: row for row in rows if row.till_id == place.till_id and row.state == "parked"}):
        rows, others = parked_queries.of_store(place)
    own = [row for row in rows if row.till_id == place.till_id]
    asked = [row for row in own if row.state == "parked" and row.wanted_at is not None and row.wanted_at > now - WANTED_FOR]
    return Said(_waiting(place, rows, now), asked, [row.id for row in own if row.state == "given"], kept, others)


def _gave(place: Place, gift: Gift, now: dt.datetime) -> bool:
    """Hand a ticket over to who asked, or see that it was; False when its till still has it."""
    rows = ParkedTicket.objects.filter(id=gift.id)
    wanted = rows.filter(till_id=place.till_id, state="parked", want_id=gift.want_id, wanted_by__isnull=False)
    if wanted.update(till_id=F("wanted_by"), state="given", content=gift.content, wanted_by=None, wanted_at=None, heard_at=now):
        return True
    return rows.exclude(till_id=place.till_id, state__in=("parked", "over")).exists()


def _list(place: Place, said: Round, now: dt.datetime, held: Mapping[uuid.UUID, Seen]) -> bool:
    """Make what the store sees of a till's parked tickets (`held`) what the till says. Mostly nothing has changed: then nothing is written, and it is False."""
    told = {ticket.id: ticket for ticket in said.parked}
    gone = held.keys() - told.keys() - {gift.id for gift in said.gives}
    fresh = [ticket for ticket in told.values() if ticket.id not in held or _differs(held[ticket.id], ticket)]
    old = [row.id for row in held.values() if row.id in told and row.heard_at < now - HEARD_EVERY]
    if not (gone or fresh or old):
        return False
    with use_case():
        rows = ParkedTicket.objects.filter(till_id=place.till_id)
        # Of what somebody once asked for it is remembered that it came here: its giver may not have heard so yet.
        rows.filter(id__in=gone, state="parked", want_id=None).delete()
        rows.filter(id__in=gone, state="parked").update(state="over", wanted_by=None, wanted_at=None, heard_at=now)
        rows.filter(id__in=old, state="parked").update(heard_at=now)
        for ticket in fresh:
            _show(place, ticket, now)
        ParkedTicket.objects.filter(store_id=place.store_id, heard_at__lt=now - KEPT_FOR).delete()
    return True


def _differs(row: Seen, ticket: Parked) -> bool:
    return (row.lines, row.total, row.letter, row.parked_at, row.staff_id) != (
        ticket.lines, ticket.total, ticket.letter, ticket.parked_at, ticket.staff_id,
    )  # fmt: skip


def _show(place: Place, ticket: Parked, now: dt.datetime) -> None:
    values = {
        "state": "parked", "staff_id": ticket.staff_id, "letter": ticket.letter, "lines": ticket.lines, "total": ticket.total,
        "parked_at": ticket.parked_at, "heard_at": now,
    }  # fmt: skip
    # What is on its way to this till is not parked by it: its round is older than the gift.
    rows = ParkedTicket.objects.filter(id=ticket.id, till_id=place.till_id).exclude(state="given")
    if rows.update(**values) == 0:
        row = ParkedTicket(organization_id=current_organization(), id=ticket.id, store_id=place.store_id, till_id=place.till_id, **values)
        ParkedTicket.objects.bulk_create([row], ignore_conflicts=True)


def claim(place: Place, ticket_id: uuid.UUID) -> Claimed:
    """Ask for a ticket that waits at another till; asked again and again, until it has come."""
    now = clock.now()
    row = ParkedTicket.objects.filter(id=ticket_id, store_id=place.store_id).first()
    if row is None or row.state == "over" or Sale.objects.filter(id=ticket_id).exists():
        return Claimed("gone", row)
    if row.till_id == place.till_id:
        return Claimed("yours" if row.state == "given" else "gone", row)
    if row.state != "parked":
        return Claimed("taken", row)
    if is_silent(row, now):
        return Claimed("silent", row)
    return Claimed("asked" if _want(place, row, now) else "taken", row)


def _want(place: Place, row: ParkedTicket, now: dt.datetime) -> bool:
    """Note who wants a ticket. Of two tills that ask in the same moment the second finds it wanted."""
    is_mine = row.wanted_by == place.till_id and row.wanted_at is not None and row.wanted_at > now - WANTED_FOR
    if is_mine and row.wanted_at is not None and row.wanted_at > now - HEARD_EVERY:
        return True
    with use_case():
        free = Q(wanted_by=None) | Q(wanted_by=place.till_id) | Q(wanted_at__lte=now - WANTED_FOR)
        rows = ParkedTicket.objects.filter(free, id=row.id, till_id=row.till_id, state="parked")
        return rows.update(wanted_by=place.till_id, wanted_at=now, want_id=row.want_id if is_mine else new_id()) == 1


def on_their_way(now: dt.datetime) -> list[tuple[str, int]]:
    """Return the tills that were given tickets more than a day ago and never came for them, by name, with how many: nobody else can have those."""
    rows = ParkedTicket.objects.filter(state="given", heard_at__lt=now - dt.timedelta(days=1))
    return list(rows.values_list("till__name").annotate(n=Count("id")).order_by("till__name"))


def is_silent(row: ParkedTicket | Seen, now: dt.datetime) -> bool:
    """Whether the till of a parked ticket was not heard lately."""
    return row.heard_at < now - SILENT_AFTER


def _waiting(place: Place, rows: Sequence[Seen], now: dt.datetime) -> list[Seen]:
    """What waits at the other tills of the store. What a till has not spoken of for long is left out."""
    others = [row for row in rows if row.till_id != place.till_id and row.state == "parked" and not row.is_sold]
    return [row for row in others if row.heard_at > now - SHOWN_FOR][:SHOWN_MAX]
