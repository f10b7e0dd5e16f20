/**
 * Points: what a sale earns, what they pay, what a return takes back and gives back. The rule is docs/algorithms/points.md, the twin
 * mostrador/pricing/points.py. Whole points; money in minor units.
 */
import type { SaleBasket, SaleTotals } from './basket.ts'
import type { AnyFact, PointsPart, ReturnRecorded, SalePoints, SaleRecorded } from './facts.ts'
import { divDown, mulDivDown, mulDivRound } from './integer.ts'
import { asArray, asInteger, asObject, asText } from './json.ts'
import type { ReturnDocument, ReturnTotals } from './pricing/index.ts'

/** A version of the owner's scheme; sales name it. */
export interface PointsScheme {
  readonly scheme: string
  /** Minor units that earn a point; null: none are earned any more. */
  readonly earn_per: number | null
  readonly worth: { readonly points: number; readonly amount: number }
  /** Points to spend at once. */
  readonly least: number
  /** Methods whose part of a payment earns nothing. */
  readonly unearning: readonly string[]
  readonly without: { readonly categories: readonly string[]; readonly products: readonly string[] }
}

interface Paid { readonly method: string; readonly amount: number }

/** Read a scheme; null where there is none, or none that can be computed with. */
export function readScheme(value: unknown): PointsScheme | null {
  const row = asObject(value)
  const worth = asObject(row?.['worth'])
  const [scheme, points, amount] = [asText(row?.['scheme']), asInteger(worth?.['points'], 1), asInteger(worth?.['amount'], 1)]
  if (row === undefined || scheme === undefined || points === undefined || amount === undefined) return null
  const texts = (list: unknown): readonly string[] => (asArray(list) ?? []).flatMap((one) => asText(one) ?? [])
  const without = asObject(row['without'])
  return {
    scheme, worth: { points, amount }, earn_per: asInteger(row['earn_per'], 1) ?? null, least: asInteger(row['least'], 0) ?? 0,
    unearning: texts(row['unearning']), without: { categories: texts(without?.['categories']), products: texts(without?.['products']) },
  }
}

/** What the lines that earn come to. */
export function earningOf(lines: readonly { readonly id: string; readonly gross: number }[], without: readonly string[]): number {
  return Math.max(0, lines.reduce((sum, { id, gross }) => (without.includes(id) ? sum : sum + gross), 0))
}

/** The points that a sale earns. */
export function earnedBy({ earn_per, unearning }: PointsScheme, earning: number, gross: number, payments: readonly Paid[]): number {
  if (earn_per === null) return 0
  const other = payments.reduce((sum, { method, amount }) => (unearning.includes(method) ? sum + amount : sum), 0)
  return divDown(Math.max(0, Math.min(earning, gross - other)), earn_per)
}

/** What points are worth. */
export function worthOf({ worth }: PointsScheme, points: number): number {
  return mulDivDown(points, worth.amount, worth.points)
}

/** How many points an amount is: none that pays nothing. */
export function pointsFor({ worth }: PointsScheme, amount: number): number {
  return -mulDivDown(-amount, worth.points, worth.amount) + 0
}

/** How much of what is due so many points pay; 0 where they are fewer than the least to spend. */
export function payableWith(scheme: PointsScheme, points: number, due: number): number {
  const { worth, least } = scheme
  const amount = worthOf(scheme, Math.max(0, Math.min(points, mulDivDown(due, worth.points, worth.amount))))
  return pointsFor(scheme, amount) < least ? 0 : amount
}

/** The points of a return: the rounded share of all that has come back so far, less what earlier returns did (ruling 27). */
export function pointsOfPart({ whole, now, of, before }: Omit<PointsPart, 'points'>): number {
  return mulDivRound(whole, now, of) - before
}

function paidBy(payments: readonly Paid[] = []): number {
  return payments.reduce((sum, { method, amount }) => (method === 'points' ? sum + amount : sum), 0)
}

/** What a sale does to its buyer's points; undefined where that is nothing. `category`: of a product, as the till has it now. */
export function salePoints(
  scheme: PointsScheme | null, { lines, payments }: SaleBasket, totals: SaleTotals, category: (product: string) => string | null,
): SalePoints | undefined {
  if (scheme === null) return undefined
  const { categories, products } = scheme.without
  const without = lines.filter(({ product_id: id }) => products.includes(id) || categories.includes(category(id) ?? '')).map(({ id }) => id)
  const earned = earnedBy(scheme, earningOf(totals.lines, without), totals.gross, payments)
  const spent = pointsFor(scheme, paidBy(payments))
  return earned + spent === 0 ? undefined : { scheme: scheme.scheme, earned, spent, ...(without.length === 0 ? {} : { without }) }
}

/** What a return does to the points of its sale; undefined where that is nothing. */
export function returnPoints(
  sale: SaleRecorded, earlier: readonly ReturnRecorded[], document: ReturnDocument, totals: ReturnTotals,
): ReturnRecorded['points'] {
  const { buyer, points: said } = sale
  if (said === undefined || buyer === undefined) return undefined
  const { lines, payments } = sale.basket as SaleBasket
  const all = [...earlier, { document, totals }]
  const sum = (of: (one: { readonly document: ReturnDocument; readonly totals: ReturnTotals }) => number): number => all.reduce((total, one) => total + of(one), 0)
  const without = said.without ?? []
  const earns = (place: number | null): boolean => !without.includes(lines[place ?? -1]?.id ?? '')
  const came = sum((one) => one.document.lines.reduce((total, { line }, at) => (earns(line) ? total + (one.totals.lines[at]?.gross ?? 0) : total), 0))
  const before = (which: 'taken' | 'back'): number => earlier.reduce((total, { points }) => total + (points?.[which]?.points ?? 0), 0)
  const part = (whole: number, of: number, now: number, sofar: number): PointsPart => {
    const cut = { whole, of, now, before: sofar }
    return { ...cut, points: pointsOfPart(cut) }
  }
  const of = earningOf((sale.totals as SaleTotals).lines, without)
  const taken = said.earned > 0 && of > 0 ? part(said.earned, of, came, before('taken')) : undefined
  const paid = paidBy(payments)
  const back = said.spent > 0 && paidBy(document.refunds) > 0 ? part(said.spent, paid, sum((one) => paidBy(one.document.refunds)), before('back')) : undefined
  if ((taken?.points ?? 0) === 0 && back === undefined) return undefined
  return { buyer, ...(taken === undefined || taken.points === 0 ? {} : { taken }), ...(back === undefined ? {} : { back }) }
}

/** What a fact does to somebody's points, how many of it are spent, and how many go; null where nothing. */
export function pointsMoveOf(fact: AnyFact): { readonly buyer: string; readonly points: number; readonly spent: number; readonly gone: number } | null {
  if (fact.kind === 'sale.recorded' && fact.body.points !== undefined && fact.body.buyer !== undefined) {
    const { earned, spent } = fact.body.points
    return { buyer: fact.body.buyer, points: earned - spent, spent, gone: spent }
  }
  if (fact.kind !== 'return.recorded' || fact.body.points === undefined) return null
  const { buyer, taken, back } = fact.body.points
  return { buyer, points: (back?.points ?? 0) - (taken?.points ?? 0), spent: 0, gone: taken?.points ?? 0 }
}
