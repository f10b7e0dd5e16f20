"""mostrador work"""

import argparse
import signal
import threading

from mostrador.config import start
from mostrador.config.wording import fail


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C."""
    start.load()
    start.require_database()
    from django.db import connection

    from mostrador.config.worker import work_until

    if connection.vendor == "sqlite":
        raise fail(
            "Con SQLite el trabajo de fondo va dentro de `mostrador run`.", "With SQLite the background work runs inside `mostrador run`."
        )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    work_until(stop)
    return 0
