"""A person's hands on a till in Chromium, through the browser's own input, and what each act cost until it was seen."""

import shutil
import statistics
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import CDPSession, Page, Playwright

EYE = Path(__file__).with_name("eye.js").read_text(encoding="utf-8")
TYPING_MS = 70
THROTTLE = 4


@dataclass(slots=True)
class Costs:
    """What one kind of act cost, milliseconds each time: to the painted frame, to the glass (Event Timing, in eights), on the main thread."""

    seen: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def p50(self) -> float:
        """The median to the painted frame."""
        return statistics.median(self.seen)

    def p95(self) -> float:
        """The 95th of a hundred to the painted frame."""
        return sorted(self.seen)[int(len(self.seen) * 0.95)]

    def document(self) -> dict[str, float | int]:
        """The figures that the table has no room for."""
        found: dict[str, float | int] = {"n": len(self.seen), "p50": self.p50(), "p95": self.p95(), "max": max(self.seen)}
        for name, values in (("shown", self.shown), ("main_thread", self.busy)):
            if values:
                found |= {f"{name}_p50": statistics.median(values), f"{name}_p95": sorted(values)[int(len(values) * 0.95)]}
        return {name: round(value, 1) for name, value in found.items()}


class NothingHappened(Exception):
    """An act was not answered."""


class Hands:
    """One open page of the till."""

    def __init__(self, page: "Page", cdp: "CDPSession") -> None:
        self.page = page
        self.cdp = cdp

    def slow_down(self, rate: int) -> None:
        """Give the page's thread this part of the processor."""
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def act(self, costs: Costs, watched: dict[str, Any], do: Callable[[], object]) -> dict[str, Any]:
        """Do something and wait until it was seen; adds what it cost. Fails when nothing came of it."""
        self.page.evaluate("asked => { eye.pending = eye.watch(asked) }", watched)
        before = self._busy()
        do()
        found: dict[str, Any] = self.page.evaluate("() => eye.pending")
        if found["start"] is None or found["end"] is None:
            raise NothingHappened(f"{watched} {found}")
        costs.busy.append(self._busy() - before)
        costs.seen.append(found["end"] - found["start"])
        if found["presented"] is not None:
            costs.shown.append(found["presented"])
        return found

    def scan(self, costs: Costs, code: str) -> None:
        """Scan: the keys of the code, then Enter; to the line on the paper."""
        watched = {"type": "keydown", "key": "Enter", "within": ".paper", "wanted": ".lines .line", "gone": ".line.bad", "digits": code}
        self.act(costs, watched, lambda: self.page.keyboard.press("Enter"))

    def search(self, costs: Costs, text: str) -> None:
        """Type a text into the well, each key to the last frame that its results changed; then empty the well."""
        self.page.keyboard.press("F2")
        for key in text:
            watched = {"type": "keydown", "key": key, "within": ".products", "last": True}
            self.act(costs, watched, partial(self.page.keyboard.press, "Space" if key == " " else key))
        self.page.keyboard.press("Escape")
        self.pause(100)

    def tap(self, costs: Costs, x: float, y: float) -> None:
        """Tap a product's key; to the line on the paper."""
        watched = {"type": "click", "within": ".paper", "wanted": ".lines .line"}
        self.act(costs, watched, lambda: self.page.mouse.click(x, y))

    def open_pay(self, costs: Costs) -> None:
        """Open the sheet of payment."""
        self.act(costs, {"type": "keydown", "key": "F9", "within": ".left", "wanted": ".huge"}, lambda: self.page.keyboard.press("F9"))

    def pay(self, costs: Costs, key: str) -> dict[str, Any]:
        """Charge by this key (F10, or Enter in the sheet): to the sale's end on the screen, which comes after the journal's `complete`."""
        watched = {"type": "keydown", "key": key, "within": ".sale", "wanted": ".done"}
        return self.act(costs, watched, lambda: self.page.keyboard.press(key))

    def look(self, costs: Costs) -> None:
        """Do nothing, and wait for the frame after it: what is left is the price of looking."""
        self.act(costs, {"type": "keydown", "key": "Shift", "within": ".paper", "last": True}, lambda: self.page.keyboard.press("Shift"))

    def pause(self, ms: int) -> None:
        """Wait, as a person does between two acts."""
        self.page.wait_for_timeout(ms)

    def blocks(self) -> list[dict[str, float]]:
        """Tasks that held the main thread for 50 ms or more since the page began: [{start, ms}]."""
        found: list[dict[str, float]] = self.page.evaluate("() => eye.blocks")
        return found

    def heap_mb(self) -> float:
        """Memory that scripts hold after a collection: objects, what they hold of the browser's, and buffers outside the heap."""
        self.cdp.send("HeapProfiler.collectGarbage")
        used = self.cdp.send("Runtime.getHeapUsage")
        return float(used["usedSize"] + used.get("embedderHeapUsedSize", 0) + used.get("backingStorageSize", 0)) / 1_000_000

    def _busy(self) -> float:
        metrics = {row["name"]: row["value"] for row in self.cdp.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000


@contextmanager
def browser(playwright: "Playwright", profile: Path, rate: int = THROTTLE) -> "Iterator[Hands]":
    """Open Chromium on a profile, slowed down, still on an empty page."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"],
        viewport={"width": 1280, "height": 800}, locale="es-MX",
    )  # fmt: skip
    try:
        context.set_default_timeout(60_000)
        context.add_init_script(EYE)
        page = context.pages[0]
        cdp = context.new_cdp_session(page)
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        hands = Hands(page, cdp)
        hands.slow_down(rate)
        yield hands
    finally:
        context.close()
