"""The load: tills that push bodies made beforehand over kept connections, on loopback, a fixed number of them; and what it cost."""

import multiprocessing as mp
import re
import selectors
import socket
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil

PROCESSES = 2
PUSH = "/api/till/v1/push"
SILENCE_S = 120


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
    conversations = [_Conversation(address, token, bodies) for token, bodies in tills]
    ready.wait()
    _talk(conversations)
    queue.put([each for conversation in conversations for each in conversation.times])


class _Conversation:
    """One till's kept connection: a push, its answer, the next push. Its bytes are made beforehand, for it works on the server's own cores."""

    def __init__(self, address: str, token: str, bodies: Sequence[bytes]) -> None:
        host, port = address.split(":")
        self.wire = socket.create_connection((host, int(port)), timeout=SILENCE_S)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = f"POST {PUSH} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        self._left = [f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body for body in reversed(bodies)]
        self._heard, self._start = b"", 0.0
        self.times: list[float] = []

    def send(self) -> bool:
        """Send the next push; False when there is none."""
        if not self._left:
            return False
        self._heard, self._start = b"", time.perf_counter()
        self.wire.sendall(self._left.pop())
        return True

    def is_answered(self) -> bool:
        """Take what has come; whether the answer is whole. Raises RuntimeError when the facts did not go in."""
        came = self.wire.recv(1 << 20)
        self._heard += came
        head, _, body = self._heard.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        if came and (length is None or len(body) < int(length[1])):
            return False
        self.times.append(time.perf_counter() - self._start)
        if not head.startswith(b"HTTP/1.1 200 ") or b'"parked"' in body or b'"refused"' in body:
            raise RuntimeError(repr(self._heard[:600]))
        return True


def _talk(conversations: Sequence[_Conversation]) -> None:
    selector = selectors.DefaultSelector()
    for conversation in conversations:
        if conversation.send():
            selector.register(conversation.wire, selectors.EVENT_READ, conversation)
    while selector.get_map():
        ready = selector.select(SILENCE_S)
        if not ready:
            raise TimeoutError(f"no answer in {SILENCE_S} s")
        for key, _ in ready:
            if key.data.is_answered() and not key.data.send():
                selector.unregister(key.fileobj)
                key.data.wire.close()


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
            found += [process for process in psutil.process_iter(["name"]) if process.info["name"] == "postgres"]
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
        return float(sum(process.memory_full_info().pss for process in [root, *root.children(recursive=True)])) / 1e6
