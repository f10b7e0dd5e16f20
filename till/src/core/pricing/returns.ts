/** What a return gives back. The rule is docs/algorithms/returns.md; the twin is mostrador/pricing/returns.py. */
import { divRoundBig } from '../integer.ts'
import { AMOUNT_MAX, LINES_MAX, type CashRounding, type Component, type Currency, type Payment } from './basket.ts'
import { PricingError } from './errors.ts'
import { settle, type CashBefore } from './settlement.ts'
import type { TaxTotal } from './totals.ts'

/** Raised whenever any return would give back another amount; a fact is recomputed by the version that it names. */
export const RETURN_ENGINE = 1

/** A quantity of a line, thousandths, and what was charged or given back for it. */
export interface Share {
  readonly quantity: number
  readonly gross: number
  readonly taxes: readonly TaxTotal[]
}

/** A line that comes back, or a part of it. `line`: its place in the sale; null without a ticket. */
export interface ReturnLine {
  readonly id: string
  readonly quantity: number
  readonly sold: Share
  readonly before: Share | null
  readonly line: number | null
  readonly reason: string
  readonly goods: 'shelf' | 'scrap'
  readonly product_id?: string | null
  readonly name?: string | null
  readonly unit?: string | null
  readonly factor?: number | null
  readonly serial?: string | null
  readonly lot?: string | null
  /** What was said of it and was not so: of a point of its sheet, or of a question of the shop's. It prices nothing. */
  readonly statement?: string | null
  /** Of a kit: what of it comes back. */
  readonly components?: readonly Component[]
}

/** All that a return depends on. */
export interface ReturnDocument {
  readonly version: 1
  readonly currency: Currency
  readonly lines: readonly ReturnLine[]
  readonly cash_rounding?: CashRounding | null
  readonly refunds?: readonly Payment[]
  /** Of earlier returns of the sale, where cash is rounded. */
  readonly cash_before?: CashBefore | null
}

/** What one line gives back; net + tax = gross. */
export interface ReturnedLine {
  readonly id: string
  readonly net: number
  readonly tax: number
  readonly gross: number
  readonly taxes: readonly TaxTotal[]
}

/** What goes back to the buyer, minor units; gross + rounding = paid + missing - change. */
export interface ReturnTotals {
  readonly version: 1
  readonly engine: number
  readonly lines: readonly ReturnedLine[]
  readonly net: number
  readonly tax: number
  readonly gross: number
  readonly taxes: readonly TaxTotal[]
  readonly rounding: number
  readonly paid: number
  readonly change: number
  readonly missing: number
}

/** What a return gives back; throws PricingError with a code and data. */
export function refund(document: ReturnDocument): ReturnTotals {
  check(document.lines)
  const lines = document.lines.map(returned)
  const sum = (name: 'net' | 'tax' | 'gross'): number => lines.reduce((total, line) => total + line[name], 0)
  const gross = sum('gross')
  const byCode = new Map<string, TaxTotal>()
  for (const { code, base, amount } of lines.flatMap((line) => line.taxes)) {
    const sofar = byCode.get(code) ?? { code, base: 0, amount: 0 }
    byCode.set(code, { code, base: sofar.base + base, amount: sofar.amount + amount })
  }
  return {
    version: 1,
    engine: RETURN_ENGINE,
    lines,
    net: sum('net'),
    tax: sum('tax'),
    gross,
    taxes: [...byCode.values()],
    ...settle(gross, document.refunds ?? [], document.cash_rounding ?? null, document.cash_before ?? null),
  }
}

function check(lines: readonly ReturnLine[]): void {
  if (lines.length > LINES_MAX) throw new PricingError('too_many_lines', { count: lines.length, limit: LINES_MAX })
  const ids = new Set<string>()
  const places = new Set<number>()
  for (const { id, line, sold, before } of lines) {
    if (ids.has(id) || (line !== null && places.has(line))) throw new PricingError('repeated_line', { line: id })
    ids.add(id)
    if (line !== null) places.add(line)
    if (before !== null && !hasSameTaxes(before, sold)) throw new PricingError('other_taxes', { line: id })
  }
}

function hasSameTaxes(one: Share, other: Share): boolean {
  return one.taxes.length === other.taxes.length && one.taxes.every(({ code }, place) => code === other.taxes[place]?.code)
}

function returned({ id, quantity, sold, before }: ReturnLine): ReturnedLine {
  const soFar = BigInt(quantity + (before?.quantity ?? 0))
  const within = (amount: number, field: string): number => {
    if (!(amount >= -AMOUNT_MAX && amount <= AMOUNT_MAX)) throw new PricingError('out_of_range', { line: id, field })
    return amount
  }
  const due = (whole: number, earlier: number, field: string): number =>
    within(Number(divRoundBig(BigInt(whole) * soFar, BigInt(sold.quantity)) - BigInt(earlier)), field)
  const gross = due(sold.gross, before?.gross ?? 0, 'gross')
  const taxes = sold.taxes.map(({ code, base, amount }, place) => {
    const was = before?.taxes[place]
    return { code, base: due(base, was?.base ?? 0, 'base'), amount: due(amount, was?.amount ?? 0, 'tax') }
  })
  const tax = taxes.reduce((total, row) => total + row.amount, 0)
  return { id, net: within(gross - tax, 'net'), tax, gross, taxes }
}
