// Points: vectors worked by hand that both engines read, and what a sale and its returns say of them (docs/algorithms/points.md).
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { SaleBasket, SaleTotals } from '../../src/core/basket.ts'
import type { AnyFact, ReturnRecorded, SaleRecorded } from '../../src/core/facts.ts'
import { earnedBy, earningOf, payableWith, pointsFor, pointsMoveOf, pointsOfPart, readScheme, returnPoints, salePoints, worthOf, type PointsScheme } from '../../src/core/points.ts'
import type { ReturnDocument, ReturnTotals } from '../../src/core/pricing/index.ts'

interface Said { readonly earn_per: number | null; readonly worth: { readonly points: number; readonly amount: number }; readonly unearning: readonly string[] }
interface Vectors {
  readonly earned: readonly { name: string; scheme: Said; lines: readonly [string, number][]; without: readonly string[]; gross: number; payments: readonly [string, number][]; earning: number; earned: number }[]
  readonly payable: readonly { name: string; scheme: Said; points: number; due: number; spent: number; paid: number }[]
  readonly parts: readonly { name: string; whole: number; of: number; now: number; before: number; points: number }[]
}
const vectors = JSON.parse(readFileSync(new URL('../../../vectors/points.json', import.meta.url), 'utf8')) as Vectors

const schemeOf = (said: Said, more: Partial<PointsScheme> = {}): PointsScheme => ({ scheme: 's', least: 0, without: { categories: [], products: [] }, ...said, ...more })
const SCHEME = schemeOf({ earn_per: 1000, worth: { points: 10, amount: 100 }, unearning: ['points'] })

describe('vectors', () => {
  test.each(vectors.earned)('$name', ({ scheme, lines, without, gross, payments, earning, earned }) => {
    expect(earningOf(lines.map(([id, amount]) => ({ id, gross: amount })), without)).toBe(earning)
    expect(earnedBy(schemeOf(scheme), earning, gross, payments.map(([method, amount]) => ({ method, amount })))).toBe(earned)
  })
  test.each(vectors.payable)('$name', ({ scheme, points, due, spent, paid }) => {
    expect(payableWith(schemeOf(scheme), points, due)).toBe(paid)
    expect(pointsFor(schemeOf(scheme), paid)).toBe(spent)
    expect(worthOf(schemeOf(scheme), spent)).toBe(paid)
  })
  test.each(vectors.parts)('$name', ({ name: _, points, ...part }) => { expect(pointsOfPart(part)).toBe(points) })
})

test('fewer than the least to spend are not spent', () => {
  expect(payableWith(schemeOf(SCHEME, { least: 50 }), 49, 10_000)).toBe(0)
  expect(payableWith(schemeOf(SCHEME, { least: 50 }), 50, 10_000)).toBe(500)
  expect(payableWith(schemeOf(SCHEME, { least: 50 }), 500, 490)).toBe(0)
})

test('amounts beyond what a double multiplies are exact', () => {
  const big = schemeOf({ earn_per: 1, worth: { points: 999_999_937, amount: 999_999_929 }, unearning: [] })
  expect(worthOf(big, 999_999_938)).toBe(999_999_929)
  expect(pointsFor(big, 999_999_929)).toBe(999_999_937)
})

test('a scheme that cannot be computed with is none', () => {
  expect(readScheme(null)).toBeNull()
  expect(readScheme({ scheme: 's', worth: { points: 0, amount: 1 } })).toBeNull()
  expect(readScheme({ scheme: 's', earn_per: null, worth: { points: 1, amount: 5 }, least: 3, unearning: ['fiado'], without: { categories: ['c'], products: ['p'] } }))
    .toEqual({ scheme: 's', earn_per: null, worth: { points: 1, amount: 5 }, least: 3, unearning: ['fiado'], without: { categories: ['c'], products: ['p'] } })
})

/** A sale of lines (product, gross), paid so. */
function sale(lines: readonly (readonly [string, number])[], payments: readonly { method: string; amount: number }[]): { basket: SaleBasket; totals: SaleTotals } {
  const gross = lines.reduce((sum, [, amount]) => sum + amount, 0)
  return {
    basket: { lines: lines.map(([product_id], place) => ({ id: String(place + 1), product_id, quantity: 3000 })), payments } as unknown as SaleBasket,
    totals: { lines: lines.map(([, amount], place) => ({ id: String(place + 1), gross: amount })), gross } as unknown as SaleTotals,
  }
}
const categoryOf = (product: string): string | null => (product === 'beer' ? 'drinks' : null)

test('a sale says what it earned and spent, by which version, and which lines earn nothing', () => {
  const scheme = schemeOf(SCHEME, { without: { categories: ['drinks'], products: ['stamps'] } })
  const { basket, totals } = sale([['coffee', 8900], ['beer', 4000], ['stamps', 2000]], [{ method: 'points', amount: 170 }, { method: 'cash', amount: 14_730 }])

  expect(salePoints(scheme, basket, totals, categoryOf)).toEqual({ scheme: 's', earned: 8, spent: 17, without: ['2', '3'] })
  expect(salePoints(null, basket, totals, categoryOf)).toBeUndefined()
  const small = sale([['coffee', 900]], [{ method: 'cash', amount: 900 }])
  expect(salePoints(SCHEME, small.basket, small.totals, categoryOf)).toBeUndefined()
})

const sold = (earned: number, spent: number, without: readonly string[] = []): SaleRecorded => {
  const { basket, totals } = sale([['coffee', 10_000], ['beer', 2000]], spent === 0 ? [{ method: 'cash', amount: 12_000 }] : [{ method: 'points', amount: 300 }, { method: 'cash', amount: 11_700 }])
  return { buyer: 'lucia', basket, totals, points: { scheme: 's', earned, spent, without } } as unknown as SaleRecorded
}
const back = (parts: readonly (readonly [number, number])[], byPoints: number, points?: ReturnRecorded['points']): ReturnRecorded => ({
  document: { lines: parts.map(([line]) => ({ line })), refunds: byPoints === 0 ? [{ method: 'cash', amount: 1 }] : [{ method: 'points', amount: byPoints }] } as unknown as ReturnDocument,
  totals: { lines: parts.map(([, gross]) => ({ gross })) } as unknown as ReturnTotals,
  ...(points === undefined ? {} : { points }),
}) as unknown as ReturnRecorded

test('returned in three parts, the points of a sale are taken back and given back to the last one', () => {
  const whole = sold(10, 30)
  const earlier: ReturnRecorded[] = []
  const moved: number[][] = []
  for (const part of [back([[0, 3333]], 100), back([[0, 3334], [1, 1000]], 100), back([[0, 3333], [1, 1000]], 100)]) {
    const points = returnPoints(whole, earlier, part.document, part.totals)
    moved.push([points?.taken?.points ?? 0, points?.back?.points ?? 0])
    earlier.push({ ...part, ...(points === undefined ? {} : { points }) })
  }

  expect(moved).toEqual([[3, 10], [3, 10], [4, 10]])
  expect(earlier[1]?.points).toEqual({ buyer: 'lucia', taken: { whole: 10, of: 12_000, now: 7667, before: 3, points: 3 }, back: { whole: 30, of: 300, now: 200, before: 10, points: 10 } })
})

test('a line that earned nothing takes nothing back, and a sale without points says nothing', () => {
  const part = back([[1, 2000]], 0)
  expect(returnPoints(sold(10, 0, ['2']), [], part.document, part.totals)).toBeUndefined()
  const { points: _, ...plain } = sold(0, 0)
  expect(returnPoints(plain, [], part.document, part.totals)).toBeUndefined()
})

test('what a fact does to points counts at once, and what is spent counts against the limit of a till that cannot ask', () => {
  const fact = (kind: string, body: object): AnyFact => ({ kind, body }) as unknown as AnyFact
  expect(pointsMoveOf(fact('sale.recorded', sold(8, 17)))).toEqual({ buyer: 'lucia', points: -9, spent: 17, gone: 17 })
  const points = { buyer: 'lucia', taken: { points: 8 }, back: { points: 17 } }
  expect(pointsMoveOf(fact('return.recorded', { points }))).toEqual({ buyer: 'lucia', points: 9, spent: 0, gone: 8 })
  expect(pointsMoveOf(fact('drawer.opened', {}))).toBeNull()
})
