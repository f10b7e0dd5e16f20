"""Both engines of prices on the same random baskets: `python -m tests.pricing.differential --baskets 1000000 --seed 1`.

Each worker makes its own share of the baskets, prices them here, has them priced by one long-lived Node process, and compares the
documents byte for byte, refusals too. The first difference is made as small as possible and printed. Returns 1 when there is one.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random
from types import TracebackType
from typing import IO, Any

import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mostrador.pricing.document import basket_from_json, json_of
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from tests.pricing.baskets import random_basket

type Document = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "till/src/core/pricing/cli.ts"
BLOCK = 1000
WORKERS = 2


@dataclass(frozen=True)
class Difference:
    """A basket on which the engines disagree, and what each said."""

    basket: bytes
    python: bytes
    typescript: bytes


@dataclass(frozen=True)
class Counted:
    """How many baskets of a block were compared, and how many of them both engines refused."""

    baskets: int
    refused: int


def answer_of(basket: bytes) -> bytes:
    """Return what the Python engine says to a basket document: its totals or its refusal."""
    try:
        return json_of(price(basket_from_json(basket)))
    except PricingError as refusal:
        return msgspec.json.encode({"error": refusal.code, "data": refusal.data})


def node() -> str:
    """Return the path of Node: that of the environment, else that of the machine."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else shutil.which("node") or "node"


class Till:
    """The TypeScript engine in one Node process; a thread writes, so that neither side waits for a full pipe.

    `mode`: `--stream` for baskets, `--stream-returns` for returns.
    """

    def __init__(self, mode: str = "--stream") -> None:
        command = [node(), "--experimental-strip-types", "--no-warnings", str(ENGINE), mode]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._blocks: SimpleQueue[bytes | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    def __enter__(self) -> Till:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._blocks.put(None)
        self._writer.join()
        self._pipe(self._process.stdout).close()
        self._process.wait()

    def send(self, baskets: list[bytes]) -> None:
        """Ask for these baskets; the answers come in the same order."""
        self._blocks.put(b"\n".join(baskets) + b"\n")

    def receive(self, count: int) -> list[bytes]:
        """Wait for that many answers."""
        out = self._pipe(self._process.stdout)
        answers = [out.readline().rstrip(b"\n") for _ in range(count)]
        if answers and not answers[-1]:
            raise RuntimeError("the engine of the till has ended")
        return answers

    def answer_of(self, basket: bytes) -> bytes:
        """Return what the TypeScript engine says to one basket."""
        self.send([basket])
        return self.receive(1)[0]

    def _write(self) -> None:
        pipe = self._pipe(self._process.stdin)
        while (block := self._blocks.get()) is not None:
            pipe.write(block)
            pipe.flush()
        pipe.close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def compare(blocks: list[tuple[int, int]], seed: int) -> Iterator[Counted | Difference]:
    """Yield a count per block, or the first difference and no more.

    Args:
        blocks: (number, size) of each; the number and the seed decide what is in it.
    """
    with Till() as till:
        for number, size in blocks:
            random = Random(f"{seed}:{number}")
            baskets = [msgspec.json.encode(random_basket(random)) for _ in range(size)]
            till.send(baskets)
            ours = [answer_of(basket) for basket in baskets]
            theirs = till.receive(size)
            if ours != theirs:
                yield next(Difference(*three) for three in zip(baskets, ours, theirs, strict=True) if three[1] != three[2])
                return
            yield Counted(size, sum(answer.startswith(b'{"error"') for answer in ours))


def smallest(difference: Difference) -> Difference:
    """Return a basket as small as can be found on which the engines still differ."""
    with Till() as till:
        document, progress = json.loads(difference.basket), True
        while progress:
            progress = False
            for smaller in _smaller(document):
                text = msgspec.json.encode(smaller)
                ours, theirs = answer_of(text), till.answer_of(text)
                if ours != theirs:
                    document, difference, progress = smaller, Difference(text, ours, theirs), True
                    break
    return difference


def _smaller(value: Any) -> Iterator[Any]:
    """Yield the value with one thing left out or one number nearer to zero."""
    if isinstance(value, dict | list):
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        for key in keys:
            shorter = value.copy()
            del shorter[key]
            yield shorter
        for key in keys:
            for part in _smaller(value[key]):
                changed = value.copy()
                changed[key] = part
                yield changed
    elif type(value) is int:
        for less in (0, value // 1000, value // 10, value // 2, value - 1):
            if abs(less) < abs(value):
                yield less


def _work(blocks: list[tuple[int, int]], seed: int, results: Any) -> None:
    """Report the end of this worker in any case: without it the run would wait for ever."""
    try:
        for result in compare(blocks, seed):
            results.put(result)
    finally:
        results.put(None)


def _shared_out(baskets: int) -> list[list[tuple[int, int]]]:
    blocks = [(start // BLOCK, min(BLOCK, baskets - start)) for start in range(0, baskets, BLOCK)]
    return [blocks[worker::WORKERS] for worker in range(WORKERS)]


def main(arguments: list[str] | None = None) -> int:
    """Compare the engines, show the rate, and return 0 when they agree on everything."""
    parser = argparse.ArgumentParser(description="Compare both engines of prices on random baskets.")
    parser.add_argument("--baskets", "--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    context = multiprocessing.get_context("fork")
    results: Any = context.SimpleQueue()
    start = time.monotonic()
    workers = [context.Process(target=_work, args=(share, options.seed, results), daemon=True) for share in _shared_out(options.baskets)]
    for worker in workers:
        worker.start()
    found, compared, refused, running = None, 0, 0, len(workers)
    columns = (TextColumn("baskets"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("", total=options.baskets)
        while running and found is None:
            result = results.get()
            if result is None:
                running -= 1
            elif isinstance(result, Counted):
                compared += result.baskets
                refused += result.refused
                progress.advance(task, result.baskets)
            else:
                found = result
    for worker in workers:
        if found is not None:
            worker.terminate()
        worker.join()
    if found is not None:
        return _report(smallest(found))
    if compared != options.baskets:
        print(f"only {compared} of {options.baskets} baskets were compared: a worker has failed", file=sys.stderr)
        return 1
    seconds = time.monotonic() - start
    rate = round(options.baskets / seconds)
    print(
        f"{options.baskets} baskets, 0 differences ({refused} refused by both, with the same words), "
        f"{seconds:.0f} s, {rate}/s, seed {options.seed}"
    )
    return 0


def _report(difference: Difference) -> int:
    print(f"the engines differ\nbasket      {difference.basket.decode()}")
    print(f"python      {difference.python.decode()}\ntypescript  {difference.typescript.decode()}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
