"""An empty database is opened by whoever can read the server's screen: a one-time code (ruling 23)."""

import secrets

from django.conf import settings

from mostrador.kernel.models import Organization
from mostrador.people.pairing import ALPHABET

FILE = "first-run.code"


def is_empty() -> bool:
    """Whether no business has been opened yet."""
    return not Organization.objects.exists()


def code() -> str:
    """Return the one-time code of this empty database, made once and kept in the data folder until used."""
    path = settings.MEDIA_ROOT.parent / FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("".join(secrets.choice(ALPHABET) for _ in range(8)))
    return str(path.read_text().strip())


def matches(given: str) -> bool:
    """Whether someone typed the code, on a database that is still empty."""
    return is_empty() and secrets.compare_digest(given.strip().upper().encode(), code().encode())


def used() -> None:
    """Forget the code: the first business is open."""
    (settings.MEDIA_ROOT.parent / FILE).unlink(missing_ok=True)
