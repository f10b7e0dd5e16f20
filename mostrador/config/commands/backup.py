"""mostrador backup FILE"""

import argparse
from pathlib import Path

from mostrador.config import start
from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar=say("archivo", "file"), help=say("archivo nuevo", "new file"))


def run(options: argparse.Namespace) -> int:
    """Save the whole database to one new file, while it is in use."""
    start.load()
    start.require_database()
    from mostrador.config import copies

    copies.backup(options.file)
    size = options.file.stat().st_size
    print(say(f"Copia en {options.file} ({size:,} bytes).", f"Copy in {options.file} ({size:,} bytes)."))
    print(
        say(
            "No lleva las llaves. Guarde aparte, una vez, MOSTRADOR_PIN_KEY y MOSTRADOR_SECRET_KEY (o pin.key y secret.key de la carpeta de datos).",
            "The keys are not in it. Keep MOSTRADOR_PIN_KEY and MOSTRADOR_SECRET_KEY apart, once (or pin.key and secret.key of the data folder).",
        )
    )
    return 0
