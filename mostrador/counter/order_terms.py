"""The owner's terms of each kind of order: how long, what deposit, and what is kept when it is cancelled. A till writes them into the order itself."""

from dataclasses import asdict, dataclass
from typing import Any

from mostrador.counter.order_models import OrderTerms
from mostrador.counter.orders import KINDS
from mostrador.kernel import outbox, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ready import ready
from mostrador.kernel.writing import use_case

WHOLE = 1_000_000
TOPIC_TERMS = "counter.order_terms"
DAYS_MAX = 365


@dataclass(frozen=True, slots=True)
class Terms:
    """Days until it is due; shares in parts per million; how many days after that it ends by itself, None: never."""

    days: int
    deposit_share: int
    kept_share: int
    grace_days: int | None = None


# Until the owner says otherwise. Nothing is kept: what a shop may keep is for its owner to say, before anybody pays.
USUAL: dict[str, Terms] = {
    "layaway": Terms(30, 200_000, 0, 7),
    "special": Terms(7, 300_000, 0),
    "repair": Terms(7, 0, 0),
    "delivery": Terms(1, 0, 0),
    "quote": Terms(15, 0, 0, 0),
}


def terms() -> dict[str, Terms]:
    """Return the terms of every kind, in the order in which they are shown."""
    said = {row.kind: Terms(row.days, row.deposit_share, row.kept_share, row.grace_days) for row in _said()}
    return {kind: said.get(kind, USUAL[kind]) for kind in KINDS}


@ready
def _said() -> Any:
    return OrderTerms.objects.all()


def set_terms(actor: Actor, *, kind: str, wanted: Terms) -> None:
    """Change the terms of a kind: orders that stand keep those that they were written with."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    if kind not in KINDS:
        raise Invalid(kind="unknown")
    if not 0 <= wanted.days <= DAYS_MAX:
        raise Invalid(days="out_of_range")
    if wanted.grace_days is not None and not (KINDS[kind].expires and 0 <= wanted.grace_days <= DAYS_MAX):
        raise Invalid(grace_days="out_of_range")
    for name in ("deposit_share", "kept_share"):
        if not 0 <= getattr(wanted, name) <= WHOLE:
            raise Invalid(**{name: "out_of_range"})
    before = terms()[kind]
    if before == wanted:
        return
    with use_case():
        OrderTerms.objects.update_or_create(organization_id=actor.organization_id, kind=kind, defaults=asdict(wanted))
        changed = {
            f"{kind}.{name}": (getattr(before, name), value) for name, value in asdict(wanted).items() if getattr(before, name) != value
        }
        trail.record(actor, "order_terms", actor.organization_id, changed)
        touched(actor.organization_id, "till", [actor.organization_id])
        if before.grace_days != wanted.grace_days:
            outbox.enqueue(actor.organization_id, TOPIC_TERMS, {"kind": kind})
