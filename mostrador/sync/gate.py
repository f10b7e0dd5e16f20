"""One push at a time into the database, many at once on the wire.

A push is read before it waits for anything. On SQLite the pushes that wait are committed together by whichever thread holds the writer:
one fsync for all of them, a savepoint each (ruling 16). On PostgreSQL each push is its own transaction.
"""

import threading
from collections import deque
from dataclasses import dataclass, field

import structlog
from django.db import OperationalError, connection

from mostrador.kernel import sql
from mostrador.kernel.writing import use_case
from mostrador.people.callers import Caller
from mostrador.people.models import Device
from mostrador.sync.contract import Push, PushAnswer
from mostrador.sync.errors import Busy
from mostrador.sync.intake import NOT_ROWS, Overtaken, Parcel, take, unpack

TRIES = 5
TOGETHER_MAX = 64
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Waiting:
    device: Device | Caller
    parcel: Parcel
    answer: PushAnswer | None = None
    error: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)


_queue: deque[_Waiting] = deque()
_leading = threading.Lock()


def receive(device: Device | Caller, push: Push) -> PushAnswer:
    """Store a push durably and return its answer. Raises Busy when the database did not let us in: nothing was stored."""
    parcel = unpack(push)
    if connection.vendor != "sqlite":
        return _alone(device, parcel)
    waiting = _Waiting(device, parcel)
    _queue.append(waiting)
    while not waiting.done.is_set():
        with _leading:
            if not waiting.done.is_set():
                _lead()
    if waiting.error is not None:
        raise waiting.error
    assert waiting.answer is not None
    return waiting.answer


def _lead() -> None:
    """Commit what waits, together."""
    group = [_queue.popleft() for _ in range(min(len(_queue), TOGETHER_MAX))]
    if not group:
        return
    try:
        if len(group) == 1:
            group[0].answer = _alone(group[0].device, group[0].parcel)
        else:
            _together(group)
    except Exception as error:  # noqa: BLE001  # the commit itself failed: nobody's push was stored, and each one is told so
        for waiting in group:
            waiting.answer, waiting.error = None, Busy() if isinstance(error, OperationalError) else error
    for waiting in group:
        waiting.done.set()


def _together(group: list[_Waiting]) -> None:
    with use_case():
        hand = sql.hand()
        for waiting in group:
            try:
                waiting.answer = _in_savepoint(hand, waiting)
            except OperationalError:
                raise
            except Exception as error:  # noqa: BLE001  # one push that breaks must not take the others with it
                _log.exception("push_failed", journal=str(waiting.device.id))
                waiting.error = error


def _in_savepoint(hand: sql.Hand, waiting: _Waiting) -> PushAnswer:
    try:
        with hand.part():
            return take(hand, waiting.device, waiting.parcel)
    except NOT_ROWS:
        with hand.part():
            return take(hand, waiting.device, waiting.parcel, is_careful=True)


def _alone(device: Device | Caller, parcel: Parcel) -> PushAnswer:
    is_careful = False
    for _ in range(TRIES):
        try:
            with use_case():
                return take(sql.hand(), device, parcel, is_careful=is_careful)
        except Overtaken:
            continue
        except NOT_ROWS:
            if is_careful:
                raise
            is_careful = True
        except OperationalError as error:
            raise Busy from error
    raise Busy
