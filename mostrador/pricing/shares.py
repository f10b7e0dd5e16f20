"""What of a deposit goes to which line and tax of an order (docs/algorithms/orders.md). Amounts: int minor units."""

from collections.abc import Mapping, Sequence
from typing import Any

from mostrador.pricing.arithmetic import largest_remainder

type Share = dict[str, Any]
"""{"line", "net", "taxes": [{"code", "amount"}]}: a part of one line."""


def shares(lines: Sequence[Mapping[str, Any]], earlier: Sequence[Sequence[Share]], amount: int) -> list[Share]:
    """Share a deposit out over the lines of an order's totals, in proportion to what earlier deposits left of each net and each tax.

    Shares sum to the deposit, none is more than what is left, and the last deposit takes exactly the rest. Lines that get nothing are left out.
    ValueError: the amount is below one or above what is left.
    """
    left = _left(lines, earlier)
    parts = [(place, name) for place, line in enumerate(lines) for name in _names(line)]
    weights = [left[part] for part in parts]
    if not 1 <= amount <= sum(weights):
        raise ValueError(f"a deposit of {amount} of {sum(weights)}")
    got = dict(zip(parts, largest_remainder(amount, weights), strict=True))
    found: list[Share] = []
    for place, line in enumerate(lines):
        taxes = [{"code": code, "amount": got[place, code]} for code in _names(line)[1:] if got[place, code]]
        if taxes or got[place, NET]:
            found.append({"line": line["id"], "net": got[place, NET], "taxes": taxes})
    return found


# No tax has an empty code.
NET = ""


def _names(line: Mapping[str, Any]) -> list[str]:
    """The parts of a line: its net, and each tax by its code."""
    return [NET, *(tax["code"] for tax in line["taxes"])]


def _taxes(line: Mapping[str, Any]) -> list[int]:
    """What is to be paid of each tax: one by the litre may be more than its goods cost, and all that they cost is tax then."""
    amounts = [tax["amount"] for tax in line["taxes"]]
    return largest_remainder(line["net"] + sum(amounts), amounts) if line["net"] < 0 else amounts


def _left(lines: Sequence[Mapping[str, Any]], earlier: Sequence[Sequence[Share]]) -> dict[tuple[int, str], int]:
    places = {line["id"]: place for place, line in enumerate(lines)}
    left = {(place, NET): max(0, line["net"]) for place, line in enumerate(lines)}
    left |= {(place, tax["code"]): owed for place, line in enumerate(lines) for tax, owed in zip(line["taxes"], _taxes(line), strict=True)}
    for share in (share for deposit in earlier for share in deposit):
        place = places[share["line"]]
        left[place, NET] -= share["net"]
        for tax in share["taxes"]:
            left[place, tax["code"]] -= tax["amount"]
    # Two tills that did not know of each other may have taken more than there was.
    return {part: max(0, amount) for part, amount in left.items()}
