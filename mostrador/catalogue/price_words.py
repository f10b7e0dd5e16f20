"""What may be said of a reduced price: the price before, and by how much it is lower, both worked out and never typed (invariants X1-X3)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from mostrador.catalogue import promotions
from mostrador.catalogue.models import ListPrice, PriceEvent, Product, Standing
from mostrador.catalogue.price_record import Reduction, Where, of_products, reductions, where_of
from mostrador.catalogue.prior_price import InForce, Rule, began, days_before, is_new, percent_off, prior_lowest
from mostrador.catalogue.prior_rules import rule_of
from mostrador.catalogue.promotions import Said
from mostrador.catalogue.queries import PriceStep
from mostrador.catalogue.spans import EVER, cut, spans_of
from mostrador.catalogue.terms import ONE, Pick, Terms, is_for_all
from mostrador.kernel.models import Organization

# Beyond so many products whose price has moved nothing is said of a promotion: what is not known is not claimed.
PRODUCTS_MAX = 5000


@dataclass(frozen=True, slots=True)
class Saying:
    """A product that a promotion lowers, prices in ten-thousandths. `prior`: what may be called "before", None: nothing; `percent`: by how much
    the price lies below it, parts per million, 0 where it does not; `since`: when this reduction began or will.
    """

    product_id: uuid.UUID
    usual: int
    price: int
    prior: int | None
    percent: int
    since: dt.datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A promotion as it stands, its reduction that goes on or comes next, and of which products the price before is not the usual one."""

    version_id: uuid.UUID
    since: dt.datetime
    until: dt.datetime | None
    priors: tuple[tuple[uuid.UUID, int | None], ...]


def settled(organization: Organization, store: Any, at: dt.datetime | None = None) -> tuple[Where, Rule]:
    """Return where prices are meant and how "before" is measured there."""
    where = where_of(store, organization.currency_digits, at)
    return where, rule_of(organization.country, where.at.date())


def record_of(product_id: uuid.UUID, where: Where) -> list[InForce]:
    """Return every price that a product had in a store."""
    return of_products([product_id], where)[product_id]


def steps_of(history: Iterable[InForce]) -> tuple[PriceStep, ...]:
    """Return the lowest price that everybody had at any time, oldest first."""
    own = [one for one in history if one.kind != "personal"]
    edges = sorted({edge for one in own for edge in (one.since, one.until) if edge is not None})
    rows = ((edge, min((one.price for one in own if _holds(one, edge) and one.price is not None), default=None)) for edge in edges)
    steps: list[PriceStep] = []
    for since, price in rows:
        if not steps or steps[-1].price != price:
            steps.append(PriceStep(since, price, None))
    return tuple(steps)


def as_if(promotion_id: uuid.UUID, terms: Terms, where: Where) -> list[Reduction]:
    """Return what lowers prices in a store, as if a promotion said these terms from now on."""
    before = [one for one in reductions(where) if one.promotion != promotion_id]
    own = [one for one in reductions(where) if one.promotion == promotion_id]
    past = [replace(one, spans=tuple(found for span in one.spans if (found := cut(span, (EVER[0], where.at))))) for one in own]
    spans = spans_of(terms, (where.at, EVER[1]), where.zone, where.season)
    is_here = not terms.stores or where.store in terms.stores
    return [*before, *past, *([Reduction(promotion_id, 0, terms, tuple(spans))] if is_here and is_for_all(terms) else [])]


def sayings(
    promotion_id: uuid.UUID, ids: Iterable[uuid.UUID], where: Where, rule: Rule, lowering: Sequence[Reduction] | None = None
) -> list[Saying]:
    """Return what may be said of these products while a promotion lowers them, now or when it next does; those that it never lowers are left out."""
    found = of_products(ids, where, lowering)
    rows = ((product_id, history, began(history, source=str(promotion_id), at=where.at)) for product_id, history in found.items())
    return [_saying(product_id, history, promotion_id, start, where, rule) for product_id, history, start in rows if start is not None]


def _saying(
    product_id: uuid.UUID, history: Sequence[InForce], promotion_id: uuid.UUID, start: dt.datetime, where: Where, rule: Rule
) -> Saying:
    when = max(start, where.at)
    price = next(one.price for one in history if one.source == str(promotion_id) and _holds(one, when) and one.price is not None)
    usual = next((one.price for one in history if one.kind in {"regular", "list"} and _holds(one, when) and one.price is not None), price)
    prior = prior_lowest(history, store=where.store, start=start, rule=rule, zone=where.zone)
    return Saying(
        product_id, usual, price, prior.price if prior else None, percent_off(prior.price, price) if prior else 0, start,
        is_new(history, store=where.store, at=start, rule=rule, zone=where.zone),
    )  # fmt: skip


def _holds(one: InForce, at: dt.datetime) -> bool:
    return one.since <= at and (one.until is None or at < one.until)


def picked(pick: Pick) -> "list[uuid.UUID]":
    """Return the products on sale that a pick is about."""
    rows = Product.objects.filter(archived_at=None).exclude(id__in=[uuid.UUID(one) for one in pick.without])
    if not pick.everything:
        named = [uuid.UUID(one) for one in pick.products]
        rows = rows.filter(Q(id__in=named) | Q(category_id__in=[uuid.UUID(one) for one in pick.categories]))
    return list(rows.order_by("id").values_list("id", flat=True))


def known(where: Where, rule: Rule) -> list[Known]:
    """Return what a till must know to speak truly of every promotion for everybody that lowers a price now or next."""
    lowering = reductions(where)
    return [found for said in promotions.promotions() if (found := _known(said, lowering, where, rule)) is not None]


def _known(said: Said, lowering: Sequence[Reduction], where: Where, rule: Rule) -> Known | None:
    terms = said.terms
    own = [one for one in lowering if one.promotion == said.id]
    if not is_for_all(terms) or terms.pick is None or not own:
        return None
    span = next((span for one in own for span in one.spans if span[1] > where.at), None)
    if span is None:
        return None
    ids = picked(terms.pick)
    first = min(begin for one in own for begin, _ in one.spans)
    moved = _moved(ids, own, lowering, days_before(first, rule.days + 1, where.zone))
    if moved is None:
        return None
    found = of_products(moved, where, lowering)
    priors = []
    for product_id, history in found.items():
        start = began(history, source=str(said.id), at=where.at)
        prior = prior_lowest(history, store=where.store, start=start, rule=rule, zone=where.zone) if start else None
        priors.append((product_id, prior.price if prior else None))
    return Known(said.version_id, span[0], None if span[1] == EVER[1] else span[1], tuple(priors))


def _moved(
    ids: Sequence[uuid.UUID], own: Sequence[Reduction], lowering: Sequence[Reduction], horizon: dt.datetime
) -> list[uuid.UUID] | None:
    """Those whose price may have been another one since the horizon; None when they are too many to say."""
    others = [one for one in lowering if one not in own and not one.is_personal and any(span[1] > horizon for span in one.spans)]
    wanted = set(ids)
    if len(own) > 1 or len(own[0].spans) > 1:
        found = wanted
    else:
        found = set(PriceEvent.objects.filter(valid_from__gte=horizon).values_list("product_id", flat=True))
        found |= set(ListPrice.objects.filter(from_quantity__lte=ONE).values_list("product_id", flat=True).distinct())
        found |= set(Standing.objects.filter(kind="product", recorded_at__gte=horizon).values_list("row_id", flat=True))
        found = (found | {one for other in others if other.terms.pick for one in picked(other.terms.pick)}) & wanted
    return sorted(found) if len(found) <= PRODUCTS_MAX else None
