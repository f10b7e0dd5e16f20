import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestRemainder, mulDivRound, price, type Basket, type Combo, type LineTotals, type Totals } from '../../src/core/pricing/index.ts'

const TAX = { code: 'IVA16', kind: 'percent', rate: 160000 } as const
const FREE = { code: 'IVA0', kind: 'percent', rate: 0 } as const

const discounts = fc.option(fc.oneof(fc.record({ percent: fc.integer({ min: 0, max: 1_000_000 }) }), fc.record({ amount: fc.integer({ min: 0, max: 9000 }) })))
const prices = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 }).map((fifties) => fifties * 50), fc.integer({ min: 0, max: 100_000_000 }))

/** Lines, all of which are of one combo but for the last. */
const baskets: fc.Arbitrary<Basket & { readonly combos: readonly [Combo] }> = fc
  .record({
    lines: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 4000 }), unit_price: prices, taxed: fc.boolean() }), { minLength: 2, maxLength: 7 }),
    quantity: fc.integer({ min: 0, max: 5 }).map((pieces) => pieces * 1000),
    unit_price: prices,
    discount: discounts,
    whole: discounts,
    digits: fc.constantFrom(0, 2, 3),
    rounding: fc.constantFrom('line' as const, 'document' as const),
  })
  .map(({ lines, quantity, unit_price, discount, whole, digits, rounding }) => ({
    version: 1,
    currency: { code: 'MXN', digits },
    prices_include_tax: true,
    tax_rounding: rounding,
    taxes: [TAX, FREE],
    lines: lines.map(({ taxed, ...line }, index) => ({ ...line, id: String(index), taxes: [taxed ? 'IVA16' : 'IVA0'] })),
    discount: whole,
    combos: [{ id: 'c', quantity, unit_price, discount, parts: lines.slice(1).map((_, index) => ({ line: String(index) })) }],
  }))

function own(totals: Totals, { parts }: Combo): LineTotals[] {
  return parts.map(({ line }) => totals.lines.find(({ id }) => id === line) ?? expect.fail(line))
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((whole, amount) => whole + amount, 0)
}

function costs(basket: Basket, { quantity, unit_price }: Combo): number {
  return mulDivRound(quantity, unit_price, 10 ** (7 - basket.currency.digits))
}

describe('a combo', () => {
  it('is the sum of its parts, each by what it would cost alone', () => {
    fc.assert(
      fc.property(baskets, (basket) => {
        const [combo] = basket.combos
        const lists = own(price(basket), combo).map(({ list }) => list)
        const alone = own(price({ ...basket, combos: [] }), combo).map(({ list }) => list)
        expect(sum(lists)).toBe(costs(basket, combo))
        expect(lists).toEqual(largestRemainder(costs(basket, combo), sum(alone) > 0 ? alone : alone.map(() => 1)))
      }),
    )
  })

  it('costs the same whatever the order of its parts', () => {
    fc.assert(
      fc.property(baskets, ({ combos: [combo], ...basket }) => {
        const there = price({ ...basket, combos: [combo] })
        const turned = price({ ...basket, combos: [{ ...combo, parts: [...combo.parts].reverse() }] })
        expect([turned.list, turned.gross, turned.due]).toEqual([there.list, there.gross, there.due])
      }),
    )
  })

  it('leaves the other lines what they are, but for a discount of the ticket', () => {
    fc.assert(
      fc.property(baskets, (basket) => {
        const plain = { ...basket, discount: null, tax_rounding: 'line' as const }
        expect(price(plain).lines.at(-1)).toEqual(price({ ...plain, combos: [] }).lines.at(-1))
      }),
    )
  })

  it('is lowered by no promotion of pieces, and by those of the whole ticket', () => {
    const line = (id: string): Basket['lines'][number] => ({ id, quantity: 1000, unit_price: 450000, taxes: ['IVA16'] })
    const basket: Basket = {
      version: 1,
      currency: { code: 'MXN', digits: 2 },
      prices_include_tax: true,
      tax_rounding: 'line',
      taxes: [TAX],
      lines: [line('1'), line('2'), line('3')],
      combos: [{ id: 'c', quantity: 1000, unit_price: 600000, parts: [{ line: '1' }, { line: '2' }] }],
      promotions: [
        { id: 'half', kind: 'each', reward: { percent: 500000 }, lines: ['1', '2', '3'], stack: true },
        { id: 'pair', kind: 'set', reward: { percent: 1000000 }, parts: [{ lines: ['1', '2', '3'], count: 2 }], stack: true },
        { id: 'ten', kind: 'total', reward: { percent: 100000 }, lines: ['1', '2', '3'], stack: true },
      ],
    }
    const totals = price(basket)
    expect(totals.engine).toBe(3)
    expect(totals.lines.map(({ savings = [] }) => savings.map(({ promotion }) => promotion))).toEqual([['ten'], ['ten'], ['half', 'ten']])
    expect(totals.promotions).toEqual([
      { promotion: 'half', amount: 2250 },
      { promotion: 'ten', amount: 825 },
    ])
  })
})
