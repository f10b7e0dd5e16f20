"""Django's own commands, for those who build the house. People use `mostrador`."""

import os
import sys

import mostrador  # noqa: F401  # the mended SQLite first

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
