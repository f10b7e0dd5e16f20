"""Facts at rest: their bytes compressed without loss, with a dictionary of what every fact repeats (scripts/storage_dictionary.py)."""

import threading
import uuid
from pathlib import Path

import zstandard

# Never change a dictionary: stored facts need the one they were written with. A better one gets the next number, and a format of its own.
_DICTIONARY = zstandard.ZstdCompressionDict((Path(__file__).parent / "dictionary_1.zstd").read_bytes())
LEVEL = 3  # higher ones save nothing on texts this short and take twice as long
_DICTIONARY.precompute_compress(level=LEVEL)

# The row says which journal a fact is of, so its text need not. JSON has no such byte; bytes that are no JSON may.
_JOURNAL = b"\x00"
_PLAIN, _WITHOUT_JOURNAL = b"\x01", b"\x02"
LONGEST = 16 * 1024 * 1024

_tools = threading.local()


def pack(data: bytes, journal: uuid.UUID) -> bytes:
    """Return a fact's bytes as they are stored: one byte of format, then zstd with dictionary 1, the journal's id left out."""
    if _JOURNAL in data:
        return _PLAIN + _compressor().compress(data)
    return _WITHOUT_JOURNAL + _compressor().compress(without_journal(data, journal))


def without_journal(data: bytes, journal: uuid.UUID) -> bytes:
    """Return a fact's bytes with a mark where the id of its journal stands."""
    return data.replace(str(journal).encode(), _JOURNAL)


def unpack(stored: bytes | memoryview, journal: uuid.UUID) -> bytes:
    """Return a fact's bytes as they travelled. Raises ValueError for what this version cannot read."""
    raw = bytes(stored)
    if raw[:1] not in {_PLAIN, _WITHOUT_JOURNAL}:
        raise ValueError(f"unknown storage format {raw[:1]!r}")
    try:
        data = _decompressor().decompress(raw[1:], max_output_size=LONGEST)
    except zstandard.ZstdError as error:
        raise ValueError(f"damaged storage: {error}") from error
    return data if raw[:1] == _PLAIN else data.replace(_JOURNAL, str(journal).encode())


# Neither may be used by two threads at once.
def _compressor() -> zstandard.ZstdCompressor:
    found: zstandard.ZstdCompressor | None = getattr(_tools, "compressor", None)
    if found is None:
        found = _tools.compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=_DICTIONARY, write_checksum=False, write_dict_id=False)
    return found


def _decompressor() -> zstandard.ZstdDecompressor:
    found: zstandard.ZstdDecompressor | None = getattr(_tools, "decompressor", None)
    if found is None:
        found = _tools.decompressor = zstandard.ZstdDecompressor(dict_data=_DICTIONARY)
    return found
