import type { Saving } from './promotions.ts'

/** The totals document. Shape: contracts/totals.schema.json; all amounts in minor units. */

/** Raised whenever any basket would get other totals; a fact is recomputed by the version that it names. */
export const ENGINE_VERSION = 3
/** What a basket with promotions and without combos says. */
export const PROMOTIONS_VERSION = 2
/** What a basket without either says: nothing has changed for it. */
export const PLAIN_VERSION = 1

/** One tax: what it was computed on, and what it came to. */
export interface TaxTotal {
  readonly code: string
  readonly base: number
  readonly amount: number
}

/** One line; list - savings - discount - share is what it is charged at, net + tax = gross. */
export interface LineTotals {
  readonly id: string
  readonly list: number
  readonly discount: number
  readonly share: number
  readonly net: number
  readonly tax: number
  readonly gross: number
  readonly taxes: readonly TaxTotal[]
  /** Absent when no promotion lowers the line. */
  readonly savings?: readonly Saving[]
}

/** The whole basket; due + rounding = paid + missing - change. */
export interface Totals {
  readonly version: 1
  readonly engine: number
  readonly lines: readonly LineTotals[]
  readonly list: number
  readonly discount: number
  readonly net: number
  readonly tax: number
  readonly gross: number
  readonly taxes: readonly TaxTotal[]
  readonly tip: number
  readonly due: number
  readonly rounding: number
  readonly paid: number
  readonly change: number
  readonly missing: number
  /** What promotions take off in all; absent in a basket without. */
  readonly savings?: number
  /** Each promotion that takes something off. */
  readonly promotions?: readonly Saving[]
  /** What is put on gift cards in all; absent in a basket without. */
  readonly gift_cards?: number
}
