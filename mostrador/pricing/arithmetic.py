"""Exact integer arithmetic: rounding once, and sharing a whole so that the parts sum to it."""

from __future__ import annotations

from collections.abc import Sequence


def div_round(numerator: int, denominator: int) -> int:
    """Return numerator / denominator to the nearest integer, a half away from zero.

    Args:
        denominator: must be positive.
    """
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def mul_div_round(a: int, b: int, c: int) -> int:
    """Return a * b / c to the nearest integer, a half away from zero; refuses c = 0 with ZeroDivisionError."""
    if c < 0:
        return div_round(-a * b, -c)
    if c == 0:
        raise ZeroDivisionError("mul_div_round by zero")
    return div_round(a * b, c)


def apportion(total: int, numerators: Sequence[int], denominator: int) -> list[int]:
    """Round the exact parts numerators[i] / denominator to integers that sum to the total.

    Each part is cut towards zero; what is lacking goes, a unit each, to the largest remainders of its own sign, ties to
    the earlier part. See docs/algorithms/pricing.md, section 2.

    Args:
        total: lies within a half of the sum of the exact parts, or ValueError.
        denominator: must be positive.
    """
    parts = [n // denominator if n >= 0 else -(-n // denominator) for n in numerators]
    lacking = total - sum(parts)
    if lacking == 0:
        return parts
    unit = 1 if lacking > 0 else -1
    remainders = [unit * (n - part * denominator) for n, part in zip(numerators, parts, strict=True)]
    # sorted() keeps the order of equals, also reversed by the key's sign: the earlier part wins a tie.
    order = sorted(range(len(parts)), key=lambda index: -remainders[index])[: abs(lacking)]
    if len(order) < abs(lacking) or remainders[order[-1]] <= 0:
        raise ValueError("the total does not belong to these parts")
    for index in order:
        parts[index] += unit
    return parts


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Share the total in proportion to the weights; the shares sum to the total.

    Weights may be of both signs; weights that sum to zero share only a total of zero, else ValueError.
    """
    whole = sum(weights)
    if whole == 0:
        if total == 0:
            return [0] * len(weights)
        raise ValueError("weights that sum to zero share nothing")
    if whole < 0:
        return apportion(total, [-total * weight for weight in weights], -whole)
    return apportion(total, [total * weight for weight in weights], whole)
