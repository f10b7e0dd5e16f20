"""Which device calls: on the hot path of every sale and every pull, in one statement; the ORM took a third of a push, most of a pull."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from mostrador.kernel import clock, sql
from mostrador.kernel.sql import Question
from mostrador.people.pairing import digest, organization_of

_COLUMNS = "d.id, d.store_id, d.till_id, d.series, d.public_key, d.replaces, d.revoked_at, d.last_seen_at, s.timezone, s.day_start_minutes"
_QUERY = (
    f"SELECT {_COLUMNS} FROM people_device d"  # noqa: S608  # our own words
    " JOIN people_store s ON s.organization_id = d.organization_id AND s.id = d.store_id"
    " WHERE d.organization_id = %s AND d.token_hash = %s"
)
MET_MAX = 20_000


class Bearer(NamedTuple):
    """What a token says before anybody is asked: the business that it names, and its digest."""

    organization_id: uuid.UUID
    token_hash: str


@dataclass(frozen=True, slots=True)
class Caller:
    """A device as the intake needs it. `people.models.Device` has the same names, so either will do there."""

    organization_id: uuid.UUID
    id: uuid.UUID
    store_id: uuid.UUID
    till_id: uuid.UUID
    series: str
    public_key: str
    replaces: uuid.UUID | None
    revoked_at: dt.datetime | None
    last_seen_at: dt.datetime | None
    timezone: str
    day_start_minutes: int


def question(vendor: str, bearer: Bearer) -> Question:
    """Return what asks for the device of a token."""
    return _QUERY, (sql.raw_id(vendor, bearer.organization_id), bearer.token_hash)


@lru_cache(maxsize=1024)
def caller(organization_id: uuid.UUID, row: tuple[Any, ...]) -> Caller:
    """Return the device that answered `question`, revoked or not."""
    device, store, till, series, public_key, replaces, revoked_at, last_seen_at, timezone, day_start = row
    return Caller(
        organization_id, sql.from_raw(device), sql.from_raw(store), sql.from_raw(till), series, public_key,
        None if replaces is None else sql.from_raw(replaces),
        _instant(revoked_at), _instant(last_seen_at), timezone, day_start,
    )  # fmt: skip


def _instant(stored: int | None) -> dt.datetime | None:
    return None if stored is None else clock.from_ms(stored)


def by_token(token: str) -> Caller | None:
    """Return the device of a bearer token, revoked or not; None for any other text."""
    organization_id = organization_of(token)
    if organization_id is None:
        return None
    hand = sql.hand()
    [rows] = hand.ask(question(hand.vendor, Bearer(organization_id, digest(token))))
    return caller(organization_id, rows[0]) if rows else None


# Tokens that were a device's once. It says nothing of now: the intake asks again. It keeps who never had one away from the writer.
_met: dict[Bearer, None] = {}


def met(token: str) -> Bearer | None:
    """Return what a token says if it is or was a device's; None for any other text."""
    organization_id = organization_of(token)
    if organization_id is None:
        return None
    bearer = Bearer(organization_id, digest(token))
    if bearer not in _met:
        hand = sql.hand()
        if not hand.ask(question(hand.vendor, bearer))[0]:
            return None
        if len(_met) >= MET_MAX:
            _met.clear()
        _met[bearer] = None
    return bearer
