"""`make test`: everything. Python on SQLite and on PostgreSQL, vitest, histories, then the browsers, which want the machine for themselves."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.check import quick, slow
from scripts.postgres import Cluster
from scripts.steps import Result, Runner, Step, conclude

# Together 2,000.
SQLITE_HISTORIES, POSTGRESQL_HISTORIES = 1_700, 300
PYTEST = ["python", "-m", "pytest", "-q", "-m"]


def on_sqlite() -> Step:
    """All Python tests but the browser's, on SQLite."""
    return Step("pytest on SQLite", [*PYTEST, "not browser and not postgresql"])


def on_postgresql(url: str) -> Step:
    """The Python tests that need a database, on PostgreSQL: the pure ones know no database and ran already."""
    return Step("pytest on PostgreSQL", [*PYTEST, "database and not browser"], {"MOSTRADOR_DATABASE_URL": url})


def histories(count: int, url: str = "") -> Step:
    """Random histories on three tills and a real server, judged by the independent model; `url`: on PostgreSQL."""
    environment = {"MOSTRADOR_DATABASE_URL": url} if url else {}
    return Step(
        f"histories on {'PostgreSQL' if url else 'SQLite'}", ["python", "-m", "tests.histories", "--histories", str(count)], environment
    )


def main() -> None:
    """Run what is asked for and conclude."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fast", action="store_true", help="without PostgreSQL and browser")
    fast = options.parse_args().fast
    began = time.monotonic()
    runner = Runner()
    results: list[Result] = []
    if fast:
        results += runner.run([*quick(), on_sqlite(), *slow()])
    else:
        with Cluster() as cluster:
            # The longest first: what is short fills the cores at the end.
            long = [histories(SQLITE_HISTORIES), on_sqlite(), on_postgresql(cluster.url), histories(POSTGRESQL_HISTORIES, cluster.url)]
            results += runner.run([*quick(), *long, *slow()])
        # Two browsers at a time: much of a journey is waiting, and of four some wait too long. A file stays together, for its journeys share a driver.
        results += runner.run([Step("browser", [*PYTEST, "browser", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"])])
    conclude(results, time.monotonic() - began)


if __name__ == "__main__":
    main()
