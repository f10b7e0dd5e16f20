"""The tills at work: a few processes, each replaying one store after another over HTTP. No Django here: a till has no database."""

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path

import msgspec
import polars as pl

from bench.replay.client import Client, Outcome, push_all
from bench.replay.store import Goods, device_of, store_baskets, store_facts
from mostrador.pricing.document import price_document
from mostrador.sync.device import Place


@dataclass(frozen=True, slots=True)
class StoreTill:
    """A store's till, paired: `attempt` is the pairing that holds; start and count place its lines in the file of lines."""

    store: int
    attempt: int
    token: str
    series: str
    place: Place
    start: int
    count: int


@dataclass(frozen=True, slots=True)
class Job:
    """What every process is told: the server, and the files with all lines and goods."""

    server: str
    lines: Path
    goods: Path


type News = int | Outcome | str
"""So many more facts are with the server; a store is done; a process failed with this text."""


def save_goods(path: Path, goods: dict[int, Goods]) -> None:
    """Write the goods where the processes read them."""
    path.write_bytes(msgspec.msgpack.encode([(number, one.id, one.name, one.unit) for number, one in goods.items()]))


def replay_stores(job: Job, stores: list[StoreTill], news: "Queue[News]") -> None:
    """Replay stores one after another and tell the news; the process of `run`."""
    try:
        goods = {number: Goods(*rest) for number, *rest in msgspec.msgpack.decode(job.goods.read_bytes())}
        lines = pl.read_ipc(job.lines)
        client = Client(job.server, is_awaited)
        for till in stores:
            device = device_of(till.store, till.series, till.attempt)
            facts = store_facts(device, till.place, store_baskets(lines.slice(till.start, till.count)), goods, price_document)
            news.put(push_all(client, device, till.token, facts, news.put))
    except Exception as error:  # noqa: BLE001  # told to the process that waits; it stops the run
        news.put(f"{type(error).__name__}: {error}")


def is_awaited() -> bool:
    """Whether the process that started this one still lives: a replay that was killed must not go on sending."""
    parent = multiprocessing.parent_process()
    return parent is None or parent.is_alive()


def run(job: Job, stores: list[StoreTill], processes: int) -> Iterator[int | Counter[str]]:
    """Replay all stores in parallel; yield how many more facts the server has, and counts by state when a store is done.

    Raises RuntimeError when a process fails. The processes end with this one.
    """
    context = multiprocessing.get_context("spawn")
    news: Queue[News] = context.Queue()
    largest_first = sorted(stores, key=lambda till: -till.count)
    parts = [largest_first[n::processes] for n in range(processes)]
    workers = [context.Process(target=replay_stores, args=(job, part, news), daemon=True) for part in parts if part]
    for worker in workers:
        worker.start()
    try:
        done = 0
        while done < len(stores):
            one = news.get(timeout=600)
            if isinstance(one, str):
                raise RuntimeError(one)
            if isinstance(one, Outcome):
                done += 1
                yield one.states + Counter({f"reason {key}": count for key, count in one.reasons.items()}) + Counter(bytes=one.bytes)
            else:
                yield one
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
