"""How facts become rows: one batch of a journal at a time, a constant number of statements however long it is.

`check` says why a fact cannot become rows, `Rows.add` turns one that can into tuples, `Rows.into` hands them on to be written. The types of
the facts live in sync.contract, above this package; here they are only read by their attributes (ruling 5, 6).
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from mostrador.counter import goods, returned
from mostrador.counter.known import Known, raw_of
from mostrador.kernel import clock, sql
from mostrador.kernel.sql import Writes
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from mostrador.pricing.returns import RETURN_ENGINE, refund
from mostrador.pricing.totals import ENGINE_VERSION, PLAIN_VERSION

ORGANIZATION = "organization_id"
AMOUNT_MAX = 2**53 - 1


class Raw(NamedTuple):
    """The ids of a journal as its engine stores them: made once, written in every row."""

    organization: Any
    id: Any
    store: Any
    till: Any


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@dataclass(slots=True)
class Journal:
    """Where the facts of a batch come from, how far the journal has come, and what else is known about them."""

    organization: uuid.UUID
    id: uuid.UUID
    store: uuid.UUID
    till: uuid.UUID
    series: str
    public_key: str
    replaces: uuid.UUID | None
    zone: str
    day_start_minutes: int
    vendor: str
    received_ms: int
    last_number: int
    last_z: int
    perpetual: int
    known: Known
    raw: Callable[[str | None], Any] = field(init=False)
    own: Raw = field(init=False)

    def __post_init__(self) -> None:
        self.raw = raw_of(self.vendor)
        self.own = Raw(*(sql.raw_id(self.vendor, known) for known in (self.organization, self.id, self.store, self.till)))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a fact is parked: a code, data for the person who looks, and what it would have brought to its shift."""

    reason: str
    detail: Mapping[str, object]


def check(journal: Journal, fact: Any, body: Any, *, as_recorded: bool = False) -> Fault | None:
    """Return why a fact of a known kind cannot become rows, or None. `as_recorded`: its totals are not looked at here."""
    if (fact.kind == "journal.opened") != (fact.seq == 1):
        return Fault("misplaced", {"seq": fact.seq})
    if fact.kind == "journal.opened":
        return _check_opening(journal, body)
    if fact.kind == "sale.recorded":
        return _check_sale(journal, body, as_recorded=as_recorded)
    if fact.kind == "return.recorded":
        return _check_return(journal, body, as_recorded=as_recorded)
    if fact.kind == "shift.closed" and body.z <= journal.last_z:
        return Fault("z_used", {"z": body.z, "last": journal.last_z})
    return None


def _check_opening(journal: Journal, body: Any) -> Fault | None:
    expected = {
        "organization": str(journal.organization), "store": str(journal.store), "till": str(journal.till), "series": journal.series,
        "public_key": journal.public_key, "replaces": str(journal.replaces) if journal.replaces else None,
    }  # fmt: skip
    wrong = [name for name, value in expected.items() if getattr(body, name) != value]
    return Fault("other_journal", {"fields": wrong}) if wrong else None


def _check_sale(journal: Journal, body: Any, *, as_recorded: bool) -> Fault | None:
    fault = _check_paper(journal, body, body.basket.lines, body.basket.payments)
    return fault if fault or as_recorded else check_totals(body)


def _check_return(journal: Journal, body: Any, *, as_recorded: bool) -> Fault | None:
    fault = _check_paper(journal, body, body.document.lines, body.document.refunds)
    if fault is None and any((line.line is None) != (body.sale is None) for line in body.document.lines):
        return Fault("schema", {"where": "line"})  # without a ticket there is no line to name, with one there is
    return fault if fault or as_recorded else check_refund(body)


def _check_paper(journal: Journal, body: Any, lines: Any, payments: Any) -> Fault | None:
    """What a ticket and the paper of a return have in common: one series, one count of numbers, lines of known products."""
    if body.series != journal.series:
        return Fault("other_series", {"series": body.series})
    if body.number <= journal.last_number:
        return Fault("number_used", {"number": body.number, "last": journal.last_number})
    if not lines:
        return Fault("no_lines", {})
    bad = [line.id for line in lines if line.quantity < 1]
    if bad:
        return Fault("quantity", {"lines": bad[:20]})
    known = journal.known.products
    unknown = known is not None and sorted({str(line.product_id) for line in lines if line.product_id not in known})
    if unknown:
        return Fault("unknown_product", {"products": unknown[:20]})
    if any(reference.payment >= len(payments) for reference in body.references):
        return Fault("schema", {"where": "references"})
    return None


def check_totals(body: Any) -> Fault | None:
    """Return why the totals of a sale are not what its basket comes to, or None: asks nothing of the database."""
    if not PLAIN_VERSION <= body.totals.engine <= ENGINE_VERSION:
        return Fault("unknown_engine", {"engine": body.totals.engine})
    try:
        expected = price(body.basket)
    except PricingError as error:
        return Fault("basket", {"code": error.code, **{key: str(value) for key, value in error.data.items()}})
    if expected != body.totals:
        return Fault("totals", {"till": body.totals.gross, "server": expected.gross})
    return Fault("not_paid", {"missing": expected.missing}) if expected.missing else None


def check_refund(body: Any) -> Fault | None:
    """Return why what a return gives back is not what its document comes to, or None: asks nothing of the database."""
    if body.totals.engine != RETURN_ENGINE:
        return Fault("unknown_engine", {"engine": body.totals.engine})
    try:
        expected = refund(body.document)
    except PricingError as error:
        return Fault("basket", {"code": error.code, **{key: str(value) for key, value in error.data.items()}})
    if expected != body.totals:
        return Fault("totals", {"till": body.totals.gross, "server": expected.gross})
    open_amount = expected.missing or expected.change
    return Fault("not_paid", {"missing": expected.missing, "change": expected.change}) if open_amount else None


def amount_of(kind: str, body: Any) -> int | None:
    """Return what a parked fact would have brought to the money of its shift, minor units; None where it says nothing of money."""
    if kind == "sale.recorded":
        gross = int(body.totals.gross)
        return gross if abs(gross) <= AMOUNT_MAX else None
    if kind == "return.recorded":
        return -body.totals.gross if abs(body.totals.gross) <= AMOUNT_MAX else None
    if kind == "cash.moved":
        return int(body.amount if body.direction == "in" else -body.amount)
    return None


@dataclass(frozen=True, slots=True)
class ByHand:
    """How a person takes a fact in: flags for its sale, and how many tickets or Z bear its number already."""

    flags: tuple[str, ...] = ()
    twin: int = 0


NOBODY = ByHand()


class Rows:
    """The rows of one batch, gathered per table. `by_hand`: a person takes a single fact in. `goods`: what moved, by topic (counter.goods)."""

    def __init__(self, journal: Journal, by_hand: ByHand = NOBODY) -> None:
        self.journal = journal
        self.by_hand = by_hand
        self.closed: set[str] = set()
        self.visits: dict[str, tuple[Any, ...]] = {}
        self.tables: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.totals: dict[tuple[str, str], int] = defaultdict(int)
        self.goods: dict[str, list[str]] = defaultdict(list)

    def add(self, fact: Any, body: Any) -> None:
        """Turn one checked fact into rows."""
        if fact.visit is not None:
            self._visit(fact, body)
        _ADD[fact.kind](self, fact, body)

    def _visit(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own
        self.visits.setdefault(
            fact.visit.id,
            (
                own.organization, journal.raw(fact.visit.id), own.store, own.id,
                journal.raw(fact.staff), fact.visit.opened_at, self._day(body.shift, fact.at)[0],
            ),
        )  # fmt: skip

    def _day(self, shift: str, at: int) -> tuple[str, bool]:
        """The business day of a shift, and whether it is known; without one, the store's local day."""
        known = self.journal.known.shift_days.get(shift)
        if known is not None:
            return known, True
        instant = clock.from_ms(at)
        return clock.business_date(instant, self.journal.zone, self.journal.day_start_minutes).isoformat(), False

    def _opening(self, fact: Any, body: Any) -> None:
        """A journal's first fact makes no rows of its own."""

    def _shift_opened(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own
        journal.known.shift_days[body.shift] = body.business_date
        self.tables["counter_shift"].append((
            own.organization, journal.raw(body.shift), own.store, own.till,
            own.id, journal.raw(fact.staff), journal.raw(fact.id), body.business_date, fact.at, journal.received_ms, body.float,
        ))  # fmt: skip
        self.totals[body.shift, "float"] += body.float

    def _paper(self, fact: Any, body: Any) -> tuple[str, str]:
        """The business day of a ticket or a return, and the words for what a person may want to look at."""
        day, has_shift = self._day(body.shift, fact.at)
        flags = [*fact.flags, *self.by_hand.flags]
        if not has_shift:
            flags.append("no_shift")
        if body.number > self.journal.last_number + 1:
            flags.append("number_gap")
        if self._approval_is_missing(body):
            flags.append("approval_missing")
        return day, " ".join(flags)

    def _sale(self, fact: Any, body: Any) -> None:
        journal, own, totals = self.journal, self.journal.own, body.totals
        organization, sale = own.organization, journal.raw(body.sale)
        day, flags = self._paper(fact, body)
        taxes = _json([[tax.code, tax.base, tax.amount] for tax in totals.taxes])
        off = totals.discount + (totals.savings or 0)  # whoever took it off: a person, or a promotion
        self.tables["counter_sale"].append((
            organization, sale, journal.raw(fact.visit.id), own.store, own.id, journal.raw(body.shift),
            journal.raw(fact.staff), journal.raw(fact.id), body.number, self.by_hand.twin, day, fact.at, journal.received_ms, totals.gross, totals.net,
            off, totals.rounding, totals.tip, taxes, totals.engine, flags,
        ))  # fmt: skip
        self._lines(organization, sale, body)
        self._payments(organization, sale, body)
        for token in body.tokens:
            self._token(organization, sale, token)
        for code, amount in (
            ("sales", 1), ("gross", totals.gross), ("net", totals.net), ("discount", off), ("rounding", totals.rounding),
            ("tips", totals.tip),
        ):  # fmt: skip
            if amount:
                self.totals[body.shift, code] += amount
        journal.last_number = body.number
        journal.perpetual += totals.gross
        self.goods[goods.TOPIC_SOLD].append(body.sale.replace("-", ""))

    def _return(self, fact: Any, body: Any) -> None:
        journal = self.journal
        day, flags = self._paper(fact, body)
        paper = returned.Paper(journal.own, journal.raw, journal.received_ms, day, flags, self.by_hand.twin)
        for table, rows in returned.rows(paper, fact, body):
            self.tables[table] += rows
        for code, amount in returned.totals(body):
            if amount:
                self.totals[body.shift, code] += amount
        journal.last_number = body.number
        self.goods[goods.TOPIC_RETURNED].append(body.return_id.replace("-", ""))

    def _lines(self, organization: Any, sale: Any, body: Any) -> None:
        journal = self.journal
        lines, names = self.tables["counter_saleline"], {promotion.id: promotion.name or "" for promotion in body.basket.promotions}
        for n, (line, total) in enumerate(zip(body.basket.lines, body.totals.lines, strict=True)):
            lines.append((
                organization, sale, n, journal.raw(line.product_id), (line.name or "")[:160], (line.unit or "")[:6], line.quantity, line.unit_price,
                total.discount + total.share + sum(saving.amount for saving in total.savings), total.net, total.gross,
            ))  # fmt: skip
            for row in total.savings:
                saved = (organization, sale, n, row.promotion, names[row.promotion][:60], row.amount)
                self.tables["counter_salesaving"].append(saved)

    def _payments(self, organization: Any, sale: Any, body: Any) -> None:
        change, rows = body.totals.change, []
        references = {reference.payment: reference.value for reference in body.references}
        for n, payment in reversed(list(enumerate(body.basket.payments))):
            given_back = min(change, payment.amount) if payment.method == "cash" else 0
            change -= given_back
            kept = payment.amount - given_back
            rows.append((organization, sale, n, payment.method, kept, payment.amount, references.get(n, "")))
            self.totals[body.shift, f"pay:{payment.method}"] += kept
        self.tables["counter_payment"] += rows

    def _token(self, organization: Any, sale: Any, token: Any) -> None:
        self.tables["counter_buyertoken"].append((organization, bytes.fromhex(token.hash), sale, token.kind))

    def _visit_closed(self, fact: Any, body: Any) -> None:
        """A visit closed twice keeps its first closing: the second says nothing new and counts nothing."""
        journal, own = self.journal, self.journal.own
        if fact.visit.id in journal.known.closed_visits or fact.visit.id in self.closed:
            return
        self.closed.add(fact.visit.id)
        self.tables["counter_visitclosing"].append((
            own.organization, journal.raw(fact.visit.id), journal.raw(body.shift), body.by_product, fact.at, journal.raw(fact.id),
        ))  # fmt: skip
        self.totals[body.shift, "visits"] += 1

    def _cash(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own
        self.tables["counter_cashmove"].append((
            own.organization, journal.raw(fact.id), journal.raw(body.shift), own.id,
            journal.raw(fact.staff), body.direction, body.amount, body.reason, self._approval_flag(body), fact.at,
        ))  # fmt: skip
        self.totals[body.shift, f"cash_{body.direction}"] += body.amount

    def _drawer(self, fact: Any, body: Any) -> None:
        self._event(fact, shift=body.shift, about=None, reason=body.reason, amount=None, flags=self._approval_flag(body))
        self.totals[body.shift, "drawer"] += 1

    def _approval(self, fact: Any, body: Any) -> None:
        self.journal.known.approvals.add(fact.id)
        self._event(fact, shift=None, about=body.approver, reason=f"{body.action}:{body.reason}"[:40], amount=body.amount)

    def _reprint(self, fact: Any, body: Any) -> None:
        self._event(fact, shift=None, about=body.sale, reason="", amount=None)
        for token in body.tokens:
            self._token(self.journal.own.organization, self.journal.raw(body.sale), token)

    def _approval_is_missing(self, body: Any) -> bool:
        return not set(body.approvals) <= self.journal.known.approvals

    def _approval_flag(self, body: Any) -> str:
        return "approval_missing" if self._approval_is_missing(body) else ""

    def _event(self, fact: Any, *, shift: str | None, about: str | None, reason: str, amount: int | None, flags: str = "") -> None:
        journal, own = self.journal, self.journal.own
        self.tables["counter_counterevent"].append((
            own.organization, journal.raw(fact.id), fact.kind, own.id, journal.raw(shift),
            journal.raw(fact.staff), journal.raw(about), reason, amount, flags, fact.at,
        ))  # fmt: skip

    def _shift_closed(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own

        def amounts(rows: Any) -> str:
            return _json([[row.method, row.amount] for row in rows])

        figures = _figures(body.figures, "payments")
        if body.figures.returned is None:
            del figures["returned"]
        else:
            figures["returned"] = _figures(body.figures.returned, "refunds")
        self.tables["counter_shiftclosing"].append((
            own.organization, journal.raw(body.shift), own.id, journal.raw(fact.staff), journal.raw(fact.id),
            body.z, self.by_hand.twin, fact.at, journal.received_ms, amounts(body.expected), amounts(body.counted), amounts(body.difference),
            _json([[row.value, row.count] for row in body.denominations]),
            _json(figures), body.perpetual,
        ))  # fmt: skip
        journal.last_z = body.z

    def into(self, writes: Writes) -> None:
        """Add all rows to what is to be written. A visit that another fact brought already stays as it is."""
        writes.add("counter_visit", COLUMNS["counter_visit"], list(self.visits.values()), f"({ORGANIZATION}, id) DO NOTHING")
        for table, rows in self.tables.items():
            writes.add(table, COLUMNS[table], rows)
        organization, raw = self.journal.own.organization, self.journal.raw
        totals = [(organization, raw(shift), code, amount) for (shift, code), amount in sorted(self.totals.items())]
        writes.add(
            "counter_shifttotal", COLUMNS["counter_shifttotal"], totals,
            f"({ORGANIZATION}, shift_id, code) DO UPDATE SET amount = counter_shifttotal.amount + excluded.amount",
        )  # fmt: skip
        self.journal.known.closed_visits |= self.closed


def _figures(found: Any, by_method: str) -> dict[str, Any]:
    """Figures as they are kept: taxes and methods as rows."""
    figures = {name: getattr(found, name) for name in found.__struct_fields__}
    figures["taxes"] = [[tax.code, tax.base, tax.amount] for tax in found.taxes]
    figures[by_method] = [[row.method, row.amount] for row in getattr(found, by_method)]
    return figures


_ADD = {
    "journal.opened": Rows._opening,
    "shift.opened": Rows._shift_opened,
    "sale.recorded": Rows._sale,
    "return.recorded": Rows._return,
    "visit.closed": Rows._visit_closed,
    "cash.moved": Rows._cash,
    "drawer.opened": Rows._drawer,
    "approval.given": Rows._approval,
    "ticket.reprinted": Rows._reprint,
    "shift.closed": Rows._shift_closed,
}

# Parents first.
TABLES = (
    "counter_visit", "counter_visitclosing", "counter_shift", "counter_sale", "counter_saleline", "counter_salesaving", "counter_payment", "counter_buyertoken",
    *returned.COLUMNS,
    "counter_cashmove", "counter_counterevent", "counter_shiftclosing", "counter_shifttotal",
)  # fmt: skip

COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_visit": (ORGANIZATION, "id", "store_id", "journal_id", "staff_id", "opened_at", "business_date"),
    "counter_visitclosing": (ORGANIZATION, "visit_id", "shift_id", "by_product", "closed_at", "fact_id"),
    "counter_shift": (
        ORGANIZATION, "id", "store_id", "till_id", "journal_id", "staff_id", "fact_id", "business_date", "opened_at", "received_at", "float",
    ),
    "counter_sale": (
        ORGANIZATION, "id", "visit_id", "store_id", "journal_id", "shift_id", "staff_id", "fact_id", "number", "twin", "business_date",
        "occurred_at", "received_at", "gross", "net", "discount", "rounding", "tip", "taxes", "engine", "flags",
    ),
    "counter_saleline": (
        ORGANIZATION, "sale_id", "n", "product_id", "name", "unit", "quantity", "unit_price", "discount", "net", "gross",
    ),
    "counter_salesaving": (ORGANIZATION, "sale_id", "n", "promotion_id", "name", "amount"),
    "counter_payment": (ORGANIZATION, "sale_id", "n", "method", "amount", "tendered", "reference"),
    "counter_buyertoken": (ORGANIZATION, "token_hash", "sale_id", "kind"),
    "counter_cashmove": (ORGANIZATION, "id", "shift_id", "journal_id", "staff_id", "direction", "amount", "reason", "flags", "at"),
    "counter_counterevent": (
        ORGANIZATION, "id", "kind", "journal_id", "shift_id", "staff_id", "about", "reason", "amount", "flags", "at",
    ),
    "counter_shiftclosing": (
        ORGANIZATION, "shift_id", "journal_id", "staff_id", "fact_id", "z", "twin", "closed_at", "received_at", "expected", "counted", "difference",
        "denominations", "figures", "perpetual",
    ),
    "counter_shifttotal": (ORGANIZATION, "shift_id", "code", "amount"),
    **returned.COLUMNS,
}  # fmt: skip
