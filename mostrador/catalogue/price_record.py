"""What a product cost everybody in a store, at any time: put together from rows that are only ever added and never pruned (docs/adr/0041).

Price events say the usual price, list entries and the standing of their lists what a list made of it, versions and the standing of promotions what
lowered it. Nothing is stored twice, and each piece names what said it.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol

import msgspec

from mostrador.catalogue import terms as saying
from mostrador.catalogue.models import ListPrice, PriceEvent, PriceList, Product, Promotion, PromotionVersion, Standing
from mostrador.catalogue.offers import is_picked
from mostrador.catalogue.prior_price import InForce, Kind, reduced
from mostrador.catalogue.spans import EVER, Span, cut, joined, spans_of
from mostrador.catalogue.terms import ONE, Conditions, Terms, is_reduction
from mostrador.kernel import clock

SEASON = dt.timedelta(days=100), dt.timedelta(days=15)
PRICE_DIGITS = 4


class Recorded(Protocol):
    """A row that says since when."""

    recorded_at: Any


@dataclass(frozen=True, slots=True)
class Where:
    """The store whose prices are meant, its zone, and the decimals of its currency. `at`: the instant around which days and hours that come again are worked out."""

    store: str
    zone: str
    digits: int
    at: dt.datetime

    @property
    def season(self) -> Span:
        """From when to when what comes again is worked out."""
        return self.at - SEASON[0], self.at + SEASON[1]


@dataclass(frozen=True, slots=True)
class Listing:
    """A price list while it stood unchanged: when it held in a store, and its place among lists."""

    id: uuid.UUID
    position: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a promotion said of the price of one, and when it held in a store."""

    promotion: uuid.UUID
    position: int
    terms: Terms
    spans: tuple[Span, ...]

    @property
    def is_personal(self) -> bool:
        """Whether not everybody had it: for a group of buyers, or for who brought a code of their own."""
        return bool(self.terms.groups) or self.terms.single


def reductions(where: Where) -> list[Reduction]:
    """Return everything that ever lowered prices in a store, in the order in which it lowers."""
    rows = Promotion.objects.order_by("position", "id")
    versions: dict[uuid.UUID, list[PromotionVersion]] = defaultdict(list)
    for row in PromotionVersion.objects.order_by("id"):
        versions[row.promotion_id].append(row)
    stood = _stood("promotion")
    return [found for row in rows for found in _reductions(row, versions[row.id], stood.get(row.id, []), where)]


def _reductions(row: Promotion, versions: Sequence[PromotionVersion], stood: Sequence[Standing], where: Where) -> Iterable[Reduction]:
    for version, said in _until_next(versions):
        terms = saying.read(version.terms)
        if not is_reduction(terms) or (terms.stores and where.store not in terms.stores):
            continue
        within = [found for span in _standing_spans(stood) if (found := cut(span, said))]
        spans = joined(found for span in within for found in spans_of(terms, span, where.zone, where.season))
        if spans:
            yield Reduction(row.id, row.position, terms, tuple(spans))


def of_products(ids: Iterable[uuid.UUID], where: Where, lowering: Sequence[Reduction] | None = None) -> dict[uuid.UUID, list[InForce]]:
    """Return every price that these products had in a store, oldest first, each with what said it: seven statements, however many there are."""
    wanted = list(ids)
    categories = dict(Product.objects.filter(id__in=wanted).values_list("id", "category_id"))
    events: dict[uuid.UUID, dict[dt.datetime, PriceEvent]] = defaultdict(dict)
    for event in PriceEvent.objects.filter(product_id__in=wanted).order_by("valid_from", "id"):
        events[event.product_id][event.valid_from] = event
    entries: dict[uuid.UUID, list[ListPrice]] = defaultdict(list)
    for entry in ListPrice.objects.filter(product_id__in=wanted, from_quantity__lte=ONE).order_by("id"):
        entries[entry.product_id].append(entry)
    listings = _listings(where) if entries else []
    lowering = reductions(where) if lowering is None else lowering
    sold = _stood("product", wanted)
    found = {}
    for one in wanted:
        base = _base(list(events[one].values()), entries[one], listings, _sold_spans(sold.get(one, [])), where)
        mine = [row for row in lowering if row.terms.pick and is_picked(row.terms.pick, str(one), _text(categories.get(one)))]
        found[one] = sorted([*base, *_lowered(base, mine, where)], key=lambda piece: piece.since)
    return found


def _text(identifier: uuid.UUID | None) -> str | None:
    return None if identifier is None else str(identifier)


def _stood(kind: str, ids: Sequence[uuid.UUID] | None = None) -> dict[uuid.UUID, list[Standing]]:
    found: dict[uuid.UUID, list[Standing]] = defaultdict(list)
    rows = Standing.objects.filter(kind=kind)
    for row in (rows if ids is None else rows.filter(row_id__in=ids)).order_by("recorded_at", "id"):
        found[row.row_id].append(row)
    return found


def _standing_spans(rows: Sequence[Standing]) -> list[Span]:
    return joined(span for row, span in _until_next(rows) if row.stands)


def _until_next[R: Recorded](rows: Sequence[R]) -> list[tuple[R, Span]]:
    """Each row with the time until the next was recorded; those that another replaced at once are left out."""
    ends = [row.recorded_at for row in rows[1:]] + [EVER[1]]
    return [(row, (row.recorded_at, end)) for row, end in zip(rows, ends, strict=False) if row.recorded_at < end]


def _sold_spans(rows: Sequence[Standing]) -> list[Span]:
    """When a product was on sale: from the first on, but for the time between being taken off and brought back."""
    begin = (EVER[0], rows[0].recorded_at) if rows else EVER
    return joined([begin, *_standing_spans(rows)])


def _listings(where: Where) -> list[Listing]:
    """Lists that hold for everybody here, by how they stood; those for a group of buyers are nobody else's price."""
    found = []
    known = set(PriceList.objects.values_list("id", flat=True))
    for list_id, rows in _stood("price_list").items():
        for row, span in _until_next(rows):
            conditions = msgspec.convert(row.conditions, Conditions)
            is_here = not conditions.groups and (not conditions.stores or where.store in conditions.stores)
            if not row.stands or not is_here or list_id not in known:
                continue
            spans = spans_of(conditions, span, where.zone, where.season)
            found.append(Listing(list_id, row.position, tuple(spans)))
    return sorted(found, key=lambda one: (one.position, str(one.id)))


def _base(
    events: Sequence[PriceEvent], entries: Sequence[ListPrice], listings: Sequence[Listing], sold: Sequence[Span], where: Where
) -> list[InForce]:
    """The price before anything lowers it: the first list that says something, else the usual one; while it is not on sale there is none."""
    usual = [
        InForce(event.valid_from, end, event.price, declared=event.is_declared)
        for event, end in zip(events, [*(after.valid_from for after in events[1:]), None], strict=True)
    ]
    said = _said(entries)
    found: list[InForce] = []
    edges = {EVER[1], *(event.valid_from for event in events), *(edge for span in sold for edge in span)}
    edges |= {edge for one in listings if one.id in said for span in one.spans for edge in span}
    edges |= {edge for periods in said.values() for span, _ in periods for edge in span}
    ordered = sorted(edges)
    for begin, end in pairwise(ordered):
        piece = next((one for one in reversed(usual) if one.since <= begin), None)
        if piece is None or not any(span[0] <= begin < span[1] for span in sold):
            continue
        piece = replace(_listed(piece, begin, said, listings, where), since=begin, until=None if end == EVER[1] else end)
        last = found[-1] if found else None
        if last is not None and last.until == begin and replace(last, since=begin, until=piece.until) == piece:
            found[-1] = replace(last, until=piece.until)
        else:
            found.append(piece)
    return found


def _said(entries: Sequence[ListPrice]) -> dict[uuid.UUID, list[tuple[Span, int]]]:
    """What each list said of one piece of a product, and when: of the entries that one reaches, that of the largest quantity."""
    rows: dict[uuid.UUID, list[ListPrice]] = defaultdict(list)
    for entry in entries:
        rows[entry.list_id].append(entry)
    found: dict[uuid.UUID, list[tuple[Span, int]]] = {}
    for list_id, own in rows.items():
        standing: dict[int, int] = {}
        periods = []
        for entry, end in zip(own, [*(after.recorded_at for after in own[1:]), EVER[1]], strict=True):
            if entry.price is None:
                standing.pop(entry.from_quantity, None)
            else:
                standing[entry.from_quantity] = entry.price
            if standing and entry.recorded_at < end:
                periods.append(((entry.recorded_at, end), standing[max(standing)]))
        found[list_id] = periods
    return found


def _listed(
    piece: InForce, at: dt.datetime, said: Mapping[uuid.UUID, Sequence[tuple[Span, int]]], listings: Sequence[Listing], where: Where
) -> InForce:
    for one in listings:
        if one.id in said and any(span[0] <= at < span[1] for span in one.spans):
            price = next((price for span, price in said[one.id] if span[0] <= at < span[1]), None)
            if price is not None:
                return InForce(piece.since, piece.until, price, "list", where.store, source=str(one.id))
    return piece


def _lowered(base: Sequence[InForce], mine: Sequence[Reduction], where: Where) -> list[InForce]:
    """What promotions made of the price: each alone, and those that lower together one after the other."""
    found = []
    for one in mine:
        found += [piece for before in base for span in one.spans if (piece := _piece(before, span, one, where))]
    together = [one for one in mine if one.terms.stack and not one.is_personal]
    if len(together) > 1:
        found += [piece for before in base for piece in _stacked(before, together, where)]
    return found


def _piece(before: InForce, span: Span, one: Reduction, where: Where) -> InForce | None:
    common = cut((before.since, before.until or EVER[1]), span)
    if common is None or before.price is None:
        return None
    price = _reward(before.price, one.terms, where)
    if price >= before.price:
        return None
    kind: Kind = "personal" if one.is_personal else "promotion"
    return InForce(common[0], _end(common), price, kind, where.store, source=str(one.promotion))


def _end(span: Span) -> dt.datetime | None:
    return None if span[1] == EVER[1] else span[1]


def _reward(price: int, terms: Terms, where: Where) -> int:
    reward: Any = terms.reward
    amount = None if reward.amount is None else reward.amount * 10 ** (PRICE_DIGITS - where.digits)
    return reduced(price, percent=reward.percent, amount=amount, fixed=reward.price)


def _stacked(before: InForce, together: Sequence[Reduction], where: Where) -> Iterable[InForce]:
    whole = (before.since, before.until or EVER[1])
    cuts = [found for one in together for span in one.spans if (found := cut(whole, span))]
    edges = sorted({edge for span in cuts for edge in span})
    for begin, end in pairwise(edges):
        active = [one for one in together if any(span[0] <= begin < span[1] for span in one.spans)]
        if len(active) > 1 and before.price is not None:
            price = before.price
            for one in active:
                price = _reward(price, one.terms, where)
            yield InForce(begin, _end((begin, end)), price, "promotion", where.store, source="+".join(str(one.promotion) for one in active))


def where_of(store: Any, digits: int, at: dt.datetime | None = None) -> Where:
    """Return where prices are meant: a store (people.models.Store) of a business whose currency has so many decimals."""
    return Where(str(store.id), store.timezone, digits, at or clock.now())
