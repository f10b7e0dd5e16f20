"""What a fact holds: envelope and body, or the fault that keeps it from becoming rows.

Asks nothing of the database, so that many pushes are read at once while one is written. Whatever is wrong with a fact is a Fault,
never an exception (ruling 5).
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mostrador.counter import checks, coupons, known, vouchers
from mostrador.counter.checks import Fault
from mostrador.counter.known import Asking, Lookup
from mostrador.counter.limits import whose
from mostrador.kernel.sql import Hand
from mostrador.pricing.basket import Basket, GiftCardLoad, Payment
from mostrador.sync import contract, storage
from mostrador.sync.contract import Chain, Envelope, ReturnRecorded, SaleRecorded
from mostrador.sync.contract_orders import OrderOpened, OrderRepriced
from mostrador.sync.contract_types import FACT_BYTES_MAX, LINES_MAX, METHODS

NAMES_APPROVALS = frozenset(
    {"cash.moved", "drawer.opened", "account.paid", "order.paid", "order.closed", "visit.closed", "gift_card.refunded"}
)
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
GOODS_MAX = 10**15  # quantity x factor: sums of a thousand lines stay inside what a database counts with
TRACE = re.compile(r"[!-~]{1,40}")
DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
HASH = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Read:
    """A fact as far as it could be read, without the database: no envelope or body where these are faulty.

    `totals`: what is wrong with the arithmetic of a sale that is well formed. `packed`: its bytes as they are stored.
    """

    chain: Chain | Envelope
    data: bytes
    hash: str
    packed: bytes
    envelope: Envelope | None
    body: Any
    fault: Fault | None
    totals: Fault | None = None


def read(data: bytes, journal: uuid.UUID) -> Read:
    """Return a fact's envelope and body, or the fault that keeps it from becoming rows. Raises `contract.UNREADABLE` for bytes that are no fact."""
    envelope: Envelope | None = None
    chain: Chain | Envelope | None = None
    fault = _fault_of_bytes(data)
    if fault is None:
        try:
            chain = envelope = contract.envelope_decoder.decode(data)
        except msgspec.DecodeError as error:
            fault = _schema(str(error))
    if chain is None:
        chain = contract.chain_decoder.decode(data)
    body, fault = (None, fault) if envelope is None else _body(envelope)
    totals = None if fault is not None else _totals(body)
    return Read(chain, data, hashlib.sha256(data).hexdigest(), storage.pack(data, journal), envelope, body, fault, totals)


def _totals(body: Any) -> Fault | None:
    if isinstance(body, SaleRecorded):
        return checks.check_totals(body)
    if isinstance(body, OrderOpened | OrderRepriced):
        return checks.check_prices(body)
    return checks.check_refund(body) if isinstance(body, ReturnRecorded) else None


def _body(envelope: Envelope) -> tuple[Any, Fault | None]:
    decoder = contract.body_decoders.get((envelope.kind, envelope.v))
    if decoder is None:
        is_known = any(kind == envelope.kind for kind, _ in contract.BODIES)
        code = "unknown_version" if is_known else "unknown_kind"
        return None, Fault(code, {"kind": envelope.kind[:40], "v": envelope.v})
    try:
        body = decoder.decode(envelope.body)
    except (msgspec.DecodeError, ValueError) as error:
        return None, _schema(str(error))
    return body, _fault_of_content(envelope, body)


def _schema(where: str) -> Fault:
    return Fault("schema", {"where": where[:300]})


def _fault_of_bytes(data: bytes) -> Fault | None:
    if len(data) > FACT_BYTES_MAX:
        return Fault("too_large", {"bytes": len(data), "max": FACT_BYTES_MAX})
    if not contract.is_canonical(data):
        return Fault("not_canonical", {})
    # PostgreSQL keeps no NUL in a text; looked for only where the bytes could hold one.
    return _schema("NUL") if b"\\u0000" in data and NUL.search(data) else None


def _fault_of_content(envelope: contract.Envelope, body: contract.Body) -> Fault | None:
    """What the types do not say of a fact whose envelope and body are well formed."""
    if (envelope.kind in contract.KINDS_WITH_VISIT) != (envelope.visit is not None):
        return _schema("visit")
    codes = getattr(body, "unknown_codes", None) or ()
    if len(set(codes)) != len(codes):
        return _schema("unknown_codes")
    if isinstance(body, SaleRecorded):
        return _fault_of_sale(body)
    if isinstance(body, OrderOpened | OrderRepriced):
        return _fault_of_lines(body.basket.lines, (), body.totals.lines) or _fault_of_combos(body.basket)
    if isinstance(body, ReturnRecorded):
        # No voucher is given back: it was worth money to the shop alone, and the drawer would have fewer than lie in it.
        if any(refund.voucher or refund.method == vouchers.METHOD for refund in body.document.refunds):
            return _schema("refunds.voucher")
        return _fault_of_lines(body.document.lines, body.document.refunds, body.totals.lines)
    return None


def _fault_of_lines(lines: Sequence[Any], payments: Sequence[Payment], totals: Sequence[Any]) -> Fault | None:
    """What a sale and a return have in common."""
    if len(lines) > LINES_MAX:
        return Fault("too_large", {"lines": len(lines), "max": LINES_MAX})
    if any(line.product_id is not None and not UUID.fullmatch(line.product_id) for line in lines):
        return _schema("product_id")
    if any(not UUID.fullmatch(chosen.id) for line in lines for chosen in getattr(line, "modifiers", ())):
        return _schema("modifiers.id")
    if any(not UUID.fullmatch(part.product_id) for line in lines for part in line.components):
        return _schema("components.product_id")
    if any(abs(line.quantity) * (line.factor or 1000) > GOODS_MAX for line in lines):
        return _schema("lines.factor")
    if any(not _is_traced(line) for line in lines):
        return _schema("lines.trace")
    if any(payment.method not in METHODS for payment in payments):
        return _schema("payments.method")
    if any((payment.method == "gift_card") != bool(UUID.fullmatch(payment.gift_card or "")) for payment in payments):
        return _schema("payments.gift_card")
    if any(payment.method != "gift_card" and payment.gift_card is not None for payment in payments):
        return _schema("payments.gift_card")
    if len(totals) != len(lines):
        return _schema("totals.lines")
    return None


def _fault_of_combos(basket: Basket) -> Fault | None:
    """A combo names its product where it has one, and is sold, never taken back: goods come back by their lines."""
    if any(combo.product_id is not None and not UUID.fullmatch(combo.product_id) for combo in basket.combos):
        return _schema("combos.product_id")
    return _schema("combos.quantity") if any(combo.quantity < 1 for combo in basket.combos) else None


def _fault_of_sale(body: SaleRecorded) -> Fault | None:
    """What is sold, and what is put on gift cards beside it."""
    basket = body.basket
    return (
        _fault_of_lines(basket.lines, basket.payments, body.totals.lines)
        or _fault_of_combos(basket)
        or _fault_of_loads(basket.gift_cards)
        or _fault_of_vouchers(body)
        or (_schema(where) if (where := coupons.fault(body)) is not None else None)
    )


def _fault_of_vouchers(body: SaleRecorded) -> Fault | None:
    """Vouchers are of a kind, and worth what they pay with what went beyond the ticket."""
    where = vouchers.fault(body.basket.payments, body.buyer)
    if where is None and any(one.voucher and not UUID.fullmatch(one.voucher.kind) for one in body.basket.payments):
        where = "payments.voucher.kind"
    return None if where is None else _schema(where)


def _fault_of_loads(loads: Sequence[GiftCardLoad]) -> Fault | None:
    """Each card once; a new one has the hashes of both its codes."""
    if len({load.id for load in loads}) != len(loads) or any(not UUID.fullmatch(load.id) for load in loads):
        return _schema("gift_cards.id")
    keys = [(load.code, load.page) for load in loads if load.code is not None or load.page is not None]
    return _schema("gift_cards.code") if any(not HASH.fullmatch(one or "") for key in keys for one in key) else None


def _is_traced(line: Any) -> bool:
    """Whether serial and lot are codes, and the date a date: no text of anybody's stands in a fact (ruling 3)."""
    expires = getattr(line, "expires", None)
    return all(code is None or TRACE.fullmatch(code) for code in (line.serial, line.lot)) and (
        expires is None or DATE.fullmatch(expires) is not None
    )


def lookups(asking: Asking, facts: Iterable[Read], *, with_products: bool) -> list[Lookup]:
    """What checking these facts needs to know: a few questions, mostly two.

    Without `with_products` the database itself refuses a line of an unknown product, which costs nothing until it happens.
    """
    good = [(fact.envelope, fact.body) for fact in facts if fact.fault is None and fact.envelope is not None]
    sales = [body for envelope, body in good if envelope.kind in {"sale.recorded", "order.opened", "order.repriced"}]
    returned = [body for envelope, body in good if envelope.kind == "return.recorded"]
    may_name = [*sales, *returned, *(body for envelope, body in good if envelope.kind in NAMES_APPROVALS)]
    opened = {body.shift for envelope, body in good if envelope.kind == "shift.opened"}
    named = {body.shift for envelope, body in good if envelope.visit is not None}
    given = {envelope.id for envelope, _ in good if envelope.kind == "approval.given"}
    closed = {envelope.visit.id for envelope, _ in good if envelope.visit is not None and envelope.kind == "visit.closed"}
    schemes = {body.points.scheme for envelope, body in good if envelope.kind == "sale.recorded" and body.points is not None}
    approved = {approval for body in may_name for approval in body.approvals or ()} - given
    people = {one for envelope, body in good for one in whose(envelope.kind, body, envelope.staff)}
    found = [*known.shift_days(asking, named - opened - asking.known.shift_days.keys())]
    if approved:
        found += known.approvals(asking, approved)
    if people:
        found += known.limits(asking, people)
    if closed:
        found += known.closed_visits(asking, closed)
    if schemes:
        found += known.schemes(asking, schemes)
    found += _about_goods(asking, [body for envelope, body in good if envelope.kind == "sale.recorded"])
    if with_products:
        lines = [*(line for sale in sales for line in sale.basket.lines), *(line for one in returned for line in one.document.lines)]
        named = {line.product_id for line in lines if line.product_id} | {part.product_id for line in lines for part in line.components}
        found += known.products(asking, named)
    return found


def _about_goods(asking: Asking, sales: Sequence[SaleRecorded]) -> Iterator[Lookup]:
    """Whether somebody had to look at the buyer's age, and what the rules of vouchers are about."""
    sold = {line.product_id for sale in sales for line in sale.basket.lines if line.product_id}
    if sold:
        yield from known.ages(asking, sold)
    by_vouchers = [(sale, payment.voucher) for sale in sales for payment in sale.basket.payments if payment.voucher]
    if by_vouchers:
        yield from known.vouchers(asking, {voucher.kind for _, voucher in by_vouchers})
        yield from known.categories(asking, {line.product_id for sale, _ in by_vouchers for line in sale.basket.lines if line.product_id})


def learn(hand: Hand, lookups: list[Lookup]) -> None:
    """Ask, and learn the answers."""
    if lookups:
        for lookup, rows in zip(lookups, hand.ask(*(lookup.question for lookup in lookups)), strict=True):
            lookup.learn(rows)
