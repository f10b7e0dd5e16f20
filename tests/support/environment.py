"""Loaded before Django's settings are (addopts: -p tests.support.environment): tests never touch the data of the demo.

A run has its own data folder, gone at its end. The engine comes from MOSTRADOR_DATABASE_URL; without it, SQLite in that folder.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="mostrador-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)

os.environ["MOSTRADOR_DATA_DIR"] = str(folder)
os.environ.setdefault("MOSTRADOR_DATABASE_URL", f"sqlite:///{folder}/mostrador.sqlite3")
# Playwright's synchronous interface runs an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
