"""What the shop gives to try, as the owner says it: which products, how much at once, and what is said before. Nothing here knows what they cost (docs/adr/0038)."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from mostrador.catalogue import combos, kits, queries
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust.models import Undoing
from mostrador.trust.sample_models import Sample, SampleGood

GOODS_MAX = 60
QUANTITY_MAX = 10_000
"""Ten of a unit, thousandths: more at once is no sample."""
ALLERGENS_MAX = 80
DAY_MAX = 999
USE_DAYS = 90
"""Over so many days a store's use puts them in order."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How a product is given to try: how much at once (thousandths of its unit), what is said before, and above how many a day a till says so (None: never)."""

    quantity: int = 1000
    allergens: str = ""
    day_max: int | None = None


@dataclass(frozen=True, slots=True)
class Good:
    """A product that is given to try, as it stands."""

    id: uuid.UUID
    product_id: uuid.UUID
    name: str
    says: Saying


def standing() -> QuerySet[Sample]:
    """The samples that nobody took back."""
    return Sample.objects.exclude(
        Exists(Undoing.objects.filter(record_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id")))
    )


def goods() -> list[Good]:
    """Return what is given to try, by the name of the product."""
    rows = list(SampleGood.objects.filter(ended_at=None))
    names = queries.names(row.product_id for row in rows)
    found = [Good(row.id, row.product_id, names.get(row.product_id, ""), _says(row)) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def good(good_id: uuid.UUID) -> Good:
    """Return one that is given to try; NotFound for any other."""
    found = next((one for one in goods() if one.id == good_id), None)
    if found is None:
        raise NotFound
    return found


def used(store_id: uuid.UUID, now: dt.datetime | None = None) -> dict[uuid.UUID, int]:
    """Return how often a store gave each product in the last 90 whole days: by day, so that chips keep their place while somebody works with them."""
    today = (now or clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = standing().filter(store_id=store_id, at__gte=today - dt.timedelta(days=USE_DAYS), at__lt=today)
    return dict(rows.values("product_id").annotate(times=Count("fact_id")).values_list("product_id", "times"))


@whole
def add(actor: Actor, *, product_id: uuid.UUID, says: Saying) -> uuid.UUID:
    """Say that a product is given to try. Refuses one that there is not, is made of others, is given already, or does not fit: Invalid."""
    _may(actor)
    said = _checked(says)
    if not queries.known([product_id]):
        raise Invalid(product="unknown_code")
    if kits.components([product_id]) or combos.slots([product_id]):
        raise Invalid(product="made_of")
    if SampleGood.objects.filter(product_id=product_id, ended_at=None).exists():
        raise Invalid(product="taken")
    if SampleGood.objects.filter(ended_at=None).count() >= GOODS_MAX:
        raise Invalid(product="full")
    row = SampleGood(organization_id=actor.organization_id, id=new_id(), product_id=product_id, **asdict(said))
    row.save(force_insert=True)
    _changed(actor, row.id, {"product": (None, str(product_id)), **{field: (None, value) for field, value in asdict(said).items()}})
    return row.id


@whole
def change(actor: Actor, *, good_id: uuid.UUID, says: Saying) -> None:
    """Say anew how it is given; what was given stays as it was."""
    _may(actor)
    said, before = asdict(_checked(says)), asdict(good(good_id).says)
    changes = {field: (before[field], value) for field, value in said.items() if before[field] != value}
    if changes:
        SampleGood.objects.filter(id=good_id).update(**said)
        _changed(actor, good_id, changes)


@whole
def end(actor: Actor, *, good_id: uuid.UUID) -> None:
    """Say that it is given no more; what was given stays."""
    _may(actor)
    if not SampleGood.objects.filter(id=good_id, ended_at=None).update(ended_at=clock.now()):
        raise NotFound
    _changed(actor, good_id, {"ended": (False, True)})


def _says(row: SampleGood) -> Saying:
    return Saying(row.quantity, row.allergens, row.day_max)


def _may(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden


def _checked(says: Saying) -> Saying:
    said = Saying(says.quantity, says.allergens.strip(), says.day_max)
    wrong: dict[str, object] = {}
    if not 1 <= said.quantity <= QUANTITY_MAX:
        wrong["quantity"] = "out_of_range"
    if len(said.allergens) > ALLERGENS_MAX:
        wrong["allergens"] = "too_long"
    if said.day_max is not None and not 1 <= said.day_max <= DAY_MAX:
        wrong["day_max"] = "out_of_range"
    if wrong:
        raise Invalid(**wrong)
    return said


def _changed(actor: Actor, good_id: uuid.UUID, changes: dict[str, tuple[object, object]]) -> None:
    trail.record(actor, "sample_good", good_id, changes)
    touched(actor.organization_id, "till", [actor.organization_id])
