"""The shop's own terms: returns because somebody changed their mind, guarantees, and what its goods are to the law. Said anew, never changed: a sale keeps those of its day."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mostrador.catalogue.models import Category, Product
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import whole
from mostrador.rights.compute import Offered
from mostrador.rights.models import ShopTerm
from mostrador.rights.rule import GOODS, UNITS, Goods, Span

type TermKind = Literal["voluntary_return", "commercial_guarantee", "goods"]
KINDS: tuple[TermKind, ...] = ("voluntary_return", "commercial_guarantee", "goods")
OFFERED: tuple[TermKind, ...] = ("voluntary_return", "commercial_guarantee")
SAYS_MAX = 160
MOST = {"days": 3650, "months": 120, "years": 10}

type Scope = tuple[str, uuid.UUID | None]
BUSINESS: Scope = ("business", None)


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said. `goods` of kind goods alone; `amount` 0: not given; None: as the wider scope says."""

    kind: str
    amount: int | None = None
    unit: str = ""
    says: str = ""
    goods: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A term as it stands. `scope`: business, category or product, and which."""

    scope: Scope
    saying: Saying
    recorded_at: dt.datetime

    @property
    def lasts(self) -> Span | None:
        """How long it lasts; None: it is not given."""
        return next((Span(self.saying.amount, unit) for unit in UNITS if unit == self.saying.unit and self.saying.amount), None)

    @property
    def defers(self) -> bool:
        """Whether it leaves the matter to the wider scope."""
        return self.saying.amount is None and not self.saying.goods


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that stood at an instant, by kind and scope."""

    by_scope: dict[tuple[str, Scope], Standing]

    def of(self, kind: str, product_id: uuid.UUID, category_id: uuid.UUID | None) -> Standing | None:
        """Return the term of a product: its own, else its category's, else the business's; None where nobody said any."""
        scopes: tuple[Scope, ...] = (("product", product_id), ("category", category_id), BUSINESS)
        found = (self.by_scope.get((kind, scope)) for scope in scopes)
        return next((one for one in found if one is not None and not one.defers), None)

    def goods(self, product_id: uuid.UUID, category_id: uuid.UUID | None) -> tuple[Goods, Span | None]:
        """Return what goods a product is to the law, and the term that is agreed for it; ordinary where nobody said."""
        found = self.of("goods", product_id, category_id)
        goods: Goods = next((one for one in GOODS if found is not None and found.saying.goods == one), "ordinary")
        return goods, found.lasts if found and goods == "used" else None

    def offered(self, product_id: uuid.UUID, category_id: uuid.UUID | None) -> list[Offered]:
        """Return what the shop gives of its own with a product."""
        found = [(kind, self.of(kind, product_id, category_id)) for kind in OFFERED]
        return [Offered(kind, one.lasts, one.saying.says) for kind, one in found if one is not None and one.lasts is not None]


def standing(at: dt.datetime | None = None) -> Terms:
    """Return the terms that stood at an instant, or stand now."""
    found: dict[tuple[str, Scope], Standing] = {}
    rows = ShopTerm.objects.all() if at is None else ShopTerm.objects.filter(recorded_at__lte=at)
    for row in rows.order_by("recorded_at", "id"):
        saying = Saying(row.kind, row.amount, row.unit, row.says, row.goods)
        scope = _scope(row.category_id, row.product_id)
        found[row.kind, scope] = Standing(scope, saying, row.recorded_at)
    return Terms(found)


def _scope(category_id: uuid.UUID | None, product_id: uuid.UUID | None) -> Scope:
    if product_id is not None:
        return "product", product_id
    return ("category", category_id) if category_id is not None else BUSINESS


@whole
def say(actor: Actor, *, sayings: Sequence[Saying], category_id: uuid.UUID | None = None, product_id: uuid.UUID | None = None) -> None:
    """Say terms of one scope anew, from now on. Invalid for what is no term; what stands already is not written again."""
    if not actor.may("owner"):
        raise Forbidden
    scope = _scope(category_id, product_id)
    checked = [_checked(one) for one in sayings]
    if not _is_there(scope) or (scope == BUSINESS and any(one.goods or one.amount is None for one in checked)):
        raise Invalid(scope="choose")
    stood = standing().by_scope
    for saying in checked:
        before = stood.get((saying.kind, scope))
        if saying != (before.saying if before else Saying(saying.kind, 0 if scope == BUSINESS else None)):
            _write(actor, saying, scope, before.saying if before else None)


def _write(actor: Actor, saying: Saying, scope: Scope, before: Saying | None) -> None:
    kind, which = scope
    row = ShopTerm(
        organization_id=actor.organization_id, id=new_id(), kind=saying.kind, goods=saying.goods, amount=saying.amount, unit=saying.unit,
        says=saying.says, category_id=which if kind == "category" else None, product_id=which if kind == "product" else None,
        recorded_at=clock.now(), actor_id=actor.id,
    )  # fmt: skip
    row.save(force_insert=True)
    trail.record(actor, "shop_term", row.id, {saying.kind: (_words(before) if before else None, _words(saying))})
    touched(actor.organization_id, "till", [actor.organization_id])


def _is_there(scope: Scope) -> bool:
    kind, which = scope
    if which is None:
        return True
    if kind == "product":
        return Product.objects.filter(id=which).exists()
    return Category.objects.filter(id=which).exists()


def _checked(saying: Saying) -> Saying:
    says = saying.says.strip()
    wrong: dict[str, object] = {}
    if saying.kind not in KINDS:
        wrong["kind"] = "choose"
    if saying.kind == "goods" and saying.goods not in (*GOODS, ""):
        wrong["goods"] = "choose"
    if len(says) > SAYS_MAX:
        wrong["says"] = "too_long"
    if saying.amount and saying.unit not in UNITS:
        wrong["unit"] = "choose"
    elif saying.amount is not None and not 0 <= saying.amount <= MOST.get(saying.unit, max(MOST.values())):
        wrong["amount"] = "too_large"
    if wrong:
        raise Invalid(**wrong)
    goods = saying.goods if saying.kind == "goods" else ""
    amount = saying.amount if saying.kind != "goods" or goods == "used" else None
    return Saying(saying.kind, amount, saying.unit if amount else "", says if amount and saying.kind != "goods" else "", goods)


def _words(saying: Saying) -> str:
    return " ".join(str(part) for part in (saying.goods, saying.amount, saying.unit, saying.says) if part not in {"", None})
