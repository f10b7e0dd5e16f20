"""mostrador price FILE"""

import argparse

from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """The basket's file."""
    parser.add_argument(
        "file",
        metavar=say("archivo", "file"),
        help=say(
            "archivo JSON (contracts/basket.schema.json), o - para la entrada",
            "JSON file (contracts/basket.schema.json), or - for standard input",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Print the totals of a basket."""
    from mostrador.pricing import command

    return command.run(options.file)
