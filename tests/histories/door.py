"""The server of a shop with one door more: the real application, the clock of a history, and beside it `/histories/`, which no shop has.

Granian loads it as it loads `mostrador.config.wsgi`. A bug that is to be caught is seeded before anything of the house is loaded.
"""

import json
import os
import traceback
from collections.abc import Iterable
from typing import Any

from tests.histories import bugs

bugs.seed_from(os.environ)

import mostrador  # noqa: E402, F401  # the mended SQLite first
from mostrador.api.push import Start  # noqa: E402
from mostrador.config import worker as _worker  # noqa: E402, F401  # what it can do is registered; no thread of it runs here
from mostrador.config import wsgi  # noqa: E402
from mostrador.kernel import clock  # noqa: E402
from tests.histories import books, office  # noqa: E402

ROOM = "/histories/"


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Serve a request at the time that its history says it is."""
    told = environ.get("HTTP_X_HISTORIES_NOW")
    if told is None:
        return _serve(environ, start)
    with clock.at(clock.from_ms(int(told))):
        return _serve(environ, start)


def _serve(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    if not environ["PATH_INFO"].startswith(ROOM):
        return wsgi.application(environ, start)
    from django.db import close_old_connections

    try:
        status, said = "200 OK", _act(environ["PATH_INFO"].removeprefix(ROOM), json.loads(environ["wsgi.input"].read()))
    except Exception:  # noqa: BLE001  # whatever it is, a history that hears of it can be made short
        status, said = "500 Internal Server Error", {"error": traceback.format_exc()}
    finally:
        close_old_connections()
    body = json.dumps(said).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _act(what: str, told: dict[str, Any]) -> dict[str, Any]:
    import uuid

    return books.books(uuid.UUID(told["organization"]), whole=told["whole"]) if what == "books" else office.act(what, told)
