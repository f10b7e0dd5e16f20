"""Which token each store's till has. A token is told once, at pairing, so it is written down before anything is sent with it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from bench.replay import office as offices
from bench.replay.client import Client
from bench.replay.office import Office
from bench.replay.store import device_of
from bench.replay.work import StoreTill
from mostrador.sync.device import Place


def paired(office: Office, client: Client, file: Path, spans: dict[int, tuple[int, int]], told: Callable[[int], None]) -> list[StoreTill]:
    """Return every store's till, pairing those that are not; spans: where each store's lines begin in the file and how many they are.

    If a run was killed between the server's answer and our writing it down, the till is paired again with the next attempt's journal.
    """
    known = read(file, str(office.actor.organization_id))
    attempts = offices.journals(office)
    found = []
    for store, (start, count) in spans.items():
        row = known.get(store)
        if row is None:
            row = pair(office, client, store, attempts[store])
            write(file, row)
        place = Place(row["organization"], row["place_store"], row["till"])
        found.append(StoreTill(store, int(row["attempt"]), row["token"], row["series"], place, start, count))
        told(1)
    return found


def pair(office: Office, client: Client, store: int, attempt: int) -> dict[str, str]:
    """Pair a store's till and return what is written down."""
    device = device_of(store, "", attempt)
    made = client.pair(offices.pairing_code(office, store), device)
    return {
        "source_store": str(store), "attempt": str(attempt), "token": made.token, "series": made.series,
        "organization": made.organization, "place_store": made.store, "till": made.till,
    }  # fmt: skip


def read(file: Path, organization: str) -> dict[int, dict[str, str]]:
    """Return the pairings of this business that were written down; of another database's, none. A torn last line is none."""
    found = {}
    for line in file.read_text().splitlines() if file.exists() else []:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if row["organization"] == organization:
            found[int(row["source_store"])] = row
    return found


def write(file: Path, row: dict[str, str]) -> None:
    """Write a pairing down durably."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(descriptor, "a", encoding="utf-8") as out:  # noqa: PTH123  # only this user may read a token
        out.write(json.dumps(row) + "\n")
        out.flush()
        os.fsync(out.fileno())
