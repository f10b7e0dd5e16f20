"""mostrador restore FILE"""

import argparse
from pathlib import Path

from mostrador.config import start
from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where."""
    parser.add_argument(
        "file", type=Path, metavar=say("archivo", "file"), help=say("copia hecha con mostrador backup", "copy made by mostrador backup")
    )


def run(options: argparse.Namespace) -> int:
    """Put a copy in the database's place and begin a new epoch, so that tills send again what the copy did not hold."""
    start.load()
    from mostrador.config import copies

    kept = copies.restore(options.file)
    print(
        say(
            f"Restaurada. La base anterior queda en {kept}. Las cajas enviarán de nuevo lo que falte.",
            f"Restored. The database before is kept in {kept}. Tills will send again what is missing.",
        )
    )
    return 0
