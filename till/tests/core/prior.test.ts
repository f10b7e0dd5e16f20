// What is told of reduced prices: worked out by the server, said of the lines that it is about, and only where it is true.
import { describe, expect, test } from 'vitest'
import type { SaleTotals } from '../../src/core/basket.ts'
import { chargedEach, NO_PRICES, percentOff, readPrices, savedOf, toldOf, withShelf, type Prices } from '../../src/core/prior.ts'
import type { TicketLine } from '../../src/core/ticket.ts'

const VERSION = 'v1'
const NOW = 1000

function line(id: string, more: Partial<TicketLine> = {}): TicketLine {
  return {
    id, product_id: `p-${id}`, name: id, unit: 'pieza', by: 'piece', quantity: 1000, unit_price: 890_000, list_price: 890_000, base_price: 890_000, discount: null,
    taxes: [], tax_units: null, note: '', origin: 'typed', lot: null, expires: null, removed_at: null, ...more,
  }
}

/** Totals of lines at their list, with what a promotion takes off each. */
function totals(...rows: readonly (readonly [id: string, list: number, saved: number])[]): SaleTotals {
  const lines = rows.map(([id, list, amount]) => ({ id, list, discount: 0, share: 0, savings: amount === 0 ? [] : [{ promotion: VERSION, amount }] }))
  return { lines, discount: 0, savings: rows.reduce((sum, [, , amount]) => sum + amount, 0) } as unknown as SaleTotals
}

function prices(priors: readonly (readonly [string, number | null])[] = [], until: number | null = null): Prices {
  return { days: 30, reductions: new Map([[VERSION, { since: 0, until, priors: new Map(priors) }]]), shelves: new Map() }
}

describe('what is told', () => {
  test('of what the server does not name the usual price is the one before', () => {
    expect(toldOf([line('a')], totals(['a', 8900, 890]), prices(), NOW, 2)).toEqual([{ line: 'a', price: 890_000, isNew: false }])
  })

  test('80 until lately, 100 now, 90 with the promotion: nothing is called a reduction', () => {
    const found = toldOf([line('a', { unit_price: 1_000_000, list_price: 1_000_000 })], totals(['a', 10_000, 1000]), prices([['p-a', 800_000]]), NOW, 2)

    expect(found).toEqual([{ line: 'a', price: null, isNew: false }])
  })

  test('what is new has no price before', () => {
    expect(toldOf([line('a')], totals(['a', 8900, 890]), prices([['p-a', null]]), NOW, 2)).toEqual([{ line: 'a', price: null, isNew: true }])
  })

  test('nothing is told of a promotion that is not known, that is over, or that lowers nothing', () => {
    const lowered = totals(['a', 8900, 890])

    expect(toldOf([line('a')], lowered, NO_PRICES, NOW, 2)).toEqual([])
    expect(toldOf([line('a')], lowered, prices([], NOW), NOW, 2)).toEqual([])
    expect(toldOf([line('a')], totals(['a', 8900, 0]), prices(), NOW, 2)).toEqual([])
  })

  test('boxes, parts of combos and printed labels have prices of their own', () => {
    const lines = [line('a', { factor: 12_000 }), line('b', { combo: 'b' }), line('c', { origin: 'label' })]

    expect(toldOf(lines, totals(['a', 8900, 890], ['b', 8900, 890], ['c', 8900, 890]), prices(), NOW, 2)).toEqual([])
  })

  test('by weight it is the price of a kilo that is compared', () => {
    const weighed = line('a', { by: 'weight', quantity: 750, unit: 'kg', unit_price: 380_000, list_price: 380_000, base_price: 380_000 })

    expect(toldOf([weighed], totals(['a', 2850, 285]), prices([['p-a', 360_000]]), NOW, 2)).toEqual([{ line: 'a', price: 360_000, isNew: false }])
    expect(toldOf([weighed], totals(['a', 2850, 285]), prices([['p-a', 342_000]]), NOW, 2)).toEqual([{ line: 'a', price: null, isNew: false }])
  })

  test('options are dearer before and after alike', () => {
    const withMilk = line('a', { unit_price: 970_000, list_price: 970_000, base_price: 970_000, modifiers: [{ id: 'm', name: 'Avena', price: 80_000 }] })

    expect(toldOf([withMilk], totals(['a', 9700, 970]), prices([['p-a', 890_000]]), NOW, 2)).toEqual([{ line: 'a', price: 970_000, isNew: false }])
  })
})

describe('what is saved', () => {
  test('is measured from the price before, and is nothing where there is none to speak of', () => {
    const [lines, sums] = [[line('a'), line('b'), line('c')], totals(['a', 8900, 890], ['b', 8900, 890], ['c', 8900, 100])]

    expect(savedOf(lines, sums, [{ line: 'a', price: 850_000 }, { line: 'b', price: null }], 2)).toBe(490 + 0 + 100)
    expect(savedOf(lines, sums, [], 2)).toBe(1880)
  })

  test('as whole percents, never rounded up', () => {
    expect(percentOff(line('a'), totals(['a', 8900, 890]), 890_000, 2)).toBe(100_000)
    expect(percentOff(line('a'), totals(['a', 8900, 1024]), 890_000, 2)).toBe(110_000)
    expect(percentOff(line('a'), totals(['a', 8900, 20]), 890_000, 2)).toBe(0)
    expect(percentOff(line('a'), totals(['a', 8900, 0]), 0, 2)).toBe(0)
  })

  test('one of a line costs what it is charged, after promotions', () => {
    expect(chargedEach(line('a', { quantity: 3000 }), totals(['a', 26_700, 2670]), 2)).toBe(801_000)
    expect(chargedEach(line('a', { quantity: 3000 }), totals(['a', 100, 0]), 2)).toBe(3333)
  })
})

test('the document is read leniently, and what is none is none', () => {
  const said = { days: 30, reductions: [{ version: VERSION, since: 5, until: null, priors: [['p', 1], ['q', null], ['r', 'x']] }, { version: 3 }], shelves: [['p', 7]] }

  expect(readPrices(said)).toBeNull()
  expect(readPrices({ ...said, reductions: said.reductions.slice(0, 1) })).toEqual({
    days: 30, reductions: new Map([[VERSION, { since: 5, until: null, priors: new Map([['p', 1], ['q', null]]) }]]), shelves: new Map([['p', 7]]),
  })
  expect(readPrices({})).toBeNull()
  expect(withShelf(withShelf(NO_PRICES, 'p', 5), 'p', null).shelves.size).toBe(0)
})
