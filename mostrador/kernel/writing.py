"""How a use case writes: one durable transaction, and on SQLite one writer at a time.

SQLite has one writer. Threads that fight for it poll with sleeps and get slow, so every write transaction of this process
takes one lock first; across processes the busy timeout decides (ruling 16).
"""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

CACHE_KIB = 8_000
_writer = threading.RLock()
_kept: dict[int, BaseDatabaseWrapper] = {}  # by process: a connection must not be carried over a fork


@contextmanager
def use_case() -> Iterator[None]:
    """Run a whole use case as one durable transaction. Never nested."""
    with _writer if connection.vendor == "sqlite" else nullcontext(), transaction.atomic(durable=True):
        yield


@contextmanager
def kept_connection() -> Iterator[None]:
    """Let this thread use the one connection that is kept for writing on SQLite, one thread at a time: the caller sees to that.

    Every commit of another connection empties the cache of this one, so threads that write in turn, each by its own, read the same
    pages again for each sale. Inside a transaction of the caller it stays with that.
    """
    own = connections[DEFAULT_DB_ALIAS]
    if own.in_atomic_block:
        yield
        return
    kept = _kept.get(os.getpid()) or _keep()
    connections[DEFAULT_DB_ALIAS] = kept
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        kept.close_if_unusable_or_obsolete()


def _keep() -> BaseDatabaseWrapper:
    kept = connections.create_connection(DEFAULT_DB_ALIAS)
    kept.inc_thread_sharing()
    with kept.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    _kept.clear()
    _kept[os.getpid()] = kept
    return kept


def close_kept() -> None:
    """Close it: before the process forks, or its database goes."""
    for pid, kept in [*_kept.items()]:
        if pid == os.getpid():
            kept.close()
    _kept.clear()


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
