"""The rule packs: a file of data for each country, read once. A country without one has no rules, and its buyers are told of none."""

import datetime as dt
import functools
from pathlib import Path

import msgspec

from mostrador.rights.rule import Rule

FOLDER = Path(__file__).parent / "packs"


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a country's file says."""

    country: str
    rule: tuple[Rule, ...]


@functools.cache
def rules(country: str) -> tuple[Rule, ...]:
    """Return the rules of a country by its code, in the order of its file; none where nobody wrote any."""
    path = FOLDER / f"{country.lower()}.toml"
    if not country.isalpha() or not path.is_file():
        return ()
    return msgspec.toml.decode(path.read_bytes(), type=Pack).rule


def in_doubt(country: str, today: dt.date) -> list[Rule]:
    """Return the rules in force of which nothing is said: those nobody has checked, and those checked too long ago."""
    return [rule for rule in rules(country) if rule.holds_on(today) and not rule.may_be_said(today)]
