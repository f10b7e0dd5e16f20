"""Which Chromium the tests drive."""

import os
import shutil


def chromium_path() -> str | None:
    """Return the path of the browser: CHROME, else Debian's shell without windows, which takes a fifth less of the machine, else the whole one."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    return os.environ.get("CHROME") or next((path for name in names if (path := shutil.which(name))), None)
