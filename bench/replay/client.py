"""What a till does over HTTP, and no more: pair, ping, push. One connection, kept open; a server that is away is waited for."""

import http.client
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import msgspec

from mostrador.sync.device import Device, canonical

FACTS_A_PUSH: Final = 400
BYTES_A_PUSH: Final = 3_500_000
PATIENCE_S: Final = 120


class AnsweredError(RuntimeError):
    """The server answered with another status than the protocol allows here."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"HTTP {status}: {body[:300].decode(errors='replace')}")
        self.status = status


class FactAnswer(msgspec.Struct):
    """What became of one fact."""

    state: str
    reason: str | None = None


class PushAnswer(msgspec.Struct):
    """The answer to a push, as far as it is used here."""

    watermark: int
    journal: str
    answers: list[FactAnswer]


class Paired(msgspec.Struct):
    """The answer to pairing, as far as it is used here."""

    token: str
    organization: str
    store: str
    till: str
    series: str


class Pinged(msgspec.Struct):
    """The answer to ping, as far as it is used here."""

    watermark: int


@dataclass(slots=True)
class Outcome:
    """What a store's push came to: facts by state, and parked or refused ones by reason."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    bytes: int = 0


class Client:
    """A till's connection to a server, e.g. `http://127.0.0.1:8730`. `wanted` is asked before each try."""

    def __init__(self, base: str, wanted: Callable[[], bool] = lambda: True) -> None:
        self.wanted = wanted
        self.address = urlsplit(base).netloc
        self.connection = http.client.HTTPConnection(self.address, timeout=60)

    def call(self, method: str, path: str, body: bytes | None = None, token: str | None = None) -> bytes:
        """Return the body of a 200; repeat while the server is away or says 503, for two minutes at most."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        until = time.monotonic() + PATIENCE_S
        while self.wanted():
            try:
                self.connection.request(method, f"/api/till/v1/{path}", body, headers)
                answer = self.connection.getresponse()
                data = answer.read()
            except (OSError, http.client.HTTPException):
                self.connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
                continue
            if answer.status == 200:
                return data
            if answer.status != 503 or time.monotonic() > until:
                raise AnsweredError(answer.status, data)
            time.sleep(int(answer.headers.get("Retry-After", "1")))
        raise SystemExit("nobody waits for this till any more")

    def pair(self, code: str, device: Device) -> Paired:
        """Use a pairing code for a device."""
        body = {"code": code, "journal": device.journal, "public_key": device.public_key, "replaces": None}
        return msgspec.json.decode(self.call("POST", "pair", canonical(body)), type=Paired)

    def watermark(self, token: str) -> int:
        """Return how many facts of its journal the server has received."""
        return msgspec.json.decode(self.call("GET", "ping", token=token), type=Pinged).watermark

    def push(self, device: Device, token: str, facts: list[bytes]) -> PushAnswer:
        """Send a batch."""
        return msgspec.json.decode(self.call("POST", "push", device.push_body(facts), token), type=PushAnswer)


def batches(facts: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut facts into batches that a push may carry."""
    batch: list[bytes] = []
    size = 0
    for fact in facts:
        if batch and (len(batch) == FACTS_A_PUSH or size + len(fact) > BYTES_A_PUSH):
            yield batch
            batch, size = [], 0
        batch.append(fact)
        size += len(fact)
    if batch:
        yield batch


def push_all(client: Client, device: Device, token: str, facts: Iterable[bytes], told: Callable[[int], None]) -> Outcome:
    """Send every fact above the server's watermark in order; tell how many more it has after each batch."""
    outcome = Outcome()
    skip = client.watermark(token)
    outcome.states["before"] = skip
    told(skip)
    rest = (fact for seq, fact in enumerate(facts, start=1) if seq > skip)
    for batch in batches(rest):
        answer = client.push(device, token, batch)
        if len(answer.answers) != len(batch):
            raise RuntimeError(f"{len(batch)} facts sent, {len(answer.answers)} answered")
        for one in answer.answers:
            outcome.states[one.state] += 1
            if one.reason:
                outcome.reasons[f"{one.state}: {one.reason}"] += 1
        if answer.journal != "open":
            raise RuntimeError(f"journal {device.journal} is {answer.journal}: {dict(outcome.reasons)}")
        outcome.bytes += sum(map(len, batch))
        told(len(batch))
    return outcome
