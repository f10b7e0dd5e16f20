"""`make check`: lint, types, laws and pure tests, in two lanes, so that both cores work."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.steps import ROOT, Runner, Step, conclude

TILL = ROOT / "till"
PURE = "not database and not browser and not slow"


def static() -> list[list[Step]]:
    """What reads the code without running it: a lane for Python, one for the till."""
    python = [
        Step("ruff", ["ruff", "check", "--quiet", "."]),
        Step("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
        Step("import-linter", ["lint-imports", "--no-logo"]),
        Step("mypy --strict", ["mypy", "--no-error-summary"]),
    ]
    till = [
        Step("tsc, svelte-check", ["npm", "run", "--silent", "check"], folder=TILL),
        Step("eslint", ["npm", "run", "--silent", "lint"], folder=TILL),
    ]
    return [python, till]


def main() -> None:
    """Run everything fast and conclude."""
    began = time.monotonic()
    python, till = static()
    python.append(Step("pytest, laws and pure", ["python", "-m", "pytest", "-q", "-m", PURE]))
    till.append(Step("vitest", ["npm", "run", "--silent", "test"], folder=TILL))
    conclude(Runner().run([python, till]), time.monotonic() - began)


if __name__ == "__main__":
    main()
