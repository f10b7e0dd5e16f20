"""A part of the real year through a real server over HTTP: whole, and killed in the middle. On SQLite, in a folder of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 400

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get("MOSTRADOR_DATABASE_URL", "").startswith("postgres"), reason="has its own SQLite: once is enough"),
]


def command(folder: Path, *more: str) -> list[str]:
    """The command line of a replay."""
    return [sys.executable, "-m", "bench.replay", "--quiet", "--folder", str(folder), *more]


def environment() -> dict[str, str]:
    """What the replay may know of this process: no other database than its folder's."""
    return {key: value for key, value in os.environ.items() if not key.startswith("MOSTRADOR_")}


def replayed(folder: Path, *more: str) -> dict[str, Any]:
    """Run a replay to its end and return its report; it found everything in order."""
    done = subprocess.run(
        command(folder, *more), cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=WITHIN_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, Any] = json.loads((folder / "replay.json").read_text())
    return report


def received(folder: Path) -> int:
    """How many facts the server of a folder has stored so far."""
    try:
        with sqlite3.connect(f"file:{folder / 'mostrador.sqlite3'}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT COUNT(*) FROM sync_journalentry").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def sales(folder: Path) -> list[tuple[Any, ...]]:
    """Every sale of a folder's server: id, number, day, amounts."""
    with sqlite3.connect(folder / "mostrador.sqlite3") as database:
        return database.execute("SELECT id, number, business_date, occurred_at, gross, discount FROM counter_sale ORDER BY id").fetchall()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The first seven days of all stores."""
    folder = tmp_path_factory.mktemp("week")
    return folder, replayed(folder, "--days", "7")


def test_seven_days_of_all_stores_reconcile_to_the_cent(week: tuple[Path, dict[str, Any]]) -> None:
    ledger = week[1]["ledger"]

    assert ledger["agrees"] is True
    assert ledger["differing"] == []
    assert ledger["expected"] == ledger["server"]
    assert ledger["source"]["lines"] == ledger["expected"]["lines"] + ledger["listed"]["lines"]
    assert ledger["source"]["value"] == ledger["expected"]["value"] + ledger["listed"]["value"]


def test_every_fact_of_the_week_was_accepted(week: tuple[Path, dict[str, Any]]) -> None:
    folder, report = week

    assert set(report["facts"]) == {"accepted", "bytes"}
    assert report["facts"]["accepted"] == received(folder)


def test_a_run_killed_in_the_middle_goes_on_to_the_same_result(tmp_path: Path, week: tuple[Path, dict[str, Any]]) -> None:
    running = subprocess.Popen(
        command(tmp_path, "--days", "7"), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + WITHIN_S
    while not received(tmp_path) > 300:
        assert running.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    server = int((tmp_path / "server.pid").read_text())
    os.kill(server, signal.SIGKILL)  # its worker outlives it, and may take one more batch
    running.kill()
    running.wait()
    half = received(tmp_path)

    report = replayed(tmp_path, "--days", "7")

    every = week[1]["facts"]["accepted"]
    assert half <= report["facts"]["before"] < every
    assert report["facts"]["before"] + report["facts"]["accepted"] == received(tmp_path) == every
    assert report["ledger"] == week[1]["ledger"]
    assert sales(tmp_path) == sales(week[0])
    with pytest.raises(ProcessLookupError):  # nothing of the killed run is left
        os.killpg(server, 0)
