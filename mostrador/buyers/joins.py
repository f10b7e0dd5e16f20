"""Buyers who are one person: which of them is kept, and who is joined to whom. The one place that says for whom an id stands (docs/adr/0035).

Rows that facts made keep the id that they were made with. Whoever reads asks here: `spread` to look for rows, `of` to say whose they are.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mostrador.buyers.models import Buyer, BuyerJoin
from mostrador.kernel.ready import ready


@dataclass(frozen=True, slots=True)
class Joined:
    """Who is joined to whom. `rows`: the row of each that is joined to another; `ends`: for whom each of these stands; `groups`: the same, read backwards."""

    rows: Mapping[uuid.UUID, BuyerJoin]
    ends: Mapping[uuid.UUID, uuid.UUID]
    groups: Mapping[uuid.UUID, list[uuid.UUID]]

    def of(self, buyer_id: uuid.UUID) -> uuid.UUID:
        """Return for whom an id stands: the last of its chain, mostly itself."""
        return self.ends.get(buyer_id, buyer_id)

    def others(self, buyer_id: uuid.UUID) -> list[uuid.UUID]:
        """Return everybody who stands for this one, by themselves or through another; not this one."""
        return self.groups.get(buyer_id, [])

    def spread(self, ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """Return all ids by which these may stand in rows: for whom each stands, and who else stands for those."""
        return [one for kept in dict.fromkeys(map(self.of, ids)) for one in (kept, *self.others(kept))]


def joined() -> Joined:
    """Return who is joined to whom now, in the business in scope."""
    last = {row.other_id: row for row in _said()}
    rows = {other: row for other, row in last.items() if row.kept_id is not None}
    ends = {other: _end(rows, other) for other in rows}
    groups: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for other, end in ends.items():
        if other != end:
            groups[end].append(other)
    return Joined(rows, ends, dict(groups))


@ready
def _said() -> Any:
    return BuyerJoin.objects.order_by("other_id", "n")


def _end(rows: Mapping[uuid.UUID, BuyerJoin], buyer_id: uuid.UUID) -> uuid.UUID:
    """The last of a chain. In a ring, which no service makes and doctor tells of, nobody is looked for for ever."""
    passed: set[uuid.UUID] = set()
    while buyer_id not in passed and (row := rows.get(buyer_id)) is not None and row.kept_id is not None:
        passed.add(buyer_id)
        buyer_id = row.kept_id
    return buyer_id


def kept(buyer_id: uuid.UUID) -> uuid.UUID:
    """Return for whom an id stands."""
    return joined().of(buyer_id)


def others(buyer_id: uuid.UUID) -> list[Buyer]:
    """Return who is joined to a buyer, by name."""
    return others_of([buyer_id]).get(buyer_id, [])


def others_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Buyer]]:
    """Return who is joined to each of these, by name; nobody where nobody is."""
    now = joined()
    found: dict[uuid.UUID, list[Buyer]] = defaultdict(list)
    for row in _rows([other for one in ids for other in now.others(one)]):
        found[now.of(row.id)].append(row)
    return found


@ready
def _rows(ids: list[uuid.UUID]) -> Any:
    return Buyer.objects.filter(id__in=ids).order_by("name", "id")


def consent(row: Buyer) -> list[str]:
    """Return the channels by which somebody may be written to: all that are one must have said yes."""
    now = joined()
    said = [now.rows[other].consent for other in now.others(row.id)]
    return [channel for channel in row.consent if all(channel in one for one in said)]
