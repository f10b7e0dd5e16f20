"""How a use case writes: one durable transaction, and on SQLite one writer at a time.

SQLite has one writer. Threads that fight for it poll with sleeps and get slow, so every write transaction of this process
takes one lock first; across processes the busy timeout decides (ruling 16).
"""

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

_writer = threading.RLock()


@contextmanager
def use_case() -> Iterator[None]:
    """Run a whole use case as one durable transaction. Never nested."""
    with _writer if connection.vendor == "sqlite" else nullcontext(), transaction.atomic(durable=True):
        yield


@contextmanager
def building_block() -> Iterator[None]:
    """Require the caller's transaction: part of a use case, never one of its own."""
    with transaction.atomic(savepoint=False):
        yield


def whole[**P, R](service: Callable[P, R]) -> Callable[P, R]:
    """Make a service one transaction: a use case of its own when a door calls it, a part of the caller's when another service does."""

    @functools.wraps(service)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        # The transaction around a test counts for nothing, as it does for Django's own `durable`.
        is_part = any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
        with building_block() if is_part else use_case():
            return service(*args, **kwargs)

    return inner
