"""Which Chromium the tests drive."""

import os
import shutil
from pathlib import Path

# Debian's. Past the script in /usr/bin, which would live on when what it started is killed.
WITHOUT_WINDOWS = Path("/usr/lib/chromium/chromium-headless-shell")


def chromium_path(*, whole: bool = False) -> str | None:
    """Return the path of the browser: CHROME, else the one without windows, which takes a third less of a processor, else the whole one.

    `whole`: it must be able to do what only windows can, as ask whether the camera may be used.
    """
    if not whole and "CHROME" not in os.environ and WITHOUT_WINDOWS.exists():
        return str(WITHOUT_WINDOWS)
    return os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("google-chrome")
