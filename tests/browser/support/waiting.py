"""Waiting for something to be so."""

import time
from collections.abc import Callable

EVERY_S = 0.02


def until(holds: Callable[[], bool], *, what: str, seconds: float = 20) -> None:
    """Return as soon as something holds; fail with its name when it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(EVERY_S)
