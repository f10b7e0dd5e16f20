"""What the laws read: the files that git keeps, and those that it will."""

import subprocess
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".woff2", ".png", ".jpg", ".webp", ".ico", ".mo", ".parquet", ".xlsx", ".gz", ".br"}


@lru_cache(maxsize=1)
def files() -> tuple[Path, ...]:
    """Every file of the repository that is there, tracked or new but not ignored, in order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return tuple(sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()}))


def texts(folders: Iterable[str], suffixes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return (path from the root, text) of the text files under the folders ("" is all), with one of the suffixes if any are given."""
    wanted, starts = set(suffixes), tuple(folders)
    found = []
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in BINARY or (wanted and path.suffix not in wanted) or not name.startswith(starts):
            continue
        try:
            found.append((name, path.read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):  # a sample in a wrong encoding, or a file that is just being moved
            continue
    return found


def python(folders: Iterable[str] = ("mostrador/",)) -> list[tuple[str, str]]:
    """Return the Python files under the folders, without migrations, which Django writes."""
    return [(name, text) for name, text in texts(folders, {".py"}) if "/migrations/" not in name]
