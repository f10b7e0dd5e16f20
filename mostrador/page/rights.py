"""Section 3 of the buyer's page: what they may still ask for, of which goods and until when. Law by its articles, courtesy called so (L11); what nobody checked is not there."""

from dataclasses import dataclass

from mostrador.counter.queries import TicketDetail
from mostrador.kernel import clock
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization
from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE
from mostrador.rights import of_sale
from mostrador.rights.compute import Right
from mostrador.rights.of_sale import Held


@dataclass(frozen=True, slots=True)
class RightText:
    """A right as texts. `goods`: which, where not all have it; `notes`: what else decides its days; `law`: empty of a courtesy, which says so itself."""

    title: str
    goods: str
    ends: str
    text: str
    notes: tuple[str, ...]
    law: str


def rights_of(ticket: TicketDetail, organization: Organization, formats: Formats, language: str) -> tuple[RightText, ...]:
    """Return what the buyer of a ticket may still ask for, the law first. Its business must be in scope."""
    today = formats.local(clock.now()).date()
    found = of_sale.held(ticket.sale, ticket.lines, organization.country, today)
    return tuple(_text(one, formats, language) for one in found)


def _text(held: Held, formats: Formats, language: str) -> RightText:
    right = held.right
    goods = "" if held.is_whole else ", ".join(dict.fromkeys(line.name for line in held.lines))
    ends = say(TABLE, "right_until", language, day=formats.day(right.ends)) if right.ends else ""
    return RightText(
        _title(right, language), goods, ends, _says(right, language), tuple(_notes(right, formats, language)), _law(right, language)
    )


def _title(right: Right, language: str) -> str:
    return right.rule.title(language) if right.rule else say(TABLE, f"right.{right.kind}", language)


def _says(right: Right, language: str) -> str:
    """What it gives. What the shop gives of its own stands in its own words, and says that no law asks for it."""
    if right.rule:
        return right.rule.text(language)
    key = f"right_says.{right.kind}" if right.says else f"right_plain.{right.kind}"
    return say(TABLE, key, language, says=right.says.rstrip("."))


def _notes(right: Right, formats: Formats, language: str) -> list[str]:
    notes = []
    if right.presumed_until:
        notes.append(say(TABLE, "right_presumed", language, day=formats.day(right.presumed_until)))
    if right.suspended:
        notes.append(say(TABLE, "right_suspended", language, n=right.suspended))
    if right.raised_by:
        notes.append(say(TABLE, "right_raised", language, law=right.raised_by.law))
    return notes


def _law(right: Right, language: str) -> str:
    return say(TABLE, "right_law", language, law=right.rule.law) if right.rule else ""
