"""What the server says, in the words in which the model says what it must say. Runs in the server's process: the figures are those that the office shows."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from mostrador.buyers.models import ACCOUNTS
from mostrador.catalogue.models import Product
from mostrador.counter import accounts, coupon_queries, gift_card_queries, order_queries, returns, shifts, voucher_desk, voucher_queries
from mostrador.counter.coupon_models import CouponCode
from mostrador.counter.gift_card_models import GiftCardRefund
from mostrador.counter.made_of import SaleCombo, SalePart
from mostrador.counter.models import AccountPayment, CashMove, CounterEvent, Return, Sale, SaleLine, Shift, ShiftClosing, ShiftTotal
from mostrador.counter.order_models import Order, OrderPayment
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import scope
from mostrador.office.views.buyers import _listed
from mostrador.stock.models import StockLevel
from mostrador.sync.models import EarlyFact, Evidence, JournalHead, ParkedFact

type Json = dict[str, Any]


def books(organization: uuid.UUID, *, whole: bool) -> Json:
    """Everything that a model of this business has an opinion on. `whole`: also what is still open of each buyer's tickets, which takes long to tell."""
    with scope(organization):
        return {
            "journals": _journals(), "shifts": _shifts(), "closings": _closings(), "accounts": _accounts(), "gift_cards": _gift_cards(), "coupons": _coupons(), "stock": _stock(),
            "papers": _papers(), "combos": _combos(), "vouchers": _vouchers(), "orders": _orders(), "owing": {str(one.row.id): one.owed for one in order_queries.owing()}, "aside": _aside(), "open": _open() if whole else None, "overdrafts": _overdrafts(), "flags": _flags(),
        }  # fmt: skip


def _journals() -> Json:
    """How far each journal has come, with its head, and what is kept beside it."""
    found = {str(row.journal_id): [row.seq, row.hash, row.broken_at is not None] for row in JournalHead.objects.all()}
    kept = {(str(journal), digest) for journal, digest in Evidence.objects.values_list("journal_id", "digest")}
    parked = sorted([str(row.journal_id), row.seq, row.reason] for row in ParkedFact.objects.all())
    return {"heads": found, "evidence": sorted(list(one) for one in kept), "parked": parked, "early": EarlyFact.objects.count()}


def _shifts() -> Json:
    """What was received of each shift, by code, and the cash that should be in its drawer."""
    totals: dict[str, dict[str, int]] = {}
    for shift, code, amount in ShiftTotal.objects.values_list("shift_id", "code", "amount"):
        if amount:
            totals.setdefault(str(shift), {})[code] = amount
    rows = shifts._listed(list(Shift.objects.all()))
    cash = {str(row.shift.id): row.expected_cash for row in rows}
    missing = {str(row.shift.id): row.missing for row in rows if row.closing}
    return {"totals": totals, "cash": cash, "missing": missing}


def _closings() -> Json:
    """The Z of each shift: number, running total, what was expected and the difference by method."""
    return {
        str(row.shift_id): [row.z, row.perpetual, dict(row.expected), dict(row.difference), row.figures["gross"]]
        for row in ShiftClosing.objects.all()
    }


def _accounts() -> Json:
    """Who owes what, and to whom the shop owes what; by buyer: fiado, credit, points."""
    found: dict[str, list[int]] = {}
    for (buyer, account), amount in accounts.balances().items():
        if amount:
            found.setdefault(str(buyer), [0, 0, 0])[ACCOUNTS.index(account)] = amount
    return found


def _gift_cards() -> dict[str, int]:
    """What each gift card holds; one at nothing is left out."""
    return {str(card.id): card.balance for card in gift_card_queries.cards() if card.balance}


def _coupons() -> Json:
    """How each single-use code stands that was used or is void, and by which tickets."""
    return {
        str(one.id): [one.state, sorted(str(use.sale_id) for use in one.uses)]
        for one in coupon_queries.coupons(CouponCode.objects.all())
        if one.state in {"used", "void"}
    }


def _vouchers() -> Json:
    """How many of each kind of voucher came in and what they are worth; numbers that came more than once."""
    taken = {str(kind): list(both) for kind, both in voucher_queries.taken().items()}
    kinds = {kind.says.name: str(kind.id) for kind in voucher_desk.kinds(retired=True)}
    return {"taken": taken, "twice": sorted(f"{kinds[one.kind]} {one.number}" for one in voucher_queries.twice())}


def _open() -> dict[str, int]:
    """What is still to be paid of each buyer's tickets, the oldest having been paid first."""
    owing = [buyer for (buyer, account), amount in accounts.balances().items() if account == "fiado" and amount > 0]
    return {str(buyer): sum(line.left for line in accounts.owed(buyer)) for buyer in owing}


def _stock() -> Json:
    """What is on the shelves, by product; nothing is left out but what is at nothing."""
    return {str(product): quantity for product, quantity in StockLevel.objects.values_list("product_id", "quantity") if quantity}


def _papers() -> Json:
    """Every sale, return, payment on account and movement of cash, once each, by the fact that told of it."""
    return {
        "sales": _of(Sale, "fact_id", "gross"),
        "returns": _of(Return, "fact_id", "gross"),
        "payments": _of(AccountPayment, "fact_id", "amount"),
        "card_refunds": _of(GiftCardRefund, "fact_id", "amount"),
        "moves": _of(CashMove, "id", "amount"),
        "orders": _of(Order, "fact_id", "gross"),
        "deposits": _of(OrderPayment, "fact_id", "amount"),
    }


def _orders() -> Json:
    """What was paid of each order, what of that was used, and how it stands."""
    ends = {"delivered", "cancelled", "expired"}
    return {
        str(one.row.id): [one.paid, one.used, one.state if one.state in ends else "waits", one.gross]
        for one in order_queries.states(Order.objects.all())
    }


def _aside() -> Json:
    """What stands aside for orders, by product."""
    products = list(Product.objects.values_list("id", flat=True))
    return {str(product): quantity for (_, product), quantity in order_queries.set_aside(products).items() if quantity}


def _combos() -> list[list[Any]]:
    """What was sold at one price together, by the fact that told of it, and what its lines came to."""
    facts = dict(Sale.objects.values_list("id", "fact_id"))
    gross = {(sale, n): amount for sale, n, amount in SaleLine.objects.values_list("sale_id", "n", "gross")}
    sums: dict[tuple[uuid.UUID, int], int] = {}
    for sale, n, place in SalePart.objects.values_list("sale_id", "n", "combo"):
        sums[sale, place] = sums.get((sale, place), 0) + gross[sale, n]
    rows = SaleCombo.objects.values_list("sale_id", "place", "product_id", "quantity", "unit_price")
    return sorted(
        [str(facts[sale]), str(product), quantity, price, sums.get((sale, place), 0)] for sale, place, product, quantity, price in rows
    )


def _of(model: Any, *columns: str) -> list[list[Any]]:
    return sorted([str(fact), amount] for fact, amount in _rows(model, columns)())


@functools.cache
def _rows(model: Any, columns: tuple[str, ...], flag: str = "") -> Callable[[], list[Any]]:
    """What asks for columns of all rows, or of those with a flag: some twenty tables after each history."""
    return ready(lambda: (model.objects.filter(flags__contains=flag) if flag else model.objects.all()).values_list(*columns))


def _overdrafts() -> Json:
    """What the office lists: more back than was sold and its like, and who is beyond the limit or below nothing."""
    doubts = returns.doubtful()
    sale_of = dict(Return.objects.values_list("id", "sale_id"))
    return {
        "over": sorted({str(sale_of[doubt.return_id]) for doubt in doubts if doubt.why == "over" and doubt.return_id}),
        "exchange": sorted(str(doubt.visit_id) for doubt in doubts if doubt.why == "exchange"),
        "other": sorted(doubt.why for doubt in doubts if doubt.why not in {"over", "exchange"}),
        "orders": sorted(str(one.row.id) for one in order_queries.overdrawn()),
        "coupons": sorted(f"{one.uses[0].coupon_id} {one.why}" for one in coupon_queries.doubts()),
        "short": sorted(str(card.id) for card in gift_card_queries.cards() if card.short),
        "beyond": sorted(str(row.id) for row, *_ in _listed("", "pasados")),
    }


def _flags() -> list[str]:
    """The facts of which an approval was missing when they came in, or whose points are not what they come to."""
    rows = [*_flagged(Sale, "fact_id"), *_flagged(Return, "fact_id"), *_flagged(AccountPayment, "fact_id"), *_flagged(CashMove, "id")]
    rows += _flagged(GiftCardRefund, "fact_id")
    rows += [*_flagged(Sale, "fact_id", "points"), *_flagged(Return, "fact_id", "points")]
    return sorted([*rows, *_flagged(CounterEvent, "id")])


def _flagged(model: Any, column: str, flag: str = "approval_missing") -> list[str]:
    return [str(fact) for (fact,) in _rows(model, (column,), flag)()]
