/** What may be said of reduced prices, as the server worked it out, and of which lines of a ticket. Rules: docs/algorithms/prior-price.md. */
import type { SaleTotals } from './basket.ts'
import { mulDivDown, mulDivRound } from './integer.ts'
import { asArray, asInteger, asList, asObject, asText } from './json.ts'
import { extraOf } from './modifier.ts'
import { lineAmount, type TicketLine } from './ticket.ts'

/** A promotion for everybody, and from when to when this is known of it. `priors`: of which products the price before is not the usual one; null: there is none. */
export interface Reduction {
  readonly since: number
  readonly until: number | null
  readonly priors: ReadonlyMap<string, number | null>
}

/** `shelves`: products whose shelf says another price until somebody sees to it. */
export interface Prices {
  readonly days: number
  /** By version. */
  readonly reductions: ReadonlyMap<string, Reduction>
  readonly shelves: ReadonlyMap<string, number>
}

export const NO_PRICES: Prices = { days: 30, reductions: new Map(), shelves: new Map() }

/** What is told of a line: the price before (ten-thousandths), or that there is none to speak of. `isNew`: the product has had no other price yet. */
export interface Told {
  readonly line: string
  readonly price: number | null
  readonly isNew: boolean
}

function pairs<T>(value: unknown, second: (value: unknown) => T | undefined): ReadonlyMap<string, T> {
  return new Map((asArray(value) ?? []).flatMap((row) => {
    const pair = asArray(row)
    const [id, said] = [asText(pair?.[0]), second(pair?.[1])]
    return id === undefined || said === undefined ? [] : [[id, said] as const]
  }))
}

function readReduction(value: unknown): readonly [string, Reduction] | undefined {
  const row = asObject(value)
  const version = asText(row?.['version'])
  const since = asInteger(row?.['since'], 0)
  if (!row || version === undefined || since === undefined) return undefined
  const priors = pairs(row['priors'], (price) => (price === null ? null : asInteger(price, 0)))
  return [version, { since, until: asInteger(row['until'], 0) ?? null, priors }]
}

/** Read the document of `GET prices`; null when it is none. */
export function readPrices(value: unknown): Prices | null {
  const row = asObject(value)
  const reductions = asList(row?.['reductions'], readReduction)
  const days = asInteger(row?.['days'], 1)
  if (!row || !reductions || days === undefined) return null
  return { days, reductions: new Map(reductions), shelves: pairs(row['shelves'], (price) => asInteger(price, 0)) }
}

/** The same, with what a shelf was seen to say; null: it says what the till does. */
export function withShelf(prices: Prices, product: string, price: number | null): Prices {
  const others = [...prices.shelves].filter(([id]) => id !== product)
  return { ...prices, shelves: new Map(price === null ? others : [...others, [product, price]]) }
}

/** What a line comes to by its list and what promotions save on it, minor units. */
function reduced(totals: SaleTotals, line: string): { readonly versions: readonly string[]; readonly amount: number } {
  const priced = totals.lines.find(({ id }) => id === line)
  const savings = priced?.savings ?? []
  return { versions: savings.map(({ promotion }) => promotion), amount: (priced?.list ?? 0) - savings.reduce((sum, { amount }) => sum + amount, 0) }
}

/**
 * Return what is told of each line that promotions for everybody lower. Where the price before is not known, nothing is told; where it is not above what
 * is charged, that there is nothing to speak of: the sale proceeds at the price. Boxes, combos and printed labels have prices of their own.
 */
export function toldOf(lines: readonly TicketLine[], totals: SaleTotals, prices: Prices, at: number, digits: number): readonly Told[] {
  return lines.flatMap((line): Told[] => {
    const { versions, amount } = reduced(totals, line.id)
    if (versions.length === 0 || line.factor !== undefined || line.combo !== undefined || line.origin === 'label') return []
    const found = versions.map((version) => priorOf(line, prices.reductions.get(version), at))
    if (found.includes(undefined)) return []
    if (found.includes(null)) return [{ line: line.id, price: null, isNew: true }]
    const prior = Math.min(...found.filter((price) => price != null))
    return [{ line: line.id, price: lineAmount(line.quantity, prior, digits) > amount ? prior : null, isNew: false }]
  })
}

function priorOf(line: TicketLine, reduction: Reduction | undefined, at: number): number | null | undefined {
  if (reduction === undefined || at < reduction.since || (reduction.until !== null && at >= reduction.until)) return undefined
  const said = reduction.priors.get(line.product_id)
  if (said === null) return null
  if (said !== undefined) return said + extraOf(line.modifiers)
  return line.base_price ?? line.list_price ?? undefined
}

interface Sold { readonly id: string; readonly quantity: number }

/** Return what the buyer truly saves, minor units: against the price before where it was told, nothing where there is none to speak of. */
export function savedOf(lines: readonly Sold[], totals: SaleTotals, told: readonly Pick<Told, 'line' | 'price'>[], digits: number): number {
  const known = new Map(told.map(({ line, price }) => [line, price]))
  return lines.reduce((sum, { id, quantity }) => {
    const price = known.get(id)
    if (price === undefined) return sum + (totals.lines.find((row) => row.id === id)?.savings ?? []).reduce((all, { amount }) => all + amount, 0)
    return price === null ? sum : sum + lineAmount(quantity, price, digits) - reduced(totals, id).amount
  }, totals.discount)
}

const MILLION = 1_000_000
const WHOLE = 10_000

/** By how much a line lies below the price before, whole percents in parts per million, never rounded up; 0 where it does not. */
export function percentOff(line: Sold, totals: SaleTotals, price: number, digits: number): number {
  const before = lineAmount(line.quantity, price, digits)
  const off = before <= 0 ? 0 : mulDivDown(before - reduced(totals, line.id).amount, MILLION, before)
  return Math.max(0, off - (off % WHOLE))
}

/** What one of a line costs as it is charged, ten-thousandths. */
export function chargedEach(line: Sold, totals: SaleTotals, digits: number): number {
  return mulDivRound(reduced(totals, line.id).amount, 10 ** (7 - digits), line.quantity)
}
