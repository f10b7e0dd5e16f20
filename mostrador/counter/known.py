"""What the database is asked before a batch of facts becomes rows, and what it said.

Questions are data (`Lookup`), so that those of many facts go out together.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from mostrador.counter.limits import Limit
from mostrador.counter.points import SchemeSaid
from mostrador.counter.voucher_rules import Rule
from mostrador.kernel import sql
from mostrador.kernel.sql import Question
from mostrador.pricing.points import Scheme


def _blob(identifier: str | None) -> bytes | None:
    # Thousands of ids a batch: straight from the text, past uuid.UUID.
    return None if identifier is None else bytes.fromhex(identifier.replace("-", ""))


def _as_text(identifier: str | None) -> str | None:
    return identifier  # PostgreSQL reads the text itself


def raw_of(vendor: str) -> Callable[[str | None], Any]:
    """Return what makes of an id's text what the engine stores."""
    return _blob if vendor == "sqlite" else _as_text


@dataclass(slots=True)
class Known:
    """What the database was asked about the facts of a batch, by their ids.

    `products` None: nobody asked, and the database itself refuses the lines of a product that this business does not have.
    `approvals`: which act each allows; `limits`: what people may do alone, asked only of those whom a fact makes it matter. `ages`: how old
    whoever buys a product has to be, of those that ask; `vouchers` and `categories` (of products), asked only where vouchers pay.
    """

    shift_days: dict[str, str] = field(default_factory=dict)
    approvals: dict[str, str] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)
    products: set[str] | None = None
    closed_visits: set[str] = field(default_factory=set)
    schemes: dict[str, SchemeSaid] = field(default_factory=dict)
    ages: dict[str, int] = field(default_factory=dict)
    vouchers: dict[str, Rule] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)


class Lookup(NamedTuple):
    """A question to the database, and what learns its rows."""

    question: Question
    learn: Callable[[list[tuple[Any, ...]]], None]


class Asking(NamedTuple):
    """In which business, on which engine, and who learns the answers."""

    organization: Any
    vendor: str
    known: Known


# The business days of shifts, which never change: asked once for all the sales of a day.
_days: dict[tuple[Any, str], str] = {}
DAYS_MAX = 20_000


def shift_days(asking: Asking, shifts: set[str]) -> Iterator[Lookup]:
    """Learn the business days of shifts that this batch names but does not open."""
    days = asking.known.shift_days
    asked = set()
    for shift in shifts:
        day = _days.get((asking.organization, shift))
        if day is None:
            asked.add(shift)
        else:
            days[shift] = day

    def note(shift: str, day: str) -> None:
        if len(_days) >= DAYS_MAX:
            _days.clear()
        _days[asking.organization, shift] = days[shift] = day

    return _lookups(asking, "counter_shift", ("id", "business_date"), asked, note) if asked else iter(())


def products(asking: Asking, named: set[str]) -> Iterator[Lookup]:
    """Learn which of the named products this business has."""
    known = asking.known.products = asking.known.products or set()
    return _lookups(asking, "catalogue_product", ("id", "id"), named, lambda key, _: known.add(key))


def ages(asking: Asking, named: set[str]) -> Iterator[Lookup]:
    """Learn which of the products that are sold ask for the buyer's age; mostly none."""

    def note(key: str, age: str) -> None:
        asking.known.ages[key] = int(age)

    return _lookups(asking, "catalogue_product", ("id", "age_min"), named, note, "age_min IS NOT NULL")


def categories(asking: Asking, named: set[str]) -> Iterator[Lookup]:
    """Learn the categories of products that vouchers paid."""
    known = asking.known.categories
    return _lookups(asking, "catalogue_product", ("id", "category_id"), named, known.__setitem__, "category_id IS NOT NULL")


def vouchers(asking: Asking, kinds: set[str]) -> Iterator[Lookup]:
    """Learn the owner's rules of the kinds that paid."""
    raw = raw_of(asking.vendor)
    wanted = {raw(kind): kind for kind in sorted(kinds)}
    text = (
        'SELECT id, change, change_max, number, "limit", without, archived_at IS NULL FROM counter_voucherkind'  # noqa: S608  # names are ours
        f" WHERE organization_id = %s AND id IN ({sql.placeholders(len(wanted))})"
    )

    def learn(rows: list[tuple[Any, ...]]) -> None:
        for found, change, change_max, number, limit, without, is_taken in rows:
            rule = Rule(change, change_max, number, limit, frozenset(_list(without)), bool(is_taken))
            asking.known.vouchers[wanted[found] if isinstance(found, bytes) else str(found)] = rule

    yield Lookup((text, [asking.organization, *wanted]), learn)


def approvals(asking: Asking, named: set[str]) -> Iterator[Lookup]:
    """Learn which approvals named in this batch arrived before it, and what they allow: mostly none."""

    def note(key: str, reason: str) -> None:
        asking.known.approvals[key] = reason.partition(":")[0]

    return _lookups(asking, "counter_counterevent", ("id", "reason"), named, note)


def limits(asking: Asking, people: set[str]) -> Iterator[Lookup]:
    """Learn what these people may do alone at the till."""
    raw = raw_of(asking.vendor)
    wanted = {raw(person): person for person in sorted(people)}
    columns = ", ".join(f"l.{column}" for column in Limit._fields)
    text = (
        f"SELECT m.id, {columns} FROM people_staffmember m JOIN people_rolelimit l ON l.organization_id = m.organization_id AND l.role = m.role"  # noqa: S608  # names are ours
        f" WHERE m.organization_id = %s AND m.id IN ({sql.placeholders(len(wanted))})"
    )

    def learn(rows: list[tuple[Any, ...]]) -> None:
        for found, discount, *may in rows:
            asking.known.limits[wanted[found] if isinstance(found, bytes) else str(found)] = Limit(discount, *map(bool, may))

    yield Lookup((text, [asking.organization, *wanted]), learn)


def closed_visits(asking: Asking, visits: set[str]) -> Iterator[Lookup]:
    """Learn which of the visits that this batch closes are closed already: nothing to ask without such a fact."""
    return _lookups(asking, "counter_visitclosing", ("visit_id", "visit_id"), visits, lambda key, _: asking.known.closed_visits.add(key))


# Versions of schemes of points, which never change: asked once.
_schemes: dict[tuple[Any, str], SchemeSaid] = {}
SCHEMES_MAX = 5_000


def schemes(asking: Asking, named: set[str]) -> Iterator[Lookup]:
    """Learn what the versions that sales name say of points: mostly known already."""
    asking.known.schemes.update((one, _schemes[asking.organization, one]) for one in named if (asking.organization, one) in _schemes)
    raw = raw_of(asking.vendor)
    wanted = {raw(scheme): scheme for scheme in sorted(named - asking.known.schemes.keys())}
    if not wanted:
        return
    text = (
        "SELECT id, earn_per, worth_points, worth_amount, unearning, without FROM buyers_pointsscheme"  # noqa: S608  # names are ours
        f" WHERE organization_id = %s AND id IN ({sql.placeholders(len(wanted))})"
    )

    def learn(rows: list[tuple[Any, ...]]) -> None:
        if len(_schemes) >= SCHEMES_MAX:
            _schemes.clear()
        for found, earn_per, worth_points, worth_amount, unearning, without in rows:
            scheme = wanted[found] if isinstance(found, bytes) else str(found)
            said = SchemeSaid(
                Scheme(earn_per, worth_points, worth_amount, frozenset(_list(unearning))), frozenset(_list(without).get("products", ()))
            )
            _schemes[asking.organization, scheme] = asking.known.schemes[scheme] = said

    yield Lookup((text, [asking.organization, *wanted]), learn)


def _list(stored: Any) -> Any:
    """JSON as the engine hands it out: a text, or read already."""
    return msgspec.json.decode(stored) if isinstance(stored, str | bytes) else stored


def _lookups(
    asking: Asking, table: str, columns: tuple[str, str], ids: set[str], note: Callable[[str, str], None], which: str = "TRUE"
) -> Iterator[Lookup]:
    """Ask for (key, value) of the rows whose key is one of `ids`. `which`: of these only some."""
    raw = raw_of(asking.vendor)
    wanted = {raw(identifier): identifier for identifier in sorted(ids)}
    keys = list(wanted)

    def learn(rows: list[tuple[Any, ...]]) -> None:
        for found, value in rows:
            note(wanted[found] if isinstance(found, bytes) else str(found), _said(value))

    for start in range(0, len(keys), 10_000):
        part = keys[start : start + 10_000]
        text = f"SELECT {', '.join(columns)} FROM {table} WHERE organization_id = %s AND {columns[0]} IN ({sql.placeholders(len(part))}) AND {which}"  # noqa: S608  # names are ours
        yield Lookup((text, [asking.organization, *part]), learn)


def _said(value: Any) -> str:
    """A value as text: SQLite has ids as bytes."""
    if isinstance(value, bytes):
        return str(uuid.UUID(bytes=value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
