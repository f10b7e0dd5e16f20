"""Sentences of the command line, Spanish first: `say(es, en)` picks by MOSTRADOR_LANG, else by LANG."""

import os
import sys


def speaks_english() -> bool:
    """Whether the command line speaks English: MOSTRADOR_LANG, then LC_ALL, LC_MESSAGES and LANG; else Spanish."""
    for name in ("MOSTRADOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and not value.startswith(("C", "POSIX")):
            return value.startswith("en")
    return False


def say(es: str, en: str) -> str:
    """Return the sentence in the language in use."""
    return en if speaks_english() else es


def fail(es: str, en: str) -> SystemExit:
    """Return the exit that says, in one line, what is wrong and what to do."""
    print(say(es, en), file=sys.stderr)
    return SystemExit(2)
