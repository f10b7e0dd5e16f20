"""How sure a share is, and what of it may be said (4-buyer-first 5.12): Wilson's interval at 95 %, and fewer words the fewer cases there are."""

import math
from dataclasses import dataclass
from typing import Literal

Z = 1.959963984540054
"""Of the normal distribution, 97.5 %."""
FEW, SOME = 10, 30


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n`, and between which whole percents it lies. `says`: nothing yet, only the interval, or the share itself."""

    k: int
    n: int
    low: int
    high: int

    @property
    def says(self) -> Literal["nothing", "interval", "share"]:
        """Of fewer than ten nothing, of fewer than thirty the interval alone."""
        return "nothing" if self.n < FEW else "interval" if self.n < SOME else "share"

    @property
    def percent(self) -> int:
        """The share in whole percents; 0 of none."""
        return round(100 * self.k / self.n) if self.n else 0


def share(k: int, n: int) -> Share:
    """Return how sure `k` of `n` is. Source: E. B. Wilson, Probable inference, JASA 22 (1927). Raises ValueError for what is no share."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    if n == 0:
        return Share(0, 0, 0, 100)
    p, square = k / n, Z * Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = Z * math.sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return Share(k, n, round(100 * max(0.0, middle - half)), round(100 * min(1.0, middle + half)))
