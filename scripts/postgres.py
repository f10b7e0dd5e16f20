"""A PostgreSQL of our own: on a free port, in a temporary folder, gone at the end. With fsync on, as a shop would run it.

`python scripts/postgres.py -- COMMAND ...` runs a command with MOSTRADOR_DATABASE_URL set to it.
PostgreSQL refuses to run as root, so root runs it as the user `postgres`, in a folder which that user can read.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

USER = "mostrador"
DATABASE = "mostrador"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}


class Cluster:
    """A running PostgreSQL, as a context manager; `url` is its address for MOSTRADOR_DATABASE_URL."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mostrador-postgres-", dir="/tmp"))  # TMPDIR may be closed to `postgres`
        self.data = self.folder / "data"
        self.port = _free_port()
        self._programs = _programs()

    @property
    def url(self) -> str:
        """The address of the database."""
        return self._address(DATABASE)

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def _address(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def _start(self) -> None:
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        arguments = ("-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-t", "30")
        self._run("pg_ctl", *arguments, "-o", f"-p {self.port} -k {self.folder} {options}", "start")
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")

    def _stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_postgres, str(self._programs / program), *arguments]
        # The server inherits what pg_ctl had open, so its output goes to no pipe that somebody would wait for.
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            log = self.folder / "log"
            said = log.read_text(errors="replace")[-2000:] if log.exists() else "nothing"
            raise SystemExit(f"PostgreSQL: {program} ended with {done.returncode}; its log says: {said}")


def _programs() -> Path:
    """The folder of PostgreSQL's programs: the newest that Debian installed, else that of initdb on PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    if found is None:
        raise SystemExit("PostgreSQL is missing: sh scripts/debian.sh postgresql")
    return Path(found).resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _raise_exit(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def main() -> None:
    """Run the command after `--` with a PostgreSQL of its own, and exit as it did."""
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if not command:
        raise SystemExit("usage: python scripts/postgres.py -- COMMAND ...")
    signal.signal(signal.SIGTERM, _raise_exit)
    with Cluster() as cluster:
        process = subprocess.Popen(command, env={**os.environ, "MOSTRADOR_DATABASE_URL": cluster.url})
        try:
            code = process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(10)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
