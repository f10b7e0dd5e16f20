"""The WSGI application that granian serves."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")

import mostrador  # noqa: F401  # the mended SQLite first

from django.core.wsgi import get_wsgi_application  # isort: skip

application = get_wsgi_application()

if os.environ.get("MOSTRADOR_EMBEDDED_WORKER") == "1":
    from mostrador.config.worker import start_thread

    start_thread()
