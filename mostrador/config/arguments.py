"""Arguments that commands share, and argparse's own sentences in Spanish."""

import argparse

from mostrador.config.wording import say, speaks_english

PORT_LAST = 65_535
# What argparse says by itself, as its source writes it.
SPANISH = {
    "usage: ": "uso: ",
    "positional arguments": "argumentos",
    "options": "opciones",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "falta: %s",
    "unrecognized arguments: %s": "no se entiende: %s",
    "expected one argument": "falta su valor",
    "expected at least one argument": "falta al menos un valor",
    "ignored explicit argument %r": "no lleva valor (%r)",
    "invalid %(type)s value: %(value)r": "%(value)r no es un valor válido",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r no es una de estas: %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(closest_choice)r? (choose from %(choices)s)": "%(value)r no es una de estas: %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "no hay orden %(parser_name)r; hay: %(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s puede ser %(matches)s",
    "not allowed with argument %s": "no va junto con %s",
}


def speak() -> None:
    """Let argparse speak the language of the command line: it asks a function of its own for every sentence."""
    setattr(argparse, "_", _translated)  # noqa: B010  # its stubs do not show the name


def host_and_port(parser: argparse.ArgumentParser) -> None:
    """--host and --port of whatever serves."""
    address = say("dirección (por defecto, todas)", "address (all by default)")
    parser.add_argument("--host", default="0.0.0.0", metavar=say("DIRECCIÓN", "ADDRESS"), help=address)  # noqa: S104
    parser.add_argument("--port", type=port, default=8000, metavar="N", help=say("puerto (8000)", "port (8000)"))


def port(text: str) -> int:
    """Read a port, 1 to 65535."""
    number = int(text)
    if not 1 <= number <= PORT_LAST:
        raise ValueError
    return number


def _translated(sentence: str) -> str:
    return sentence if speaks_english() else SPANISH.get(sentence, sentence)
