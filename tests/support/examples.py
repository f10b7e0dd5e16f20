"""How many random examples a law draws: all of them in `make test`, a fifth in `make check`, which has a minute for everything."""

import os


def examples(number: int) -> int:
    """Return how many of `number` examples this run has time for; at least 10."""
    return max(10, number // 5) if os.environ.get("MOSTRADOR_QUICK") else number
