"""Rows and sums as the facts of a cashier carry them. Amounts: int minor units."""

from collections.abc import Mapping, Sequence


def add_taxes(sums: dict[str, list[int]], totals: Mapping[str, object]) -> None:
    """Add the taxes of totals to sums of base and amount by code."""
    for row in rows(totals["taxes"]):
        both = sums.setdefault(str(row["code"]), [0, 0])
        both[0] += whole(row["base"])
        both[1] += whole(row["amount"])


def tax_rows(sums: Mapping[str, Sequence[int]]) -> list[dict[str, object]]:
    """Return sums of taxes as facts carry them."""
    return [{"code": code, "base": base, "amount": amount} for code, (base, amount) in sums.items()]


def kept(payments: Sequence[Mapping[str, object]], change: int) -> list[tuple[str, int]]:
    """Return method and what stayed of each payment: the change leaves the cash, last payment first; vouchers at their worth, then what went beyond."""
    result = []
    for row in reversed(payments):
        amount = whole(row["amount"])
        back = min(change, amount) if row["method"] == "cash" else 0
        change -= back
        result.append((str(row["method"]), amount - back + sum(amount for _, amount in _beyond(row))))
    return [*result[::-1], *((method, -amount) for row in payments for method, amount in _beyond(row))]


def _beyond(row: Mapping[str, object]) -> list[tuple[str, int]]:
    """What a payment's vouchers were worth beyond the ticket, by where it went."""
    voucher = row.get("voucher")
    if not isinstance(voucher, Mapping):
        return []
    parts = (("surplus", "surplus"), ("cash", "change"), ("credit", "credit"))
    return [(method, whole(voucher[name])) for method, name in parts if voucher.get(name)]


def add_vouchers(figures: dict[str, dict[str, int | str]], beyond: dict[str, int], payments: Sequence[Mapping[str, object]]) -> None:
    """Count vouchers in: of each kind how many and what they are worth; and what went beyond the tickets."""
    for row in payments:
        voucher = row.get("voucher")
        if not isinstance(voucher, Mapping):
            continue
        slips = rows(voucher["slips"])
        kind = figures.setdefault(
            str(voucher["kind"]), {"kind": str(voucher["kind"]), "name": str(voucher.get("name") or ""), "slips": 0, "amount": 0}
        )
        kind["slips"] = whole(kind["slips"]) + len(slips)
        kind["amount"] = whole(kind["amount"]) + sum(whole(slip["value"]) for slip in slips)
        for name in ("surplus", "change", "credit"):
            beyond[name] = beyond.get(name, 0) + whole(voucher.get(name) or 0)


def amounts(by_method: Mapping[str, int]) -> list[dict[str, object]]:
    """Return amounts per method as facts carry them."""
    return [{"method": method, "amount": amount} for method, amount in by_method.items()]


def whole(value: object) -> int:
    """Return a value that a document promises to be an integer."""
    if not isinstance(value, int):
        raise TypeError(f"not an integer: {value!r}")
    return value


def rows(value: object) -> Sequence[Mapping[str, object]]:
    """Return a value that a document promises to be a list of objects."""
    if not isinstance(value, list):
        raise TypeError(f"not a list: {value!r}")
    return value
