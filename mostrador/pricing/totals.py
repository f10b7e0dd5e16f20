"""The totals document as typed values. Shape: contracts/totals.schema.json; all amounts in minor units."""

from __future__ import annotations

from msgspec import Struct

ENGINE_VERSION = 3
"""Raised whenever any basket would get other totals; a fact is recomputed by the version that it names."""
PROMOTIONS_VERSION = 2
"""What a basket with promotions and without combos says."""
PLAIN_VERSION = 1
"""What a basket without either says: nothing has changed for it."""


class TaxTotal(Struct, forbid_unknown_fields=True, gc=False):
    """One tax: what it was computed on, and what it came to."""

    code: str
    base: int
    amount: int


# The contract calls a field "list", which hides the type of that name inside these classes.
type TaxTotals = list[TaxTotal]
type Savings = list[Saving]


class Saving(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What one promotion takes off."""

    promotion: str
    amount: int


class LineTotals(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One line; list - savings - discount - share is what it is charged at, net + tax == gross."""

    id: str
    list: int
    discount: int
    share: int
    net: int
    tax: int
    gross: int
    taxes: TaxTotals
    savings: Savings = []


type LinesTotals = list[LineTotals]


class Totals(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The whole basket; due + rounding == paid + missing - change. None without any: `promotions` and their sum `savings`, `gift_cards`."""

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
    savings: int | None = None
    promotions: Savings | None = None
    gift_cards: int | None = None
