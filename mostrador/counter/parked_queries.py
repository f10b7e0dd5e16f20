"""What is read of tickets that wait, each time that a till speaks of them: in two statements, for the ORM took most of a round."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from mostrador.kernel import clock, sql
from mostrador.kernel.scoping import current_organization
from mostrador.kernel.sql import Question

_COLUMNS = (
    "p.id, p.till_id, t.name, p.state, p.staff_id, p.letter, p.lines, p.total, p.parked_at, p.heard_at, p.want_id, p.wanted_by, p.wanted_at"
)
# A ticket that has become a sale never opens again.
_SOLD = "EXISTS (SELECT 1 FROM counter_sale s WHERE s.organization_id = p.organization_id AND s.id = p.id)"
_TICKETS = (
    f"SELECT {_COLUMNS}, {_SOLD} FROM counter_parkedticket p"  # noqa: S608  # our own words
    " JOIN people_till t ON t.organization_id = p.organization_id AND t.id = p.till_id"
    " WHERE p.organization_id = %s AND p.store_id = %s AND p.state IN ('parked', 'given') ORDER BY p.parked_at, p.id"
)
_OTHERS = (
    "SELECT COUNT(DISTINCT d.till_id) FROM people_device d"
    " WHERE d.organization_id = %s AND d.store_id = %s AND d.till_id <> %s AND d.revoked_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Place:
    """The till that speaks, and its store."""

    store_id: uuid.UUID
    till_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Seen:
    """A ticket that waits, or is on its way to its till, as `ParkedTicket` has it without its text."""

    id: uuid.UUID
    till_id: uuid.UUID
    till: str
    state: str
    staff_id: uuid.UUID | None
    letter: str
    lines: int
    total: int
    parked_at: dt.datetime
    heard_at: dt.datetime
    want_id: uuid.UUID | None
    wanted_by: uuid.UUID | None
    wanted_at: dt.datetime | None
    is_sold: bool


def of_store(place: Place) -> tuple[list[Seen], int]:
    """Return the tickets that wait in a store or are on their way, oldest first, and how many other tills it has."""
    hand = sql.hand()
    business, store, till = (sql.raw_id(hand.vendor, one) for one in (current_organization(), place.store_id, place.till_id))
    asked: list[Question] = [(_TICKETS, (business, store)), (_OTHERS, (business, store, till))]
    rows, [[others]] = hand.ask(*asked)
    return [_seen(row) for row in rows], others


def _seen(row: tuple[Any, ...]) -> Seen:
    ticket, till, name, state, staff, letter, lines, total, parked_at, heard_at, want, wanted_by, wanted_at, is_sold = row
    return Seen(
        sql.from_raw(ticket), sql.from_raw(till), name, state, _id(staff), letter, lines, total, clock.from_ms(parked_at), clock.from_ms(heard_at),
        _id(want), _id(wanted_by), None if wanted_at is None else clock.from_ms(wanted_at), bool(is_sold),
    )  # fmt: skip


def _id(stored: Any) -> uuid.UUID | None:
    return None if stored is None else sql.from_raw(stored)
