"""The worker knows a handler for every topic that anybody writes."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOPIC = re.compile(r'^TOPIC\w* = "([a-z_.]+)"$', re.MULTILINE)
SHOW = """
import django; django.setup()
from mostrador.config import worker
from mostrador.kernel import outbox
print(*sorted(outbox.topics()))
"""


def test_the_worker_alone_handles_every_topic_there_is() -> None:
    written = {name for path in (ROOT / "mostrador").rglob("*.py") for name in TOPIC.findall(path.read_text())}
    environment = {"DJANGO_SETTINGS_MODULE": "mostrador.config.settings"}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )

    assert written
    assert set(shown.stdout.split()) == written
