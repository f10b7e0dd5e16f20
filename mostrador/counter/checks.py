"""Why a fact cannot become rows: its place, its number, its lines and payments, its arithmetic (ruling 5, 6). Asks nothing of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mostrador.buyers.models import ACCOUNTS
from mostrador.counter import points
from mostrador.counter.journal import Journal
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from mostrador.pricing.returns import RETURN_ENGINE, refund
from mostrador.pricing.totals import ENGINE_VERSION, PLAIN_VERSION

AMOUNT_MAX = 2**53 - 1


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
    if fact.kind == "account.paid":
        return _check_number(journal, body) or _check_references(body, body.payments) or _check_change(body)
    if fact.kind.startswith("order."):
        return _check_ordering(journal, fact, body, as_recorded=as_recorded)
    if fact.kind == "gift_card.refunded":
        return _check_number(journal, body)
    if fact.kind == "shift.closed" and body.z <= journal.last_z:
        return Fault("z_used", {"z": body.z, "last": journal.last_z})
    return None


def _check_ordering(journal: Journal, fact: Any, body: Any, *, as_recorded: bool) -> Fault | None:
    """What is settled later."""
    if fact.kind == "order.opened":
        return _check_order(journal, body, as_recorded=as_recorded)
    if fact.kind == "order.repriced":
        return _check_repricing(journal, body, as_recorded=as_recorded)
    if fact.kind == "order.paid":
        return _check_deposit(journal, body)
    if fact.kind == "order.closed":
        return _check_closing(journal, body)
    return Fault("schema", {"where": "step"}) if body.step is None and body.due is None else None


def _check_opening(journal: Journal, body: Any) -> Fault | None:
    expected = {
        "organization": str(journal.organization), "store": str(journal.store), "till": str(journal.till), "series": journal.series,
        "public_key": journal.public_key, "replaces": str(journal.replaces) if journal.replaces else None,
    }  # fmt: skip
    wrong = [name for name, value in expected.items() if getattr(body, name) != value]
    return Fault("other_journal", {"fields": wrong}) if wrong else None


def _check_sale(journal: Journal, body: Any, *, as_recorded: bool) -> Fault | None:
    if body.order is None and (body.order_part is not None or any(payment.method == "deposit" for payment in body.basket.payments)):
        return Fault("schema", {"where": "order"})  # paid before for nothing that was ordered
    if not points.is_whole("sale.recorded", body):
        return Fault("schema", {"where": "points"})
    fault = _check_paper(journal, body, body.basket.lines, body.basket.payments, has_goods=not body.basket.gift_cards)
    return fault if fault or as_recorded else check_totals(body)


def _check_return(journal: Journal, body: Any, *, as_recorded: bool) -> Fault | None:
    fault = _check_paper(journal, body, body.document.lines, body.document.refunds)
    if fault is None and any((line.line is None) != (body.sale is None) for line in body.document.lines):
        return Fault("schema", {"where": "line"})  # without a ticket there is no line to name, with one there is
    if fault is None and not points.is_whole("return.recorded", body):
        return Fault("schema", {"where": "points"})
    return fault if fault or as_recorded else check_refund(body)


def _check_order(journal: Journal, body: Any, *, as_recorded: bool) -> Fault | None:
    """An order is priced and not paid: its deposits are facts of their own."""
    if body.basket.payments or body.basket.gift_cards:
        return Fault("schema", {"where": "payments"})
    fault = _check_lines(journal, body, body.basket.lines, ())
    return fault if fault or as_recorded else check_prices(body)


def _check_repricing(journal: Journal, body: Any, *, as_recorded: bool) -> Fault | None:
    """Another price is an order's document again, without a paper of its own."""
    if body.basket.payments or body.basket.gift_cards:
        return Fault("schema", {"where": "payments"})
    fault = _check_goods(journal, body.basket.lines)
    return fault if fault or as_recorded else check_prices(body)


def _check_deposit(journal: Journal, body: Any) -> Fault | None:
    shared = sum(share.net + sum(tax.amount for tax in share.taxes) for share in body.shares)
    if shared != body.amount:
        return Fault("schema", {"where": "shares"})
    return _check_number(journal, body) or _check_references(body, body.payments) or _check_change(body)


def _check_closing(journal: Journal, body: Any) -> Fault | None:
    """What was paid goes back, but for what is kept."""
    missing = body.paid - body.kept.amount - sum(refund.amount for refund in body.refunds)
    if missing:
        return Fault("not_paid", {"missing": missing})
    if body.buyer is None and any(refund.method in ACCOUNTS for refund in body.refunds):
        return Fault("schema", {"where": "buyer"})
    return _check_number(journal, body) or _check_references(body, body.refunds)


def _check_paper(journal: Journal, body: Any, lines: Any, payments: Any, *, has_goods: bool = True) -> Fault | None:
    """What a ticket and the paper of a return have in common. `has_goods`: false where something else was sold as well, or alone."""
    return _check_lines(journal, body, lines, payments, has_goods=has_goods) or _check_references(body, payments)


def _check_lines(journal: Journal, body: Any, lines: Any, payments: Any, *, has_goods: bool = True) -> Fault | None:
    """Every paper with lines: its number, lines of known products, somebody whose account it is."""
    fault = _check_number(journal, body)
    if fault:
        return fault
    if body.buyer is None and any(payment.method in ACCOUNTS for payment in payments):
        return Fault("schema", {"where": "buyer"})  # on nobody's account
    return _check_goods(journal, lines, has_goods=has_goods)


def _check_goods(journal: Journal, lines: Any, *, has_goods: bool = True) -> Fault | None:
    """Lines, of something, of known products."""
    if not lines and has_goods:
        return Fault("no_lines", {})
    bad = [line.id for line in lines if line.quantity < 1 or any(part.quantity < 1 for part in line.components)]
    if bad:
        return Fault("quantity", {"lines": bad[:20]})
    known = journal.known.products
    named = [*(line.product_id for line in lines), *(part.product_id for line in lines for part in line.components)]
    unknown = known is not None and sorted({str(product) for product in named if product not in known})
    if unknown:
        return Fault("unknown_product", {"products": unknown[:20]})
    return None


def _check_references(body: Any, payments: Any) -> Fault | None:
    is_of_none = any(reference.payment >= len(payments) for reference in body.references)
    return Fault("schema", {"where": "references"}) if is_of_none else None


def _check_change(body: Any) -> Fault | None:
    """What was handed over less the change is what comes off the account, and only cash gives change."""
    cash = sum(tender.amount for tender in body.payments if tender.method == "cash")
    missing = body.amount - (sum(tender.amount for tender in body.payments) - body.change)
    return Fault("not_paid", {"missing": missing, "change": body.change}) if missing or body.change > cash else None


def _check_number(journal: Journal, body: Any) -> Fault | None:
    """Every paper of a till: one series, one count of numbers."""
    if body.series != journal.series:
        return Fault("other_series", {"series": body.series})
    if body.number <= journal.last_number:
        return Fault("number_used", {"number": body.number, "last": journal.last_number})
    return None


def check_totals(body: Any) -> Fault | None:
    """Return why the totals of a sale are not what its basket comes to, or None: asks nothing of the database."""
    fault = check_prices(body)
    if fault is None and body.totals.missing:
        return Fault("not_paid", {"missing": body.totals.missing})
    return fault


def check_prices(body: Any) -> Fault | None:
    """Return why totals are not what their basket comes to, or None, whoever pays it and when: asks nothing of the database."""
    if not PLAIN_VERSION <= body.totals.engine <= ENGINE_VERSION:
        return Fault("unknown_engine", {"engine": body.totals.engine})
    try:
        expected = price(body.basket)
    except PricingError as error:
        return Fault("basket", {"code": error.code, **{key: str(value) for key, value in error.data.items()}})
    if expected != body.totals:
        return Fault("totals", {"till": body.totals.gross, "server": expected.gross})
    return None


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
    if kind in {"account.paid", "order.paid"}:
        return int(body.amount)
    if kind == "order.closed":
        return int(body.kept.amount - body.paid)
    if kind == "cash.moved":
        return int(body.amount if body.direction == "in" else -body.amount)
    return None
