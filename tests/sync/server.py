"""A real `mostrador run` on a database of its own, of the engine that the tests run on. `python -m tests.sync.server` fills it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psutil

from tests.support.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
START_S = 40
CODES = 6


class Server:
    """Starts, dies and comes back on the same data and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        [self.port] = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None
        given = os.environ["MOSTRADOR_DATABASE_URL"]
        self._cluster = given if given.startswith("postgres") else ""
        self.url = _with_name(given, f"killed_{os.getpid()}") if self._cluster else f"sqlite:///{folder}/mostrador.sqlite3"

    def environment(self) -> dict[str, str]:
        """An environment that knows nothing of the tests' own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOSTRADOR_", "DJANGO_"))}
        return {
            **kept, "MOSTRADOR_DATA_DIR": str(self.folder), "MOSTRADOR_DATABASE_URL": self.url, "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "mostrador.config.settings",
        }  # fmt: skip

    def prepare(self) -> dict[str, Any]:
        """Make the database and a shop in it; what `main` printed."""
        if self._cluster:
            self._on_cluster(f'CREATE DATABASE "{self.url.rsplit("/", 1)[1]}"')
        made: dict[str, Any] = json.loads(self._run("-m", "tests.sync.server").splitlines()[-1])
        return made

    def remove(self) -> None:
        """Take the database away, if it is not in the folder."""
        if self._cluster:
            self._on_cluster(f'DROP DATABASE IF EXISTS "{self.url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def start(self) -> None:
        """Serve, and return when it answers."""
        command = [sys.executable, "-m", "mostrador.config.cli", "run", "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        end = time.monotonic() + START_S
        while self.get("ping", "nobody")[0] != 401:
            assert self._process.poll() is None and time.monotonic() < end, (self.folder / "server.log").read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for it and all that it started: nothing is flushed, nothing is said."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Ask it to end, as a person or the machine would."""
        assert self._process is not None
        self._process.terminate()
        assert self._process.wait(timeout=20) in {0, -signal.SIGTERM}
        self._process = None

    def command(self, *words: str) -> str:
        """Run a command of `mostrador` on this data; fail with what it printed when it does not exit with 0."""
        return self._run("-m", "mostrador.config.cli", *words)

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False, input=""
        )
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def get(self, door: str, token: str) -> tuple[int, Any]:
        """Get a door of tills; status 0 when nobody answers."""
        return self._ask(urllib.request.Request(self._address(door), headers={"Authorization": f"Bearer {token}"}))

    def post(self, door: str, token: str, body: bytes) -> tuple[int, Any]:
        """Post to a door of tills; status 0 when nobody answers or the answer breaks off."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return self._ask(urllib.request.Request(self._address(door), data=body, headers=headers))

    def _address(self, door: str) -> str:
        return f"http://127.0.0.1:{self.port}/api/till/v1/{door}"

    def _ask(self, request: urllib.request.Request) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, None
        except (OSError, EOFError, ValueError):  # no answer, or half of one
            return 0, None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query, by a driver and no code of ours."""
        if self._cluster:
            import psycopg

            with psycopg.connect(self.url) as connection:
                return connection.execute(query).fetchall()
        import sqlite3

        with closing(sqlite3.connect(f"file:{self.folder}/mostrador.sqlite3?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    def workers(self) -> list[int]:
        """The processes of `mostrador work` that the server began and that live."""
        assert self._process is not None
        mine = psutil.Process(self._process.pid).children(recursive=True)
        return [one.pid for one in mine if one.status() != psutil.STATUS_ZOMBIE and one.cmdline()[-1:] == ["work"]]

    def cut(self) -> None:
        """End every connection of the server to PostgreSQL, as its restart does."""
        name = self.url.rsplit("/", 1)[1]
        self._on_cluster(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # our own name

    def _on_cluster(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(_with_name(self._cluster, "postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def main() -> None:
    """Make a shop with codes in the database of the environment and print them with its ids."""
    from mostrador.config import start

    start.load()
    start.prepare()
    from tests.sync.shop import a_business

    shop = a_business()
    made = {
        "organization": str(shop.id), "store": str(shop.store_id), "products": shop.products, "manager": shop.manager,
        "cashier": shop.cashier, "codes": [shop.new_code() for _ in range(CODES)],
    }  # fmt: skip
    print(json.dumps(made))


if __name__ == "__main__":
    main()
