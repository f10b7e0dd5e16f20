"""`python -m bench` (make bench): our figures beside the raw insert of the same rows, on SQLite and PostgreSQL."""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.lines import Line

ENGINES = ("sqlite", "postgresql", "chromium")
MARKS = ("<!-- make bench writes from here -->", "<!-- to here -->")


def main() -> int:
    """Measure each engine in a process of its own and print the table; 1 when a must is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, action="append", help="only this one (repeatable)")
    parser.add_argument("--history", type=int, default=1_000_000, help="sales in the database for lines 8 and 9")
    parser.add_argument("--out", type=Path, default=Path("var/bench/bench.json"))
    parser.add_argument("--numbers", type=Path, help="a paper whose table between two marks is written anew: docs/numbers.md")
    parser.add_argument("--one", choices=ENGINES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps([line.document() for line in measure(chosen.one, chosen.history)]))
        return 0
    lines: list[Line] = []
    for engine in chosen.engine or ENGINES:
        lines += in_own_process(engine, chosen.history)
    report(lines, chosen.out)
    if chosen.numbers:
        into_paper(lines, chosen.numbers)
    return 0 if all(line.holds for line in lines) else 1


def in_own_process(engine: str, history: int) -> list[Line]:
    """Measure one engine, its settings and its imports apart from the others'."""
    with tempfile.TemporaryDirectory(prefix="mostrador-bench-") as temporary:
        folder = Path(temporary, "data")
        folder.mkdir()
        environment = {**os.environ, "MOSTRADOR_DATA_DIR": str(folder), "MOSTRADOR_WORKERS": "2"}
        if engine != "postgresql":
            environment["MOSTRADOR_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        elif not environment.get("MOSTRADOR_DATABASE_URL", "").startswith("postgres"):
            raise SystemExit("PostgreSQL: make bench starts one (scripts/postgres.py -- python -m bench)")
        command = [sys.executable, "-m", "bench", "--one", engine, "--history", str(history)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [Line(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def measure(engine: str, history: int) -> Iterator[Line]:
    """Yield the lines of one engine; `chromium` is the till itself, served from SQLite."""
    if engine == "chromium":
        from bench.till.measure import run

        yield from run(Path(os.environ["MOSTRADOR_DATA_DIR"]))
        return
    from bench import early, lines, load
    from bench.replay.database import prepare
    from bench.replay.server import server
    from bench.shop import build

    folder = Path(os.environ["MOSTRADOR_DATA_DIR"])
    prepare(folder)
    shop = build(products=10_000, tills=76, seed=engine)
    with server(folder) as (base, pid):
        bench = lines.Bench(engine, base, load.Cost(pid, postgresql=engine == "postgresql"), shop, random.Random(7))
        yield from lines.first_load(bench, 10_000, (250_000, 150))
        bench.open_all()
        lines.begin(bench)
    few = early.keep(folder, lines.sales_so_far())
    with server(folder) as (base, pid):
        bench.base, bench.cost = base, load.Cost(pid, postgresql=engine == "postgresql")
        yield from (lines.sales_sqlite if engine == "sqlite" else lines.sales_postgresql)(bench)
        yield from lines.close_shift(bench, shop.tills[32:36], shop.tills[36:40])
        yield from lines.history(bench, shop.tills[42:], history, lambda: disk(folder))
        with server(few.folder, few.url) as (its_base, its_pid):
            other = lines.Bench(engine, its_base, load.Cost(its_pid, postgresql=engine == "postgresql"), shop, random.Random(8))
            yield lines.after_history(bench, shop.tills[:2], other, shop.tills[40:42], few.sales)
        yield from lines.memory(bench)
        bench.shop = build(products=100_000, tills=1 + lines.OTHERS, seed=f"{engine}-big")
        yield from lines.first_load(bench, 100_000, (2_300_000, 1_500))


def disk(folder: Path) -> int:
    """Bytes of the database, everything written down."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
    return (folder / "bench.sqlite3").stat().st_size


def into_paper(lines: list[Line], paper: Path) -> None:
    """Write the tables into a paper, between its two marks, one per processor; what was not measured this time keeps its lines."""
    text = paper.read_text()
    start, end = (text.index(mark) for mark in MARKS)
    tables = read_tables(text[start:end])
    measured = {line.engine for line in lines}
    date = time.strftime("%Y-%m-%d")
    rows = [
        f"| {line.number} | {line.engine} | {line.what} | {line.value:,.2f} {line.unit} | {line.must} | {line.aim} | {'yes' if line.holds else '**no**'} | {date} |"
        for line in lines
    ]
    mine = processor()
    tables[mine] = [*(row for row in tables.get(mine, []) if row.split(" | ")[1] not in measured), *rows]
    head = "| # | engine | what | measured | must | aim | holds | date |\n|---|---|---|---|---|---|---|---|"
    written = [f"### {name}\n\n{head}\n" + "\n".join(sorted(of_it, key=_place)) + "\n" for name, of_it in tables.items()]
    paper.write_text(text[:start] + MARKS[0] + "\n" + "\n".join(written) + text[end:])


def read_tables(text: str) -> dict[str, list[str]]:
    """The rows that stand in a paper, by the processor under whose name they stand."""
    tables: dict[str, list[str]] = {}
    name = ""
    for row in text.splitlines():
        if row.startswith("### "):
            name = row[4:]
        elif row.startswith("| ") and row.split(" | ")[1] in ENGINES:
            tables.setdefault(name, []).append(row)
    return tables


def _place(row: str) -> tuple[int, int]:
    number, engine, *_ = row.strip("| ").split(" | ")
    return ENGINES.index(engine), int(number)


def processor() -> str:
    """The cores of this machine, as Linux names them: "2 x Intel(R) Xeon(R) Processor @ 2.50GHz"."""
    try:
        named = [row.partition(":")[2].strip() for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")]
    except OSError:
        named = []
    return f"{os.cpu_count()} x {named[0] if named else platform.machine()}"


def report(lines: list[Line], out: Path) -> None:
    """Print the table and write the JSON."""
    table = Table(title=f"make bench · {time.strftime('%Y-%m-%d')} · {processor()}")
    for head in ("#", "qué / what", "motor / engine", "valor / value", "must", "aim", ""):
        table.add_column(head, justify="right" if head in {"#", "valor / value"} else "left")
    for line in lines:
        table.add_row(
            line.number, line.what, line.engine, f"{line.value:,.2f} {line.unit}", line.must, line.aim, "·" if line.holds else "✗"
        )
    Console(width=140).print(table)
    out.parent.mkdir(parents=True, exist_ok=True)
    machine = {"date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": platform.platform(), "processor": processor()}
    out.write_text(json.dumps({**machine, "lines": [line.document() for line in lines]}, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
