"""`python -m bench.replay`: as `mostrador replay`, with a folder, a number of processes and a fresh start to choose."""

import argparse
import shutil
import sys
from pathlib import Path

from bench.replay.command import Options, replay


def main(argv: list[str] | None = None) -> int:
    """Read the command line and replay."""
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description="Replay a year of real trade through the tills' door.")
    parser.add_argument("--stores", type=int, help="only that many stores, the busiest first")
    parser.add_argument("--days", type=int, help="only the first days of the year")
    parser.add_argument("--folder", type=Path, default=Options().folder, help="where database, tokens and report are kept")
    parser.add_argument("--processes", type=int, default=2, help="how many processes play tills")
    parser.add_argument("--reset", action="store_true", help="forget an earlier replay in the folder first (SQLite only)")
    parser.add_argument("--quiet", action="store_true", help="no progress bars")
    chosen = parser.parse_args(argv)
    if chosen.reset and chosen.folder.exists():
        shutil.rmtree(chosen.folder)
    return replay(Options(chosen.stores, chosen.days, chosen.folder, chosen.processes, chosen.quiet))


if __name__ == "__main__":
    sys.exit(main())
