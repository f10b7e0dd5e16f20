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

from mostrador.kernel import sql
from mostrador.kernel.sql import Hand

CACHE_KIB = 8_000
CHECKPOINT_PAGES = 4_000  # of 4 KiB: pages that many sales change are then put away once for all of them
_writer = threading.RLock()
_kept: dict[int, BaseDatabaseWrapper] = {}  # by process: a connection must not be carried over a fork


@contextmanager
def use_case() -> Iterator[None]:
    """Run a whole use case as one durable transaction. Never nested."""
    with _writer if connection.vendor == "sqlite" else nullcontext(), transaction.atomic(durable=True):
        yield


@contextmanager
def kept_transaction() -> Iterator[Hand]:
    """Yield a hand in one durable transaction on the one connection that SQLite keeps for writing; the caller sees that threads take turns.

    Every commit of another connection empties the cache of this one, so threads that write in turn, each by its own, read the same
    pages again for each sale. For statements alone: Django knows nothing of it, whose bookkeeping costs as much as the rows of a sale.
    Inside a transaction of the caller it is a part of that.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield sql.hand()
        return
    kept = _kept.get(os.getpid()) or _keep()
    try:
        with _writer, kept.wrap_database_errors:
            hand = sql.hand(kept)
            raw = kept.connection
            raw.execute("BEGIN IMMEDIATE")
            try:
                yield hand
                raw.execute("COMMIT")
            except BaseException:
                raw.rollback()
                raise
    finally:
        kept.close_if_unusable_or_obsolete()


def _keep() -> BaseDatabaseWrapper:
    kept = connections.create_connection(DEFAULT_DB_ALIAS)
    kept.inc_thread_sharing()
    with kept.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
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
