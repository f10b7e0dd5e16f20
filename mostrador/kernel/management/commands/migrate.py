"""Django's `migrate`, that makes an empty database whole at once."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections

from mostrador.kernel.migrating import begin, is_empty


class Command(DjangoCommand):
    """Django's own, and a short way for a database with nothing in it (docs/adr/0045)."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin an empty database, and go through the steps that are left: of one that was just begun, none."""
        connection = connections[options["database"]]
        if not any(options[name] for name in ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")) and is_empty(
            connection
        ):
            connection.prepare_database()
            begin(connection)
        super().handle(*args, **options)
