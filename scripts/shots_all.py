"""`make shots`: a demo of its own on a free port, then a picture of every screen of till, office and buyer's page from it."""

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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_WITHIN_S = 300
CODE = re.compile(r"(?:código|code) ([A-Z0-9]{8})$", re.MULTILINE)
PASSWORD = "mostrador-demo"  # the demo prints it


def main() -> int:
    """Start, photograph, stop; the exit code is the worst of both tools."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="mostrador-shots-") as folder:
        log = Path(folder) / "demo.log"
        environment = {
            **os.environ,
            "MOSTRADOR_DATA_DIR": folder,
            "MOSTRADOR_DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "LANG": "es",
        }
        with log.open("wb") as out:
            demo = subprocess.Popen(
                [sys.executable, "-m", "mostrador.config.cli", "demo", "--port", str(port)], stdout=out, stderr=out, env=environment
            )
        try:
            wait(f"http://127.0.0.1:{port}/", demo)
            code = CODE.search(log.read_text())
            if code is None:
                raise SystemExit(f"no pairing code in what the demo printed:\n{log.read_text()[-1500:]}")
            return photograph(f"http://localhost:{port}", code[1])
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(timeout=30)


def wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Return when the page answers."""
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the demo ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the demo does not answer")


def photograph(url: str, code: str) -> int:
    """Run both tools with what was given on the command line."""
    till = [sys.executable, "scripts/shots.py", "--url", url, "--code", code, "--person", "Rosa Martínez", "--pin", "1111", *sys.argv[1:]]
    office = [sys.executable, "-m", "scripts.shots_office", "--url", url, "--email", "duena@esquina.example", "--password", PASSWORD]
    return max(subprocess.run(command, cwd=ROOT, check=False).returncode for command in (till, office))


if __name__ == "__main__":
    sys.exit(main())
