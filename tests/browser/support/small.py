"""The small server of the till's screens (till/tests/screens/server.ts): it serves the built till and answers the protocol from memory."""

import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.support.server import ROOT
from tests.browser.support.waiting import until
from tests.support.ports import free_ports

BUILD = ROOT / "build/root/till"
SERVER = ROOT / "till" / "tests" / "screens" / "server.ts"


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/till/").close()
    except OSError:
        return False
    return True


@contextmanager
def small_server(build: Path = BUILD) -> Iterator[str]:
    """Serve a build on a free port and yield the address."""
    assert (build / "index.html").exists(), "the till is not built: run `make front`"
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    [port] = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    command = [node, "--experimental-strip-types", "--no-warnings", str(SERVER), str(port)]
    server = subprocess.Popen(command, cwd=ROOT / "till", env={**os.environ, "TILL_BUILD": str(build)}, start_new_session=True)
    try:
        until(lambda: _answers(address), what="the small server answers")
        yield address
    finally:
        # The node of the environment is a small program that starts the real one: both end with their group.
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
