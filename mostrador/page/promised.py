"""What the shop promised in a purchase's visit, for whoever holds its ticket: what, by when, and what became of it; never the words it was said in, nor who said it (ruling 34)."""

import uuid
from dataclasses import dataclass

from mostrador.kernel.formats import Formats
from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE
from mostrador.trust import promise_chips, promise_reports, promises
from mostrador.trust.promises import Standing


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as texts. `first`: the day that was said at first, where another was agreed since; empty otherwise. `said`: what its bearer told the shop of it."""

    id: uuid.UUID
    what: str
    due: str
    first: str
    state: str
    is_late: bool
    said: str
    may_report: bool


def promised_in(visit_id: uuid.UUID, formats: Formats, language: str, *, only_open: bool) -> tuple[Promised, ...]:
    """Return what was promised in a visit, due first at the top. `only_open`: what is still to be kept."""
    found = [one for one in promises.of_visits([visit_id]) if one.promise.is_open or not only_open]
    names = promise_chips.names({one.row.chip_id for one in found if one.row.chip_id})
    return tuple(_texts(one, names, formats, language) for one in found)


def _texts(one: Standing, names: dict[uuid.UUID, str], formats: Formats, language: str) -> Promised:
    promise = one.promise
    told = promise_reports.last(one.events)
    moved = promise.first.by != promise.due.by
    return Promised(
        one.id,
        names.get(one.row.chip_id, "") if one.row.chip_id else say(TABLE, "promised.order", language),
        say(TABLE, "promised.due", language, day=formats.full_day(promise.due.by)),
        say(TABLE, "promised.first", language, day=formats.full_day(promise.first.by)) if moved else "",
        say(TABLE, f"promised.{promise.state}", language),
        promise.state in {"late", "broken"},
        say(TABLE, f"promised.said.{told.kind}", language, day=formats.full_day(formats.local(told.at).date())) if told else "",
        promise.state != "released",
    )
