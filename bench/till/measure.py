"""Line 11: each budget of the till, against its limit."""

import json
import os
import random
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import findall

from bench.lines import Line
from bench.till import acts, hands, shop

ENGINE = "chromium"


@dataclass(slots=True)
class Found:
    """Everything that was measured."""

    loads: list[acts.Load]
    slow: acts.Seen
    fast: acts.Seen
    warm: list[dict[str, float]]
    fast_load: acts.Load
    fast_warm: list[dict[str, float]]
    cold: list[dict[str, float]]
    heap_mb: float
    script_kb: float
    load_average: float

    def document(self) -> dict[str, object]:
        """All figures, for whoever wants to know more than the table says."""
        return {
            "throttled": _costs(self.slow), "unthrottled": _costs(self.fast), "warm_starts": self.warm, "warm_starts_unthrottled": self.fast_warm,
            "cold_starts": self.cold,
            "first_loads": [
                {"first_line_ms": one.first_line_ms, "whole_ms": one.whole_ms, "longest_block_ms": one.longest_block_ms} for one in self.loads
            ],
            "scan_while_loading": self.loads[-1].scan.document(), "load_average": self.load_average,
        }  # fmt: skip


def _costs(seen: acts.Seen) -> dict[str, object]:
    kinds = {name: getattr(seen, name) for name in ("scan", "search", "tap", "sheet", "pay", "paper", "look")}
    return {**{name: costs.document() for name, costs in kinds.items() if costs.seen}, "longest_block_ms": seen.longest_block_ms}


def measure(folder: Path, effort: acts.Effort) -> Found:
    """Measure everything on a data folder that is empty."""
    from bench.replay.database import prepare
    from bench.replay.server import server

    wishes = shop.lend(folder)
    prepare(folder)
    codes = shop.codes()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="mostrador-till-") as temporary, sync_playwright() as playwright:
        profiles = Path(temporary)
        with server(folder) as (base, _):
            script = script_kb(base)
            with hands.browser(playwright, profiles / "plain") as first:
                loads = [acts.first_load(first, base, codes[0], wishes, sells=False)]
            with hands.browser(playwright, profiles / "free", rate=1) as third:
                fast_load = acts.first_load(third, base, codes[2], wishes, sells=False)
            with hands.browser(playwright, profiles / "busy") as second:
                loads.append(acts.first_load(second, base, codes[1], wishes, sells=True))
                warm = [acts.start(second, base, wishes.scans[n]) for n in range(effort.starts)]
                slow = acts.work(second, wishes, effort, random.Random(5))
                heap = second.heap_mb()
                second.slow_down(1)
                fast_warm = [acts.start(second, base, wishes.scans[n]) for n in range(effort.starts)]
                fast = acts.work(
                    second, wishes, acts.Effort(effort.sales // 2, effort.lines, effort.queries // 2, effort.taps), random.Random(6)
                )
        cold = []
        for n in range(effort.cold_starts):
            with hands.browser(playwright, profiles / "busy") as alone:
                cold.append(acts.start(alone, base, wishes.scans[n]))
    return Found(loads, slow, fast, warm, fast_load, fast_warm, cold, heap, script, os.getloadavg()[1])


def script_kb(base: str) -> float:
    """Kilobytes of script on the wire before the till can sell, as a browser that takes gzip gets them."""
    page = urllib.request.urlopen(f"{base}/till/").read().decode()
    total = 0
    for name in [*findall(r'(?:src|href)="([^"]+\.js)"', page), "/till/sw.js"]:
        with urllib.request.urlopen(urllib.request.Request(f"{base}{name}", headers={"Accept-Encoding": "gzip"})) as answer:
            if answer.headers["Content-Encoding"] != "gzip":
                raise RuntimeError(f"{name} is not served compressed")
            total += len(answer.read())
    return total / 1000


def lines(found: Found) -> Iterator[Line]:
    """The table's rows: what 3-till.md states, then what else is worth knowing."""
    slow, fast = found.slow, found.fast
    yield _most("arranque en caliente → primer escaneo en papel", _median(found.warm, "line"), "ms", 1500)
    yield _most("arranque sin servidor, navegador recién abierto → lo mismo", _median(found.cold, "line"), "ms", 1500)
    yield _most("escaneo → línea pintada, p95", slow.scan.p95(), "ms", 50, "16")
    yield _most("tecla de búsqueda → resultados pintados, p95", slow.search.p95(), "ms", 80, "16")
    yield _most("cobrar → en el diario → ticket siguiente, p95", slow.pay.p95(), "ms", 100)
    yield _most("descarga e índices de 100,000 productos", found.loads[0].whole_ms / 1000, "s", 20)
    yield _most("vincular → primera línea vendible, cargando", max(one.first_line_ms for one in found.loads) / 1000, "s", 2)
    yield _most("JavaScript comprimido", found.script_kb, "kB", 150)
    yield _most("memoria con 100,000 productos", found.heap_mb, "MB", 150)
    yield _most("sin freno: arranque en caliente", _median(found.fast_warm, "line"), "ms", 300)
    yield _most("sin freno: descarga e índices de 100,000 productos", found.fast_load.whole_ms / 1000, "s", 4)
    yield _most("sin freno: vincular → primera línea vendible", found.fast_load.first_line_ms / 1000, "s", 0.4)
    for name, costs, limit in (("escaneo", fast.scan, 10), ("búsqueda", fast.search, 16), ("cobrar", fast.pay, 20)):
        yield _most(f"sin freno: {name}, p95", costs.p95(), "ms", limit)
    looking = statistics.median(slow.look.busy)
    for name, costs in (("escaneo", slow.scan), ("búsqueda", slow.search), ("cobrar", slow.pay), ("toque en producto", slow.tap)):
        yield _told(f"{name}, p50", costs.p50(), "ms")
        yield _told(f"{name}: hilo principal, p50, sin lo que cuesta mirar", statistics.median(costs.busy) - looking, "ms")
    yield _told("toque en producto → línea pintada, p95", slow.tap.p95(), "ms")
    yield _told("F9 → hoja de cobro pintada, p95", slow.sheet.p95(), "ms")
    yield _told("cobrar → papel en la impresora, p95", slow.paper.p95(), "ms")
    yield _told("escaneo mientras carga, p95", found.loads[-1].scan.p95(), "ms")
    yield _told("bloqueo más largo, vendiendo", slow.longest_block_ms, "ms")
    yield _told("bloqueo más largo, cargando", max(one.longest_block_ms for one in found.loads), "ms")
    yield _told("bloqueo más largo, arranque", max(one["longest_block"] for one in found.warm), "ms")
    yield _told("carga media de la máquina en 5 minutos", found.load_average, "")


def _median(starts: list[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in starts)


def _most(what: str, value: float, unit: str, limit: float, aim: str = "") -> Line:
    return Line("11", what, ENGINE, value, unit, f"<= {limit}", value <= limit, aim)


def _told(what: str, value: float, unit: str) -> Line:
    return Line("11", what, ENGINE, value, unit, "", True)


def run(folder: Path) -> Iterator[Line]:
    """Measure and yield the rows; all figures go into till.json beside the table's file."""
    found = measure(folder, acts.Effort())
    out = shop.ROOT / "var/bench/till.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found.document(), indent=1) + "\n")
    yield from lines(found)
