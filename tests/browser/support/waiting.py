"""Waiting for something to be so, and ports that stay ours."""

import socket
import time
from collections.abc import Callable

EVERY_S = 0.02
# Below the range from which the system gives ports to outgoing connections, so that a port left for a while is still free.
FIRST_PORT = 8770


def until(holds: Callable[[], bool], *, what: str, seconds: float = 20) -> None:
    """Return as soon as something holds; fail with its name when it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(EVERY_S)


def free_ports(count: int) -> list[int]:
    """Return ports of this machine on which nobody listens."""
    found: list[int] = []
    for port in range(FIRST_PORT, FIRST_PORT + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise AssertionError("no free port")
