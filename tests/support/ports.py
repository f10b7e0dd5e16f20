"""Ports for servers that a test starts."""

import socket

# Below the range from which the system gives ports to outgoing connections, so that a port left for a while is still free.
FIRST_PORT = 8770


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
