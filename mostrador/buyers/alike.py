"""Which cards may be of the same person, because staff met them twice: the same telephone, tax id, or name without accents. A hint, and never more."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from mostrador.buyers.models import Buyer
from mostrador.catalogue.words import fold

BY = ("phone", "tax_id", "name")
PHONE_LEAST = 7
PHONE_OWN = 9  # the last digits, by which a number is the same with its country before it and without
SHARED_MAX = 5  # what more people than these have in common says nothing of any: the tax id of everybody, the telephone of the shop


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one. `by`: what is the same, the surest first; `is_sure`: more than a name, or a name and nothing that speaks against it."""

    one: Buyer
    two: Buyer
    by: tuple[str, ...]
    is_sure: bool


def pairs(rows: Iterable[Buyer]) -> list[Pair]:
    """Return who among these may be the same person, the surest first."""
    groups: dict[tuple[str, str], list[Buyer]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.met_at, row.id)):
        for key in _keys(row):
            groups[key].append(row)
    by: dict[tuple[uuid.UUID, uuid.UUID], set[str]] = defaultdict(set)
    known: dict[uuid.UUID, Buyer] = {}
    for (what, _), alike in groups.items():
        if 1 < len(alike) <= SHARED_MAX:
            known |= {row.id: row for row in alike}
            for one, two in combinations(alike, 2):
                by[one.id, two.id].add(what)
    found = [_pair(known[one], known[two], what) for (one, two), what in by.items()]
    return sorted(
        found, key=lambda pair: (not pair.is_sure, [BY.index(what) for what in pair.by], fold(pair.one.name), pair.one.id, pair.two.id)
    )


def _pair(one: Buyer, two: Buyer, by: set[str]) -> Pair:
    mine, theirs = dict(_keys(one)), dict(_keys(two))
    differs = any(mine.get(what) and theirs.get(what) and mine[what] != theirs[what] for what in ("phone", "tax_id"))
    return Pair(one, two, tuple(what for what in BY if what in by), by != {"name"} or not differs)


def _keys(row: Buyer) -> Iterator[tuple[str, str]]:
    digits = "".join(letter for letter in row.phone if letter.isdigit())
    if len(digits) >= PHONE_LEAST:
        yield "phone", digits[-PHONE_OWN:]
    tax_id = "".join(letter for letter in row.tax_id.upper() if letter.isalnum())
    if tax_id:
        yield "tax_id", tax_id
    name = " ".join(sorted(fold(row.name).split()))
    if name:
        yield "name", name
