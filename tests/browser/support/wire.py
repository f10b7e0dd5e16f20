"""The wire between browser and server. Cutting it closes every socket: Playwright's `setOffline` does not reach service workers (ruling 24)."""

import contextlib
import re
import socket
import threading
from collections import Counter
from collections.abc import Callable

PUSH = b"POST /api/till/v1/push"
BEARER = re.compile(rb"\r\nauthorization: bearer (\S+)", re.IGNORECASE)
CHUNK = 65_536


class Wire:
    """Passes bytes between `port` and the server's port, until it is cut; can lose the answers to pushes, or act at the moment of one.

    `lost`: how many answers it has lost, by the token of the device that waited for them.
    """

    def __init__(self, port: int, server_port: int) -> None:
        self.port = port
        self.server_port = server_port
        self.lost: Counter[str] = Counter()
        self.is_losing = False
        self._on_push: dict[str, Callable[[], None]] = {}
        self._listener: socket.socket | None = None
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        """Where the browser finds the server. `localhost` is a secure context."""
        return f"http://localhost:{self.port}"

    def join(self) -> None:
        """Listen, and connect whoever comes to the server."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Stop listening and close every connection, also those in the middle of a sentence."""
        listener, self._listener = self._listener, None
        with self._lock:
            sockets = [*self._sockets, *([listener] if listener else [])]
            self._sockets.clear()
        for one in sockets:
            _close(one)

    def lose_answers(self) -> None:
        """From now on let the server take every push and throw away what it answers."""
        self.is_losing = True

    def keep_answers(self) -> None:
        """Pass answers on again."""
        self.is_losing = False

    def at_push(self, token: str, act: Callable[[], None]) -> None:
        """Do something once, right after the server was given the next push of the device with this token."""
        self._on_push[token] = act

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.socket()
            try:
                far.connect(("127.0.0.1", self.server_port))
            except OSError:
                _close(near)
                continue
            with self._lock:
                is_cut = self._listener is not listener
                if not is_cut:
                    self._sockets |= {near, far}
            if is_cut:
                _close(near)
                _close(far)
                return
            connection = _Connection(self, near, far)
            threading.Thread(target=connection.up, daemon=True).start()
            threading.Thread(target=connection.down, daemon=True).start()

    def push_passed(self, token: str) -> None:
        """Do what was to be done at a push that the server was given."""
        act = self._on_push.pop(token, None)
        if act is not None:
            act()

    def forget(self, *sockets: socket.socket) -> None:
        """Close a connection that has ended."""
        with self._lock:
            self._sockets -= set(sockets)
        for one in sockets:
            _close(one)


class _Connection:
    """One connection, both ways."""

    def __init__(self, wire: Wire, near: socket.socket, far: socket.socket) -> None:
        self.wire, self.near, self.far = wire, near, far
        self.loses_of = ""

    def up(self) -> None:
        with contextlib.suppress(OSError):
            while data := self.near.recv(CHUNK):
                token = _token(data)
                if token and self.wire.is_losing:
                    self.loses_of = token
                self.far.sendall(data)
                if token:
                    self.wire.push_passed(token)
        self.wire.forget(self.near, self.far)

    def down(self) -> None:
        with contextlib.suppress(OSError):
            while data := self.far.recv(CHUNK):
                if self.loses_of:
                    self.wire.lost[self.loses_of] += 1
                    break
                self.near.sendall(data)
        self.wire.forget(self.near, self.far)


def _token(data: bytes) -> str:
    """Whose push begins with these bytes; "" when they begin none."""
    found = BEARER.search(data) if PUSH in data else None
    return found[1].decode() if found else ""


def _close(one: socket.socket) -> None:
    # Only a shutdown wakes the thread that waits in accept or recv.
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
