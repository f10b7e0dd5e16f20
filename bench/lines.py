"""The lines of the table: what is measured, on which engine, against which limit."""

import itertools
import json
import random
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from bench import floor, load
from bench.shop import Shop, Till

RUNS = 9
SINGLES = 150
BATCHES = 12
BATCH = 100
# Tills that download what another has downloaded already; sales of each till before anything is measured; tills that sell at once to make a history.
OTHERS = 10
FIRST = 15
TURN = 5
# Of line 8: how often both databases take their turn, how many are sold in each, how many in a push.
TURNS = 5
SOLD = 2000
SIZE = 20
TIDY_WITHIN_S = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: number and words, engine, value with its unit, the limit it must hold and the aim."""

    number: str
    what: str
    engine: str
    value: float
    unit: str
    must: str
    holds: bool
    aim: str = ""

    def document(self) -> dict[str, object]:
        """The line as JSON holds it."""
        return asdict(self)


@dataclass(slots=True)
class Bench:
    """An engine under measure: its server, shop and cost."""

    engine: str
    base: str
    cost: load.Cost
    shop: Shop
    rng: random.Random

    def open_all(self) -> None:
        """Let every till begin its journal and open its shift."""
        load.run(self.base, [(till.token, [till.device.push_body(till.opening())]) for till in self.shop.tills], self.cost)

    def bodies(self, till: Till, pushes: int, size: int) -> tuple[list[bytes], list[list[bytes]]]:
        """Return push bodies of `size` sales each, and the facts in them."""
        facts = [[till.sale(self.shop.products, self.rng) for _ in range(size)] for _ in range(pushes)]
        return [till.device.push_body(batch) for batch in facts], facts

    def get(self, till: Till, path: str) -> bytes:
        """What the server answers to a till that asks, compressed as browsers take it."""
        headers = {"Authorization": f"Bearer {till.token}", "Accept-Encoding": "br"}
        request = urllib.request.Request(f"{self.base}/api/till/v1/{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return bytes(answer.read())

    def push(self, tills: int, pushes: int, size: int) -> load.Result:
        """Let some tills push at once, and return what it came to."""
        return load.run(self.base, [(till.token, self.bodies(till, pushes, size)[0]) for till in self.shop.tills[:tills]], self.cost)

    def raw_rate(self, tills: int, pushes: int, size: int, connections: int) -> float:
        """Sales a second of the raw writing of what such pushes write, by as many tills that push nothing else."""
        written = [floor.sent_by(self.shop, till, self.bodies(till, pushes, size)[1]) for till in self.shop.tills[-tills:]]
        in_turn = [batch for batches in zip(*written, strict=True) for batch in batches]
        return tills * pushes * size / floor.seconds([in_turn[n::connections] for n in range(connections)])


@dataclass(frozen=True, slots=True)
class Pair:
    """Ours beside the floor: the middle of nine short runs of each, in turn, for the machine is now faster, now slower, and both meet it."""

    ratio: float
    cpu_ms: float
    p50_ms: float
    p95_ms: float


def beside_floor(bench: Bench, tills: int, pushes: int, size: int, connections: int) -> Pair:
    """Push from some tills at once; the floor writes what as many others push, by some connections."""
    raws, ours = [], []
    for _ in range(RUNS):
        raws.append(bench.raw_rate(tills, pushes, size, connections))
        ours.append(bench.push(tills, pushes, size))
    return Pair(
        median(rate(run, size) for run in ours) / median(raws), median(cpu_ms(run, size) for run in ours),
        median(run.p50_ms for run in ours), median(run.p95_ms for run in ours),
    )  # fmt: skip


def rate(result: load.Result, size: int) -> float:
    """Sales a second."""
    return result.pushes * size / result.seconds


def cpu_ms(result: load.Result, size: int) -> float:
    """CPU milliseconds a sale, application and PostgreSQL."""
    return 1000 * result.cpu_s / (result.pushes * size)


def sales_postgresql(bench: Bench) -> Iterator[Line]:
    """Lines 1 and 2: one sale per request from 8 tills, and batches of 100."""
    bench.push(8, 40, 1)
    look(bench.engine)
    one = beside_floor(bench, 8, SINGLES, 1, connections=8)
    yield Line("1", "una venta por envío, 8 cajas: de lo crudo", bench.engine, one.ratio, "x", ">= 0.45", one.ratio >= 0.45, "0.7")
    yield Line("1", "una venta por envío, 8 cajas: CPU por venta", bench.engine, one.cpu_ms, "ms", "<= 2.5", one.cpu_ms <= 2.5, "1.6")
    many = beside_floor(bench, 2, BATCHES, BATCH, connections=2)
    yield Line("2", "lote de 100: de lo crudo", bench.engine, many.ratio, "x", ">= 0.4", many.ratio >= 0.4, "0.7")
    yield Line("2", "lote de 100: CPU por venta", bench.engine, many.cpu_ms, "ms", "<= 1.0", many.cpu_ms <= 1.0, "0.6")


def look(engine: str) -> None:
    """Tidy the tables and look at them as autovacuum does within a minute: else it would do so in the middle of what is measured.

    And before, PostgreSQL checks keys by any index, for all that it knows. What autovacuum or a checkpoint has begun already is waited for.
    """
    from django.db import connection

    if engine != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
        for _ in range(TIDY_WITHIN_S):
            cursor.execute("SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'")
            if not cursor.fetchone()[0]:
                return
            time.sleep(1)


def sales_sqlite(bench: Bench) -> Iterator[Line]:
    """Lines 3 and 4: one and 32 tills on one writer with group commit, and batches of 100."""
    bench.push(1, 60, 1)
    one = beside_floor(bench, 1, SINGLES * 2, 1, connections=1)
    yield Line("3", "una venta por envío, 1 caja: de lo crudo", bench.engine, one.ratio, "x", ">= 0.3", one.ratio >= 0.3, "0.5")
    yield Line("3", "una venta por envío, 1 caja: p95", bench.engine, one.p95_ms, "ms", "<= 5", one.p95_ms <= 5)
    many = beside_floor(bench, 32, SINGLES // 6, 1, connections=1)
    yield Line("3", "una venta por envío, 32 cajas: de lo crudo", bench.engine, many.ratio, "x", ">= 0.5", many.ratio >= 0.5, "0.8")
    batch = beside_floor(bench, 1, BATCHES, BATCH, connections=1)
    yield Line("4", "lote de 100: de lo crudo", bench.engine, batch.ratio, "x", ">= 0.3", batch.ratio >= 0.3, "0.6")
    yield Line("4", "lote de 100: p50 por lote", bench.engine, batch.p50_ms, "ms", "<= 40", batch.p50_ms <= 40, "15")


def first_load(bench: Bench, products: int, limits: tuple[int, int]) -> Iterator[Line]:
    """Line 5: what a till downloads to start, and what the server spends on the first one, on others after it, and on those that have it."""
    look(bench.engine)
    first, *others = bench.shop.tills[: 1 + OTHERS]
    for _ in range(40):
        bench.get(first, "ping")  # as on any day: the threads that answer have their connections already
    size, cpu = spent(bench, lambda: catalogue(bench, first))
    _, for_others = spent(bench, lambda: [catalogue(bench, till) for till in others])
    _, again = spent(bench, lambda: [bench.get(first, "catalogue") for _ in range(OTHERS)])
    size_max, cpu_max = limits
    name = f"primera carga, {products:,} productos"
    yield Line(
        "5", f"{name}: comprimido", bench.engine, size / 1000, "kB", f"<= {size_max // 1000}", size <= size_max, f"{size_max // 2000}"
    )
    yield Line("5", f"{name}: CPU", bench.engine, cpu, "ms", f"<= {cpu_max}", cpu <= cpu_max, f"{cpu_max // 2}")
    for words, found in (("CPU de la caja siguiente, entera", for_others / len(others)), ("CPU sin cambios", again / OTHERS)):
        yield Line("5", f"{name}: {words}", bench.engine, found, "ms", "<= 10", found <= 10, "5")


def catalogue(bench: Bench, till: Till) -> int:
    """Download all that a till downloads to start; return its compressed bytes."""
    parts = json.loads(bench.get(till, "catalogue"))["parts"]
    return sum(len(bench.get(till, path)) for path in dict.fromkeys(part["path"] for part in parts))


def spent[Found](bench: Bench, do: Callable[[], Found]) -> tuple[Found, float]:
    """Do something, and return what came of it and the CPU milliseconds of the server and of what it leaves to the worker."""
    settle(bench.cost)
    before = bench.cost.seconds()
    found = do()
    settle(bench.cost)
    return found, 1000 * (bench.cost.seconds() - before)


def settle(cost: load.Cost) -> None:
    """Wait, a minute at most, until the worker has numbered what was just made, and the database has put it away."""
    for _ in range(120):
        before = cost.seconds()
        time.sleep(0.5)
        if cost.seconds() - before < 0.03:
            return


def close_shift(bench: Bench, few: Sequence[Till], many: Sequence[Till]) -> Iterator[Line]:
    """Line 7: the close of a shift, whatever the number of its tickets. A shift closes once, so each is measured on several tills, in turn."""
    pairs = [(_close(bench, one, 1), _close(bench, other, 30)) for one, other in zip(few, many, strict=True)]
    little, much = (min(times) for times in zip(*pairs, strict=True))
    yield Line("7", "cierre con 3,000 tickets", bench.engine, much, "ms", "<= 100", much <= 100, "20")
    yield Line("7", "cierre: 3,000 tickets frente a 100", bench.engine, much / little, "x", "<= 2", much <= 2 * little, "1")


def _close(bench: Bench, till: Till, pushes: int) -> float:
    """Sell `pushes` hundreds, let the worker come to rest, close; milliseconds of the close alone."""
    load.run(bench.base, [(till.token, bench.bodies(till, pushes, BATCH)[0])], bench.cost)
    settle(bench.cost)
    body = till.device.push_body([till.device.fact("shift.closed", _closing(till), 1_790_000_000_000 + 10**9)])
    return load.run(bench.base, [(till.token, [body])], bench.cost).p50_ms


def _closing(till: Till) -> dict[str, object]:
    cash = [{"method": "cash", "amount": 50_000}]
    zero = dict.fromkeys(
        (
            "visits_without_sale",
            "gross",
            "net",
            "tax",
            "discount",
            "rounding",
            "tips",
            "cash_in",
            "cash_out",
            "drawer_openings",
            "reprints",
        ),
        0,
    )
    figures = {**zero, "sales": till.number, "first_number": 1, "last_number": till.number, "taxes": [], "payments": [], "float": 50_000}
    return {
        "shift": till.shift, "z": 1, "business_date": "2026-09-21", "currency": "MXN", "expected": cash, "counted": cash,
        "difference": [{"method": "cash", "amount": 0}], "denominations": [{"value": 50_000, "count": 1}], "figures": figures, "perpetual": 0,
    }  # fmt: skip


def begin(bench: Bench) -> None:
    """Sell about a thousand at all tills: what a sale costs then is what it is compared with when there are many."""
    load.run(bench.base, [(till.token, bench.bodies(till, 1, FIRST)[0]) for till in bench.shop.tills], bench.cost)
    settle(bench.cost)
    look(bench.engine)


def history(bench: Bench, tills: Sequence[Till], sales: int, disk: Callable[[], int]) -> Iterator[Line]:
    """Line 9: bytes a sale on disk, when there are many. The many lie in several tills' journals."""
    before, start = disk(), sales_so_far()
    turns = itertools.batched(itertools.cycle(tills), TURN)
    while sales_so_far() < start + max(1, sales):
        load.run(bench.base, [(till.token, bench.bodies(till, 2, 400)[0]) for till in next(turns)], bench.cost)
    per_sale = (disk() - before) / (sales_so_far() - start)
    limit = 2000 if bench.engine == "sqlite" else 4000
    yield Line(
        "9", "bytes por venta en disco, diario incluido", bench.engine, per_sale, "B", f"<= {limit}", per_sale <= limit, f"{limit // 2}"
    )


def after_history(bench: Bench, tills: Sequence[Till], early: Bench, their_tills: Sequence[Till], few: int) -> Line:
    """Line 8: the cost of a sale when there are many before it, beside the copy that has few, in turn.

    The copy's tills have sold nothing since: what they sell goes on where the copy ends.
    """
    look(bench.engine)
    so_far = sales_so_far()
    many, little = [], []
    for _ in range(TURNS):
        many.append(_cpu_of_a_sale(bench, tills))
        little.append(_cpu_of_a_sale(early, their_tills))
    ratio = min(many) / min(little)  # what else the machine does only ever adds
    name = f"CPU por venta con {so_far:,} ventas frente a entre {few:,} y {few + TURNS * SOLD:,}"
    return Line("8", name, bench.engine, ratio, "x", "<= 1.1", ratio <= 1.1, "1.0")


def sales_so_far() -> int:
    """How many sales the database has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM counter_sale")
        return int(cursor.fetchone()[0])


def _cpu_of_a_sale(bench: Bench, tills: Sequence[Till]) -> float:
    """Milliseconds of CPU a sale, the worker's part included, of `SOLD` sales."""
    bodies = [(till.token, bench.bodies(till, SOLD // SIZE // len(tills), SIZE)[0]) for till in tills]
    return spent(bench, lambda: load.run(bench.base, bodies, bench.cost))[1] / SOLD


def memory(bench: Bench) -> Iterator[Line]:
    """Line 10: the server's memory after all that."""
    used, limit = bench.cost.memory_mb(), 150 if bench.engine == "sqlite" else 250
    yield Line("10", "memoria del servidor", bench.engine, used, "MB", f"<= {limit}", used <= limit, f"{limit // 2}")
