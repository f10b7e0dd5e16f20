"""A real `mostrador run` in a process of its own, on an SQLite of its own; and the command line beside it."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.support.waiting import until

ROOT = Path(__file__).resolve().parents[3]
DATABASE = "mostrador.sqlite3"


def environment(folder: Path) -> dict[str, str]:
    """The environment of a server that knows nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOSTRADOR_", "DJANGO_"))}
    return {**kept, "MOSTRADOR_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "mostrador.config.settings", "LANG": "es_MX.UTF-8"}


class Server:
    """Starts, stops, dies and comes back on the same data folder and port."""

    def __init__(self, folder: Path, port: int, *, host: str = "127.0.0.1", is_tls: bool = False) -> None:
        self.folder = folder
        self.port = port
        self._host = host
        self._is_tls = is_tls
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / DATABASE

    @property
    def log(self) -> str:
        """What it printed so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None

    def start(self) -> None:
        """Serve, and return when it answers."""
        command = [sys.executable, "-m", "mostrador.config.cli", "run", "--host", self._host, "--port", str(self.port)]
        command += ["--tls"] if self._is_tls else []
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment(self.folder), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        until(self._answers, what="the server answers")

    def stop(self) -> None:
        """Ask it to end, as a person or the machine would."""
        if self._process is not None:
            self._process.terminate()
            assert self._process.wait(timeout=20) in {0, -signal.SIGTERM}
            self._process = None

    def kill(self, *, after_ms: int = 0) -> None:
        """SIGKILL for it and all that it started: nothing is flushed, nothing is said. `after_ms`: the moment is what a test is about."""
        if self._process is not None:
            time.sleep(after_ms / 1000)
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def command(self, *words: str) -> str:
        """Run a command of `mostrador` on this data and return what it printed; fail with it when it does not exit with 0."""
        done = subprocess.run(
            [sys.executable, "-m", "mostrador.config.cli", *words],
            cwd=ROOT, env=environment(self.folder), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"mostrador {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def push(self, token: str, document: bytes) -> dict[str, Any]:
        """Post a push past the wire, as another client would, and return the answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/till/v1/push",
            data=document,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            read: dict[str, Any] = json.load(answer)
        return read

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, self.log
        try:
            with socket.create_connection(("127.0.0.1", self.port)) as probe:
                if self._is_tls:  # a handshake is enough: whom to trust is for the tests to say
                    ssl._create_unverified_context().wrap_socket(probe).close()
                    return True
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/till/").close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True
