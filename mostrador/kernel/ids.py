"""Identifiers: UUIDv7 (RFC 9562), made where the thing is born, rising with time within one process."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def new_id(at_ms: int | None = None) -> uuid.UUID:
    """Return a new UUIDv7. `at_ms` (milliseconds since 1970 UTC) dates it; without it, now, and then strictly rising."""
    global _last  # noqa: PLW0603  # the one state: the last id given
    if at_ms is not None:
        return _assemble(at_ms, int.from_bytes(os.urandom(10)))
    with _lock:
        value = (time.time_ns() // 1_000_000 << 74) | (int.from_bytes(os.urandom(10)) >> 6)
        _last = value = max(value, _last + 1)
    return _assemble(value >> 74, (value & (1 << 74) - 1) << 6)


def _assemble(ms: int, random80: int) -> uuid.UUID:
    """48 bits of time, version 7, 12 random bits, variant 2, 62 random bits."""
    random74 = random80 >> 6
    return uuid.UUID(int=ms << 80 | 7 << 76 | (random74 >> 62) << 64 | 2 << 62 | random74 & (1 << 62) - 1)
