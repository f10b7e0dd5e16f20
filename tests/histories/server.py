"""A real server on a database of its own, with the door of histories. `python -m tests.histories.server PORT` serves."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.support.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
START_S = 90
DATABASE = "mostrador.sqlite3"


class Server:
    """Begins an empty database, serves it, and takes both away. `cluster`: the address of a PostgreSQL, "" for SQLite; `template`: a migrated file."""

    def __init__(self, cluster: str = "", more: Mapping[str, str] | None = None, template: Path | None = None) -> None:
        memory = Path("/dev/shm")  # what is on trial is not the disk
        self._folder = tempfile.TemporaryDirectory(prefix="mostrador-histories-", dir=memory if memory.is_dir() else None)
        self.folder = Path(self._folder.name)
        [self.port] = free_ports(1)
        self._cluster = cluster
        self.url = _named(cluster, f"histories_{os.getpid()}") if cluster else f"sqlite:///{self.folder}/{DATABASE}"
        self._more = dict(more or {})
        if template is not None:
            shutil.copy(template, self.folder / DATABASE)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        if self._cluster:
            self._on_cluster(f'CREATE DATABASE "{self.url.rsplit("/", 1)[1]}"')
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        if self._cluster:
            self._on_cluster(f'DROP DATABASE IF EXISTS "{self.url.rsplit("/", 1)[1]}" WITH (FORCE)')
        self._folder.cleanup()

    def start(self) -> None:
        """Serve, and return when it answers."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOSTRADOR_", "DJANGO_", "PYTEST_"))}
        environment = {
            **kept, "MOSTRADOR_DATA_DIR": str(self.folder), "MOSTRADOR_DATABASE_URL": self.url, "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "mostrador.config.settings", "MOSTRADOR_LOG": "error", **self._more,
        }  # fmt: skip
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "tests.histories.server", str(self.port)]
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        end = time.monotonic() + START_S
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for it and all that it started: nothing is flushed, nothing is said."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def keep(self, template: Path) -> None:
        """Write a copy of the database, on SQLite."""
        with closing(sqlite3.connect(self.folder / DATABASE)) as source, closing(sqlite3.connect(template)) as target:
            source.backup(target)

    @property
    def log(self) -> Path:
        """What it said."""
        return self.folder / "server.log"

    def books(self, organization: str) -> dict[str, Any]:
        """What its books say of a business."""
        body = json.dumps({"organization": organization}).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{self.address}/histories/books", data=body), timeout=60) as answer:
                said: dict[str, Any] = json.load(answer)
                return said
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/api/till/v1/ping", timeout=5)
        except urllib.error.HTTPError as error:
            return error.code == 401
        except OSError:
            return False
        return False

    def _on_cluster(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(_named(self._cluster, "postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def main() -> None:
    """Migrate and serve as `mostrador run` does, but for the door, and for the worker: a history says when it works."""
    from tests.histories import bugs

    bugs.seed_from(os.environ)
    from mostrador.config import serve, start

    start.load()
    start.prepare()
    from django.db import connection

    connection.close()
    serve._keep_memory_together()
    from granian.constants import Interfaces
    from granian.server import Server as Granian

    Granian(
        "tests.histories.door:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=1,
        blocking_threads=serve.THREADS, backlog=1024, log_enabled=False,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()
