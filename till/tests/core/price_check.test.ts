import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AnyFact } from '../../src/core/facts.ts'
import { movedBy, perUnit, promotionsOn, stepsOf } from '../../src/core/price_check.ts'
import type { PriceList } from '../../src/core/price_list.ts'
import type { Conditions, Pick, Promotion } from '../../src/core/promotion.ts'

interface Case { sold_by: 'piece' | 'weight'; unit: string; price: number | null; content: number | null; content_unit: string | null; per_unit: [number, string] | null }
const CASES = (JSON.parse(readFileSync(new URL('../../../vectors/unit_price/cases.json', import.meta.url), 'utf8')) as { cases: Case[] }).cases
const ALWAYS: Conditions = { since: null, until: null, days: [], from_minute: null, to_minute: null, stores: [], groups: [] }
const wholesale: PriceList = { id: 'w', name: 'Mayoreo', position: 1, conditions: ALWAYS }
const north: PriceList = { id: 'n', name: 'Norte', position: 2, conditions: ALWAYS }

function about(pick: Partial<Pick>): Pick {
  return { everything: false, categories: [], products: [], without: [], ...pick }
}

function promotion(id: string, pick: Partial<Pick> | null, parts: readonly Partial<Pick>[] = []): Promotion {
  const terms = {
    ...ALWAYS, kind: parts.length > 0 ? 'set' : 'each', reward: { percent: 100_000, amount: null, price: null }, pick: pick === null ? null : about(pick),
    parts: parts.map((one) => ({ pick: about(one), count: 1 })), least_quantity: null, least_amount: null, most: null, cheapest: null, times: null, stack: false, coupon: null,
  }
  return { id, version: id, name: id, position: 1, terms: terms as unknown as Promotion['terms'] }
}

describe('the price by which people compare', () => {
  it.each(CASES)('of $price for $content $content_unit', ({ sold_by, unit, price, content, content_unit, per_unit }) => {
    const said = perUnit({ by: sold_by, unit, content, content_unit }, price)
    expect(said === null ? null : [said.price, said.unit]).toEqual(per_unit)
  })
})

describe('the quantities that make it cheaper', () => {
  const prices = [
    { list: 'w', from: 12_000, price: 700_000, entry: '1' }, { list: 'w', from: 6000, price: 800_000, entry: '2' },
    { list: 'n', from: 0, price: 850_000, entry: '3' }, { list: 'n', from: 24_000, price: 100_000, entry: '4' }, { list: 'old', from: 3000, price: 1, entry: '5' },
  ]

  it('are those of lists in force, and only where the price changes', () => {
    expect(stepsOf({ price: 890_000, prices }, [wholesale])).toEqual([{ from: 6000, price: 800_000 }, { from: 12_000, price: 700_000 }])
    expect(stepsOf({ price: 890_000, prices }, [])).toEqual([])
  })

  it('follow the list that decides: what a later one says of more is never charged', () => {
    expect(stepsOf({ price: 890_000, prices }, [wholesale, north])).toEqual([{ from: 6000, price: 800_000 }, { from: 12_000, price: 700_000 }])
  })
})

it('a promotion is about a product when one of its picks is, and not when it is left out', () => {
  const all = [
    promotion('all', { everything: true }), promotion('but', { everything: true, without: ['coffee'] }), promotion('cafe', { categories: ['cafe'] }),
    promotion('set', null, [{ products: ['bread'] }, { products: ['coffee'] }]), promotion('other', { products: ['bread'] }), promotion('none', null),
  ]
  expect(promotionsOn({ id: 'coffee', category: 'cafe' }, all).map(({ id }) => id)).toEqual(['all', 'cafe', 'set'])
})

it('facts move what was sold, in the unit it was sold in, what a kit is made of and how many more can be made, and what came back to the shelf; scrap and other goods stay away', () => {
  const facts = [
    { kind: 'sale.recorded', body: { basket: { lines: [{ product_id: 'a', quantity: 2000 }, { product_id: 'b', quantity: 9000 }, { product_id: 'a', quantity: 1000, factor: 12_000 }, { product_id: 'kit', quantity: 3000, components: [{ product_id: 'a', quantity: 6000 }, { product_id: 'b', quantity: 3000 }] }] } } },
    { kind: 'return.recorded', body: { document: { lines: [{ product_id: 'a', quantity: 1000, goods: 'shelf' }, { product_id: 'a', quantity: 5000, goods: 'scrap' }] } } },
    { kind: 'cash.moved', body: {} },
  ] as unknown as AnyFact[]
  expect([movedBy(facts, 'a'), movedBy(facts, 'kit')]).toEqual([-19_000, -3_000])
})
