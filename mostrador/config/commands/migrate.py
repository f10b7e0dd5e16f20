"""mostrador migrate"""

import argparse

from mostrador.config import start
from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Bring the database to this version's shape and begin its epoch."""
    start.load()
    prepare()
    print(say("La base de datos está al día.", "The database is up to date."))
    return 0


def prepare() -> None:
    """Migrate in silence; a damaged database is said in one line."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from mostrador.kernel import feed

    try:
        call_command("migrate", verbosity=0, interactive=False)
        feed.epoch()
    except DatabaseError as error:
        name = connection.settings_dict["NAME"]
        raise start.fail(
            f"La base de datos está dañada o no se puede abrir ({name}: {str(error).splitlines()[0]}). "
            "Restaure una copia (mostrador restore ARCHIVO) o empiece de nuevo: make demo RESET=1",
            f"The database is damaged or cannot be opened ({name}: {str(error).splitlines()[0]}). "
            "Restore a copy (mostrador restore FILE) or start over: make demo RESET=1",
        ) from error
