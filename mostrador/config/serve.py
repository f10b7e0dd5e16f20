"""Serving: granian in front of Django; on SQLite one process with the worker inside, on PostgreSQL a worker beside it."""

import ctypes
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from mostrador.config.environment import setting

# SQLite has one writer and pushes commit together, so more threads mean larger groups, not more contention.
THREADS = 8
# Ctrl-C is to end within 5 seconds. What a killed process had not committed, no till was told it had: it is sent again.
KILL_AFTER_S = 3
ARENAS = -8  # M_ARENA_MAX of glibc's malloc.h


def serve(*, host: str, port: int, certificate: tuple[Path, Path] | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C. `certificate`: files of the certificate and its key."""
    from django.db import connection
    from granian.constants import Interfaces
    from granian.server import Server

    is_sqlite = connection.vendor == "sqlite"
    os.environ["MOSTRADOR_EMBEDDED_WORKER"] = "1" if is_sqlite else "0"
    workers = 1 if is_sqlite else max(1, int(setting("MOSTRADOR_WORKERS")))
    connection.close()
    _keep_memory_together()
    beside = None if is_sqlite else subprocess.Popen([sys.executable, "-m", "mostrador.config.cli", "work"])
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
            beside.terminate()
            try:
                beside.wait(timeout=KILL_AFTER_S)
            except subprocess.TimeoutExpired:
                beside.kill()
                beside.wait()


def _keep_memory_together() -> None:
    """Let glibc's threads share one heap: one each keeps what its largest push ever took, for ever. Elsewhere nothing happens."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENAS, 1)
