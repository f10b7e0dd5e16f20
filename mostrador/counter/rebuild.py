"""The totals of a shift, computed anew from the rows that only grow: what `rebuild` writes and `doctor` compares."""

import uuid
from collections import defaultdict

from django.db.models import Count, Sum

from mostrador.counter.gift_card_models import GiftCardMove, GiftCardRefund
from mostrador.counter.models import (
    AccountPayment,
    AccountTender,
    CashMove,
    CounterEvent,
    Payment,
    Refund,
    Return,
    Sale,
    Shift,
    ShiftTotal,
    VisitClosing,
)
from mostrador.counter.order_models import Order, OrderClosing, OrderPayment, OrderRefund, OrderTender
from mostrador.counter.voucher_models import VoucherSlip
from mostrador.kernel.writing import use_case

type Totals = dict[tuple[uuid.UUID, str], int]

SUMS = {"gross": "gross", "net": "net", "discount": "discount", "rounding": "rounding", "tips": "tip"}


def stored_totals() -> Totals:
    """Return the projection as it stands, without zeros."""
    rows = ShiftTotal.objects.values_list("shift_id", "code", "amount")
    return {(shift, code): amount for shift, code, amount in rows if amount}


def computed_totals() -> Totals:
    """Return what the projection should be, without zeros."""
    totals: Totals = defaultdict(int)
    sales = Sale.objects.values_list("shift_id").annotate(
        n=Count("fact_id"), **{f"sum_{code}": Sum(column) for code, column in SUMS.items()}
    )
    for shift, count, *sums in sales.order_by("shift_id"):
        totals[shift, "sales"] += count
        for code, amount in zip(SUMS, sums, strict=True):
            totals[shift, code] += amount
    payments = Payment.objects.values_list("sale__shift_id", "method").annotate(total=Sum("amount")).order_by("sale__shift_id", "method")
    for shift, method, total in payments:
        totals[shift, f"pay:{method}"] += total
    _take_back(totals)
    _pay_accounts(totals)
    _take_orders(totals)
    _sell_gift_cards(totals)
    for shift, count in VoucherSlip.objects.values_list("shift_id").annotate(n=Count("n")).order_by("shift_id"):
        totals[shift, "vouchers"] += count
    for shift, direction, total in CashMove.objects.values_list("shift_id", "direction").annotate(total=Sum("amount")).order_by("shift_id"):
        totals[shift, f"cash_{direction}"] += total
    drawer = CounterEvent.objects.filter(kind="drawer.opened").values_list("shift_id").annotate(n=Count("at")).order_by("shift_id")
    for shift, count in drawer:
        totals[shift, "drawer"] += count
    for shift, amount in Shift.objects.values_list("id", "float"):
        totals[shift, "float"] += amount
    for shift, count in VisitClosing.objects.values_list("shift_id").annotate(n=Count("closed_at")).order_by("shift_id"):
        totals[shift, "visits"] += count
    return {key: amount for key, amount in totals.items() if amount}


def _take_back(totals: Totals) -> None:
    returns = Return.objects.values_list("shift_id").annotate(
        n=Count("fact_id"), sum_gross=Sum("gross"), sum_net=Sum("net"), back=Sum("rounding")
    )
    for shift, *sums in returns.order_by("shift_id"):
        for code, amount in zip(("returns", "back_gross", "back_net", "back_rounding"), sums, strict=True):
            totals[shift, code] += amount
    refunds = Refund.objects.values_list("returned__shift_id", "method").annotate(total=Sum("amount"))
    for shift, method, total in refunds.order_by("returned__shift_id", "method"):
        totals[shift, f"pay:{method}"] -= total
        totals[shift, f"back:{method}"] += total


def _pay_accounts(totals: Totals) -> None:
    for shift, count, amount in (
        AccountPayment.objects.values_list("shift_id").annotate(n=Count("fact_id"), total=Sum("amount")).order_by("shift_id")
    ):
        totals[shift, "account_payments"] += count
        totals[shift, "account_paid"] += amount
    tenders = AccountTender.objects.values_list("payment__shift_id", "method").annotate(total=Sum("amount"))
    for shift, method, total in tenders.order_by("payment__shift_id", "method"):
        totals[shift, f"pay:{method}"] += total


def _take_orders(totals: Totals) -> None:
    for shift, count in Order.objects.values_list("shift_id").annotate(n=Count("fact_id")).order_by("shift_id"):
        totals[shift, "orders"] += count
    paid = OrderPayment.objects.values_list("shift_id").annotate(n=Count("fact_id"), total=Sum("amount")).order_by("shift_id")
    for shift, count, amount in paid:
        totals[shift, "order_payments"] += count
        totals[shift, "order_paid"] += amount
    tenders = OrderTender.objects.values_list("payment__shift_id", "method").annotate(total=Sum("amount"))
    for shift, method, total in tenders.order_by("payment__shift_id", "method"):
        totals[shift, f"pay:{method}"] += total
    for shift, kept in OrderClosing.objects.values_list("shift_id").annotate(total=Sum("kept")).order_by("shift_id"):
        totals[shift, "order_kept"] += kept
    refunds = OrderRefund.objects.values_list("closing__shift_id", "method").annotate(total=Sum("amount"))
    for shift, method, total in refunds.order_by("closing__shift_id", "method"):
        totals[shift, "order_back"] += total
        totals[shift, f"pay:{method}"] -= total


def _sell_gift_cards(totals: Totals) -> None:
    sold = GiftCardMove.objects.filter(kind="load").values_list("shift_id").annotate(n=Count("n"), total=Sum("amount")).order_by("shift_id")
    for shift, count, amount in sold:
        totals[shift, "gift_cards"] += count
        totals[shift, "gift_cards_sold"] += amount
    back = GiftCardRefund.objects.values_list("shift_id", "method").annotate(total=Sum("amount")).order_by("shift_id", "method")
    for shift, method, total in back:
        totals[shift, "gift_cards_back"] += total
        totals[shift, f"pay:{method}"] -= total


def rebuild_totals(organization_id: uuid.UUID) -> int:
    """Write the projection anew and return how many rows it has."""
    with use_case():
        totals = computed_totals()
        ShiftTotal.objects.all().delete()
        ShiftTotal.objects.bulk_create(
            [
                ShiftTotal(organization_id=organization_id, shift_id=shift, code=code, amount=amount)
                for (shift, code), amount in sorted(totals.items())
            ],
            batch_size=1000,
        )
    return len(totals)
