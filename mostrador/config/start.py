"""What commands do before they work: load Django, look at the port and the database, and say in one line what is wrong."""

import errno
import socket

from mostrador.config.wording import fail

# Older ones can corrupt a WAL database; the fault was mended in these, each within its own line (sqlite.org/wal.html).
SQLITE_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
WRITE_TROUBLE = ("readonly", "unable to open")
LOCK_TROUBLE = ("locked", "busy")


def load() -> None:
    """Load Django and refuse an SQLite that can corrupt its own database."""
    import django

    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        require_sqlite(sqlite3.sqlite_version_info)


def is_mended(version: tuple[int, ...]) -> bool:
    """Whether an SQLite of this version does not have the fault that corrupts a WAL database."""
    return version >= SQLITE_MENDED[-1] or any(version[:2] == line[:2] and version >= line for line in SQLITE_MENDED)


def require_sqlite(version: tuple[int, ...]) -> None:
    """Refuse an SQLite that can corrupt its own database."""
    if not is_mended(version):
        said = ".".join(str(part) for part in version)
        raise fail(
            f"SQLite {said} puede dañar la base. Instale el paquete pysqlite3 (make setup) o use PostgreSQL.",
            f"SQLite {said} can damage the database. Install the package pysqlite3 (make setup) or use PostgreSQL.",
        )


def require_database() -> None:
    """Refuse to go on with a database that does not answer, is damaged or is not migrated."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise database_trouble(error) from error
    if waiting:
        raise fail("La base de datos no está al día: mostrador migrate", "The database is not up to date: mostrador migrate")


def database_trouble(error: Exception) -> SystemExit:
    """Return the exit that says what the database refused and what to do about it."""
    from django.db import connection

    settings = connection.settings_dict
    name, said = settings["NAME"], (str(error).splitlines() or [type(error).__name__])[0]
    if connection.vendor != "sqlite":
        place = f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}/{name}"
        return fail(
            f"PostgreSQL no da la base de datos {place}: {said}. Revise que esté encendido y MOSTRADOR_DATABASE_URL.",
            f"PostgreSQL does not give the database {place}: {said}. See that it runs, and MOSTRADOR_DATABASE_URL.",
        )
    if any(word in said for word in WRITE_TROUBLE):
        return fail(
            f"La base de datos {name} no se puede escribir ({said}). Dé permiso de escritura al archivo y a su carpeta.",
            f"The database {name} cannot be written ({said}). Give permission to write to the file and its folder.",
        )
    if any(word in said for word in LOCK_TROUBLE):
        return fail(
            f"Otro programa tiene ocupada la base de datos {name} ({said}). Ciérrelo e intente otra vez.",
            f"Another program keeps the database {name} busy ({said}). Close it and try again.",
        )
    return fail(
        f"La base de datos {name} está dañada ({said}). Restaure una copia: mostrador restore ARCHIVO. "
        "Si es la de muestra, empiece de nuevo: make demo RESET=1",
        f"The database {name} is damaged ({said}). Restore a copy: mostrador restore FILE. "
        "If it is the demo's, start over: make demo RESET=1",
    )


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that somebody listens on already, and an address that is not this machine's."""
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise _no_address(host) from error
    for family, kind, protocol, _, place in places:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise _no_address(host) from error
                raise fail(
                    f"El puerto {port} está ocupado o no se permite. Elija otro: PORT=8001 make demo (o mostrador run --port 8001)",
                    f"Port {port} is taken or not allowed. Choose another: PORT=8001 make demo (or mostrador run --port 8001)",
                ) from error


def _no_address(host: str) -> SystemExit:
    return fail(
        f"Esta máquina no tiene la dirección {host}. Elija otra: --host 0.0.0.0",
        f"This machine does not have the address {host}. Choose another: --host 0.0.0.0",
    )


def prepare() -> None:
    """Migrate in silence; a damaged database is said in one line."""
    from django.core.management import call_command
    from django.db import DatabaseError

    from mostrador.kernel import feed

    try:
        _require_known_beginning()
        call_command("migrate", verbosity=0, interactive=False)
        feed.epoch()
    except DatabaseError as error:
        raise database_trouble(error) from error


def _require_known_beginning() -> None:
    """Refuse a database that stopped halfway through the steps that are one step now: no step leads on from there."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    for migration in loader.disk_migrations.values():
        done = [step in loader.applied_migrations for step in migration.replaces]
        if any(done) and not all(done):
            name = connection.settings_dict["NAME"]
            raise fail(
                f"La base de datos {name} es de una versión de antes de la primera publicada, que ya no se puede poner al día. "
                "Si es la de muestra, empiece de nuevo: make demo RESET=1",
                f"The database {name} is of a version from before the first release, which can no longer be brought up to date. "
                "If it is the demo's, start over: make demo RESET=1",
            )
