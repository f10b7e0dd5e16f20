"""Plays histories in Node and hands on each as it ends."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

type Json = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
MAIN, SEEDS = "till/tests/histories/main.ts", "till/tests/histories/seed.ts"
LATEST_S = 120  # a history that says nothing for so long will never end


class Stuck(RuntimeError):
    """Node said nothing any more, or ended."""


def node() -> str:
    """Return the path of Node: that of the environment, else that of the machine."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else shutil.which("node") or "node"


class Player:
    """One Node process that plays the shops it is told of, side by side."""

    def __init__(self, more: Mapping[str, str] | None = None) -> None:
        command = [node(), "--experimental-strip-types", "--no-warnings", "--import", f"./{SEEDS}", MAIN]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(more or {})}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def __enter__(self) -> "Player":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def order(self, shop: int, address: str, seed: int, histories: list[Any]) -> None:
        """Open a shop and play histories in it: a seed each, or a plan to be played again."""
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(json.dumps({"shop": shop, "address": address, "seed": seed, "histories": histories}).encode() + b"\n")
        pipe.flush()

    def said(self) -> Iterator[Json]:
        """Yield what it says, for as long as somebody asks."""
        while True:
            try:
                line = self._lines.get(timeout=LATEST_S)
            except queue.Empty as silence:
                raise Stuck(f"no history ended for {LATEST_S} s") from silence
            if not line:
                raise Stuck("Node has ended")
            yield json.loads(line)

    def _read(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None
        for line in pipe:
            self._lines.put(line)
        self._lines.put(b"")
