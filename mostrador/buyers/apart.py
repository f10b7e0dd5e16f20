"""Two who look like one person and are two: somebody looked, and they are proposed no more until that is taken back (docs/adr/0035)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from mostrador.buyers import alike, joins
from mostrador.buyers.alike import Pair
from mostrador.buyers.models import Buyer, BuyersApart
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.writing import use_case


@dataclass(frozen=True, slots=True)
class Seen:
    """Two of whom somebody said that they are two people."""

    one: Buyer
    two: Buyer


def proposed(rows: Iterable[Buyer]) -> list[Pair]:
    """Return who among these may be one person, but for those of whom somebody said that they are two; the surest first."""
    now = joins.joined()
    # Whoever is joined to one of the two is that one.
    told = {frozenset((now.of(one), now.of(two))) for one, two in BuyersApart.objects.values_list("one_id", "two_id")}
    return [pair for pair in alike.pairs(rows) if frozenset((pair.one.id, pair.two.id)) not in told]


def seen(limit: int, buyer_id: uuid.UUID | None = None) -> list[Seen]:
    """Return the pairs of whom that was said, or those of one buyer, the last first."""
    rows = BuyersApart.objects.order_by("-at", "one_id", "two_id")
    found = [(row.one_id, row.two_id) for row in rows if buyer_id is None or buyer_id in {row.one_id, row.two_id}][:limit]
    by_id = {row.id: row for row in Buyer.objects.filter(id__in={one for pair in found for one in pair})}
    return [Seen(by_id[one], by_id[two]) for one, two in found]


def tell_apart(actor: Actor, *, one_id: uuid.UUID, two_id: uuid.UUID, apart: bool) -> None:
    """Say that two buyers are two people, or take that back; again changes nothing. Refuses with Invalid(buyer=code): same, joined (they are one now)."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    one, two = sorted((one_id, two_id))
    if one == two:
        raise Invalid(buyer="same")
    with use_case():
        if Buyer.objects.filter(id__in=[one, two]).count() != 2:
            raise NotFound
        stands = BuyersApart.objects.filter(one_id=one, two_id=two)
        if stands.exists() == apart:
            return
        if not apart:
            stands.delete()
        elif joins.kept(one) == joins.kept(two):
            raise Invalid(buyer="joined")
        else:
            row = BuyersApart(organization_id=actor.organization_id, one_id=one, two_id=two, actor_id=actor.id, at=clock.now())
            BuyersApart.objects.bulk_create([row], ignore_conflicts=True)
        for buyer, other in ((one, two), (two, one)):
            trail.record(actor, "buyer", buyer, {"apart": ("", other) if apart else (other, "")})
