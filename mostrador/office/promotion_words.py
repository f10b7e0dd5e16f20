"""A promotion as the sentence that a shop would say of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mostrador.catalogue import queries
from mostrador.catalogue.promotions import Said
from mostrador.catalogue.terms import Pick, Terms, picks
from mostrador.office import conditions
from mostrador.office.desk import Desk
from mostrador.office.promotion_form import shape_of
from mostrador.people import queries as people

NAMED_MAX = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A promotion in the list: what it says, on which conditions, and whether it is in force (`now`, `later`, `over`, `ended`)."""

    said: Said
    sentence: str
    conditions: str
    state: str


def shown(desk: Desk, rows: Sequence[Said]) -> list[Shown]:
    """Return promotions in words: two statements, however many there are."""
    names = _names(rows)
    stores = {str(store.id): store.name for store in people.stores(archived=True)}
    return [
        Shown(
            one, _sentence(desk, one.terms, names), _conditions(desk, one.terms, stores), conditions.state(one.terms, ended=one.is_archived)
        )
        for one in rows
    ]


def _names(rows: Sequence[Said]) -> dict[str, str]:
    picked = [pick for one in rows for pick in picks(one.terms)]
    products = {uuid.UUID(one) for pick in picked for one in (*pick.products, *pick.without)}
    names = {str(row.id): row.name for row in queries.categories(archived=True)}
    return names | {str(one): name for one, name in queries.names(products).items()}


def _sentence(desk: Desk, terms: Terms, names: Mapping[str, str]) -> str:
    shape, reward, formats = shape_of(terms), terms.reward, desk.formats
    count = sum(part.count for part in terms.parts)
    values: dict[str, object] = {
        "percent": formats.percent(reward.percent or 0), "amount": formats.money(reward.amount or 0), "price": formats.price(reward.price or 0),
        "least": formats.money(terms.least_amount or 0), "take": count, "pay": count - (terms.cheapest or 0),
    }  # fmt: skip
    what = desk.say(f"promo.{shape}", **values)
    if shape == "combo":
        return f"{what}: " + " + ".join(f"{part.count} {_picked(desk, part.pick, names)}" for part in terms.parts)
    return f"{what} · {_picked(desk, picks(terms)[0], names)}"


def _picked(desk: Desk, pick: Pick, names: Mapping[str, str]) -> str:
    found = [names.get(one, "?") for one in (*pick.categories, *pick.products)]
    text = desk.say("promotions.everything") if pick.everything else ", ".join(found[:NAMED_MAX])
    if not pick.everything and len(found) > NAMED_MAX:
        text = desk.say("promotions.and_more", names=text, n=len(found) - NAMED_MAX)
    return desk.say("promotions.without_n", what=text, n=len(pick.without)) if pick.without else text


def _conditions(desk: Desk, terms: Terms, stores: Mapping[str, str]) -> str:
    formats, parts = desk.formats, []
    if terms.least_quantity:
        parts.append(desk.say("promotions.says_least", n=formats.quantity(terms.least_quantity)))
    if terms.most:
        parts.append(desk.say("promotions.says_most", n=formats.quantity(terms.most)))
    if terms.times:
        parts.append(desk.say("promotions.says_times", n=terms.times))
    parts += conditions.words(desk, terms, stores)
    if terms.coupon:
        parts.append(desk.say("promotions.says_coupon", code=terms.coupon))
    if terms.single:
        parts.append(desk.say("promotions.says_single"))
    if terms.stack:
        parts.append(desk.say("promotions.says_stack"))
    return " · ".join(parts)
