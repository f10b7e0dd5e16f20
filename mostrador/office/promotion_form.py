"""A promotion as a form: nine sentences that shops say, each a shape of the same terms (catalogue.terms)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from mostrador.catalogue.terms import Pick, PickedPart, Terms, coupon_code
from mostrador.kernel.formats import Formats
from mostrador.office import conditions, picking
from mostrador.office.forms import PERCENT_DIGITS, PRICE_DIGITS, QUANTITY_DIGITS, Form
from mostrador.pricing.basket import COUNT_MAX, Reward

ALL_OFF = 1_000_000
COMBO_PARTS = 4
# Shape: the numbers that it asks for, those that must be there first.
SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "percent": (("percent",), ("least_quantity", "most")),
    "amount": (("amount",), ("least_quantity", "most")),
    "price": (("price",), ("most",)),
    "n_for_m": (("take", "pay"), ("times",)),
    "nth": (("take", "percent"), ("times",)),
    "n_for_price": (("take", "price"), ("times",)),
    "combo": (("price",), ("times",)),
    "total_amount": (("least_amount", "amount"), ()),
    "total_percent": (("least_amount", "percent"), ()),
}
LABELS = {
    "percent": "promotions.percent", "amount": "promotions.amount", "price": "promotions.price", "take": "promotions.take",
    "pay": "promotions.pay", "times": "promotions.times", "most": "promotions.most", "least_quantity": "promotions.least_quantity",
    "least_amount": "promotions.least_amount",
}  # fmt: skip
WHOLE = frozenset({"take", "pay", "times"})


@dataclass(frozen=True, slots=True)
class Field:
    """One number of a shape: what it is called and what stands in it."""

    name: str
    label: str
    value: str
    is_whole: bool
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a combo as it was typed."""

    n: int
    count: str
    category: str
    products: str


def fields(shape: str, terms: Terms | None, formats: Formats) -> list[Field]:
    """Return the numbers that a shape asks for, with those of the terms."""
    needed, optional = SHAPES[shape]
    shown = {} if terms is None else _numbers(terms, formats)
    return [Field(name, LABELS[name], shown.get(name, ""), name in WHOLE, name in needed) for name in (*needed, *optional)]


def _numbers(terms: Terms, formats: Formats) -> dict[str, str]:
    """Every number of the terms as one types it."""
    reward, count = terms.reward, sum(part.count for part in terms.parts)
    money = {"amount": reward.amount, "least_amount": terms.least_amount}
    found = {
        "percent": None if reward.percent is None else formats.typed(reward.percent, PERCENT_DIGITS),
        "price": None if reward.price is None else formats.typed(reward.price, PRICE_DIGITS, formats.digits),
        "take": str(count) if count else None,
        "pay": str(count - (terms.cheapest or 0)) if count else None,
        "times": None if terms.times is None else str(terms.times),
        **{name: None if value is None else formats.typed(value, formats.digits, formats.digits) for name, value in money.items()},
        **{
            name: None if value is None else formats.typed(value, QUANTITY_DIGITS)
            for name, value in (("most", terms.most), ("least_quantity", terms.least_quantity))
        },
    }
    return {name: text for name, text in found.items() if text is not None}


def shape_of(terms: Terms) -> str:
    """Return the shape that these terms have."""
    reward = terms.reward
    if terms.kind == "each":
        return "percent" if reward.percent is not None else "amount" if reward.amount is not None else "price"
    if terms.kind == "total":
        return "total_amount" if reward.amount is not None else "total_percent"
    if reward.price is not None:
        return "n_for_price" if len(terms.parts) == 1 else "combo"
    return "n_for_m" if reward.percent == ALL_OFF else "nth"


def read(form: Form, shape: str, ticked: QueryDict) -> Terms | None:
    """Return the terms that the form says, or None with `errors` in the form. `ticked`: days, stores and groups."""
    numbers = _read_numbers(form, shape)
    goods = _combo(form) if shape == "combo" else _goods(form, shape, numbers)
    when = conditions.read(form, ticked)
    coupon = coupon_code(form.typed("coupon")) if form.typed("coupon") else None
    if coupon == "":
        form.errors["coupon"] = "letters_and_digits"
    if not form.is_right:
        return None
    said: dict[str, Any] = {name: numbers.get(name) for name in ("least_quantity", "least_amount", "most", "times")}
    return Terms(
        **goods, **when, **said, reward=_reward(shape, numbers), stack=form.ticked("stack"), coupon=coupon, single=form.ticked("single"),
    )  # fmt: skip


def _read_numbers(form: Form, shape: str) -> dict[str, int | None]:
    needed, optional = SHAPES[shape]
    read_as = {"percent": form.percent, "amount": form.money, "price": form.price, "least_amount": form.money}
    numbers: dict[str, int | None] = {}
    for name in (*needed, *optional):
        if name in WHOLE:
            numbers[name] = form.whole(name, most=COUNT_MAX if name != "times" else 1_000_000)
        else:
            numbers[name] = read_as.get(name, form.quantity)(name)
        is_free = name == "price" and numbers[name] == 0
        if name in needed and not numbers[name] and not is_free:
            form.errors.setdefault(name, "empty")
    if (numbers.get("percent") or 0) > ALL_OFF:
        form.errors["percent"] = "too_large"
    return numbers


def _reward(shape: str, numbers: Mapping[str, int | None]) -> Reward:
    if shape == "n_for_m":
        return Reward(percent=ALL_OFF)
    name = next(name for name in ("percent", "amount", "price") if name in SHAPES[shape][0])
    return Reward(**{name: numbers[name]})


def _goods(form: Form, shape: str, numbers: Mapping[str, int | None]) -> dict[str, Any]:
    """What is picked, for one pick or a set of one part."""
    pick = picking.read(form)
    if shape in {"percent", "amount", "price"}:
        return {"kind": "each", "pick": pick}
    if shape.startswith("total"):
        return {"kind": "total", "pick": pick}
    take, pay = numbers.get("take") or 0, numbers.get("pay") or 0
    if form.is_right and take < 2:
        form.errors["take"] = "at_least_two"
    if form.is_right and shape == "n_for_m" and not 1 <= pay < take:
        form.errors["pay"] = "less_than_take"
    cheapest = {"n_for_m": take - pay, "nth": 1}.get(shape)
    return {"kind": "set", "parts": (PickedPart(pick, take),), "cheapest": cheapest}


def _combo(form: Form) -> dict[str, Any]:
    parts = []
    for n in range(1, COMBO_PARTS + 1):
        category, products = form.typed(f"category_{n}"), picking.products(form, f"products_{n}")
        if not category and not products:
            continue
        count = form.whole(f"count_{n}", most=COUNT_MAX)
        if not count:
            form.errors.setdefault(f"count_{n}", "empty")
        parts.append(
            PickedPart(Pick(categories=picking.ids(form, f"category_{n}", [category] if category else []), products=products), count or 1)
        )
    if len(parts) < 2 and form.is_right:
        form.errors["pick"] = "two_parts"
    return {"kind": "set", "parts": tuple(parts)}


def rows(form: Form, terms: Terms | None) -> list[Row]:
    """Return the parts of a combo as they are typed, with empty ones to fill."""
    found = []
    for n in range(1, COMBO_PARTS + 1):
        part = terms.parts[n - 1] if terms is not None and n <= len(terms.parts) else None
        if form.data:
            typed = (form.typed(f"count_{n}"), form.typed(f"category_{n}"), form.typed(f"products_{n}"))
        else:
            typed = (
                (str(part.count), next(iter(part.pick.categories), ""), picking.skus(part.pick.products))
                if part
                else ("1" if n < 3 else "", "", "")
            )
        found.append(Row(n, *typed))
    return found
