"""Makes a history that does not hold short: leaves out whole histories before it, then steps, for as long as it still does not hold."""

import time
from collections.abc import Callable
from typing import Any

from tests.histories.run import Failure

type Json = dict[str, Any]

LONGEST_S = 180


def smallest(failure: Failure, play: Callable[[list[Json]], Failure | None]) -> Failure:
    """Return the failure of the shortest line of steps that was found within LONGEST_S."""
    end = time.monotonic() + LONGEST_S

    def tried(plans: list[Json]) -> bool:
        nonlocal failure
        found = play(plans) if time.monotonic() < end else None
        if found is not None:
            failure = found
        return found is not None

    if len(failure.plans) > 1 and not tried(failure.plans[-1:]):
        _left_out(lambda: failure.plans, lambda plans: bool(plans) and tried(plans))
    _left_out(lambda: _flat(failure.plans), lambda steps: tried(_whole(failure.plans, steps)))
    return failure


def _flat(plans: list[Json]) -> list[Any]:
    return [(n, step) for n, plan in enumerate(plans) for step in plan["steps"]]


def _whole(plans: list[Json], steps: list[Any]) -> list[Json]:
    return [{**plan, "steps": [step for of, step in steps if of == n]} for n, plan in enumerate(plans)]


def _left_out(items: Callable[[], list[Any]], holds: Callable[[list[Any]], bool]) -> None:
    """Leave out halves, then quarters, down to one by one; what `holds` accepts is what `items` gives next."""
    size = max(1, len(items()) // 2)
    while True:
        start, shorter = 0, False
        while start < len(items()):
            now = items()
            if holds(now[:start] + now[start + size :]):
                shorter = True
            else:
                start += size
        if size == 1 and not shorter:
            return
        size = max(1, size // 2)
