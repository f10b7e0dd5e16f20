import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { price, priceDocument, PricingError, type Basket, type Line, type Tax, type Totals } from '../../src/core/pricing/index.ts'

const rates = fc.oneof(fc.constantFrom(0, 40000, 80000, 100000, 160000, 210000, 333333), fc.integer({ min: 0, max: 2_000_000 }))
const discounts = fc.option(
  fc.oneof(
    fc.record({ percent: fc.oneof(fc.constantFrom(50000, 100000, 500000, 1_000_000), fc.integer({ min: 0, max: 1_000_000 })) }),
    fc.record({ amount: fc.integer({ min: 0, max: 5000 }) }),
  ),
)

const taxes = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), rate: rates, in_base: fc.boolean() }),
      fc.record({ kind: fc.constant('fixed' as const), amount: fc.integer({ min: 0, max: 50_000 }), in_base: fc.boolean() }),
      fc.record({ kind: fc.constant('exempt' as const) }),
    ),
    { maxLength: 4 },
  )
  .map((drawn): Tax[] => drawn.map((tax, index) => ({ ...tax, code: `T${index}` })))

function linesOf(known: readonly Tax[], least: number): fc.Arbitrary<Line[]> {
  const line = fc.record({
    quantity: fc.oneof(fc.integer({ min: least, max: 3 }).map((pieces) => pieces * 1000 + 0), fc.integer({ min: least * 1000, max: 5000 })),
    unit_price: fc.oneof(fc.integer({ min: 0, max: 20_000 }).map((fifties) => fifties * 50), fc.integer({ min: 0, max: 100_000_000 })),
    discount: discounts,
    taxes: fc.shuffledSubarray(known.map((tax) => tax.code)),
  })
  return fc.array(line, { maxLength: 6 }).map((drawn) => drawn.map((each, index) => ({ ...each, id: String(index) })))
}

function baskets(least: number): fc.Arbitrary<Basket> {
  return taxes.chain((known) =>
    fc.record<Basket>({
      version: fc.constant(1 as const),
      currency: fc.constantFrom({ code: 'MXN', digits: 2 }, { code: 'CLP', digits: 0 }, { code: 'KWD', digits: 3 }),
      prices_include_tax: fc.boolean(),
      tax_rounding: fc.constantFrom('line' as const, 'document' as const),
      cash_rounding: fc.option(fc.record({ step: fc.constantFrom(1, 5, 10, 50, 100), mode: fc.constantFrom('half_up' as const, 'half_down' as const, 'down' as const) })),
      taxes: fc.constant(known),
      lines: linesOf(known, least),
      discount: discounts,
      payments: fc.constant([]),
    }),
  )
}

const exchanges = baskets(-3)
const sales = baskets(0)
  .filter((basket) => price(basket).due >= 0)
  .chain((basket) => {
    const { due } = price(basket)
    const card = fc.record({ method: fc.constant('card'), amount: fc.integer({ min: 0, max: due }) })
    const cash = fc.record({ method: fc.constant('cash'), amount: fc.integer({ min: 0, max: due + 1000 }) })
    return fc.tuple(card, fc.array(cash, { maxLength: 2 })).map(([one, more]): Basket => ({ ...basket, payments: [one, ...more] }))
  })

/** What is added up here stays far inside the safe integers. */
function sum(amounts: readonly number[]): number {
  return amounts.reduce((whole, amount) => whole + amount, 0)
}

function turned(basket: Basket): Basket {
  return {
    ...basket,
    lines: basket.lines.map((line) => ({ ...line, quantity: 0 - line.quantity })),
    payments: (basket.payments ?? []).map((payment) => ({ ...payment, amount: 0 - payment.amount })),
  }
}

function negative(totals: Totals): unknown {
  const flip = (key: string, value: unknown): unknown =>
    typeof value === 'number' && key !== 'version' && key !== 'engine' ? 0 - value : value
  return JSON.parse(JSON.stringify(totals), (key, value: unknown) => flip(key, value)) as unknown
}

describe('for every basket', () => {
  it('net and tax are the gross, and the parts of a line are what it is charged at', () => {
    fc.assert(
      fc.property(exchanges, (basket) => {
        for (const line of price(basket).lines) {
          expect(line.net + line.tax).toBe(line.gross)
          expect(sum(line.taxes.map((tax) => tax.amount))).toBe(line.tax)
          expect(line.list - line.discount - line.share).toBe(basket.prices_include_tax ? line.gross : line.net)
        }
      }),
    )
  })

  it('the lines sum to the document', () => {
    fc.assert(
      fc.property(exchanges, (basket) => {
        const totals = price(basket)
        for (const name of ['list', 'net', 'tax', 'gross'] as const) expect(sum(totals.lines.map((line) => line[name]))).toBe(totals[name])
        expect(sum(totals.lines.map((line) => line.discount + line.share))).toBe(totals.discount)
        expect(sum(totals.taxes.map((tax) => tax.amount))).toBe(totals.tax)
        expect(totals.due).toBe(totals.gross + totals.tip + (totals.gift_cards ?? 0))
      }),
    )
  })

  it('a basket and its return are nothing', () => {
    fc.assert(
      fc.property(fc.oneof(exchanges, sales), (basket) => {
        expect(price(turned(basket))).toEqual(negative(price(basket)))
      }),
    )
  })

  it('every figure is a safe integer and none is -0', () => {
    fc.assert(
      fc.property(fc.oneof(exchanges, sales.map(turned)), (basket) => {
        JSON.stringify(price(basket), (_, value: unknown) => {
          if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) throw new Error(`a figure of ${String(value)}`)
          return value
        })
      }),
    )
  })

  it('the order of lines moves no amount when there is no ticket discount', () => {
    fc.assert(
      fc.property(
        exchanges.chain((basket) => fc.tuple(fc.constant(basket), fc.shuffledSubarray([...basket.lines], { minLength: basket.lines.length }))),
        ([drawn, lines]) => {
          const basket = { ...drawn, discount: null }
          const [before, after] = [price(basket), price({ ...basket, lines })]
          expect({ ...after, lines: [], taxes: [] }).toEqual({ ...before, lines: [], taxes: [] })
          expect(after.taxes.map((tax) => tax.amount)).toEqual(before.taxes.map((tax) => tax.amount))
        },
      ),
    )
  })
})

describe('for every payment', () => {
  it('money in is money owed and money back', () => {
    fc.assert(
      fc.property(sales, (basket) => {
        const totals = price(basket)
        const cash = (basket.payments ?? []).filter((payment) => payment.method === 'cash')
        expect(totals.due + totals.rounding).toBe(totals.paid + totals.missing - totals.change)
        expect(totals.change).toBeLessThanOrEqual(sum(cash.map((payment) => payment.amount)))
        expect([totals.change, totals.missing]).toContain(0)
        if (cash.length === 0) expect(totals.rounding).toBe(0)
      }),
    )
  })

  it('the order in which they were typed changes nothing', () => {
    fc.assert(
      fc.property(sales, (basket) => {
        expect(price({ ...basket, payments: [...(basket.payments ?? [])].reverse() })).toEqual(price(basket))
      }),
    )
  })
})

it('whatever comes in from outside, nothing but a refusal of pricing comes out', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), exchanges, fc.tuple(exchanges, fc.string(), fc.jsonValue()).map(([basket, key, value]) => ({ ...basket, [key]: value }))), (document) => {
      try {
        priceDocument(document)
      } catch (refusal) {
        expect(refusal).toBeInstanceOf(PricingError)
      }
    }),
    { numRuns: 500 },
  )
})

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a tax may be called %s', (code) => {
  const document = JSON.parse(
    JSON.stringify({
      version: 1,
      currency: { code: 'MXN', digits: 2 },
      prices_include_tax: false,
      tax_rounding: 'line',
      taxes: [{ code, kind: 'fixed', amount: 10000 }],
      lines: [{ id: code, quantity: 2000, unit_price: 10000, taxes: [code] }],
    }),
  ) as unknown
  expect(priceDocument(document).taxes).toEqual([{ code, base: 200, amount: 200 }])
})

it('a thousand lines are priced and one more is refused', () => {
  const basket = (count: number): Basket => ({
    version: 1,
    currency: { code: 'MXN', digits: 2 },
    prices_include_tax: true,
    tax_rounding: 'line',
    taxes: [{ code: 'IVA16', kind: 'percent', rate: 160000 }],
    lines: Array.from({ length: count }, (_, index) => ({ id: String(index), quantity: 1000, unit_price: 500000, taxes: ['IVA16'] })),
  })
  expect(price(basket(1000)).tax).toBe(690000)
  expect(() => price(basket(1001))).toThrow('too_many_lines count=1001 limit=1000')
})
