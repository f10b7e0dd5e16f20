"""Replay a part of the year, or all of it, then reconcile. Exit code 1 when a cent stays unexplained.

Stop it as you like, also with SIGKILL: the next run goes on where the server stopped receiving.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bench.replay import database, report, source, work
from bench.replay.client import Client
from bench.replay.ledger import Ledger, reconcile
from bench.replay.server import server
from bench.replay.store import expected_facts

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Options:
    """A part of the year (None: all of it), where the run keeps its things, and how it is shown."""

    stores: int | None = None
    days: int | None = None
    folder: Path = ROOT / "var/replay"
    processes: int = 2
    quiet: bool = False


def run(*, stores: int = 0, days: int = 0) -> int:
    """Replay from the command line of `mostrador` (0: all)."""
    return replay(Options(stores or None, days or None))


def replay(chosen: Options) -> int:
    """Replay and reconcile; 0 when everything agrees and `mostrador doctor` finds nothing wrong."""
    folder = chosen.folder.resolve()
    console = Console(stderr=chosen.quiet)
    started = time.monotonic()
    database.prepare(folder)
    products = source.products()
    lines = source.lines(source.Part(chosen.stores, chosen.days), products)
    if chosen.stores or chosen.days:  # a part needs only its own products; the whole year imports also what was never sold
        products = products.join(lines, left_on="product_id", right_on="product", how="semi")
    counted, organization = play(folder, products, lines, chosen, console)
    seconds = time.monotonic() - started
    there = sum(counted[state] for state in ("accepted", "known", "before"))
    console.print(f"{there:,} facts are with the server after {seconds:,.0f} s: {dict(counted)}")
    healthy = doctor(console)
    ledger = reconcile(lines, database.server_side(organization, lines))
    report.show(ledger, console)
    write_report(folder, ledger, counted, seconds)
    return 0 if ledger.agrees and healthy and not counted["parked"] and not counted["refused"] else 1


def play(folder: Path, products: pl.DataFrame, lines: pl.DataFrame, chosen: Options, console: Console) -> tuple[Counter[str], object]:
    """Make the office, pair the tills, let them send everything; return facts by state and the business's id."""
    from bench.replay import office as offices
    from bench.replay.pairings import paired

    spans = spans_of(lines)
    lines.write_ipc(folder / "lines.arrow")
    counted: Counter[str] = Counter()
    with progress(console, chosen.quiet) as bar:
        products_bar = bar.add_task("products", total=products.height)
        office = offices.open_office(products, list(spans), lambda count: bar.advance(products_bar, count))
        work.save_goods(folder / "goods.msgpack", offices.goods(office))
        with server(folder) as (base, _):
            tills_bar = bar.add_task("tills", total=len(spans))
            tills = paired(office, Client(base), folder / "devices.jsonl", spans, lambda count: bar.advance(tills_bar, count))
            facts_bar = bar.add_task("facts", total=expected_facts(lines))
            job = work.Job(base, folder / "lines.arrow", folder / "goods.msgpack")
            for news in work.run(job, tills, chosen.processes):
                if isinstance(news, int):
                    bar.advance(facts_bar, news)
                else:
                    counted += news
    return counted, office.actor.organization_id


def spans_of(lines: pl.DataFrame) -> dict[int, tuple[int, int]]:
    """Return where each store's lines begin and how many they are; lines are sorted by store."""
    found = lines.with_row_index("row").group_by("store", maintain_order=True).agg(pl.col("row").first(), pl.len().alias("count"))
    return {store: (start, count) for store, start, count in found.iter_rows()}


def doctor(console: Console) -> bool:
    """Let `mostrador doctor` look at the database; whether it found nothing wrong."""
    done = subprocess.run([sys.executable, "-m", "mostrador.config.cli", "doctor"], capture_output=True, text=True, check=False)
    console.print(done.stdout + done.stderr)
    return done.returncode == 0


def write_report(folder: Path, ledger: Ledger, counted: Counter[str], seconds: float) -> None:
    """Write the reconciliation as JSON beside the database."""
    document = {"facts": dict(counted), "seconds": round(seconds), "ledger": ledger.document()}
    (folder / "replay.json").write_text(json.dumps(document, indent=1, default=str) + "\n")


@contextmanager
def progress(console: Console, quiet: bool) -> Iterator[Progress]:
    """Show bars while the block lasts."""
    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet) as bar:
        yield bar
