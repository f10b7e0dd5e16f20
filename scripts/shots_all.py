"""`make shots`: a demo and an empty shop of its own on free ports, then a picture of every screen of till, office and buyer's page.

What is on the command line goes to each of the tools: --only, --theme, --language, --axe, --out. `--part till|euro|office|first` (may be
given again) takes a part.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_WITHIN_S = 300
CODE = re.compile(r" ([A-Z0-9]{8})$", re.MULTILINE)
PASSWORD = "mostrador-demo"  # the demo prints it
PARTS = ("till", "euro", "office", "first")


@dataclass(frozen=True)
class Served:
    """A server that answers: its address, its environment, and the codes that it printed, in their order."""

    url: str
    environment: dict[str, str]
    codes: list[str]


@contextmanager
def served(*command: str) -> Iterator[Served]:
    """Run a command of `mostrador` on a free port and an empty data folder, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="mostrador-shots-") as folder:
        environment = {
            **os.environ,
            "MOSTRADOR_DATA_DIR": folder,
            "MOSTRADOR_DATABASE_URL": f"sqlite:///{folder}/shots.sqlite3",
            "LANG": "es",
            "DJANGO_SETTINGS_MODULE": "mostrador.config.settings",
        }
        mostrador = [sys.executable, "-m", "mostrador.config.cli"]
        if command[0] == "run":
            subprocess.run([*mostrador, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        log = Path(folder) / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen([*mostrador, *command, "--port", str(port)], stdout=out, stderr=out, env=environment)
        try:
            wait(f"http://127.0.0.1:{port}/", process, log)
            yield Served(f"http://localhost:{port}", environment, CODE.findall(log.read_text(encoding="utf-8")))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the page answers."""
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}:\n{log.read_text(encoding='utf-8')[-1500:]}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server does not answer")


def tool(name: str, *arguments: str) -> int:
    """Run one of the tools and return its exit code."""
    return subprocess.run([sys.executable, "-m", f"scripts.{name}", *arguments], cwd=ROOT, check=False).returncode


def data_of(server: Served) -> tuple[str, str]:
    """Where a server keeps its data, for the tool that changes it."""
    return "--data", server.environment["MOSTRADOR_DATA_DIR"]


def of_demo(parts: list[str], rest: list[str]) -> list[int]:
    """Photograph the demo: its till, a till of its shop in euros, its office. The codes stand in the order of shops and tills."""
    codes: list[int] = []
    with served("demo") as demo:
        if "till" in parts:
            codes.append(tool("shots", "--url", demo.url, "--code", demo.codes[0], "--person", "Rosa Martínez", "--pin", "1111", *rest))
        if "euro" in parts:
            codes.append(
                tool("shots", "--euro", "--url", demo.url, "--code", demo.codes[-1], "--person", "Nerea Ortiz", "--pin", "2222", *rest)
            )
        if "office" in parts:
            subprocess.run([sys.executable, "-m", "scripts.shots_parked"], cwd=ROOT, env=demo.environment, check=True)
            codes.append(
                tool("shots_office", "--url", demo.url, "--email", "duena@esquina.example", "--password", PASSWORD, *data_of(demo), *rest)
            )
    return codes


def main() -> int:
    """Start, photograph, stop; the exit code is the worst of the tools'."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", default=[], choices=PARTS)
    given, rest = parser.parse_known_args()
    parts = given.part or list(PARTS)
    codes = of_demo(parts, rest) if set(parts) - {"first"} else []
    if "first" in parts:
        with served("run", "--host", "127.0.0.1") as empty:
            codes.append(tool("shots_office", "--url", empty.url, "--first", empty.codes[0], *data_of(empty), *rest))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
