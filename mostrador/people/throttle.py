"""How often one may be wrong: counted in the database, per address and per account, so that a restart forgives nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from mostrador.kernel import clock
from mostrador.kernel.errors import DomainError
from mostrador.kernel.writing import whole
from mostrador.people.errors import TooManyTries
from mostrador.people.models import SignInAttempt

WINDOW = timedelta(minutes=10)
TRIES = {"pair": 20, "sign_in": 10, "address": 40, "page": 120, "coupon": 20, "answer": 40, "short_code": 10}


@contextmanager
def counted(act: str, who: str) -> Iterator[None]:
    """Refuse when `who` failed too often at `act`; count the failure when the block raises a DomainError."""
    refuse_if_tired(act, who)
    try:
        yield
    except DomainError:
        count(act, who)
        raise


def refuse_if_tired(act: str, who: str) -> None:
    """Raise TooManyTries with the seconds to wait when `who` failed too often within ten minutes."""
    since = clock.now() - WINDOW
    times = list(SignInAttempt.objects.filter(key=_key(act, who), at__gt=since).order_by("at").values_list("at", flat=True))
    if len(times) >= TRIES[act]:
        raise TooManyTries(seconds=max(1, int((times[0] + WINDOW - clock.now()).total_seconds())))


@whole
def count(act: str, who: str) -> None:
    """Count one failure and forget those that no longer matter."""
    SignInAttempt.objects.create(key=_key(act, who), at=clock.now())
    SignInAttempt.objects.filter(at__lt=clock.now() - WINDOW).delete()


@whole
def forgive(act: str, who: str) -> None:
    """Forget the failures of someone who succeeded."""
    SignInAttempt.objects.filter(key=_key(act, who)).delete()


def _key(act: str, who: str) -> str:
    return f"{act}:{who.casefold()}"[:80]
