"""The background work: numbers changes, rolls up stock, lets dated prices take effect."""

import threading

import structlog
from django.db import OperationalError, close_old_connections, connection

# Imported for what they register: a topic without its handler would wait for ever.
from mostrador.catalogue import services as _prices  # noqa: F401
from mostrador.counter import accounts as _accounts  # noqa: F401
from mostrador.counter import coupons as _coupons  # noqa: F401
from mostrador.counter import gift_cards as _gift_cards  # noqa: F401
from mostrador.counter import order_expiry as _orders  # noqa: F401
from mostrador.counter import points_lapses as _lapses  # noqa: F401
from mostrador.counter import unknown_codes as _codes  # noqa: F401
from mostrador.kernel import feed as _changes  # noqa: F401
from mostrador.kernel import outbox
from mostrador.office import morning_mail as _morning_mail  # noqa: F401
from mostrador.stock import services as _levels  # noqa: F401
from mostrador.sync import aside as _aside  # noqa: F401
from mostrador.sync import met as _met  # noqa: F401
from mostrador.trust import order_promises as _order_promises  # noqa: F401

IDLE_S = 0.5
_log = structlog.get_logger(__name__)


def work_until(stop: threading.Event) -> None:
    """Work off the outbox until told to stop. Whatever goes wrong is tried again: nobody else would number a change."""
    while not stop.is_set():
        try:
            done = outbox.work_once()
        except OperationalError as error:
            _log.warning("worker_waits", error=type(error).__name__)
            done = -1
        except Exception:  # noqa: BLE001  # a thread that ends would be missed by nobody until prices stand still
            _log.exception("worker_failed")
            done = -1
        if done < 0:
            close_old_connections()
        if done < outbox.BATCH:  # no backlog: let it gather, for each time it works the tills wait
            stop.wait(IDLE_S)
    connection.close()


def drain() -> int:
    """Work off everything that is due and return how many rows were done: for imports, the demo and tests."""
    total = 0
    while done := outbox.work_once():
        total += done
    return total


def start_thread() -> threading.Event:
    """Start the worker beside the server in this process; set the event to stop it."""
    stop = threading.Event()
    threading.Thread(target=work_until, args=(stop,), name="outbox", daemon=True).start()
    return stop
