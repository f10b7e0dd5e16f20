"""What the office does about what was said: put it right, in public. Nothing that was said is changed or taken away (invariants C1 and C2)."""

from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.people import queries as people
from mostrador.trust import claims
from mostrador.trust.claim_fold import Statement
from mostrador.trust.claim_models import Correction

SAYS_MAX = 200
CORRECTIONS_MAX = 20
"""Of one statement: who puts something right more often says it anew on the sheet."""


@whole
def correct(actor: Actor, *, statement: Statement, says: str) -> None:
    """Put a statement right on the page of everybody who was told so. Refuses what is empty, too long or the same again: Invalid; what nobody ever said: NotFound."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    found = claims.finding(statement, [store.id for store in people.stores()])
    if found is None:
        raise NotFound
    text = says.strip()
    if not text or len(text) > SAYS_MAX:
        raise Invalid(says="too_long" if text else "empty")
    if found.corrections and found.corrections[-1].says == text:
        raise Invalid(says="taken")
    if len(found.corrections) >= CORRECTIONS_MAX:
        raise Invalid(says="too_many")
    row = Correction(
        organization_id=actor.organization_id, id=new_id(), product_id=statement.product_id, statement_id=statement.id, said=statement.said,
        says=text, at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    trail.record(actor, "correction", statement.product_id, {"says": (None, text)})
