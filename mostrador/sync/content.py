"""What a fact holds: envelope and body, or the fault that keeps it from becoming rows.

Reads bytes whose place in the chain is known already; whatever is wrong with them is a Fault, never an exception (ruling 5).
"""

import re
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.backends.utils import CursorWrapper

from mostrador.counter import facts as counter
from mostrador.counter.facts import Fault, Journal
from mostrador.sync import contract
from mostrador.sync.contract import Chain

NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact whose place in the chain is known."""

    chain: Chain
    data: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Read:
    """A fact read as far as it could be: without envelope or body where these are faulty."""

    placed: Placed
    envelope: contract.Envelope | None
    body: Any
    fault: Fault | None


def read(placed: Placed) -> Read:
    """Return a fact's envelope and body, or the fault that keeps it from becoming rows."""
    fault = _fault_of_bytes(placed.data)
    if fault is not None:
        return Read(placed, None, None, fault)
    try:
        envelope = contract.envelope_decoder.decode(placed.data)
    except msgspec.DecodeError as error:
        return Read(placed, None, None, _schema(str(error)))
    decoder = contract.body_decoders.get((envelope.kind, envelope.v))
    if decoder is None:
        known = any(kind == envelope.kind for kind, _ in contract.BODIES)
        code = "unknown_version" if known else "unknown_kind"
        return Read(placed, envelope, None, Fault(code, {"kind": envelope.kind[:40], "v": envelope.v}))
    try:
        body = decoder.decode(envelope.body)
    except (msgspec.DecodeError, ValueError) as error:
        return Read(placed, envelope, None, _schema(str(error)))
    return Read(placed, envelope, body, _fault_of_content(envelope, body))


def _schema(where: str) -> Fault:
    return Fault("schema", {"where": where[:300]})


def _fault_of_bytes(data: bytes) -> Fault | None:
    if len(data) > contract.FACT_BYTES_MAX:
        return Fault("too_large", {"bytes": len(data), "max": contract.FACT_BYTES_MAX})
    if not contract.is_canonical(data):
        return Fault("not_canonical", {})
    # PostgreSQL keeps no NUL in a text; looked for only where the bytes could hold one.
    return _schema("NUL") if b"\\u0000" in data and NUL.search(data) else None


def _fault_of_content(envelope: contract.Envelope, body: contract.Body) -> Fault | None:
    """What the types do not say of a fact whose envelope and body are well formed."""
    if (envelope.kind in contract.KINDS_WITH_VISIT) != (envelope.visit is not None):
        return _schema("visit")
    if not isinstance(body, contract.SaleRecorded):
        return None
    lines = body.basket.lines
    if len(lines) > contract.LINES_MAX:
        return Fault("too_large", {"lines": len(lines), "max": contract.LINES_MAX})
    if any(line.product_id is not None and not UUID.fullmatch(line.product_id) for line in lines):
        return _schema("product_id")
    if any(payment.method not in contract.METHODS for payment in body.basket.payments):
        return _schema("payments.method")
    if len(body.totals.lines) != len(lines):
        return _schema("totals.lines")
    return None


def load(cursor: CursorWrapper, journal: Journal, entries: list[Read]) -> None:
    """Learn in at most four statements what checking these facts needs."""
    good = [entry for entry in entries if entry.fault is None]
    sales = [entry.body for entry in good if entry.envelope and entry.envelope.kind == "sale.recorded"]
    counter.load_products(cursor, journal, {line.product_id for sale in sales for line in sale.basket.lines if line.product_id})
    opened = {entry.body.shift for entry in good if entry.envelope and entry.envelope.kind == "shift.opened"}
    named = {entry.body.shift for entry in good if entry.envelope and entry.envelope.visit is not None}
    counter.load_shift_days(cursor, journal, named - opened - journal.shift_days.keys())
    given = {entry.envelope.id for entry in good if entry.envelope and entry.envelope.kind == "approval.given"}
    counter.load_approvals(cursor, journal, {approval for sale in sales for approval in sale.approvals} - given)
    closed = {
        entry.envelope.visit.id for entry in good if entry.envelope and entry.envelope.visit and entry.envelope.kind == "visit.closed"
    }
    counter.load_closed_visits(cursor, journal, closed)
