"""The shape of a basket document, checked in a fixed order so that the first fault is the same in both languages.

msgspec checks the same shape much faster; this slow walk runs only when msgspec has refused, to say where and why.
The twin is till/src/core/pricing/shape.ts: keep the order of fields equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Never

from mostrador.pricing import basket as limits
from mostrador.pricing.errors import PricingError

type Check = Callable[[object, str], None]

SAFE = 2**53 - 1
CURRENCY_CODE = re.compile(r"[A-Z]{3}")


def check_basket(document: object) -> None:
    """Raise PricingError for the first fault of the document; return when there is none."""
    _BASKET(document, "$")


def _fault(path: str, problem: str) -> Never:
    raise PricingError("malformed", {"path": path, "problem": problem})


def _integer(low: int, high: int) -> Check:
    def check(value: object, path: str) -> None:
        if type(value) is not int:
            _fault(path, "type")
        if not low <= value <= high:
            _fault(path, "range")

    return check


def _text(shortest: int, longest: int | None) -> Check:
    def check(value: object, path: str) -> None:
        if not isinstance(value, str):
            _fault(path, "type")
        if any("\ud800" <= character <= "\udfff" for character in value):
            _fault(path, "value")
        if len(value) < shortest or (longest is not None and len(value) > longest):
            _fault(path, "length")

    return check


def _choice(*choices: str | int) -> Check:
    kind = type(choices[0])

    def check(value: object, path: str) -> None:
        if type(value) is not kind:
            _fault(path, "type")
        if value not in choices:
            _fault(path, "value")

    return check


def _boolean(value: object, path: str) -> None:
    if not isinstance(value, bool):
        _fault(path, "type")


def _currency_code(value: object, path: str) -> None:
    if not isinstance(value, str):
        _fault(path, "type")
    if CURRENCY_CODE.fullmatch(value) is None:
        _fault(path, "value")


def _version(value: object, path: str) -> None:
    _integer(-SAFE, SAFE)(value, path)
    if value != 1 and isinstance(value, int):
        raise PricingError("unknown_version", {"version": value})


def _nullable(check: Check) -> Check:
    def nullable(value: object, path: str) -> None:
        if value is not None:
            check(value, path)

    return nullable


def _listing(check: Check, longest: int | None, shortest: int = 0) -> Check:
    def listing(value: object, path: str) -> None:
        if not isinstance(value, list | tuple):
            _fault(path, "type")
        if len(value) < shortest or (longest is not None and len(value) > longest):
            _fault(path, "length")
        for index, item in enumerate(value):
            check(item, f"{path}[{index}]")

    return listing


def _record(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Check known fields in the order given, required ones first, then refuse unknown ones."""

    def record(value: object, path: str) -> None:
        if not isinstance(value, dict):
            _fault(path, "type")
        for name, check in required.items():
            if name not in value:
                _fault(f"{path}.{name}", "missing")
            check(value[name], f"{path}.{name}")
        for name, check in optional.items():
            if name in value:
                check(value[name], f"{path}.{name}")
        for name in sorted(value):
            if name not in required and name not in optional:
                _fault(f"{path}.{name}", "unknown")

    return record


def _tax_units(value: object, path: str) -> None:
    if not isinstance(value, dict):
        _fault(path, "type")
    if len(value) > limits.LINE_TAXES_MAX:
        _fault(path, "length")
    for name in sorted(value):
        _text(1, limits.TEXT_MAX)(name, path)
        _integer(0, limits.UNITS_MAX)(value[name], f"{path}.{name}")


_TEXT = _text(1, limits.TEXT_MAX)
_ANY_TEXT = _nullable(_text(0, None))
_AMOUNT = _integer(-limits.AMOUNT_MAX, limits.AMOUNT_MAX)
_PRICE = _integer(0, limits.PRICE_MAX)
_KIND = _choice("percent", "fixed", "exempt")
_PERCENT = _integer(0, limits.WHOLE)
_AMOUNT_UP = _integer(0, limits.AMOUNT_MAX)

_TAXES: Mapping[str, Check] = {
    "percent": _record(
        {"kind": _KIND, "code": _TEXT, "rate": _integer(0, limits.RATE_MAX)},
        {"in_base": _boolean},
    ),
    "fixed": _record({"kind": _KIND, "code": _TEXT, "amount": _PRICE}, {"in_base": _boolean}),
    "exempt": _record({"kind": _KIND, "code": _TEXT}, {}),
}


def _discount(value: object, path: str) -> None:
    _record({}, {"percent": _nullable(_PERCENT), "amount": _nullable(_AMOUNT_UP)})(value, path)
    if isinstance(value, dict) and (value.get("percent") is None) == (value.get("amount") is None):
        _fault(path, "value")


def _reward(value: object, path: str) -> None:
    _record({}, {"percent": _nullable(_PERCENT), "amount": _nullable(_AMOUNT_UP), "price": _nullable(_PRICE)})(value, path)
    if isinstance(value, dict) and sum(value.get(name) is not None for name in ("percent", "amount", "price")) != 1:
        _fault(path, "value")


def _total_reward(value: object, path: str) -> None:
    _reward(value, path)
    if isinstance(value, dict) and value.get("price") is not None:
        _fault(path, "value")


_LINE_IDS = _listing(_TEXT, limits.LINES_MAX)
_PROMOTION_KIND = _choice("each", "total", "set")
_LEASTS: Mapping[str, Check] = {"least_quantity": _nullable(_AMOUNT_UP), "least_amount": _nullable(_AMOUNT_UP)}
_ENDS: Mapping[str, Check] = {"stack": _boolean, "name": _ANY_TEXT}
_PART = _record({"lines": _LINE_IDS, "count": _integer(1, limits.COUNT_MAX)}, {})
_PROMOTIONS: Mapping[str, Check] = {
    "each": _record(
        {"kind": _PROMOTION_KIND, "id": _TEXT, "reward": _reward, "lines": _LINE_IDS}, {**_LEASTS, "most": _nullable(_AMOUNT_UP), **_ENDS}
    ),
    "total": _record({"kind": _PROMOTION_KIND, "id": _TEXT, "reward": _total_reward, "lines": _LINE_IDS}, {**_LEASTS, **_ENDS}),
    "set": _record(
        {"kind": _PROMOTION_KIND, "id": _TEXT, "reward": _reward, "parts": _listing(_PART, limits.PARTS_MAX, 1)},
        {
            "cheapest": _nullable(_integer(1, limits.PARTS_MAX * limits.COUNT_MAX)),
            "times": _nullable(_integer(1, limits.TIMES_MAX)),
            **_ENDS,
        },
    ),
}


def _tagged(kind: Check, kinds: Mapping[str, Check]) -> Check:
    """Check the record that the document's `kind` names."""

    def tagged(value: object, path: str) -> None:
        if not isinstance(value, dict):
            _fault(path, "type")
        if "kind" not in value:
            _fault(f"{path}.kind", "missing")
        kind(value["kind"], f"{path}.kind")
        kinds[value["kind"]](value, path)

    return tagged


_MODIFIER = _record({"id": _TEXT, "name": _text(0, None), "price": _integer(-limits.PRICE_MAX, limits.PRICE_MAX)}, {})
_COMPONENT = _record({"product_id": _TEXT, "name": _text(0, None), "quantity": _AMOUNT}, {})
_LINE = _record(
    {"id": _TEXT, "quantity": _AMOUNT, "unit_price": _PRICE, "taxes": _listing(_TEXT, limits.LINE_TAXES_MAX)},
    {
        "discount": _nullable(_discount),
        "tax_units": _nullable(_tax_units),
        "product_id": _ANY_TEXT,
        "name": _ANY_TEXT,
        "unit": _ANY_TEXT,
        "note_annex": _ANY_TEXT,
        "price_entry": _ANY_TEXT,
        "modifiers": _listing(_MODIFIER, limits.MODIFIERS_MAX),
        "factor": _nullable(_integer(1, limits.FACTOR_MAX)),
        "serial": _ANY_TEXT,
        "lot": _ANY_TEXT,
        "expires": _ANY_TEXT,
        "components": _listing(_COMPONENT, limits.COMPONENTS_MAX),
    },
)
_COMBO_PART = _record({"line": _TEXT}, {"extra": _PRICE})
_COMBO = _record(
    {"id": _TEXT, "quantity": _AMOUNT, "unit_price": _PRICE, "parts": _listing(_COMBO_PART, limits.COMBO_PARTS_MAX, 1)},
    {"discount": _nullable(_discount), "product_id": _ANY_TEXT, "name": _ANY_TEXT, "price_entry": _ANY_TEXT},
)

_SLIP = _record({"value": _integer(1, limits.AMOUNT_MAX)}, {"number": _nullable(_TEXT)})
_VOUCHERS = _record(
    {"kind": _TEXT, "slips": _listing(_SLIP, limits.SLIPS_MAX, 1)},
    {"name": _ANY_TEXT, "surplus": _AMOUNT_UP, "change": _AMOUNT_UP, "credit": _AMOUNT_UP},
)
_PAYMENT = _record({"method": _TEXT, "amount": _AMOUNT}, {"gift_card": _nullable(_TEXT), "voucher": _nullable(_VOUCHERS)})

_GIFT_CARD = _record(
    {"id": _TEXT, "amount": _integer(1, limits.AMOUNT_MAX)},
    {"code": _nullable(_TEXT), "page": _nullable(_TEXT)},
)

_BASKET = _record(
    {
        "version": _version,
        "currency": _record({"code": _currency_code, "digits": _choice(0, 2, 3)}, {}),
        "prices_include_tax": _boolean,
        "tax_rounding": _choice("line", "document"),
        "taxes": _listing(_tagged(_KIND, _TAXES), limits.TAXES_MAX),
        "lines": _listing(_LINE, None),
    },
    {
        "cash_rounding": _nullable(_record({"step": _integer(1, limits.STEP_MAX), "mode": _choice("half_up", "half_down", "down")}, {})),
        "discount": _nullable(_discount),
        "tip": _AMOUNT,
        "payments": _listing(_PAYMENT, limits.PAYMENTS_MAX),
        "promotions": _listing(_tagged(_PROMOTION_KIND, _PROMOTIONS), limits.PROMOTIONS_MAX),
        "combos": _listing(_COMBO, limits.COMBOS_MAX),
        "gift_cards": _listing(_GIFT_CARD, limits.GIFT_CARDS_MAX),
    },
)
