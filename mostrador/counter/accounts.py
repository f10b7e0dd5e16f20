"""What buyers owe, and what the shop owes them: counted from the rows of sales, returns and payments, and from what people wrote by hand.

No balance is stored: what a sale put on account is its payment, and nothing is written twice (as docs/adr/0011 has it for goods).
Buyers who are one person have one account, that of the one that is kept (docs/adr/0035).
Amounts: minor units, of points whole points. Fiado above zero is owed to the shop, credit and points above zero are owed to the buyer.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

from django.db.models import QuerySet, Sum

from mostrador.buyers import joins
from mostrador.buyers import queries as buyers
from mostrador.buyers.models import MONEY_ACCOUNTS, Account, AccountEntry
from mostrador.buyers.queries import Balances
from mostrador.counter.models import AccountPayment, Payment, Refund, Return, Sale
from mostrador.counter.order_models import OrderClosing, OrderRefund
from mostrador.counter.points_models import PointsLapse, PointsMove
from mostrador.counter.queries import number_of
from mostrador.counter.traces import SaleTaker
from mostrador.kernel import feed, outbox
from mostrador.kernel.ready import ready
from mostrador.people.models import Device

TOPIC_MOVED = "counter.account_moved"
TOPIC_MET = "counter.buyer_met"
AGES = (30, 60, 90)

type Wanted = list[uuid.UUID] | None
type Kind = Literal["sale", "return", "order", "payment", "opening", "correction", "forgiven", "earn", "spend", "taken", "back", "lapsed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a statement: what happened, its paper's number, by how much the account grew, and what it came to."""

    at: dt.datetime
    kind: Kind
    number: str
    amount: int
    balance: int
    source_id: uuid.UUID | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A ticket that is not paid yet, wholly or in part: oldest first is what payments go to."""

    at: dt.datetime
    number: str
    sale_id: uuid.UUID | None
    amount: int
    left: int


def balances(ids: Iterable[uuid.UUID] | None = None) -> Balances:
    """Return what the accounts of these buyers hold, or of all: (buyer, account) to minor units, by those who stand for themselves; an account at
    nothing may lack.
    """
    now = joins.joined()
    found: Balances = defaultdict(int)
    for (buyer_id, account), amount in _sums(None if ids is None else now.spread(ids)).items():
        found[now.of(buyer_id), account] += amount
    return found


def _sums(wanted: list[uuid.UUID] | None) -> Balances:
    """The same by the ids that stand in rows: of these, or of all."""
    found: Balances = defaultdict(int, buyers.entered(wanted))

    for buyer_id, method, total in _sold(wanted):
        found[buyer_id, method] += total if method == "fiado" else -total
    for buyer_id, method, total in _back(wanted):
        found[buyer_id, method] += -total if method == "fiado" else total
    for buyer_id, total in _given(wanted):
        found[buyer_id, "credit"] += total
    for buyer_id, total in _paid(wanted):
        found[buyer_id, "fiado"] -= total
    for buyer_id, total in (*_moved(wanted), *_lapsed(wanted)):
        found[buyer_id, "points"] += total
    return found


def _summed(rows: QuerySet[Any], column: str, *also: str, of: str, by: Wanted) -> Any:
    """What a column comes to by these buyers, or all."""
    mine = rows.filter(**{f"{column}__isnull": False} if by is None else {f"{column}__in": by})
    return mine.values_list(column, *also).annotate(total=Sum(of)).order_by()


@ready
def _sold(buyers: Wanted) -> Any:
    return _summed(Payment.objects.filter(method__in=MONEY_ACCOUNTS), "sale__buyer_id", "method", of="amount", by=buyers)


@ready
def _back(buyers: Wanted) -> Any:
    return _summed(Refund.objects.filter(method__in=MONEY_ACCOUNTS), "returned__buyer_id", "method", of="amount", by=buyers)


@ready
def _given(buyers: Wanted) -> Any:
    return _summed(OrderRefund.objects.filter(method="credit"), "closing__buyer_id", of="amount", by=buyers)


@ready
def _paid(buyers: Wanted) -> Any:
    return _summed(AccountPayment.objects.all(), "buyer_id", of="amount", by=buyers)


@ready
def _moved(buyers: Wanted) -> Any:
    return _summed(PointsMove.objects.all(), "buyer_id", of="points", by=buyers)


@ready
def _lapsed(buyers: Wanted) -> Any:
    return _summed(PointsLapse.objects.all(), "buyer_id", of="points", by=buyers)


def statement(buyer_id: uuid.UUID, account: Account) -> list[Entry]:
    """Return an account's lines, oldest first, with what it came to after each."""
    return next((entries for _, entries in _told(account, buyer_id)), [])


def statements(account: Account) -> Iterator[tuple[uuid.UUID, list[Entry]]]:
    """Yield (buyer, lines as of a statement) of every buyer with a movement of this kind of account."""
    yield from _told(account, None)


def _told(account: Account, buyer_id: uuid.UUID | None) -> Iterator[tuple[uuid.UUID, list[Entry]]]:
    now = joins.joined()
    by_buyer: dict[uuid.UUID, list[_Line]] = defaultdict(list)
    for buyer, line in _lines(account, {"buyer_id__in": now.spread([buyer_id])} if buyer_id else {"buyer_id__isnull": False}):
        by_buyer[now.of(buyer)].append(line)
    for buyer, lines in by_buyer.items():
        entries, balance = [], 0
        for line in sorted(lines, key=lambda line: (line.at, str(line.source_id))):
            balance += line.amount
            entries.append(Entry(line.at, line.kind, line.number, line.amount, balance, line.source_id, line.text))
        yield buyer, entries


class _Line(NamedTuple):
    at: dt.datetime
    kind: Kind
    number: str
    amount: int
    source_id: uuid.UUID | None
    text: str = ""


def _lines(account: Account, whose: dict[str, Any]) -> Iterator[tuple[Any, _Line]]:
    """Yield (buyer, line) of what happened to this kind of account. `whose`: of which rows, by their buyer_id."""
    for entry in AccountEntry.objects.filter(account=account, **whose):
        yield entry.buyer_id, _Line(entry.at, entry.reason, "", entry.amount, None, entry.text)  # type: ignore[arg-type]  # the service lets three in
    series = _series()
    if account == "points":
        for move in PointsMove.objects.filter(**whose):
            number = number_of(series(move.journal_id), move.number)
            yield move.buyer_id, _Line(move.at, move.kind, number, move.points, move.sale_id)  # type: ignore[arg-type]  # four kinds
        for gone in PointsLapse.objects.filter(**whose):
            yield gone.buyer_id, _Line(gone.at, "lapsed", "", gone.points, None)
        return
    sign = 1 if account == "fiado" else -1
    sales = Sale.objects.filter(payments__method=account, **whose).annotate(on_account=Sum("payments__amount"))
    taken_by = _takers(whose)
    for sale in sales:
        number = number_of(series(sale.journal_id), sale.number)
        yield sale.buyer_id, _Line(sale.occurred_at, "sale", number, sign * sale.on_account, sale.id, taken_by.get(sale.id, ""))
    for row in Return.objects.filter(refunds__method=account, **whose).annotate(on_account=Sum("refunds__amount")):
        yield (
            row.buyer_id,
            _Line(row.occurred_at, "return", number_of(series(row.journal_id), row.number), -sign * row.on_account, row.sale_id),
        )
    for closing in OrderClosing.objects.filter(refunds__method=account, **whose).annotate(on_account=Sum("refunds__amount")):
        number = number_of(series(closing.journal_id), closing.number)
        yield closing.buyer_id, _Line(closing.occurred_at, "order", number, -sign * closing.on_account, closing.order_id)
    if account == "fiado":
        for paid in AccountPayment.objects.filter(**whose):
            yield paid.buyer_id, _Line(paid.occurred_at, "payment", number_of(series(paid.journal_id), paid.number), -paid.amount, paid.id)


def _takers(whose: dict[str, Any]) -> dict[uuid.UUID, str]:
    """Who took the goods of a sale along, by name."""
    takers = dict(SaleTaker.objects.filter(**{f"sale__{name}": value for name, value in whose.items()}).values_list("sale_id", "person_id"))
    names = buyers.person_names(takers.values())
    return {sale: names.get(person, "") for sale, person in takers.items()}


def _series() -> Callable[[uuid.UUID], str]:
    known = dict(Device.objects.values_list("id", "series"))
    return lambda journal_id: known.get(journal_id, "?")


def owed(buyer_id: uuid.UUID) -> list[Owed]:
    """Return what is not paid yet, oldest first: what lowers the account pays the oldest line that is still open."""
    open_lines: list[list[Any]] = []
    credit = 0
    for entry in statement(buyer_id, "fiado"):
        if entry.amount > 0:
            open_lines.append([entry, entry.amount])
        else:
            credit -= entry.amount
        credit = _pay_oldest(open_lines, credit)
    return [Owed(entry.at, entry.number, entry.source_id, entry.amount, left) for entry, left in open_lines if left]


def _pay_oldest(open_lines: list[list[Any]], credit: int) -> int:
    """Let a payment pay the oldest lines; return what is left of it."""
    for line in open_lines:
        paid = min(line[1], credit)
        line[1] -= paid
        credit -= paid
    return credit


@dataclass(frozen=True, slots=True)
class Paid:
    """What a buyer paid on account in a shift: its paper's number, whose account, by which methods."""

    row: AccountPayment
    number: str
    name: str
    methods: tuple[str, ...]


def of_shift(shift_id: uuid.UUID) -> list[Paid]:
    """Return the payments on account of a shift, in the order of their numbers."""
    series = _series()
    rows = list(AccountPayment.objects.filter(shift_id=shift_id).prefetch_related("tenders").order_by("number", "id"))
    names = buyers.names(row.buyer_id for row in rows)
    return [
        Paid(
            row,
            number_of(series(row.journal_id), row.number),
            names.get(row.buyer_id, ""),
            tuple(tender.method for tender in row.tenders.all()),
        )
        for row in rows
    ]


def ageing(lines: Iterable[Owed], now: dt.datetime) -> tuple[int, int, int, int]:
    """Return how much is open for up to 30, 60, 90 days, and longer."""
    sums = [0] * (len(AGES) + 1)
    for line in lines:
        days = (now - line.at).days
        sums[sum(days >= age for age in AGES)] += line.left
    return sums[0], sums[1], sums[2], sums[3]


def moved(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Tell the tills that accounts moved (the worker's handler of TOPIC_MOVED)."""
    now = joins.joined()
    ids = {uuid.UUID(source) for payload in payloads for source in payload["sources"]}  # type: ignore[attr-defined]  # JSON of ours
    feed.touched(organization_id, "buyer", {now.of(one) for one in ids})


# --- how a payment on account becomes rows ---------------------------------------------------------------------------------------


def rows(paper: Any, fact: Any, body: Any) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield the rows of each table. `paper`: counter.returned.Paper."""
    own, raw = paper.own, paper.raw
    payment = raw(body.payment)
    yield "counter_accountpayment", [(
        own.organization, payment, raw(fact.visit.id), own.store, own.id, raw(body.shift), raw(fact.staff), raw(fact.id), raw(body.buyer),
        body.number, paper.twin, paper.day, fact.at, paper.received_ms, body.amount, paper.flags,
    )]  # fmt: skip
    references = {reference.payment: reference.value for reference in body.references}
    yield (
        "counter_accounttender",
        [
            (own.organization, payment, n, method, kept, tendered, references.get(n, ""))
            for n, (method, kept, tendered) in enumerate(kept_of(body))
        ],
    )


def kept_of(body: Any) -> list[tuple[str, int, int]]:
    """Return method, what stayed and what was handed over of each payment: change comes out of the last cash first, as of a sale."""
    change, found = body.change, []
    for tender in reversed(body.payments):
        given = min(change, tender.amount) if tender.method == "cash" else 0
        change -= given
        found.append((tender.method, tender.amount - given, tender.amount))
    return found[::-1]


def totals(body: Any) -> Iterator[tuple[str, int]]:
    """Yield what a payment on account adds to the totals of its shift."""
    yield from (("account_payments", 1), ("account_paid", body.amount))
    for method, kept, _ in kept_of(body):
        yield f"pay:{method}", kept


COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_accountpayment": (
        "organization_id", "id", "visit_id", "store_id", "journal_id", "shift_id", "staff_id", "fact_id", "buyer_id", "number", "twin",
        "business_date", "occurred_at", "received_at", "amount", "flags",
    ),
    "counter_accounttender": ("organization_id", "payment_id", "n", "method", "amount", "tendered", "reference"),
}  # fmt: skip

outbox.handles(TOPIC_MOVED, lambda organization_id, payloads: partial(moved, organization_id, payloads))
