"""Random histories: `python -m tests.histories --histories 100000 --seed 7`. Returns 1 at the first that does not hold, made as short as can be.

`--bugs` seeds each of `bugs.py` instead, and returns 1 when one of them is not caught.
"""

import argparse
import os
import sys
import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.histories.bugs import BUGS
from tests.histories.catching import net
from tests.histories.player import Player, Stuck
from tests.histories.run import Failure, again, run
from tests.histories.server import Server
from tests.histories.shrink import smallest


def main(arguments: list[str] | None = None) -> int:
    """Play, judge, and say how it went."""
    parser = argparse.ArgumentParser(description="Play random histories on three tills and a real server.")
    parser.add_argument("--histories", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-shrink", action="store_true", help="print a history that does not hold as it was")
    parser.add_argument("--bugs", action="store_true", help="seed every bug and see that it is caught")
    options = parser.parse_args(arguments)
    if options.bugs:
        return catch()
    given = os.environ.get("MOSTRADOR_DATABASE_URL", "")
    began = time.monotonic()
    columns = (TextColumn("histories"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Server(given if given.startswith("postgres") else "") as server, Player() as player:
        started = time.monotonic() - began
        try:
            with Progress(*columns, disable=not sys.stdout.isatty()) as progress:
                task = progress.add_task("", total=options.histories)
                failure = run(server, player, options.histories, options.seed, lambda: progress.advance(task))
        except Stuck:
            print(server.log.read_text()[-4000:])
            raise
        if failure is not None:
            return report(failure if options.no_shrink else shortest(server, failure), options.seed, server)
    seconds = time.monotonic() - began
    print(f"{options.histories} histories hold, {seconds:.0f} s ({started:.0f} s of it to start), seed {options.seed}")
    return 0


def catch() -> int:
    """Seed every bug and say after how many histories each is caught."""
    missed = 0
    with net() as held:
        for bug in BUGS:
            histories, failure = held.caught(bug)
            missed += failure is None
            print(f"{'caught' if failure else 'MISSED'} after {histories:4} histories: {bug.name}", flush=True)
    return 1 if missed else 0


def shortest(server: Server, failure: Failure) -> Failure:
    """Make a failure short, each try in a fresh shop."""
    print("a history does not hold; making it short", flush=True)
    with Player() as player:
        return smallest(failure, lambda plans: again(server, player, failure.seed, plans))


def report(failure: Failure, seed: int, server: Server) -> int:
    """Print what was done and what is wrong."""
    print(f"a history does not hold (seed {seed}, shop {failure.seed})")
    for plan in failure.plans:
        print(
            f"  {'in contact: ' if plan['inContact'] else ''}" + ", ".join(f"{step['act']} ({step['till'] + 1})" for step in plan["steps"])
        )
    print("its last history, step by step:", *failure.words, sep="\n  ")
    print("what is wrong:", *failure.wrong, sep="\n  ")
    said = server.log.read_text()
    if said:
        print("the server said:", said[-2000:], sep="\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
