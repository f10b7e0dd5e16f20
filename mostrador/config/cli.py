"""`mostrador`: the one command line. Each command is a module of config.commands with `arguments(parser)` and `run(options)`."""

import argparse
import importlib
import os
import sys

from mostrador.config import arguments
from mostrador.config.wording import say

# name, module, Spanish, English
COMMANDS = (
    ("run", "run", "servidor y trabajos de fondo, juntos", "server and background work together"),
    ("work", "work", "solo los trabajos de fondo (PostgreSQL)", "background work only (PostgreSQL)"),
    ("migrate", "migrate", "prepara o actualiza la base de datos", "prepares or updates the database"),
    ("demo", "demo", "dos tiendas de muestra, listas para vender", "two demo shops, ready to sell"),
    ("new-business", "new_business", "abre una empresa nueva", "opens a new business"),
    ("password", "password", "cambia la contraseña de una persona", "changes a person's password"),
    ("doctor", "doctor", "revisa ajustes, llaves, diarios, existencias y caja", "checks settings, keys, journals, stock and cash"),
    ("rebuild", "rebuild", "calcula de nuevo las existencias y los totales de turno", "computes stock levels and shift totals anew"),
    ("verify", "verify", "verifica diarios de caja, también de un archivo, sin red", "verifies journals, also from a file, offline"),
    ("price", "price", "calcula los totales de una canasta (JSON)", "computes the totals of a basket (JSON)"),
    ("backup", "backup", "guarda una copia de la base de datos", "saves a copy of the database"),
    (
        "restore",
        "restore",
        "vuelve a una copia; las cajas envían de nuevo lo que falte",
        "goes back to a copy; tills send again what is missing",
    ),
    ("replay", "replay", "reproduce un año de comercio real (desarrollo)", "replays a year of real trade (development)"),
)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found something wrong, 2 could not start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")
    arguments.speak()
    parser = argparse.ArgumentParser(
        prog="mostrador",
        description=say("Punto de venta que empieza por ayudar.", "A point of sale that begins by helping."),
        add_help=False,
    )
    _help_option(parser)
    commands = parser.add_subparsers(metavar=say("orden", "command"), dest="command")
    given = next((word for word in (sys.argv[1:] if argv is None else argv) if not word.startswith("-")), None)
    for name, module, es, en in COMMANDS:
        sub = commands.add_parser(name, help=say(es, en), description=say(es, en), add_help=False)
        _help_option(sub)
        if name == given:  # other commands' modules stay unloaded: start-up is a budget
            importlib.import_module(f"mostrador.config.commands.{module}").arguments(sub)
    options = parser.parse_args(argv)
    if options.command is None:
        parser.print_help()
        return 2
    module = next(module for name, module, _, _ in COMMANDS if name == options.command)
    try:
        return int(importlib.import_module(f"mostrador.config.commands.{module}").run(options) or 0)
    except KeyboardInterrupt:
        return 130
    except _database_error() as error:
        from django.db import DatabaseError, OperationalError

        from mostrador.config import start

        if type(error) not in (DatabaseError, OperationalError):  # its other kinds are faults of ours, and wanted whole
            raise
        raise start.database_trouble(error) from error


def _database_error() -> type[Exception] | tuple[()]:
    """What a database raises. Asked for only when something was raised: Django loads late, and for some commands never."""
    if "django.db" not in sys.modules:
        return ()
    from django.db import DatabaseError

    return DatabaseError


def _help_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help=say("muestra esta ayuda", "shows this help"))


if __name__ == "__main__":
    sys.exit(main())
