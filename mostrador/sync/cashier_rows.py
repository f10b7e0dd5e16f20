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
    """Return method and what stayed of each payment: the change leaves the cash, last payment first."""
    result = []
    for row in reversed(payments):
        amount = whole(row["amount"])
        back = min(change, amount) if row["method"] == "cash" else 0
        change -= back
        result.append((str(row["method"]), amount - back))
    return result[::-1]


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
