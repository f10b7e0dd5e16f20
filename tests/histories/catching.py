"""Seeds bugs one after the other and sees whether histories catch them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.histories.bugs import Bug
from tests.histories.player import Player
from tests.histories.run import Failure, run
from tests.histories.server import Server

SEED = 11


class Net:
    """A server for the bugs of tills, and a migrated database for those of the server, each of which needs a process of its own."""

    def __init__(self, server: Server, template: Path) -> None:
        self._server, self._template = server, template

    def caught(self, bug: Bug) -> tuple[int, Failure | None]:
        """Play until the bug is caught: how many histories held before that, and the one that did not; None when all held."""
        if bug.is_of_till:
            return self._play(bug, self._server)
        with Server(more=bug.environment(), template=self._template) as server:
            return self._play(bug, server)

    def _play(self, bug: Bug, server: Server) -> tuple[int, Failure | None]:
        held = 0

        def count() -> None:
            nonlocal held
            held += 1

        with Player(bug.environment()) as player:
            failure = run(server, player, bug.within, SEED, count)
        return held, failure


@contextmanager
def net() -> Iterator[Net]:
    """Hold a net on SQLite: where a bug sits has nothing to do with the engine."""
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        template = Path(folder) / "migrated.sqlite3"
        server.keep(template)
        yield Net(server, template)
