"""The engine of prices: a basket goes in, its totals come out.

Owns the arithmetic of a sale: lines, discounts, taxes, rounding, payments and change, in integers and exact rationals only.
Refuses everything else: no database, no clock, no catalogue, no words for people. The rules are in
`docs/algorithms/pricing.md`; the twin in TypeScript is `till/src/core/pricing`.
"""
