"""What people answer for at the till, as a list of events with names: never a sum by person, never a ranking (ruling 31). Amounts: minor units."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Q

from mostrador.counter import voucher_rules
from mostrador.counter.limits import UNCHECKED
from mostrador.counter.models import CashMove, CounterEvent, Return, Sale, ShiftClosing
from mostrador.people.models import Device

PAGE = 50
NAMED = ("drawer.opened", "price.changed", "price.shelf", "line.voided", "line.not_sold")
BEYOND = "limit_exceeded"


@dataclass(frozen=True, slots=True)
class Wanted:
    """From when to when (`until` is not in it), in which store, and of whom, where a purpose for that was given."""

    since: dt.datetime
    until: dt.datetime
    store_id: uuid.UUID | None = None
    staff_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event. `kind`: as of CounterEvent, or account.beyond, return.without_ticket, sale.beyond, age.unchecked (a doubt: perhaps somebody
    looked), vouchers.beyond, cash.beyond, count.differs; `about`: its ticket; `shift_id`: whose page tells more; `by`: who allowed it.
    """

    at: dt.datetime
    kind: str
    staff_id: uuid.UUID | None
    journal_id: uuid.UUID
    amount: int | None = None
    reason: str = ""
    flags: tuple[str, ...] = ()
    about: uuid.UUID | None = None
    shift_id: uuid.UUID | None = None
    by: uuid.UUID | None = None


def entries(wanted: Wanted, page: int = 1) -> tuple[list[Entry], bool]:
    """Return a page of events, newest first, and whether there are more."""
    start = (max(1, page) - 1) * PAGE
    most = start + PAGE + 1
    sources = (_events(wanted, most), _returns(wanted, most), _sales(wanted, most), _moves(wanted, most), _counts(wanted, most))
    found = sorted(itertools.chain.from_iterable(sources), key=attrgetter("at"), reverse=True)[start:most]
    return found[:PAGE], len(found) > PAGE


def _filters(wanted: Wanted, at: str) -> dict[str, Any]:
    filters: dict[str, Any] = {f"{at}__gte": wanted.since, f"{at}__lt": wanted.until}
    if wanted.staff_id:
        filters["staff_id"] = wanted.staff_id
    if wanted.store_id:
        filters["journal_id__in"] = list(Device.objects.filter(store_id=wanted.store_id).values_list("id", flat=True))
    return filters


def _events(wanted: Wanted, most: int) -> Iterator[Entry]:
    rows = CounterEvent.objects.filter(Q(kind__in=NAMED) | Q(reason__startswith="account:") | ~Q(flags=""), **_filters(wanted, "at"))
    for row in rows.order_by("-at", "-id")[:most]:
        is_approval = row.kind == "approval.given"
        kind = "account.beyond" if is_approval and row.reason.startswith("account:") else row.kind
        yield Entry(
            row.at, kind, row.staff_id, row.journal_id, row.amount, row.reason.rpartition(":")[2], tuple(row.flags.split()),
            about=None if is_approval or row.kind == "drawer.opened" else row.about, shift_id=row.shift_id, by=row.about if is_approval else None,
        )  # fmt: skip


def _returns(wanted: Wanted, most: int) -> Iterator[Entry]:
    rows = Return.objects.filter(Q(sale_id=None) | Q(flags__contains=BEYOND), **_filters(wanted, "occurred_at"))
    for row in rows.order_by("-occurred_at", "-id")[:most]:
        kind = "return.without_ticket" if row.sale_id is None else "return.beyond"
        yield Entry(
            row.occurred_at,
            kind,
            row.staff_id,
            row.journal_id,
            row.gross,
            flags=_beyond(row.flags),
            about=row.sale_id,
            shift_id=row.shift_id,
        )


def _sales(wanted: Wanted, most: int) -> Iterator[Entry]:
    """Beyond a limit by `discount`; where nobody looked at the buyer's age, or vouchers paid what they may not, by the whole."""
    listed = Q(flags__contains=BEYOND) | Q(flags__contains=UNCHECKED) | Q(flags__contains="voucher_")
    for row in Sale.objects.filter(listed, **_filters(wanted, "occurred_at")).order_by("-occurred_at", "-id")[:most]:
        flags = row.flags.split()
        entry = partial(Entry, row.occurred_at, staff_id=row.staff_id, journal_id=row.journal_id, about=row.id)
        if BEYOND in flags:
            yield entry(kind="sale.beyond", amount=row.discount, flags=_beyond(row.flags))
        if UNCHECKED in flags:
            yield entry(kind="age.unchecked", amount=row.gross)
        broken = tuple(flag for flag in flags if flag in voucher_rules.FLAGS)
        if broken:
            yield entry(kind="vouchers.beyond", amount=row.gross, flags=broken)


def _moves(wanted: Wanted, most: int) -> Iterator[Entry]:
    for row in CashMove.objects.filter(flags__contains=BEYOND, **_filters(wanted, "at")).order_by("-at", "-id")[:most]:
        flags = tuple(row.flags.split())
        yield Entry(row.at, "cash.beyond", row.staff_id, row.journal_id, row.amount, row.reason, flags, shift_id=row.shift_id)


def _counts(wanted: Wanted, most: int) -> Iterable[Entry]:
    rows = ShiftClosing.objects.filter(**_filters(wanted, "closed_at")).order_by("-closed_at", "-shift_id").iterator(chunk_size=500)
    differing = (row for row in rows if any(amount for _, amount in row.difference))
    for row in itertools.islice(differing, most):
        amount = sum(amount for _, amount in row.difference)
        yield Entry(row.closed_at, "count.differs", row.staff_id, row.journal_id, amount, row.reason, shift_id=row.shift_id)


def _beyond(flags: str) -> tuple[str, ...]:
    return tuple(flag for flag in flags.split() if flag in {BEYOND, "approval_missing"})
