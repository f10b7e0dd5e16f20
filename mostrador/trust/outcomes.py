"""«¿Le sirvió?»: asked once on the page of a purchase, kept, and read by nobody but the page itself until figures of it mean something (ruling 34)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust.outcome_model import Outcome

ANSWERS = ("yes", "partly", "no", "not_yet")
CHANGES_FOR = dt.timedelta(days=30)
ROWS_MAX = 20
"""Nobody changes their mind so often: beyond it the last answer stands."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stands, and until when another may be given."""

    answer: str
    until: dt.datetime

    @property
    def may_change(self) -> bool:
        """Whether another may still be given."""
        return clock.now() <= self.until


def of_sale(sale_id: uuid.UUID) -> Answered | None:
    """Return what was answered of a sale; None: nothing yet."""
    rows = list(Outcome.objects.filter(sale_id=sale_id).order_by("at", "id").values_list("answer", "at"))
    return Answered(rows[-1][0], rows[0][1] + CHANGES_FOR) if rows else None


@whole
def answer(actor: Actor, *, sale_id: uuid.UUID, visit_id: uuid.UUID, said: str, is_internal: bool) -> None:
    """Keep an answer of whoever bears the ticket. The same again writes nothing, and after thirty days the last one stands."""
    if actor.kind != "bearer":
        raise Forbidden
    if said not in ANSWERS:
        raise Invalid(answer="choose")
    before = of_sale(sale_id)
    if before and (not before.may_change or before.answer == said):
        return
    if Outcome.objects.filter(sale_id=sale_id).count() >= ROWS_MAX:
        return
    Outcome(
        organization_id=actor.organization_id, id=new_id(), sale_id=sale_id, visit_id=visit_id, answer=said, is_internal=is_internal,
        at=clock.now(),
    ).save(force_insert=True)  # fmt: skip
