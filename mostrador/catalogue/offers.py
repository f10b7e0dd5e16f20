"""From promotions in force to what the engine of prices is asked. The twin of till/src/core/promotion.ts, offers.ts and price_list.ts, for whoever sells without a till."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from mostrador.catalogue.price_lists import Entry, Known
from mostrador.catalogue.promotions import Said
from mostrador.catalogue.terms import Conditions, Pick

SUNDAY = 7


def in_force(promotions: Iterable[Said], at: dt.datetime, zone: str, store: str, group: str | None = None) -> list[Said]:
    """Return the promotions in force in a store at an instant for a buyer of a group, without those that want a coupon, in the order in which they lower."""
    found = [
        said
        for said in promotions
        if said.terms.coupon is None and not said.terms.single and _is_here(said.terms, store, group) and _is_now(said.terms, at, zone)
    ]
    return sorted(found, key=lambda said: (said.position, str(said.id)))


def priced_by(price: int, entries: Iterable[Entry], quantity: int, lists: Iterable[Known]) -> tuple[int, str | None]:
    """Return what so much of a product (thousandths) costs by the lists in force, ten-thousandths, and the entry that says so; else its usual price."""
    of_product = list(entries)
    for known in lists:
        reached = [entry for entry in of_product if entry.list_id == known.id and entry.from_quantity <= quantity]
        if reached:
            best = max(reached, key=lambda entry: entry.from_quantity)
            return best.price, str(best.id)
    return price, None


def lists_in_force(lists: Iterable[Known], at: dt.datetime, zone: str, store: str, group: str | None = None) -> list[Known]:
    """Return the price lists in force in a store at an instant for a buyer of a group, in the order in which they decide."""
    found = [known for known in lists if _is_here(known.conditions, store, group) and _is_now(known.conditions, at, zone)]
    return sorted(found, key=lambda known: (known.position, str(known.id)))


def _is_here(terms: Conditions, store: str, group: str | None) -> bool:
    return (not terms.stores or store in terms.stores) and (not terms.groups or group in terms.groups)


def _is_now(terms: Conditions, at: dt.datetime, zone: str) -> bool:
    instant, local = int(at.timestamp() * 1000), at.astimezone(ZoneInfo(zone))
    if (terms.since is not None and instant < terms.since) or (terms.until is not None and instant >= terms.until):
        return False
    day, minute, begin, end = local.isoweekday(), local.hour * 60 + local.minute, terms.from_minute, terms.to_minute
    if begin is None or end is None:
        return _is_day(terms, day)
    if begin < end:
        return begin <= minute < end and _is_day(terms, day)
    # Over midnight: the small hours belong to the day before.
    return _is_day(terms, day) if minute >= begin else minute < end and _is_day(terms, day - 1 or SUNDAY)


def _is_day(terms: Conditions, day: int) -> bool:
    return not terms.days or day in terms.days


def is_picked(pick: Pick, product: str, category: str | None) -> bool:
    """Whether a pick is about a product."""
    return product not in pick.without and (
        pick.everything or product in pick.products or (category is not None and category in pick.categories)
    )


def asked(
    promotions: Iterable[Said], lines: Sequence[Mapping[str, Any]], categories: Mapping[str, str | None], parts: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return the promotions of a basket document: those that pick one of its lines. `categories`: by product; `parts`: lines of combos, which only
    what is about the ticket together lowers.
    """

    def picked(pick: Pick | None, with_parts: bool) -> list[str]:
        if pick is None:
            return []
        return [
            line["id"]
            for line in lines
            if (with_parts or line["id"] not in parts) and is_picked(pick, line["product_id"], categories.get(line["product_id"]))
        ]

    found = [_document(said, lambda pick, kind=said.terms.kind: picked(pick, kind == "total")) for said in promotions]
    return [row for row in found if row.get("lines") or any(part["lines"] for part in row.get("parts", ()))]


def _document(said: Said, picked: Any) -> dict[str, Any]:
    terms = said.terms
    row: dict[str, Any] = {
        "id": str(said.version_id),
        "name": said.name,
        "kind": terms.kind,
        "reward": msgspec.to_builtins(terms.reward),
        "stack": terms.stack,
    }
    if terms.kind == "set":
        row["parts"] = [{"lines": picked(part.pick), "count": part.count} for part in terms.parts]
        numbers: dict[str, int | None] = {"cheapest": terms.cheapest, "times": terms.times}
    else:
        row["lines"] = picked(terms.pick)
        numbers = {"least_quantity": terms.least_quantity, "least_amount": terms.least_amount}
        if terms.kind == "each":
            numbers["most"] = terms.most
    return row | {name: value for name, value in numbers.items() if value is not None}


def useful(promotions: Sequence[dict[str, Any]], totals: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return those that lowered something: the others change nothing and need not be written down."""
    names = {row["promotion"] for row in totals.get("promotions", ())}
    return [row for row in promotions if row["id"] in names]
