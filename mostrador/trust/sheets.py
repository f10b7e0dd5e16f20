"""The honest sheet of a product: at most three strengths and at least one real limit, each with what it rests on. Published anew it is another version; none is ever changed."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mostrador.catalogue import queries
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.trust.claim_fold import NOT_AS_SAID, REASONS
from mostrador.trust.claim_models import ProductSheet

KINDS = ("strength", "limit")
BASES = ("maker", "standard", "own_use", "returns_data")
STRENGTHS_MAX = LIMITS_MAX = 3
SAYS_MAX = 90
AT_TILLS_MAX = 1000
"""So many sheets go down to a till, those published last."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is said. `basis`: what it rests on; `reasons`: of returns, that speak against it. Said again in the same words it keeps its id."""

    id: uuid.UUID
    kind: str
    says: str
    basis: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A point as somebody writes it."""

    kind: str
    says: str
    basis: str
    reasons: tuple[str, ...] = (NOT_AS_SAID,)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version. `is_honest`: it says a limit too; otherwise it is an incomplete sheet, and is shown to nobody outside the office."""

    id: uuid.UUID
    product_id: uuid.UUID
    version: int
    at: dt.datetime
    points: tuple[Point, ...]

    @property
    def is_honest(self) -> bool:
        """Whether it says what the product does not do."""
        return any(point.kind == "limit" for point in self.points)

    @property
    def strengths(self) -> list[Point]:
        """What speaks for it."""
        return [point for point in self.points if point.kind == "strength"]

    @property
    def limits(self) -> list[Point]:
        """What it does not do."""
        return [point for point in self.points if point.kind == "limit"]

    @property
    def state(self) -> str:
        """Honest, incomplete, or none: nothing is said any more."""
        return "honest" if self.is_honest else "incomplete" if self.points else "none"


class Versions:
    """All versions of some products, and which was in force when."""

    def __init__(self, rows: Iterable[ProductSheet]) -> None:
        self._of: dict[uuid.UUID, list[Sheet]] = defaultdict(list)
        for row in sorted(rows, key=lambda one: one.version):
            self._of[row.product_id].append(_sheet(row))

    def of(self, product_id: uuid.UUID) -> Sequence[Sheet]:
        """Return the versions of a product, the first one first."""
        return self._of.get(product_id, ())

    def in_force(self, product_id: uuid.UUID, at: dt.datetime) -> Sheet | None:
        """Return the sheet that a line sold then was sold with; None where nothing honest was said."""
        last = next((one for one in reversed(self.of(product_id)) if one.at <= at), None)
        return last if last is not None and last.is_honest else None

    def current(self, product_id: uuid.UUID) -> Sheet | None:
        """Return the last version, whatever it says; None where there never was one."""
        found = self.of(product_id)
        return found[-1] if found else None

    def point(self, product_id: uuid.UUID, point_id: uuid.UUID) -> Point | None:
        """Return a point as it was said last."""
        return next((point for one in reversed(self.of(product_id)) for point in one.points if point.id == point_id), None)


def versions(product_ids: Collection[uuid.UUID] | None = None) -> Versions:
    """Return the versions of some products, or of all."""
    rows = ProductSheet.objects.all() if product_ids is None else ProductSheet.objects.filter(product_id__in=list(product_ids))
    return Versions(rows)


def current(product_id: uuid.UUID) -> Sheet | None:
    """Return the last version of a product's sheet."""
    return versions([product_id]).current(product_id)


def all_current() -> list[Sheet]:
    """Return the last version of every product's sheet, those published last first."""
    found = {row.product_id: _sheet(row) for row in ProductSheet.objects.order_by("product_id", "version")}
    return sorted(found.values(), key=lambda one: (one.at, one.id), reverse=True)


def at_tills() -> list[Sheet]:
    """Return the honest sheets in force, those published last first: as many as a till keeps."""
    return [one for one in all_current() if one.is_honest][:AT_TILLS_MAX]


@whole
def publish(actor: Actor, *, product_id: uuid.UUID, drafts: Sequence[Draft], seen: int, also: Collection[uuid.UUID] = ()) -> None:
    """Say this of a product from now on; nothing: say nothing any more. `seen`: the version that the writer had before them, 0 for none. Where nothing changed nothing is written.

    `also`: products of which the same is said, whatever was said of them. Refuses more than three strengths or limits, what is empty, too long or
    said twice, an unknown basis or reason, and what was published meanwhile: Invalid.
    """
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    products = dict.fromkeys([product_id, *also])
    if len(queries.known(products)) < len(products):
        raise Invalid(product="unknown_code")
    known = versions(products)
    last = known.current(product_id)
    if (last.version if last else 0) != seen:
        raise Invalid(sheet="changed_meanwhile")
    checked = _checked(drafts)
    for one in products:
        _publish(actor, one, checked, known.of(one))


def _publish(actor: Actor, product_id: uuid.UUID, drafts: Sequence[Draft], earlier: Sequence[Sheet]) -> None:
    last = earlier[-1] if earlier else None
    points, before, version = _points(drafts, earlier), last.points if last else (), last.version if last else 0
    if points == before:
        return
    row = ProductSheet(
        organization_id=actor.organization_id, id=new_id(), product_id=product_id, version=version + 1, at=clock.now(),
        points=[{**asdict(point), "id": str(point.id), "reasons": list(point.reasons)} for point in points],
    )  # fmt: skip
    row.save(force_insert=True)
    trail.record(actor, "sheet", product_id, {"sheet": (_words(before), _words(points)), "version": (version, version + 1)})
    touched(actor.organization_id, "till", [actor.organization_id])


def _checked(drafts: Sequence[Draft]) -> list[Draft]:
    for kind, most in (("strength", STRENGTHS_MAX), ("limit", LIMITS_MAX)):
        if sum(one.kind == kind for one in drafts) > most:
            raise Invalid(sheet="too_many")
    words = [one.says.strip().casefold() for one in drafts]
    if len(set(words)) < len(words):
        raise Invalid(sheet="twice")
    for one in drafts:
        if not one.says.strip() or len(one.says.strip()) > SAYS_MAX:
            raise Invalid(sheet="too_long" if one.says.strip() else "empty")
        if one.kind not in KINDS or one.basis not in BASES or not set(one.reasons) <= set(REASONS):
            raise Invalid(sheet="choose")
    return sorted(drafts, key=lambda one: KINDS.index(one.kind))


def _points(drafts: Iterable[Draft], earlier: Sequence[Sheet]) -> tuple[Point, ...]:
    """The points with their ids: what was said before in the same words is the same point, and so is what was put right of it."""
    ids = {(point.kind, point.says.casefold()): point.id for one in earlier for point in one.points}
    return tuple(
        Point(
            ids.get((one.kind, one.says.strip().casefold())) or new_id(),
            one.kind,
            one.says.strip(),
            one.basis,
            tuple(r for r in REASONS if r in one.reasons),
        )
        for one in drafts
    )


def _words(points: Iterable[Point]) -> str:
    return " · ".join(point.says for point in points)


def _sheet(row: ProductSheet) -> Sheet:
    return Sheet(row.id, row.product_id, row.version, row.at, tuple(_point(point) for point in row.points))


def _point(said: Mapping[str, Any]) -> Point:
    return Point(uuid.UUID(said["id"]), said["kind"], said["says"], said["basis"], tuple(said["reasons"]))
