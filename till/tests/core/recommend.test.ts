/** What is recommended: the cheapest that does the job is always there, and nothing but what a buyer could see moves it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CARDS_MAX, NO_ADVICE, NOTHING, recommend, type Advice, type Candidate, type Job } from '../../src/core/recommend.ts'

const id = (n: number): string => `0199b2a4-7000-7b00-8b00-${String(n).padStart(12, '0')}`
const CATEGORY = id(1)

function product(n: number, price: number | null, more: Partial<Candidate> = {}): Candidate {
  return { id: id(n), name: `Producto ${String(n)}`, variant: null, category: CATEGORY, by: 'piece', unit: 'pieza', content: null, content_unit: null, price, ...more }
}

const need: Job = { pick: { everything: false, categories: [CATEGORY], products: [], without: [] }, most: null, like: null }
const ids = (products: readonly { readonly product: Candidate }[]): readonly number[] => products.map(({ product: one }) => Number(one.id.slice(-6)))
const advice = (said: Partial<Advice>): Advice => ({ ...NO_ADVICE, ...said })

describe('what does the job', () => {
  test('is what was picked for the need, within what they want to spend', () => {
    const goods = [product(10, 300), product(11, 100, { category: id(2) }), product(12, 900), product(13, 200)]
    expect(ids(recommend(goods, need, NO_ADVICE).cards)).toEqual([13, 10, 12])
    expect(ids(recommend(goods, { ...need, most: 300 }, NO_ADVICE).cards)).toEqual([13, 10])
  })

  test('is, without a need, what is of the category and measure of the line', () => {
    const bag = product(10, 120_0000, { content: 1_000_000, content_unit: 'g' })
    const goods = [bag, product(11, 70_0000, { content: 500_000, content_unit: 'g' }), product(12, 10_0000), product(13, 90_0000, { content: 900_000, content_unit: 'g' })]
    const { cards } = recommend(goods, { pick: null, most: null, like: bag }, NO_ADVICE)
    // Per kilogram: 120, 140, 100. A piece without a measure is something else.
    expect(ids(cards)).toEqual([13, 10, 11])
    expect(cards.map(({ isCheapest }) => isCheapest)).toEqual([true, false, false])
    expect(cards[0]?.perUnit).toEqual({ price: 100_0000, unit: 'kg' })
  })

  test('is nothing without a need and without a line, or without a category', () => {
    expect(recommend([product(10, 100)], { pick: null, most: null, like: null }, NO_ADVICE)).toBe(NOTHING)
    expect(recommend([product(10, 100)], { pick: null, most: null, like: product(11, 5, { category: null }) }, NO_ADVICE)).toBe(NOTHING)
  })

  test('has a price: what the till asks for cannot be compared', () => {
    expect(ids(recommend([product(10, null), product(11, 0), product(12, 7)], need, NO_ADVICE).cards)).toEqual([12])
  })
})

describe('the rank', () => {
  test('puts within reach first, then what was not contradicted, then what came back less, then the price', () => {
    const goods = [product(10, 100), product(11, 200), product(12, 300), product(13, 400), product(14, 500)]
    const said = advice({ out: new Set([id(10)]), contradicted: new Map([[id(11), 1]]), returns: new Map([[id(12), 60_000], [id(13), 19_999]]) })
    const found = recommend(goods, need, said)
    expect(found.eligible.map((one) => Number(one.slice(-6)))).toEqual([13, 14, 12, 11, 10])
    expect(found.inputs).toEqual(['need', 'price', 'in_reach', 'returns', 'contradictions'])
    // The cheapest within reach was contradicted, and is there all the same.
    expect(ids(found.cards)).toEqual([13, 14, 11])
    expect(found.cards.at(-1)?.isCheapest).toBe(true)
  })

  test('shows what is not here, and says so, where nothing else is', () => {
    const { cards } = recommend([product(10, 100)], need, advice({ out: new Set([id(10)]) }))
    expect(cards).toMatchObject([{ isHere: false, isCheapest: true }])
  })

  test('says what a supplier gives, and never suggests what nobody has declared', () => {
    const said = advice({ incentives: new Map([[id(10), 'El proveedor nos da una caja de diez']]), undeclared: new Set([id(11)]) })
    const { cards, eligible } = recommend([product(10, 200), product(11, 100)], need, said)
    expect(cards).toMatchObject([{ isCheapest: true, incentive: 'El proveedor nos da una caja de diez' }])
    expect(eligible).toEqual([id(10)])
  })
})

const candidates = fc.uniqueArray(
  fc.record({
    n: fc.integer({ min: 10, max: 99 }), price: fc.option(fc.integer({ min: 1, max: 1_000_000 })), grams: fc.option(fc.integer({ min: 1, max: 5000 })),
    inside: fc.boolean(), out: fc.boolean(), share: fc.integer({ min: 0, max: 400_000 }), undeclared: fc.boolean(), contradicted: fc.integer({ min: 0, max: 2 }),
  }),
  { selector: ({ n }) => n, maxLength: 30 },
)

test('always: at most three, one of them the cheapest within reach, all of them fit, in one order whatever the order of the shelf', () => {
  fc.assert(fc.property(candidates, fc.option(fc.integer({ min: 1, max: 1_000_000 })), fc.integer(), (rows, most, seed) => {
    const goods = rows.map(({ n, price, grams, inside }) =>
      product(n, price, { category: inside ? CATEGORY : id(2), content: grams === null ? null : grams * 1000, content_unit: grams === null ? null : 'g' }))
    const of = <T>(pick: (row: (typeof rows)[number]) => T): ReadonlyMap<string, T> => new Map(rows.map((row) => [id(row.n), pick(row)]))
    const having = (pick: (row: (typeof rows)[number]) => boolean): ReadonlySet<string> => new Set(rows.filter(pick).map(({ n }) => id(n)))
    const said = advice({ out: having(({ out }) => out), undeclared: having(({ undeclared }) => undeclared), returns: of(({ share }) => share), contradicted: of(({ contradicted }) => contradicted) })
    const job: Job = { ...need, most }
    const found = recommend(goods, job, said)
    const fits = goods.filter((one) => one.category === CATEGORY && one.price !== null && (most === null || one.price <= most) && !said.undeclared.has(one.id))

    expect(found.cards.length).toBe(Math.min(CARDS_MAX, fits.length))
    expect(new Set(found.cards.map((card) => card.product.id)).size).toBe(found.cards.length)
    expect(found.cards.every((card) => fits.includes(card.product))).toBe(true)
    expect(found.cards.filter(({ isCheapest }) => isCheapest).length).toBe(fits.length === 0 ? 0 : 1)
    const cheapest = found.cards.find(({ isCheapest }) => isCheapest)
    const here = fits.filter((one) => !said.out.has(one.id))
    if (cheapest) {
      const all = here.length > 0 ? here : fits
      const byWeight = fits.every((one) => one.content !== null)
      const compared = (one: Candidate): number => (byWeight ? Math.round(((one.price ?? 0) * 1_000_000) / (one.content ?? 1)) : (one.price ?? 0))
      expect(compared(cheapest.product)).toBe(Math.min(...all.map(compared)))
      expect(cheapest.isHere).toBe(here.length > 0)
    }
    const shuffled = [...goods].sort((one, other) => ((Number(one.id.slice(-6)) * 7919 + seed) % 101) - ((Number(other.id.slice(-6)) * 7919 + seed) % 101))
    expect(recommend(shuffled, job, said)).toEqual(found)
  }))
})

test('blind: whatever else a product carries, what is recommended is the same byte by byte', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 10, max: 60 }), { minLength: 1, maxLength: 20 }), fc.infiniteStream(fc.integer({ min: 0, max: 9_999_999 })), (numbers, figures) => {
    const plain = numbers.map((n) => product(n, ((n * 37) % 50) + 1))
    const cards = (goods: readonly Candidate[]): string => {
      const found = recommend(goods, need, NO_ADVICE)
      return JSON.stringify([found.eligible, found.inputs, found.cards.map((card) => [card.product.id, card.price, card.isCheapest])])
    }
    const priced = plain.map((one) => ({ ...one, cost: figures.next().value as number, margin: figures.next().value as number }))
    expect(cards(priced)).toBe(cards(plain))
  }))
})
