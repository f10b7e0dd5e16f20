"""The wire between browser and server. Cutting it closes every socket: Playwright's `setOffline` does not reach service workers (ruling 24)."""

import contextlib
import socket
import threading
from collections.abc import Callable

PUSH = b"POST /api/till/v1/push"
CHUNK = 65_536


class Wire:
    """Passes bytes between `port` and the server's port, until it is cut; can lose the answer to a push, or act at the moment of one."""

    def __init__(self, port: int, server_port: int) -> None:
        self.port = port
        self.server_port = server_port
        self.pushes = 0
        self.lost = 0
        self._losing = 0
        self._on_push: Callable[[], None] | None = None
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

    def lose_answers(self, count: int) -> None:
        """Let the server take the next pushes and throw away what it answers."""
        self._losing = count

    def at_push(self, act: Callable[[], None]) -> None:
        """Do something once, right after the server was given the next push."""
        self._on_push = act

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

    def will_lose(self) -> bool:
        """Whether the answer to the push that comes now is to be lost."""
        loses, self._losing = self._losing > 0, max(0, self._losing - 1)
        return loses

    def push_passed(self) -> None:
        """Count a push that the server was given, and do what was to be done at it."""
        self.pushes += 1
        act, self._on_push = self._on_push, None
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
        self.loses = False

    def up(self) -> None:
        with contextlib.suppress(OSError):
            while data := self.near.recv(CHUNK):
                is_push = PUSH in data
                if is_push and self.wire.will_lose():
                    self.loses = True
                self.far.sendall(data)
                if is_push:
                    self.wire.push_passed()
        self.wire.forget(self.near, self.far)

    def down(self) -> None:
        with contextlib.suppress(OSError):
            while data := self.far.recv(CHUNK):
                if self.loses:
                    self.wire.lost += 1
                    break
                self.near.sendall(data)
        self.wire.forget(self.near, self.far)


def _close(one: socket.socket) -> None:
    # Only a shutdown wakes the thread that waits in accept or recv.
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
