"""Make the dictionary that facts at rest are compressed with: `python scripts/storage_dictionary.py DATABASE OUT`.

DATABASE: the SQLite file of a demo shop (`make demo`). Run once for each dictionary: facts that are stored need the one they were
written with, so a better one is a file more, never this one again (mostrador/sync/storage.py).
"""

import os
import random
import sqlite3
import sys
import uuid
from pathlib import Path

import zstandard

SIZE = 16 * 1024  # half of it costs a fiftieth of the size of a sale, twice as much gains nothing on names it never saw
SAMPLES = 6000


def main(database: Path, out: Path) -> None:
    """Train on facts of every kind, as storage hands them to the compressor."""
    os.environ["MOSTRADOR_DATA_DIR"] = str(database.parent)
    from mostrador.sync import storage

    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT journal_id, bytes FROM sync_journalentry ORDER BY journal_id, seq").fetchall()
    random.Random(1).shuffle(rows)
    journals = [(uuid.UUID(bytes=journal), packed) for journal, packed in rows[:SAMPLES]]
    samples: list[bytes | bytearray | memoryview] = [
        storage.without_journal(storage.unpack(packed, journal), journal) for journal, packed in journals
    ]
    out.write_bytes(zstandard.train_dictionary(SIZE, samples, level=storage.LEVEL).as_bytes())
    print(f"{out}: {out.stat().st_size:,} B, {len(samples):,} facts")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
