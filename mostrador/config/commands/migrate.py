"""mostrador migrate"""

import argparse

from mostrador.config import start
from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Bring the database to this version's shape and begin its epoch."""
    start.load()
    start.prepare()
    print(say("La base de datos está al día.", "The database is up to date."))
    return 0
