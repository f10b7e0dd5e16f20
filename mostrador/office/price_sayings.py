"""What tills will say of a reduced price, before anybody says it: the price before, the percent, or that nothing may be said."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from mostrador.catalogue import price_words, queries
from mostrador.catalogue.price_record import Reduction, Where, of_products
from mostrador.catalogue.price_words import Saying
from mostrador.catalogue.prior_price import Rule, prior_lowest
from mostrador.catalogue.terms import Terms, is_for_all
from mostrador.kernel import clock
from mostrador.kernel.ids import new_id
from mostrador.office import plots
from mostrador.office.desk import Desk
from mostrador.people import queries as people

SHOWN, PLOTTED, STORES_MAX = 12, 3, 20
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A product that a promotion lowers. `store`: where there are several and they differ; `words`: what tills and tickets say; `plot`: its price so far."""

    product_id: uuid.UUID
    name: str
    store: str
    saying: Saying
    words: str
    plot: plots.PricePlot | None

    @property
    def is_reduction(self) -> bool:
        """Whether it may be called one."""
        return self.saying.percent > 0


@dataclass(frozen=True, slots=True)
class Sayings:
    """What will be said, of the first products; `more`: how many others there are."""

    rows: tuple[Row, ...]
    more: int


def of_terms(desk: Desk, terms: Terms | None, promotion_id: uuid.UUID | None = None, *, is_typed: bool = False) -> Sayings | None:
    """Return what will be said; None of what lowers no price of one for everybody. `is_typed`: the terms stand in the form, and nowhere else yet."""
    if terms is None or not is_for_all(terms) or terms.pick is None:
        return None
    identifier = promotion_id or new_id()
    ids = price_words.picked(terms.pick)
    stores = [store for store in people.stores() if not terms.stores or str(store.id) in terms.stores][:STORES_MAX]
    found: dict[uuid.UUID, list[tuple[str, Saying, plots.PricePlot | None]]] = {}
    for store in stores:
        where, rule = price_words.settled(desk.organization, store)
        lowering = price_words.as_if(identifier, terms, where) if is_typed else None
        for said in price_words.sayings(identifier, ids[:SHOWN], where, rule, lowering):
            plot = _plot(said.product_id, where, lowering) if len(found) < PLOTTED or said.product_id in found else None
            found.setdefault(said.product_id, []).append((store.name, said, plot))
    names = queries.names(found)
    rows = [
        Row(product_id, names[product_id], store if len(same) > 1 else "", said, words(desk, said), plot)
        for product_id, all_stores in found.items()
        for same in [_differing(all_stores)]
        for store, said, plot in same
    ]
    return Sayings(tuple(rows), max(0, len(ids) - SHOWN))


def _differing(
    rows: Sequence[tuple[str, Saying, plots.PricePlot | None]],
) -> Sequence[tuple[str, Saying, plots.PricePlot | None]]:
    """One row where every store says the same."""
    return rows[:1] if len({(said.price, said.prior, said.percent) for _, said, _ in rows}) == 1 else rows


def words(desk: Desk, said: Saying) -> str:
    """Return what a till says of a price that is lowered."""
    formats = desk.formats
    if said.prior is None:
        return desk.say("promotions.word_new" if said.is_new else "promotions.word_none")
    if said.percent == 0:
        return desk.say("promotions.word_same", price=formats.price(said.prior))
    whole = said.percent - said.percent % WHOLE
    before = desk.say("promotions.word_before", price=formats.price(said.prior))
    return f"−{formats.percent(whole)} · {before}" if whole else before


def _plot(product_id: uuid.UUID, where: Where, lowering: Sequence[Reduction] | None) -> plots.PricePlot | None:
    history = of_products([product_id], where, lowering)[product_id]
    return plots.of_prices(price_words.steps_of(history), where.at)


def lowest_by_store(desk: Desk, product_id: uuid.UUID) -> tuple[list[tuple[str, int]], plots.PricePlot | None]:
    """Return the lowest price of the days before now, by store where stores differ, and the price through time in the first of them."""
    rows: list[tuple[str, int]] = []
    plot = None
    for store in people.stores()[:STORES_MAX]:
        where, rule = price_words.settled(desk.organization, store)
        history = price_words.record_of(product_id, where)
        plot = plot or plots.of_prices(price_words.steps_of(history), where.at)
        prior = prior_lowest(history, store=where.store, start=clock.now(), rule=_always(rule), zone=where.zone)
        if prior:
            rows.append((store.name, prior.price))
    return ([("", rows[0][1])] if rows and len({price for _, price in rows}) == 1 else rows), plot


def _always(rule: Rule) -> Rule:
    return Rule(rule.days)
