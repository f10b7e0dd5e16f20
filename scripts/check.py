"""`make check`: lint, types, laws and pure tests, two at a time."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.steps import ROOT, Runner, Step, conclude

TILL = ROOT / "till"
PURE = "not database and not browser and not slow"


def quick() -> list[Step]:
    """What answers within a second."""
    return [
        Step("ruff", ["ruff", "check", "--quiet", "."]),
        Step("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
        Step("import-linter", ["lint-imports", "--no-logo"]),
    ]


def slow() -> list[Step]:
    """What reads all the code or runs the till's tests, the longest first."""
    return [
        Step("tsc, svelte-check", ["npm", "run", "--silent", "check"], folder=TILL),
        Step("eslint", ["npm", "run", "--silent", "lint"], folder=TILL),
        Step("vitest", ["npm", "run", "--silent", "test"], folder=TILL),
        Step("mypy --strict", ["mypy", "--no-error-summary"]),
    ]


def main() -> None:
    """Run everything fast and conclude."""
    began = time.monotonic()
    pure = Step("pytest, laws and pure", ["python", "-m", "pytest", "-q", "-m", PURE], {"MOSTRADOR_QUICK": "1"})
    conclude(Runner().run([*quick(), pure, *slow()]), time.monotonic() - began)


if __name__ == "__main__":
    main()
