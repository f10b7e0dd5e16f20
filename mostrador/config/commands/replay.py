"""mostrador replay"""

import argparse
import importlib

from mostrador.config.wording import fail, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """A part of the stores and days."""
    parser.add_argument("--stores", type=int, default=0, metavar="N", help=say("cuántas tiendas (0: todas)", "how many stores (0: all)"))
    parser.add_argument("--days", type=int, default=0, metavar="N", help=say("cuántos días (0: el año)", "how many days (0: the year)"))


def run(options: argparse.Namespace) -> int:
    """Hand over to bench/replay, which is there in a checkout and needs the development packages."""
    try:
        replay = importlib.import_module("bench.replay.command")
    except ImportError as error:
        raise fail(f"Solo en desarrollo: make replay ({error.name})", f"Only in development: make replay ({error.name})") from error
    return int(replay.run(stores=options.stores, days=options.days))
