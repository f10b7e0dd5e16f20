"""Whether a payment by vouchers keeps the owner's rules. Asks nothing of the database.

The till keeps them, also offline; what arrives against them is counted like everything and flagged, for a person to look at: the goods have
left. The rules, and the categories of products, are those of the moment of arrival, as limits are.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

KIND, LIMIT, GOODS, REST, NUMBER = "voucher_kind", "voucher_limit", "voucher_goods", "voucher_rest", "voucher_number"
FLAGS = (KIND, LIMIT, GOODS, REST, NUMBER)


class Rule(NamedTuple):
    """What the owner says of a kind, as VoucherKind has it."""

    change: str
    change_max: int | None
    number: str
    limit: int | None
    without: frozenset[str]
    is_taken: bool


def worth(voucher: Any) -> int:
    """Return what the vouchers of a payment are worth together."""
    return int(sum(slip.value for slip in voucher.slips))


def flags(rules: Mapping[str, Rule], categories: Mapping[str, str], body: Any) -> list[str]:
    """Return the flags of a sale whose vouchers broke the rules of their kinds; none of other sales. `categories`: of products, ids to ids."""
    paid = [payment for payment in body.basket.payments if payment.voucher is not None]
    if not paid:
        return []
    found = {flag for payment in paid for flag in _of_payment(rules.get(payment.voucher.kind), payment.voucher)}
    found.update(_of_limits(rules, paid))
    if not _are_of_goods(rules, categories, body, paid):
        found.add(GOODS)
    return [flag for flag in FLAGS if flag in found]


def _of_payment(rule: Rule | None, voucher: Any) -> Iterator[str]:
    if rule is None or not rule.is_taken:
        yield KIND
    if rule is None:
        return
    most = 0 if rule.change != "cash" else voucher.change if rule.change_max is None else rule.change_max
    if voucher.change > most or (voucher.credit and rule.change != "credit"):
        yield REST
    if rule.number == "must" and any(slip.number is None for slip in voucher.slips):
        yield NUMBER


def _of_limits(rules: Mapping[str, Rule], paid: list[Any]) -> Iterator[str]:
    taken: dict[str, int] = {}
    for payment in paid:
        taken[payment.voucher.kind] = taken.get(payment.voucher.kind, 0) + worth(payment.voucher)
    for kind, value in taken.items():
        rule = rules.get(kind)
        if rule is not None and rule.limit is not None and value > rule.limit:
            yield LIMIT


def _are_of_goods(rules: Mapping[str, Rule], categories: Mapping[str, str], body: Any, paid: list[Any]) -> bool:
    """Whether there are goods that these vouchers may pay: of any choice of goods, at most as much is paid by kinds that pay no others."""
    without = [(rules[one.voucher.kind].without if one.voucher.kind in rules else frozenset(), one.amount) for one in paid]
    lines = [
        (categories.get(line.product_id or "", ""), total.gross) for line, total in zip(body.basket.lines, body.totals.lines, strict=True)
    ]
    return all(
        sum(amount for other, amount in without if left_out <= other) <= sum(gross for category, gross in lines if category not in left_out)
        for left_out, _ in without
    )
