"""The totals document as typed values. Shape: contracts/totals.schema.json; all amounts in minor units."""

from __future__ import annotations

from msgspec import Struct

ENGINE_VERSION = 1
"""Raised whenever any basket would get other totals; a fact is recomputed by the version that it names."""


class TaxTotal(Struct, forbid_unknown_fields=True, gc=False):
    """One tax: what it was computed on, and what it came to."""

    code: str
    base: int
    amount: int


# The contract calls a field "list", which hides the type of that name inside these classes.
type TaxTotals = list[TaxTotal]


class LineTotals(Struct, forbid_unknown_fields=True):
    """One line; list - discount - share is what it is charged at, net + tax == gross."""

    id: str
    list: int
    discount: int
    share: int
    net: int
    tax: int
    gross: int
    taxes: TaxTotals


type LinesTotals = list[LineTotals]


class Totals(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole basket; due + rounding == paid + missing - change."""

    version: int
    engine: int
    lines: LinesTotals
    list: int
    discount: int
    net: int
    tax: int
    gross: int
    taxes: TaxTotals
    tip: int
    due: int
    rounding: int
    paid: int
    change: int
    missing: int
