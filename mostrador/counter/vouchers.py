"""How facts become slips of vouchers, and what a payment by vouchers comes to: the slips at what they are worth, less what went beyond the ticket."""

import re
from collections.abc import Iterator
from typing import Any

from mostrador.counter.journal import Journal
from mostrador.counter.voucher_rules import worth

METHOD = "voucher"
SURPLUS = "surplus"
"""What of vouchers the shop kept: a method of rows and figures, by which nobody pays."""
NUMBER = re.compile(r"[A-Z0-9-]{1,40}")

type Rows = list[tuple[Any, ...]]


def beyond(payment: Any) -> list[tuple[str, int]]:
    """Return by which methods the worth of a payment's vouchers beyond the ticket went, as amounts below zero; nothing of other payments."""
    voucher = getattr(payment, "voucher", None)
    if voucher is None:
        return []
    parts = ((SURPLUS, voucher.surplus), ("cash", voucher.change), ("credit", voucher.credit))
    return [(method, -amount) for method, amount in parts if amount]


def fault(payments: Any, buyer: str | None) -> str | None:
    """Return where payments by vouchers are not what they must be: worth what they pay and what went beyond, owed to somebody; or None."""
    for payment in payments:
        voucher = payment.voucher
        if voucher is None:
            continue
        if payment.method != METHOD:
            return "payments.voucher"
        if worth(voucher) != payment.amount + voucher.surplus + voucher.change + voucher.credit:
            return "payments.voucher.slips"
        if any(slip.number is not None and not NUMBER.fullmatch(slip.number) for slip in voucher.slips):
            return "payments.voucher.number"
        if voucher.credit and buyer is None:
            return "buyer"
    return None


def rows(journal: Journal, body: Any, at: int) -> Iterator[tuple[str, Rows]]:
    """Yield by table the slips that paid a sale."""
    raw, slips = (
        journal.raw,
        [(payment.voucher, slip) for payment in body.basket.payments if payment.voucher for slip in payment.voucher.slips],
    )
    if slips:
        yield "counter_voucherslip", [
            (journal.own.organization, raw(body.sale), n, raw(voucher.kind), slip.number or "", slip.value, raw(body.shift), at)
            for n, (voucher, slip) in enumerate(slips)
        ]  # fmt: skip


COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_voucherslip": ("organization_id", "sale_id", "n", "kind_id", "number", "value", "shift_id", "at"),
}
