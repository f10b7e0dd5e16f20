"""How each country has "before" measured, as dated data with its source (`rules/`, one file per country): correcting a rule touches no code."""

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from mostrador.catalogue.prior_price import Rule

FOLDER = Path(__file__).parent / "rules"


def rule_of(country: str, on: dt.date) -> Rule:
    """Return the rule in force in a country on a day; where no rule is known, the strictest that is: 30 days, no steps."""
    found = [row for row in rows(country) if row["since"] <= on]
    return Rule(found[-1]["days"], found[-1]["is_progressive"]) if found else Rule()


@cache
def rows(country: str) -> tuple[dict[str, Any], ...]:
    """Return a country's rules, oldest first; none where it has no file."""
    path = FOLDER / f"{country.lower()}.toml"
    if not country.isalpha() or not path.is_file():
        return ()
    return tuple(sorted(tomllib.loads(path.read_text(encoding="utf-8"))["prior_price"], key=lambda row: row["since"]))
