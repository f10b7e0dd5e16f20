"""Documents in and out: JSON or plain values to a Basket, Totals to plain values or JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import msgspec

from mostrador.pricing.basket import Basket
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from mostrador.pricing.returns import ReturnDocument, refund
from mostrador.pricing.shape import check_basket
from mostrador.pricing.totals import Totals

__all__ = [
    "Basket",
    "Totals",
    "basket_from_document",
    "basket_from_json",
    "document_from_json",
    "document_of",
    "json_of",
    "price_document",
    "refund_document",
]

OUT_OF_ALL_RANGES: int = 10**30


def _whole_if_it_can_be(literal: str) -> int | float:
    """Read 1.0 and 1e2 as the integers that JSON Schema and a browser take them for; nothing is rounded."""
    value = Decimal(literal)
    if value.is_zero():
        return 0
    if abs(value) > OUT_OF_ALL_RANGES:
        return OUT_OF_ALL_RANGES if value > 0 else -OUT_OF_ALL_RANGES
    return int(value) if value == value.to_integral_value() else float(literal)  # exact: a fraction is never priced, the reader refuses it


_DECODER = msgspec.json.Decoder(Basket)
_PLAIN_DECODER = msgspec.json.Decoder(float_hook=_whole_if_it_can_be)
_ENCODER = msgspec.json.Encoder()


def basket_from_json(text: bytes | str) -> Basket:
    """Read a basket from JSON; refuses with PricingError `malformed` or `unknown_version`."""
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        return basket_from_document(document_from_json(text))


def document_from_json(text: bytes | str) -> object:
    """Parse JSON into plain values; text that is not JSON is `malformed` at `$`."""
    try:
        return _PLAIN_DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise PricingError("malformed", {"path": "$", "problem": "value"}) from fault


def basket_from_document(document: object) -> Basket:
    """Read a basket from plain values (dict, list, str, int, bool, None)."""
    try:
        return msgspec.convert(document, Basket)
    except (msgspec.ValidationError, UnicodeError) as fault:
        check_basket(document)
        # The two descriptions of the shape are compared by a law; should they ever differ, the stricter one decides.
        raise PricingError("malformed", {"path": "$", "problem": "value"}) from fault


def document_of(totals: Totals) -> dict[str, object]:
    """Return the totals as plain values, keys in the order of the contract."""
    return cast(dict[str, object], msgspec.to_builtins(totals))


def json_of(totals: Totals) -> bytes:
    """Return the totals as compact JSON, the same bytes as JSON.stringify in the till."""
    return _ENCODER.encode(totals)


def price_document(document: object) -> dict[str, object]:
    """Price a basket given as plain values; returns the totals document or raises PricingError."""
    return document_of(price(basket_from_document(document)))


def refund_document(document: object) -> dict[str, object]:
    """Say of a return given as plain values what it gives back; raises PricingError, or msgspec.ValidationError for another shape."""
    return cast(dict[str, object], msgspec.to_builtins(refund(msgspec.convert(document, ReturnDocument))))
