"""One push at a time into the database, many at once on the wire.

A push is read before it waits for anything. On SQLite the pushes that wait are written together by whichever thread holds the writer:
each table once and one fsync for all of them (ruling 16); what the database refuses is found again one by one. On PostgreSQL each push is
its own transaction.
"""

import threading
from collections import deque
from dataclasses import dataclass, field

import structlog
from django.db import OperationalError, connection

from mostrador.kernel import sql
from mostrador.kernel.errors import DomainError
from mostrador.kernel.sql import Hand, Overtaken, Writes
from mostrador.kernel.writing import kept_transaction, use_case
from mostrador.people.callers import Bearer
from mostrador.people.models import Device
from mostrador.sync.contract import Push, PushAnswer
from mostrador.sync.errors import Busy
from mostrador.sync.intake import NOT_ROWS, ORDER, Batch, Parcel, answer, decide, take, unpack

TRIES = 5
TOGETHER_MAX = 64
SHORT = 8  # facts: read before another push would be written
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Waiting:
    """A push that was read; `called` opens when it is answered, or when its thread `leads`."""

    who: Device | Bearer
    parcel: Parcel
    answer: PushAnswer | None = None
    error: Exception | None = None
    leads: bool = False
    called: threading.Lock = field(default_factory=threading.Lock)


class _Line:
    """What waits to be written, first come first: one thread writes, when nobody is about to join."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._coming = 0
        self._is_led = False

    def announce(self, count: int) -> None:
        """Say that `count` pushes are being read that will soon wait: a group of eight costs less than eight, and reading is short."""
        with self._lock:
            self._coming += count

    def join(self, waiting: _Waiting | None, announced: int) -> None:
        """Wait, until answered or called to lead; without a push, only take back what was announced."""
        if waiting is not None:
            waiting.called.acquire()
        with self._lock:
            self._coming -= announced
            if waiting is not None:
                self._waiting.append(waiting)
            self._call()
        if waiting is not None:
            waiting.called.acquire()

    def group(self) -> list[_Waiting]:
        """Take who waits, one push of each journal: the next of a journal must see what the one before wrote. The first is who leads."""
        group: dict[str, _Waiting] = {}
        with self._lock:
            while self._waiting and len(group) < TOGETHER_MAX and self._waiting[0].parcel.push.journal not in group:
                waiting = self._waiting.popleft()
                group[waiting.parcel.push.journal] = waiting
        return list(group.values())

    def led(self) -> None:
        """Let the next one lead."""
        with self._lock:
            self._is_led = False
            self._call()

    def _call(self) -> None:
        if self._waiting and not self._is_led and not self._coming:
            self._is_led = self._waiting[0].leads = True
            self._waiting[0].called.release()


_line = _Line()


def receive(who: Device | Bearer, push: Push) -> PushAnswer:
    """Store a push durably and return its answer. Raises Busy when the database did not let us in: nothing was stored."""
    if connection.vendor != "sqlite":
        return _alone(who, unpack(push))
    announced = int(len(push.facts) <= SHORT)
    _line.announce(announced)
    waiting = None
    try:
        waiting = _Waiting(who, unpack(push))
    finally:
        _line.join(waiting, announced)
    if waiting.leads:
        _lead()
    if waiting.error is not None:
        raise waiting.error
    assert waiting.answer is not None
    return waiting.answer


def _lead() -> None:
    """Commit what waits, together."""
    group = _line.group()
    try:
        if not _all_at_once(group):
            _one_after_the_other(group)
    except Exception as error:  # noqa: BLE001  # the commit itself failed: nobody's push was stored, and each one is told so
        for waiting in group:
            waiting.answer, waiting.error = None, Busy() if isinstance(error, OperationalError) else error
    for waiting in group[1:]:
        waiting.called.release()
    _line.led()


def _all_at_once(group: list[_Waiting]) -> bool:
    """Write what all of them come to, each table once. False, and nothing written, when the database refuses any of it."""
    try:
        with kept_transaction() as hand:
            batches = list[tuple[_Waiting, Batch]]()
            for waiting in group:
                try:
                    batches.append((waiting, decide(hand, waiting.who, waiting.parcel)))
                except OperationalError:
                    raise
                except Exception as error:  # noqa: BLE001  # one push that breaks must not take the others with it
                    waiting.error = _told(waiting, error)
            Writes.of([batch.writes for _, batch in batches]).write(hand, ORDER)
    except (*NOT_ROWS, Overtaken):
        return False
    for waiting, batch in batches:
        waiting.answer = answer(batch)
    return True


def _one_after_the_other(group: list[_Waiting]) -> None:
    """Write each in a savepoint of its own, so that what the database refuses is one push's and no other's."""
    with use_case():
        hand = sql.hand()
        for waiting in group:
            try:
                waiting.answer, waiting.error = _in_savepoint(hand, waiting), None
            except OperationalError:
                raise
            except Exception as error:  # noqa: BLE001  # as above
                waiting.error = _told(waiting, error)


def _in_savepoint(hand: Hand, waiting: _Waiting) -> PushAnswer:
    try:
        with hand.part():
            return take(hand, waiting.who, waiting.parcel)
    except NOT_ROWS:
        with hand.part():
            return take(hand, waiting.who, waiting.parcel, is_careful=True)


def _told(waiting: _Waiting, error: Exception) -> Exception:
    if not isinstance(error, DomainError):
        _log.error("push_failed", journal=waiting.parcel.push.journal, exc_info=error)
    return error


def _alone(who: Device | Bearer, parcel: Parcel) -> PushAnswer:
    is_careful = False
    for _ in range(TRIES):
        try:
            with use_case():
                return take(sql.hand(), who, parcel, is_careful=is_careful)
        except Overtaken:
            continue
        except NOT_ROWS:
            if is_careful:
                raise
            is_careful = True
        except OperationalError as error:
            raise Busy from error
    raise Busy
