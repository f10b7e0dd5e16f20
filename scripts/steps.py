"""Runs commands two at a time, so that both cores work, and says how each went. Used by `make check` and `make test`.

A step's output is held back while it runs: a step that passes prints one line, a step that fails prints everything it said.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
TERMINAL = re.compile(r"\x1b\[[0-9;]*m")
PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
SIDE_BY_SIDE = 2
NOTHING_TO_RUN = 5  # pytest's exit status when no test was selected
LONGEST = 30 * 60  # seconds a step may take: one that hangs is ended and says so


@dataclass(frozen=True, slots=True)
class Step:
    """One command: its name for people, its words, and where and with what environment it runs."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT


@dataclass(frozen=True, slots=True)
class Result:
    """How a step went: whether it passed, its seconds, those of a processor (of all whose end was awaited), the tests it counted by outcome."""

    step: Step
    passed: bool
    seconds: float
    busy: float
    counts: Mapping[str, int]


class Runner:
    """Runs steps, two at a time, and ends their whole process groups when it is told to stop."""

    def __init__(self) -> None:
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def run(self, steps: Sequence[Step]) -> list[Result]:
        """Run the steps, started in their order, and return the results as they ended. Raises SystemExit when told to stop."""
        waiting, results = deque(steps), list[Result]()
        threads = [threading.Thread(target=self._work, args=(waiting, results)) for _ in range(SIDE_BY_SIDE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():  # a bare join would hold back the signal
                thread.join(0.2)
        if self._stopped.is_set():
            raise SystemExit(143)
        return results

    def _work(self, waiting: deque[Step], results: list[Result]) -> None:
        while not self._stopped.is_set():
            try:
                step = waiting.popleft()
            except IndexError:
                return
            results.append(self._step(step))

    def _step(self, step: Step) -> Result:
        began = time.monotonic()
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                step.command,
                cwd=step.folder,
                env={**os.environ, **step.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            with self._lock:
                self._running[process.pid] = process
            code, busy = self._wait(process, output)
            with self._lock:
                del self._running[process.pid]
            output.seek(0)
            text = output.read().decode(errors="replace")
        result = Result(step, code == 0 or _is_empty_pytest(step, code), time.monotonic() - began, busy, counted(text))
        if not self._stopped.is_set():
            self._say(result, text)
        return result

    @staticmethod
    def _wait(process: subprocess.Popen[bytes], output: IO[bytes]) -> tuple[int, float]:
        hung = threading.Timer(LONGEST, os.killpg, (process.pid, signal.SIGKILL))
        hung.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if hung.finished.is_set():
            output.seek(0, os.SEEK_END)
            output.write(f"\nended after {LONGEST} s: it hung\n".encode())
        hung.cancel()
        return process.returncode, used.ru_utime + used.ru_stime

    def _say(self, result: Result, text: str) -> None:
        counts = ", ".join(f"{number} {outcome}" for outcome, number in result.counts.items())
        with self._lock:
            mark = "ok    " if result.passed else "FAILED"
            print(f"{mark} {result.step.name:<24} {result.seconds:6.1f} s {result.busy:6.0f} CPU s  {counts}", flush=True)
            if not result.passed:
                print(text.rstrip(), flush=True)
            elif "skipped" in result.counts:
                print("\n".join(line for line in text.splitlines() if line.startswith("SKIPPED")), flush=True)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopped.set()
        for pid in list(self._running):
            try:
                os.killpg(pid, signal.SIGTERM)
            except ProcessLookupError:
                continue


def _is_empty_pytest(step: Step, code: int) -> bool:
    return code == NOTHING_TO_RUN and "pytest" in step.command


def counted(text: str) -> dict[str, int]:
    """Return how many tests passed, failed and were skipped, from the last summary that pytest or vitest printed."""
    for line in reversed(TERMINAL.sub("", text).splitlines()):
        if line.startswith("=") or re.match(r"\s*Tests\s", line) or re.match(r"\d+ (passed|failed|error)", line):
            found = PYTEST_COUNT.findall(line)
            if found:
                return {_outcome(outcome): int(number) for number, outcome in found}
    return {}


def _outcome(word: str) -> str:
    return "failed" if word.startswith("error") else word


def conclude(results: Sequence[Result], seconds: float) -> None:
    """Print the sum of all tests the way pytest does, and exit with 1 if anything failed."""
    total = {outcome: sum(result.counts.get(outcome, 0) for result in results) for outcome in ("failed", "passed", "skipped")}
    broken = [result.step.name for result in results if not result.passed]
    if broken:
        print(f"FAILED: {', '.join(broken)}")
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    print(f"===== {total['passed']} passed, {total['failed']} failed{skipped} in {seconds:.1f}s =====", flush=True)
    sys.exit(1 if broken else 0)
