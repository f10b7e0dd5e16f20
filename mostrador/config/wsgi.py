"""The WSGI application that granian serves: Django, and beside it the one door that sales come in by."""

import gc
import os
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")

import mostrador  # noqa: F401  # the mended SQLite first

from django.core.wsgi import get_wsgi_application  # isort: skip

_django = get_wsgi_application()

from mostrador.api import push  # noqa: E402  # isort: skip


def application(environ: dict[str, Any], start: push.Start) -> Iterable[bytes]:
    """Serve a request: a push past Django, everything else through it."""
    if environ["PATH_INFO"] == push.ADDRESS and environ["REQUEST_METHOD"] == "POST":
        return push.application(environ, start)
    return _django(environ, start)  # type: ignore[arg-type]  # start_response, which Django names by its own type


# What is loaded by now stays: the collector need not look through it again at every turn, nor turn every two sales.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)

if os.environ.get("MOSTRADOR_EMBEDDED_WORKER") == "1":
    from mostrador.config.worker import start_thread

    start_thread()
