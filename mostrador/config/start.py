"""What commands do before they work: load Django, look at the port and the database, and say in one line what is wrong."""

import socket
import sys

from mostrador.config.wording import say

SQLITE_MINIMUM = (3, 51, 3)


def fail(es: str, en: str) -> "SystemExit":
    """Return the exit that says, in one line, what is wrong and what to do."""
    print(say(es, en), file=sys.stderr)
    return SystemExit(2)


def load() -> None:
    """Load Django and refuse an SQLite that can corrupt its own database."""
    import django

    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        if sqlite3.sqlite_version_info < SQLITE_MINIMUM:
            raise fail(
                f"SQLite {sqlite3.sqlite_version} puede dañar la base. Instale el paquete pysqlite3 (make setup) o use PostgreSQL.",
                f"SQLite {sqlite3.sqlite_version} can damage the database. Install the package pysqlite3 (make setup) or use PostgreSQL.",
            )


def require_database() -> None:
    """Refuse to go on with a database that does not answer, is damaged or is not migrated."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
        waiting = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    except DatabaseError as error:
        name = connection.settings_dict["NAME"]
        raise fail(
            f"La base de datos no se puede abrir ({name}: {str(error).splitlines()[0]}). Restaure una copia: mostrador restore ARCHIVO",
            f"The database cannot be opened ({name}: {str(error).splitlines()[0]}). Restore a copy: mostrador restore FILE",
        ) from error
    if waiting:
        raise fail("La base de datos no está al día: mostrador migrate", "The database is not up to date: mostrador migrate")


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that somebody listens on already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise fail(
                f"El puerto {port} está ocupado o no se permite. Elija otro: PORT=8001 make demo (o mostrador run --port 8001)",
                f"Port {port} is taken or not allowed. Choose another: PORT=8001 make demo (or mostrador run --port 8001)",
            ) from error


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
        raise fail(
            f"La base de datos está dañada o no se puede abrir ({name}: {str(error).splitlines()[0]}). "
            "Restaure una copia (mostrador restore ARCHIVO) o empiece de nuevo: make demo RESET=1",
            f"The database is damaged or cannot be opened ({name}: {str(error).splitlines()[0]}). "
            "Restore a copy (mostrador restore FILE) or start over: make demo RESET=1",
        ) from error
