"""Copies of the database: SQLite by its own online backup, PostgreSQL by pg_dump. A restore begins a new epoch (ruling 11)."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from mostrador.config import start
from mostrador.config.wording import fail
from mostrador.kernel import clock

SQLITE_HEAD = b"SQLite format 3\x00"
DUMP_HEAD = b"PGDMP"


def backup(target: Path) -> None:
    """Write a copy to a new file; an existing one is never overwritten."""
    from django.db import connection

    if target.exists():
        raise fail(f"{target} ya existe.", f"{target} exists already.")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        _backup_sqlite(partial)
    else:
        _postgres("pg_dump", "--format=custom", f"--file={partial}")
    partial.rename(target)


def restore(source: Path) -> Path:
    """Put a copy in the database's place and return where the database before is kept. The server must be stopped."""
    from django.db import connection

    from mostrador.kernel import feed
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.people import recovered

    head = source.open("rb").read(16) if source.is_file() else b""
    wanted = SQLITE_HEAD if connection.vendor == "sqlite" else DUMP_HEAD
    if not head.startswith(wanted):
        raise fail(f"{source} no es una copia de esta clase de base.", f"{source} is no copy of this kind of database.")
    _refuse_in_use()
    kept = _restore_sqlite(source) if connection.vendor == "sqlite" else _restore_postgres(source)
    start.prepare()
    feed.new_epoch()
    for organization in Organization.objects.all():
        with scope(organization.id):
            recovered.begin_series_anew()
    return kept


def _refuse_in_use() -> None:
    """Refuse while somebody has the database open: a server would go on in the file that is put aside."""
    from django.db import connection

    connection.close()
    if is_in_use(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else _others_on_postgres():
        raise fail("La base de datos está en uso: detenga el servidor.", "The database is in use: stop the server.")


def is_in_use(database: str) -> bool:
    """Whether another connection has a SQLite file open: only who is alone gets all of its locks."""
    import sqlite3

    if not Path(database).exists():
        return False
    with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as alone:
        alone.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            alone.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        except sqlite3.DatabaseError:  # it is none any more, which is why somebody restores
            return False
    return False


def _others_on_postgres() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())")
        found = bool(cursor.fetchone()[0])
    connection.close()
    return found


def _backup_sqlite(target: Path) -> None:
    import sqlite3

    from django.db import connection

    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    copy.close()
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _restore_sqlite(source: Path) -> Path:
    import sqlite3

    from django.db import connection

    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as copy:
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise fail(f"{source} está dañada.", f"{source} is damaged.")
    copy.close()
    database = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    kept = database.with_name(f"{database.name}.{clock.now():%Y%m%dT%H%M%S}")
    for suffix in ("", "-wal", "-shm"):
        old = Path(f"{database}{suffix}")
        if old.exists():
            old.rename(f"{kept}{suffix}")
    shutil.copyfile(source, database)
    return kept


def _restore_postgres(source: Path) -> Path:
    from django.db import connection

    kept = Path(f"{source}.{clock.now():%Y%m%dT%H%M%S}.before")
    backup(kept)
    connection.close()
    from mostrador.trust import wall

    _postgres("pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges", str(source))
    wall.build()
    return kept


def _postgres(program: str, *arguments: str) -> None:
    from django.db import connection

    settings: dict[str, Any] = connection.settings_dict
    environment = {**os.environ, "PGPASSWORD": settings["PASSWORD"]}
    place = ["--host", settings["HOST"], "--port", str(settings["PORT"]), "--username", settings["USER"], "--dbname", settings["NAME"]]
    try:
        done = subprocess.run([program, *place, *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise fail(f"Falta {program}: instale postgresql-client.", f"{program} is missing: install postgresql-client.") from error
    if done.returncode:
        raise fail(f"{program}: {done.stderr.strip()[:300]}", f"{program}: {done.stderr.strip()[:300]}")
