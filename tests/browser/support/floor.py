"""A shop floor: one server, one wire, the tills of one store, and the books to look into."""

import itertools
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.browser.support.books import Books
from tests.browser.support.server import Server
from tests.browser.support.till import Till
from tests.browser.support.waiting import until
from tests.browser.support.wire import Wire
from tests.support.ports import free_ports


class Floor:
    """What a journey works with. `codes`: the pairing codes of the tills, by their code."""

    def __init__(self, playwright: Playwright, folder: Path, codes: dict[str, str]) -> None:
        server_port, wire_port = free_ports(2)
        self.folder = folder
        self.server = Server(folder, server_port)
        self.wire = Wire(wire_port, server_port)
        self.books = Books(self.server.database)
        self._playwright = playwright
        self._codes = codes
        self._profiles = itertools.count(1)
        self._tills: list[Till] = []

    def begin(self) -> None:
        """Start the server and join the wire."""
        self.server.start()
        self.wire.join()

    def end(self) -> None:
        """Close every browser, cut the wire, stop the server, whatever state a test left them in."""
        for till in self._tills:
            till.close()
        self.wire.cut()
        self.server.kill()

    def code(self, till: str) -> str:
        """The pairing code of a till."""
        return self._codes[till]

    def till(self, code: str, person: tuple[str, str], float_minor: int, *, flags: Sequence[str] = ()) -> Till:
        """Open a new browser (with these flags), pair it as this till, and open a shift."""
        till = self._device(flags)
        till.open()
        till.pair(self._codes[code])
        till.enter(person)
        till.open_shift(float_minor)
        return till

    def copy_of(self, till: Till) -> Till:
        """Copy the profile of a closed browser to another device: what a cloned disk does."""
        copy = self._device()
        shutil.copytree(till.profile, copy.profile, symlinks=True, ignore=shutil.ignore_patterns("Singleton*"))
        return copy

    def settled(self, wanted: Callable[[Books], Any], value: Any) -> None:
        """Wait until the worker has come so far that the books say this."""
        until(lambda: bool(wanted(self.books) == value), what=f"the books say {value}, not {wanted(self.books)}")

    def everything_holds(self) -> None:
        """`mostrador doctor`, which verifies every journal too, finds nothing, and nothing is parked, kept as evidence or early."""
        assert "✗" not in self.server.command("doctor")
        assert self.books.trouble() == {"sync_parkedfact": 0, "sync_evidence": 0, "sync_earlyfact": 0}

    def _device(self, flags: Sequence[str] = ()) -> Till:
        till = Till(self._playwright, self.folder.parent / f"profile-{next(self._profiles)}", self.wire.address, flags=flags)
        self._tills.append(till)
        return till

    def holds_all_of(self, till: Till) -> None:
        """Each fact that this till ever wrote stands in the books exactly once, with the same bytes, in the same place."""
        written: dict[str, list[tuple[int, str, str]]] = {}
        for fact in till.facts():
            written.setdefault(fact.journal, []).append((fact.seq, fact.id, fact.hash))
        assert written, "the till wrote nothing"
        for journal, facts in written.items():
            assert [(entry.seq, entry.id, entry.hash) for entry in self.books.entries(journal)] == facts
