"""The WSGI application that granian serves."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")

from django.core.wsgi import get_wsgi_application

import mostrador  # noqa: F401  # the mended SQLite first

application = get_wsgi_application()
