"""Ports for servers that a test starts."""

import os
import socket

# Below the range from which the system gives ports to outgoing connections, so that a port left for a while is still free: and each
# process has a range of its own, for a test that takes its server away must not find another's in its place.
FIRST_PORT = 10_000
RANGE = 20
RANGES = 1_100


def free_ports(count: int) -> list[int]:
    """Return ports of this machine on which nobody listens."""
    found: list[int] = []
    first = FIRST_PORT + os.getpid() % RANGES * RANGE
    for port in range(first, first + RANGE):
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
