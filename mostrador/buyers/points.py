"""The owner's scheme of points: versions that never change, of which the last is in force. Amounts: int minor units."""

import uuid
from dataclasses import dataclass
from typing import Any

from mostrador.buyers.models import PointsScheme
from mostrador.kernel import clock, outbox, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import current_organization
from mostrador.kernel.writing import whole
from mostrador.pricing import points
from mostrador.pricing.points import Scheme
from mostrador.pricing.points_lapse import KINDS as LAPSES

TOPIC_LAPSE = "buyers.points_lapse"
MOST = 10**9
MONTHS_MOST = 120
PICKED_MAX = 200
# What a payment may be by that is no new money, in the order of the form; by all other methods goods earn.
ASKED = ("points", "gift_card", "fiado", "credit")


@dataclass(frozen=True, slots=True)
class PointsTerms:
    """What a version says, as the columns of PointsScheme; `categories` and `products` earn nothing."""

    is_on: bool = False
    earn_per: int | None = 1000
    worth_points: int = 10
    worth_amount: int = 100
    least: int = 0
    unearning: tuple[str, ...] = ("points",)
    categories: tuple[uuid.UUID, ...] = ()
    products: tuple[uuid.UUID, ...] = ()
    lapse: str = ""
    lapse_months: int | None = None

    @property
    def scheme(self) -> Scheme:
        """What the arithmetic needs."""
        return Scheme(self.earn_per, self.worth_points, self.worth_amount, frozenset(self.unearning))


def versions() -> list[PointsScheme]:
    """Return every version, the last first."""
    return _versions()


@ready
def _versions() -> Any:
    return PointsScheme.objects.order_by("-made_at", "-id")


def last() -> PointsScheme | None:
    """Return the version in force, or None where the owner never said anything: then there are no points."""
    return next(iter(_last()), None)


@ready
def _last() -> Any:
    return PointsScheme.objects.order_by("-made_at", "-id")[:1]


def terms_of(row: PointsScheme | None) -> PointsTerms:
    """Return what a version says; before there is one, what the form begins with."""
    if row is None:
        return PointsTerms()
    return PointsTerms(
        row.is_on, row.earn_per, row.worth_points, row.worth_amount, row.least, tuple(row.unearning),
        tuple(uuid.UUID(one) for one in row.without.get("categories", ())), tuple(uuid.UUID(one) for one in row.without.get("products", ())),
        row.lapse, row.lapse_months,
    )  # fmt: skip


def worth(count: int) -> int:
    """Return what so many points come to by the version in force, minor units; below nothing they are worth nothing."""
    return points.worth(terms_of(last()).scheme, max(0, count))


@whole
def set_scheme(actor: Actor, *, terms: PointsTerms) -> PointsScheme:
    """Begin another version. What was earned and spent by those before stays as it was. Refuses with Invalid what no till could compute."""
    if not actor.may("owner"):
        raise Forbidden
    wrong = _wrong(terms)
    if wrong:
        raise Invalid(**wrong)
    before = terms_of(last())
    row = PointsScheme(
        organization_id=current_organization(), id=new_id(), is_on=terms.is_on, earn_per=terms.earn_per, worth_points=terms.worth_points,
        worth_amount=terms.worth_amount, least=terms.least, unearning=[name for name in ASKED if name in terms.unearning],
        without={"categories": [str(one) for one in terms.categories], "products": [str(one) for one in terms.products]}, actor_id=actor.id,
        made_at=clock.now(), lapse=terms.lapse, lapse_months=terms.lapse_months if terms.lapse else None,
    )  # fmt: skip
    row.save(force_insert=True)
    names = ("is_on", "earn_per", "worth_points", "worth_amount", "least", "lapse", "lapse_months")
    changed = {name: (getattr(before, name), getattr(terms, name)) for name in names if getattr(before, name) != getattr(terms, name)}
    trail.record(actor, "points_scheme", row.id, changed)
    touched(actor.organization_id, "till", [actor.organization_id])
    outbox.enqueue(actor.organization_id, TOPIC_LAPSE, {"scheme": str(row.id)})
    return row


def _wrong(terms: PointsTerms) -> dict[str, str]:
    numbers = {"worth_points": terms.worth_points, "worth_amount": terms.worth_amount}
    if terms.earn_per is not None:
        numbers["earn_per"] = terms.earn_per
    wrong = {name: "out_of_range" for name, value in numbers.items() if not 1 <= value <= MOST}
    if not 0 <= terms.least <= MOST:
        wrong["least"] = "out_of_range"
    if len(terms.categories) > PICKED_MAX or len(terms.products) > PICKED_MAX:
        wrong["products"] = "too_many"
    if terms.lapse not in ("", *LAPSES):
        wrong["lapse"] = "choose"
    elif terms.lapse and not 1 <= (terms.lapse_months or 0) <= MONTHS_MOST:
        wrong["lapse_months"] = "out_of_range"
    if not set(terms.unearning) <= set(ASKED):
        wrong["unearning"] = "choose"
    return wrong
