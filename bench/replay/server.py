"""A server of the replay's own: `mostrador run` on a free port of this machine, on the replay's database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

HOST = "127.0.0.1"
START_WITHIN_S = 60
STOP_WITHIN_S = 20
LEFTOVER_WITHIN_S = 3
PORTS = range(8730, 8740)


def free_port() -> int:
    """Return the first port of ours that nobody listens on."""
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port in {PORTS.start} to {PORTS.stop - 1}")


@contextmanager
def server(folder: Path, database: str | None = None) -> Iterator[tuple[str, int]]:
    """Run a server while the block lasts; yields its address and process id. What it says goes to server.log in the folder.

    On `database`, or on the one of this process.
    """
    end_leftover(folder)
    port = free_port()
    base = f"http://{HOST}:{port}"
    other = {"MOSTRADOR_DATA_DIR": str(folder), "MOSTRADOR_DATABASE_URL": database} if database else {}
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mostrador.config.cli", "run", "--host", HOST, "--port", str(port)],
            stdout=log, stderr=log, env={**os.environ, **other}, start_new_session=True,
        )  # fmt: skip
    (folder / "server.pid").write_text(str(process.pid))
    try:
        wait_for(base, process)
        yield base, process.pid
    finally:
        stop(process)


def end_leftover(folder: Path) -> None:
    """Stop what is left of the server of a run that was killed: every process of the group that we wrote down and that serves this folder."""
    file = folder / "server.pid"
    if not file.exists():
        return
    left = [process for process in psutil.process_iter() if is_left(process, int(file.read_text()), folder)]
    for process in left:
        process.terminate()
    _, stubborn = psutil.wait_procs(left, LEFTOVER_WITHIN_S)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn, LEFTOVER_WITHIN_S)


def is_left(process: psutil.Process, group: int, folder: Path) -> bool:
    """Whether a process belongs to that group and serves that folder; a server's worker outlives it when it is killed."""
    try:
        return os.getpgid(process.pid) == group and process.environ().get("MOSTRADOR_DATA_DIR") == str(folder)
    except (psutil.Error, OSError):
        return False


def wait_for(base: str, process: "subprocess.Popen[bytes]") -> None:
    """Return when the server answers at all; a 401 is an answer."""
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}: see server.log")
        try:
            urllib.request.urlopen(f"{base}/api/till/v1/ping", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server does not answer: see server.log")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server as a person would, and by force only if it does not go."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
