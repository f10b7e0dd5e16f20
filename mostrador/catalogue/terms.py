"""What a promotion says, as typed values: which goods, which reward, when and where. The arithmetic is docs/algorithms/promotions.md."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from mostrador.catalogue.words import fold
from mostrador.kernel.errors import Invalid
from mostrador.pricing.basket import AMOUNT_MAX, COUNT_MAX, PARTS_MAX, TIMES_MAX, Reward

DAY_MINUTES = 24 * 60
ONE = 1000
PICKED_MAX = 500
COUPON_LABEL = "mostrador-coupon-v1"
CODES_LABEL = "mostrador-coupons-of-v1"

type Id = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\Z")]
type Ids = Annotated[tuple[Id, ...], Meta(max_length=500)]


class Pick(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which products: all, or those of categories and those named; never those of `without`."""

    everything: bool = False
    categories: Ids = ()
    products: Ids = ()
    without: Ids = ()

    @property
    def is_empty(self) -> bool:
        """Whether it picks nothing."""
        return not (self.everything or self.categories or self.products)


class PickedPart(Struct, frozen=True, forbid_unknown_fields=True):
    """So many pieces of what is picked."""

    pick: Pick
    count: int


class Conditions(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """When and where something is in force: `since`, `until` in milliseconds, `days` (1 is Monday, none means every day).

    `from_minute` to `to_minute` are of the store's day, over midnight when they turn round; `stores`: none means all; `groups`: only for buyers of one
    of these groups, none means for everybody.
    """

    since: int | None = None
    until: int | None = None
    days: tuple[int, ...] = ()
    from_minute: int | None = None
    to_minute: int | None = None
    stores: Ids = ()
    groups: Ids = ()


class Terms(Conditions, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One promotion. Quantities in thousandths, amounts in minor units, a price in ten-thousandths; `coupon`: the code to bring;
    `single`: one of many codes that are good once (counter.coupon_models).
    """

    kind: Literal["each", "total", "set"]
    reward: Reward
    pick: Pick | None = None
    parts: tuple[PickedPart, ...] = ()
    least_quantity: int | None = None
    least_amount: int | None = None
    most: int | None = None
    cheapest: int | None = None
    times: int | None = None
    stack: bool = False
    coupon: str | None = None
    single: bool = False


def is_reduction(terms: Terms) -> bool:
    """Whether terms lower the price of one, for whoever buys one: no bundle, nothing that takes more (ruling 28)."""
    return terms.kind == "each" and (terms.least_quantity or 0) <= ONE and terms.least_amount is None


def is_for_all(terms: Terms) -> bool:
    """Whether terms lower the price of one for everybody: neither for a group of buyers nor for who brings a code of their own."""
    return is_reduction(terms) and not terms.groups and not terms.single


def read(document: Any) -> Terms:
    """Return stored terms as values."""
    return msgspec.convert(document, Terms)


def stored(terms: Terms) -> Any:
    """Return terms as they are stored: plain values."""
    return msgspec.to_builtins(terms)


def coupon_code(text: str) -> str:
    """Return a coupon's code as it is compared: no accents, letters and digits only, capitals."""
    return "".join(letter for letter in fold(text).upper() if letter.isascii() and letter.isalnum())


def coupon_hash(code: str) -> str:
    """Return what tills hold instead of a code: nobody reads codes off a screen (contracts/README.md)."""
    return hashlib.sha256(f"{COUPON_LABEL}|{code}".encode()).hexdigest()


def codes_hash(promotion_id: object) -> str:
    """Return what stands for a promotion's single-use codes where a coupon's hash does: no code that anybody types has it."""
    return hashlib.sha256(f"{CODES_LABEL}|{promotion_id}".encode()).hexdigest()


def picks(terms: Terms) -> tuple[Pick, ...]:
    """Return every pick of the terms."""
    return tuple(part.pick for part in terms.parts) if terms.kind == "set" else (terms.pick or Pick(),)


def check(terms: Terms) -> None:
    """Raise Invalid for terms that no till could apply or that say nothing, {field: code}."""
    wrong = _wrong_reward(terms) or _wrong_goods(terms)
    if terms.single and terms.coupon is not None:
        wrong = "coupon", "both"
    if wrong:
        raise Invalid(**dict([wrong]))
    check_conditions(terms)


def check_conditions(conditions: Conditions) -> None:
    """Raise Invalid for a time that cannot be, {field: code}."""
    if wrong := _wrong_time(conditions):
        raise Invalid(**dict([wrong]))


def _wrong_reward(terms: Terms) -> tuple[str, str] | None:
    reward = terms.reward
    if terms.kind == "total" and reward.price is not None:
        return "reward", "no_price"
    if not (reward.percent or reward.amount or reward.price is not None):
        return "reward", "empty"
    numbers = {
        "least_quantity": AMOUNT_MAX,
        "least_amount": AMOUNT_MAX,
        "most": AMOUNT_MAX,
        "times": TIMES_MAX,
        "cheapest": PARTS_MAX * COUNT_MAX,
    }
    for name, most in numbers.items():
        value = getattr(terms, name)
        if value is not None and not 1 <= value <= most:
            return name, "out_of_range"
    return None


def _wrong_goods(terms: Terms) -> tuple[str, str] | None:
    if any(pick.is_empty for pick in picks(terms)):
        return "pick", "empty"
    if terms.kind != "set":
        return None
    if not 1 <= len(terms.parts) <= PARTS_MAX or not all(1 <= part.count <= COUNT_MAX for part in terms.parts):
        return "count", "out_of_range"
    pieces = sum(part.count for part in terms.parts)
    if terms.cheapest is not None and terms.cheapest >= pieces:
        return "cheapest", "too_many"
    return None


def _wrong_time(terms: Conditions) -> tuple[str, str] | None:
    if terms.since is not None and terms.until is not None and terms.until <= terms.since:
        return "until", "before"
    if len(set(terms.days)) != len(terms.days) or not all(1 <= day <= 7 for day in terms.days):
        return "days", "choose"
    minutes = (terms.from_minute, terms.to_minute)
    if (minutes[0] is None) != (minutes[1] is None) or (minutes[0] == minutes[1] and minutes[0] is not None):
        return "to_minute", "choose"
    if not all(minute is None or 0 <= minute <= DAY_MINUTES for minute in minutes):
        return "to_minute", "out_of_range"
    return None
