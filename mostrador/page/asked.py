"""Section 5 of the buyer's page: one question, four equal answers, changed within thirty days. Nobody reads them yet."""

import uuid
from dataclasses import dataclass

from mostrador.kernel.formats import Formats
from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE
from mostrador.trust import outcomes


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as texts. `answers`: word, its text, whether it is the one that stands; `note`: what can be done about it."""

    answers: tuple[tuple[str, str, bool], ...]
    note: str
    is_closed: bool


def asked_of(sale_id: uuid.UUID, formats: Formats, language: str) -> Asked:
    """Return the question of a sale, and the answer that stands."""
    stands = outcomes.of_sale(sale_id)
    answers = tuple(
        (word, say(TABLE, f"answer.{word}", language), stands is not None and stands.answer == word) for word in outcomes.ANSWERS
    )
    if stands is None:
        return Asked(answers, say(TABLE, "ask_note", language), is_closed=False)
    if not stands.may_change:
        return Asked(answers, say(TABLE, "ask_closed", language), is_closed=True)
    return Asked(answers, say(TABLE, "ask_kept", language, day=formats.day(formats.local(stands.until).date())), is_closed=False)
