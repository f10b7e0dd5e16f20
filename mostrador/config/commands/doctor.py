"""mostrador doctor"""

import argparse

from mostrador.config import start
from mostrador.config.environment import SETTINGS
from mostrador.config.wording import say

MARKS = {"ok": "·", "warning": "!", "error": "✗"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """--settings prints the table of settings."""
    parser.add_argument("--settings", action="store_true", help=say("muestra la tabla de ajustes", "shows the table of settings"))


def run(options: argparse.Namespace) -> int:
    """Print findings as they come; 1 when something does not hold."""
    if options.settings:
        for row in SETTINGS:
            print(f"{row.name:<26} {row.default or '—':<38} {say(row.es, row.en)}")
        return 0
    start.load()
    start.require_database()
    from mostrador.config import doctor

    errors = 0
    for finding in doctor.examine():
        errors += finding.level == "error"
        print(f"{MARKS[finding.level]} {finding.check:<9} {finding.text}", flush=True)
    print(say("Todo cuadra." if not errors else f"{errors} errores.", "Everything holds." if not errors else f"{errors} errors."))
    return 1 if errors else 0
