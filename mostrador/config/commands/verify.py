"""mostrador verify [FILE]"""

import argparse
from pathlib import Path

from mostrador.config import start
from mostrador.config.wording import fail, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """A saved journal; without one, every journal of the database."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar=say("archivo", "file"),
        type=Path,
        help=say("diario guardado; sin él, todos los de la base", "saved journal; without one, all of the database"),
    )


def run(options: argparse.Namespace) -> int:
    """Print a line per journal and return 1 if anything does not hold."""
    start.load()
    verdicts = _of_file(options.file) if options.file else _of_database()
    for verdict in verdicts:
        state = say("verifica", "verifies") if not verdict.findings else say("NO verifica", "does NOT verify")
        print(f"{verdict.journal}  {verdict.facts:>8}  {state}")
        for finding in verdict.findings[:20]:
            print(f"    seq {finding.seq}: {finding.code}")
    return 1 if any(verdict.findings for verdict in verdicts) else 0


def _of_file(path: Path) -> list:  # type: ignore[type-arg]  # Verdict is loaded with Django
    from mostrador.sync import verify
    from mostrador.sync.saved import NotASavedJournal

    try:
        return verify.verify_file(path.read_bytes())
    except OSError as error:
        raise fail(f"No se puede leer {path}: {error.strerror}", f"Cannot read {path}: {error.strerror}") from error
    except NotASavedJournal as error:
        line = error.data.get("line")
        raise fail(
            f"{path} no es un diario guardado completo (línea {line}). Guárdelo otra vez en la caja.",
            f"{path} is not a complete saved journal (line {line}). Save it again at the till.",
        ) from error


def _of_database() -> list:  # type: ignore[type-arg]  # Verdict is loaded with Django
    start.require_database()
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.people.models import Device
    from mostrador.sync import verify

    verdicts = []
    for organization in Organization.objects.order_by("name", "id"):
        with scope(organization.id):
            verdicts += [verify.verify_journal(device) for device in Device.objects.order_by("series", "id")]
    return verdicts
