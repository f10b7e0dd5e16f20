"""The database as it was when it had few sales: a copy, served beside the large one at the end, so that both meet the same machine."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Early:
    """A copy: its folder of data, its address for MOSTRADOR_DATABASE_URL, and the sales in it."""

    folder: Path
    url: str
    sales: int


def keep(folder: Path, sales: int) -> Early:
    """Copy the folder and the database. Nobody may be connected: PostgreSQL copies no database that is in use."""
    from django.db import connection

    connection.close()
    copy = folder.with_name(f"{folder.name}-early")
    shutil.copytree(folder, copy)
    url = os.environ["MOSTRADOR_DATABASE_URL"]
    if connection.vendor == "sqlite":
        return Early(copy, f"sqlite:///{copy}/bench.sqlite3", sales)
    import psycopg

    address, _, name = url.rpartition("/")
    with psycopg.connect(f"{address}/postgres", autocommit=True) as other:
        other.execute(f"DROP DATABASE IF EXISTS {name}_early WITH (FORCE)")
        other.execute(f"CREATE DATABASE {name}_early TEMPLATE {name}")
    return Early(copy, f"{address}/{name}_early", sales)
