"""What is done at the till under measure: a first load, days of selling and searching, warm starts and starts without a server."""

import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.till.hands import TYPING_MS, Costs, Hands, NothingHappened
from bench.till.shop import PERSON, PIN, Wishes

LOADED_WITHIN_S = 120
LOOKS = 15


@dataclass(frozen=True, slots=True)
class Effort:
    """How often each thing is done."""

    sales: int = 30
    lines: int = 9
    queries: int = 30
    taps: int = 30
    starts: int = 5
    cold_starts: int = 3


@dataclass(slots=True)
class Seen:
    """What selling and searching cost at one speed."""

    scan: Costs = field(default_factory=Costs)
    search: Costs = field(default_factory=Costs)
    tap: Costs = field(default_factory=Costs)
    sheet: Costs = field(default_factory=Costs)
    pay: Costs = field(default_factory=Costs)
    paper: Costs = field(default_factory=Costs)
    look: Costs = field(default_factory=Costs)
    longest_block_ms: float = 0


@dataclass(slots=True)
class Load:
    """A first load: milliseconds from the key that pairs to the first line, to the whole catalogue; scans meanwhile; longest block; scans without an answer."""

    first_line_ms: float
    whole_ms: float
    scan: Costs
    longest_block_ms: float
    missed: int


def first_load(hands: Hands, base: str, code: str, wishes: Wishes, *, sells: bool) -> Load:
    """Pair a new browser and let it load; `sells`: scan all the time meanwhile."""
    hands.page.goto(f"{base}/till/")
    hands.page.locator(".code").wait_for()
    hands.page.keyboard.type(code, delay=TYPING_MS)
    hands.pause(TYPING_MS)
    asked = {"person": PERSON, "pin": PIN, "code": wishes.scans[-1]}
    hands.page.evaluate("asked => { eye.arriving = eye.arrive(asked) }", asked)
    watched = {"type": "keydown", "key": "Enter", "within": "body", "wanted": ".people", "within_ms": 30_000}
    paired = hands.act(Costs(), watched, lambda: hands.page.keyboard.press("Enter"))
    arrived: dict[str, float] = hands.page.evaluate("() => eye.arriving")
    scan, codes, missed = Costs(), itertools.cycle(wishes.scans), 0
    end = time.monotonic() + LOADED_WITHIN_S
    while not hands.page.evaluate("() => eye.isKept()"):
        if time.monotonic() > end:
            raise RuntimeError("the catalogue is not whole")
        if sells:
            try:
                hands.scan(scan, next(codes))
            except NothingHappened:
                missed += 1
                hands.page.keyboard.press("Escape")
        hands.pause(100)
    whole = float(hands.page.evaluate("() => performance.now()"))
    longest = max((block["ms"] for block in hands.blocks() if block["start"] > paired["start"]), default=0)
    return Load(arrived["line"] - paired["start"], whole - paired["start"], scan, longest, missed)


def work(hands: Hands, wishes: Wishes, effort: Effort, rng: random.Random) -> Seen:
    """Sell by scanner, by key and by finger, and search."""
    seen = Seen()
    began = float(hands.page.evaluate("() => performance.now()"))
    codes = itertools.cycle(wishes.scans)
    _empty(hands)
    for _ in range(LOOKS):
        hands.look(seen.look)
    for n in range(effort.sales):
        _sale(hands, seen, codes, effort.lines, by_sheet=n % 2 == 1)
    hands.page.evaluate("() => { eye.prints.length = 0 }")
    _print_from_now_on(hands, next(codes))
    for n in range(effort.sales // 2):
        _sale(hands, seen, codes, effort.lines // 2, by_sheet=n % 2 == 1)
    for query in wishes.queries[-8:] + wishes.queries[: max(0, effort.queries - 8)]:
        hands.search(seen.search, query)
    _tap_products(hands, seen.tap, effort.taps, rng)
    _empty(hands)
    seen.longest_block_ms = max((block["ms"] for block in hands.blocks() if block["start"] > began), default=0)
    return seen


def _sale(hands: Hands, seen: Seen, codes: Iterator[str], lines: int, *, by_sheet: bool) -> None:
    for _ in range(lines):
        hands.scan(seen.scan, next(codes))
    if by_sheet:
        hands.open_pay(seen.sheet)
    printed = len(hands.page.evaluate("() => eye.prints"))
    paid = hands.pay(seen.pay, "Enter" if by_sheet else "F10")
    prints: list[float] = hands.page.evaluate("() => eye.prints")
    if len(prints) > printed:
        seen.paper.seen.append(prints[-1] - paid["start"])


def _print_from_now_on(hands: Hands, code: str) -> None:
    """Press the key of the paper in the sheet of payment; takes effect for the sale that follows."""
    hands.scan(Costs(), code)
    hands.open_pay(Costs())
    key = hands.page.locator(".row .function").nth(1)
    if key.get_attribute("aria-pressed") != "true":
        key.click()
    hands.page.keyboard.press("Escape")


def _empty(hands: Hands) -> None:
    """Sell what stands on the ticket, so that the next one is empty."""
    if hands.page.locator(".lines .line").count() > 0:
        hands.pay(Costs(), "F10")


def _tap_products(hands: Hands, costs: Costs, taps: int, rng: random.Random) -> None:
    boxes = [box for key in hands.page.locator(".products .product").all()[:16] if (box := key.bounding_box())]
    for n in range(taps):
        box = rng.choice(boxes)
        hands.tap(costs, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if n % 10 == 9:
            _empty(hands)


def start(hands: Hands, base: str, code: str) -> dict[str, float]:
    """Go to the till anew; milliseconds from the navigation to people, selling screen, first line, and the longest block."""
    hands.page.goto("about:blank")
    hands.page.goto(f"{base}/till/", wait_until="commit")
    asked: dict[str, Any] = {"person": PERSON, "pin": PIN, "code": code}
    times: dict[str, float] = hands.page.evaluate("asked => eye.arrive(asked)", asked)
    hands.pause(3000)
    times["longest_block"] = max((block["ms"] for block in hands.blocks()), default=0)
    return times
