"""What a buyer was told of what they bought, for whoever holds the ticket: the sheets in force that day, what was answered when they asked, and what was put right since; never who said it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from mostrador.catalogue import queries as catalogue
from mostrador.counter.queries import TicketDetail
from mostrador.kernel.formats import Formats
from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE
from mostrador.trust import claims
from mostrador.trust.claims import Told


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was said, as texts. `mark`: strength, limit or topic; `answer`: what they were told when they asked; `turned`: that it did not hold, or is in doubt."""

    mark: str
    says: str
    more: str
    answer: str
    turned: str
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldOf:
    """A product and what was said of it."""

    name: str
    points: tuple[Point, ...]


def told_in(ticket: TicketDetail, formats: Formats, language: str, *, answers: bool, only_corrected: bool) -> tuple[ToldOf, ...]:
    """Return what was said, in the order of the lines. `answers`: also what was answered to whoever bought; `only_corrected`: what was put right alone."""
    names: dict[UUID, str] = {}
    for line in ticket.lines:
        names.setdefault(line.product_id, line.name)
    found = [
        one for one in claims.told_in(ticket.sale, list(names)) if (answers or not one.is_asked) and (one.corrections or not only_corrected)
    ]
    asked = {one.statement.product_id for one in found} - names.keys()
    of = names | catalogue.names(asked) if asked else names
    return tuple(ToldOf(of.get(product, ""), points) for product, points in _by_product(found, formats, language).items())


def _by_product(found: list[Told], formats: Formats, language: str) -> Mapping[UUID, tuple[Point, ...]]:
    by: dict[UUID, tuple[Point, ...]] = {}
    for one in found:
        by[one.statement.product_id] = (*by.get(one.statement.product_id, ()), _point(one, formats, language))
    return by


def _point(one: Told, formats: Formats, language: str) -> Point:
    standing = one.standing
    turned = "contradicted" if standing.contradicted else "disputed" if standing.doubted else ""
    return Point(
        one.kind, one.says,
        "" if one.kind == "topic" else say(TABLE, "told.limit" if one.kind == "limit" else f"told.{one.basis}", language),
        say(TABLE, f"told.said_{one.statement.said}", language) if one.is_asked else "",
        say(TABLE, f"told.{turned}", language) if turned else "",
        tuple(
            say(TABLE, "told.corrected", language, day=formats.full_day(formats.local(row.at).date()), says=row.says)
            for row in one.corrections
        ),
    )  # fmt: skip
