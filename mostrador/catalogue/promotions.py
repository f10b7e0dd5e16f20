"""Promotions: begun, changed by a new version, put in order, ended. A sale names the version that lowered it, so no version ever changes."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from mostrador.catalogue import standing
from mostrador.catalogue import terms as saying
from mostrador.catalogue.models import Category, Product, Promotion, PromotionVersion
from mostrador.catalogue.terms import Pick, Terms
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import use_case, whole
from mostrador.people.models import Store

PROMOTIONS_MAX = 500
NAME_MAX = 60
# By how much a price is lower for everybody is worked out from the price before, and never typed (invariant X1).
PERCENT = re.compile(r"\d\s*%")


@dataclass(frozen=True, slots=True)
class Said:
    """A promotion with what it says now."""

    id: uuid.UUID
    version_id: uuid.UUID
    name: str
    position: int
    terms: Terms
    is_archived: bool


def promotions(*, archived: bool = False) -> list[Said]:
    """Return the promotions in the order in which they lower; with `archived`, those that ended as well, last."""
    rows = Promotion.objects.all() if archived else Promotion.objects.filter(archived_at=None)
    return _said(sorted(rows, key=lambda row: (row.archived_at is not None, row.position, row.id)))


def promotion(promotion_id: uuid.UUID) -> Said:
    """Return one promotion; NotFound for any other."""
    return _said([_get(promotion_id)])[0]


def said(ids: Sequence[uuid.UUID] | None) -> list[Said]:
    """Return the promotions of these ids that have not ended, for the feed; None: all of them."""
    rows = Promotion.objects.filter(archived_at=None)
    return _said(list((rows if ids is None else rows.filter(id__in=list(ids))).order_by("position", "id")))


def _said(rows: Sequence[Promotion]) -> list[Said]:
    versions = {row.id: row for row in PromotionVersion.objects.filter(id__in=[row.version_id for row in rows])}
    return [
        Said(row.id, row.version_id, found.name, row.position, saying.read(found.terms), row.archived_at is not None)
        for row in rows
        for found in [versions[row.version_id]]
    ]


@whole
def add_promotion(actor: Actor, *, name: str, terms: Terms) -> Promotion:
    """Begin a promotion; it lowers after those that stand already. Refuses terms that say nothing, and goods or stores of nobody: Invalid."""
    _may_edit(actor)
    _check(name, terms)
    if Promotion.objects.filter(archived_at=None).count() >= PROMOTIONS_MAX:
        raise Invalid(promotions="too_many")
    last = Promotion.objects.aggregate(last=Max("position"))["last"] or 0
    row = Promotion(organization_id=actor.organization_id, id=new_id(), position=last + 1, version_id=new_id())
    row.save(force_insert=True)
    _write_version(actor, row, name, terms)
    standing.note(actor, "promotion", [row])
    touched(actor.organization_id, "promotion", [row.id])
    return row


def change_promotion(actor: Actor, *, promotion_id: uuid.UUID, name: str, terms: Terms) -> None:
    """Say something else from now on: a new version. Sales made keep the one that they name."""
    _may_edit(actor)
    _check(name, terms)
    with use_case():
        row = _get(promotion_id)
        before = _said([row])[0]
        if (before.name, before.terms) == (name.strip(), terms):
            return
        row.version_id = new_id()
        Promotion.objects.filter(id=promotion_id).update(version_id=row.version_id)
        _write_version(actor, row, name, terms)
        trail.record(
            actor, "promotion", promotion_id, {"version": (before.version_id, row.version_id), "name": (before.name, name.strip())}
        )
        touched(actor.organization_id, "promotion", [promotion_id])


def end_promotion(actor: Actor, *, promotion_id: uuid.UUID, ended: bool = True) -> None:
    """Take a promotion off the tills, or bring it back."""
    _may_edit(actor)
    standing.end(actor, Promotion, "promotion", promotion_id, ended=ended)


def move_promotion(actor: Actor, *, promotion_id: uuid.UUID, up: bool) -> None:
    """Let a promotion lower before its neighbour, or after it."""
    _may_edit(actor)
    standing.move(actor, Promotion, "promotion", promotion_id, up=up)


def _write_version(actor: Actor, row: Promotion, name: str, terms: Terms) -> None:
    PromotionVersion(
        organization_id=actor.organization_id, id=row.version_id, promotion_id=row.id, name=name.strip(), terms=saying.stored(terms),
        recorded_at=clock.now(), actor_id=actor.id,
    ).save(force_insert=True)  # fmt: skip


def _check(name: str, terms: Terms) -> None:
    if not name.strip():
        raise Invalid(name="empty")
    if len(name.strip()) > NAME_MAX:
        raise Invalid(name="too_long")
    if PERCENT.search(name) and saying.is_for_all(terms):
        raise Invalid(name="percent")
    saying.check(terms)
    known_goods(saying.picks(terms))
    known_stores(terms.stores)


def known_goods(picks: Sequence[Pick]) -> None:
    """Refuse categories and products of nobody: Invalid."""
    _known(Category, {one for pick in picks for one in pick.categories}, "pick")
    _known(Product, {one for pick in picks for one in (*pick.products, *pick.without)}, "pick")


def known_stores(stores: Sequence[str]) -> None:
    """Refuse stores of nobody: Invalid."""
    _known(Store, set(stores), "stores")


def _known(model: Any, ids: set[str], field: str) -> None:
    if ids and model.objects.filter(id__in=[uuid.UUID(one) for one in ids]).count() != len(ids):
        raise Invalid(**{field: "unknown"})


def _get(promotion_id: uuid.UUID) -> Promotion:
    row = Promotion.objects.filter(id=promotion_id).first()
    if row is None:
        raise NotFound
    return row


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
