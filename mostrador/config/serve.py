"""Serving: granian in front of Django; on SQLite one process with the worker inside, on PostgreSQL a worker beside it."""

import ctypes
import gc
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import structlog

from mostrador.config.environment import setting
from mostrador.config.wording import fail
from mostrador.kernel.writing import close_kept

_log = structlog.get_logger(__name__)

# SQLite has one writer and pushes commit together, so more threads mean larger groups, not more contention.
THREADS = 16
# Ctrl-C is to end within 5 seconds. What a killed process had not committed, no till was told it had: it is sent again.
KILL_AFTER_S = 3
# A worker that cannot start, its database being away, is begun this often and no oftener.
LOOK_EVERY_S = 2
ARENAS = -8  # M_ARENA_MAX of glibc's malloc.h
# What the server itself allocates by (jemalloc): one heap too, and what a push took goes back at once.
SERVERS_HEAP = "narenas:1,tcache:false,dirty_decay_ms:100,muzzy_decay_ms:0"


def serve(*, host: str, port: int, certificate: tuple[Path, Path] | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C. `certificate`: files of the certificate and its key."""
    from django.db import connection

    _keep_memory_together()
    from granian.constants import Interfaces
    from granian.server import Server

    is_sqlite = connection.vendor == "sqlite"
    os.environ["MOSTRADOR_EMBEDDED_WORKER"] = "1" if is_sqlite else "0"
    workers = 1 if is_sqlite else workers_wanted()
    connection.close()
    close_kept()
    beside = None if is_sqlite else Beside()
    try:
        Server(
            "mostrador.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS if is_sqlite else 4,
            backlog=1024,
            workers_kill_timeout=KILL_AFTER_S,
            ssl_cert=certificate[0] if certificate else None,
            ssl_key=certificate[1] if certificate else None,
            log_enabled=False,
        ).serve()
    finally:
        if beside is not None:
            beside.end()


class Beside:
    """The worker beside the server, on PostgreSQL: a process of its own, begun anew whenever it ends before the server does."""

    def __init__(self) -> None:
        self._ending, self._turn = threading.Event(), threading.Lock()
        self._process = self._begin()
        threading.Thread(target=self._watch, name="beside", daemon=True).start()

    def end(self) -> None:
        """End it with the server."""
        with self._turn:
            self._ending.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=KILL_AFTER_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _begin(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-m", "mostrador.config.cli", "work"])

    def _watch(self) -> None:
        while not self._ending.wait(LOOK_EVERY_S):
            code = self._process.poll()
            if code is None:
                continue
            with self._turn:  # or one would be begun that nobody ends
                if not self._ending.is_set():
                    _log.error("worker_ended", code=code)
                    self._process = self._begin()


def workers_wanted() -> int:
    """Return how many processes MOSTRADOR_WORKERS names."""
    given = setting("MOSTRADOR_WORKERS")
    if not given.isdecimal() or not 1 <= int(given) <= 256:
        raise fail(f"MOSTRADOR_WORKERS={given}: dé un número de 1 a 256.", f"MOSTRADOR_WORKERS={given}: give a number from 1 to 256.")
    return int(given)


def _keep_memory_together() -> None:
    """Let threads share one heap: one each keeps what its largest push ever took, for ever. Before granian is loaded, which looks once.

    Where the C library or the server allocates otherwise, nothing happens.
    """
    os.environ["_RJEM_MALLOC_CONF"] = SERVERS_HEAP
    gc.collect()
    gc.freeze()  # the collector writes into what it looks through, and a page that is written to is shared with no other process
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENAS, 1)
