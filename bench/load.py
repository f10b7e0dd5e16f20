"""The load: tills that push bodies made beforehand over kept connections, on loopback, a fixed number of them; and what it cost."""

import http.client
import multiprocessing as mp
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to. CPU: seconds of server and PostgreSQL, generator excluded."""

    pushes: int
    seconds: float
    p50_ms: float
    p95_ms: float
    cpu_s: float


def run(base: str, tills: Sequence[tuple[str, Sequence[bytes]]], cost: "Cost") -> Result:
    """Let every till (token, bodies) push its bodies one after the other, all tills at once."""
    groups = [tills[n::PROCESSES] for n in range(PROCESSES)]
    groups = [group for group in groups if group]
    context = mp.get_context("fork")
    ready, queue = context.Barrier(len(groups) + 1), context.Queue()
    workers = [context.Process(target=_group, args=(urlsplit(base).netloc, group, ready, queue)) for group in groups]
    for worker in workers:
        worker.start()
    ready.wait()
    before, start = cost.seconds(), time.perf_counter()
    found = [queue.get(timeout=600) for _ in workers]
    seconds, cpu = time.perf_counter() - start, cost.seconds() - before
    for worker in workers:
        worker.join()
    times = sorted(each for group in found for each in group)
    return Result(len(times), seconds, statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000, cpu)


def _group(address, tills, ready, queue) -> None:  # type: ignore[no-untyped-def]  # arguments cross a process
    times: list[float] = []
    threads = [threading.Thread(target=_till, args=(address, token, bodies, times)) for token, bodies in tills]
    ready.wait()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put(times)


def _till(address: str, token: str, bodies: Sequence[bytes], times: list[float]) -> None:
    connection = http.client.HTTPConnection(address, timeout=120)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in bodies:
        start = time.perf_counter()
        connection.request("POST", "/api/till/v1/push", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        times.append(time.perf_counter() - start)
        if answer.status != 200 or b'"parked"' in said or b'"refused"' in said:
            raise RuntimeError(f"{answer.status} {said[:300]!r}")


class Cost:
    """CPU and memory of the server's processes and, if there is one, of PostgreSQL's."""

    def __init__(self, server: int, *, postgresql: bool) -> None:
        self.server, self.postgresql = server, postgresql
        self._spent: dict[tuple[int, float], float] = {}

    def processes(self) -> list[psutil.Process]:
        """The server with its children, and every postgres process."""
        root = psutil.Process(self.server)
        found = [root, *root.children(recursive=True)]
        if self.postgresql:
            found += [process for process in psutil.process_iter() if process.name() == "postgres"]
        return found

    def seconds(self) -> float:
        """User and system seconds so far; what ended since keeps what it was last seen to have spent."""
        for process in self.processes():
            try:
                times = process.cpu_times()
                self._spent[process.pid, process.create_time()] = times.user + times.system
            except psutil.Error:
                continue
        return sum(self._spent.values())

    def memory_mb(self) -> float:
        """Proportional memory of the server's own processes, megabytes."""
        root = psutil.Process(self.server)
        return sum(process.memory_full_info().pss for process in [root, *root.children(recursive=True)]) / 1e6
