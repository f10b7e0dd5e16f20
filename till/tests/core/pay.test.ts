import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SaleBasket } from '../../src/core/basket.ts'
import {
  cashMissing,
  exactTender,
  paymentsOf,
  readReference,
  referencesOf,
  settle,
  tenderProblem,
  type Tender,
} from '../../src/core/pay.ts'
import { price } from '../../src/core/pricing/index.ts'
import { pageAddress, returnCode, saleBody } from '../../src/core/sale.ts'

const cash = (amount: number): Tender => ({ method: 'cash', amount, reference: null })
const card = (amount: number, reference: string | null = null): Tender => ({ method: 'card', amount, reference })

/** A basket of one line that costs `amount` minor units of a currency with two decimals. */
function basketFor(amount: number, cash_rounding: SaleBasket['cash_rounding'] = null): SaleBasket {
  const line = { id: '1', quantity: 1000, unit_price: amount * 100, discount: null, taxes: [], product_id: 'p', name: 'x', unit: 'pz', note_annex: null }
  const rules = { prices_include_tax: true, tax_rounding: 'line', cash_rounding } as const
  return { version: 1, currency: { code: 'MXN', digits: 2 }, ...rules, taxes: [], lines: [line], discount: null, tip: 0, payments: [] }
}
const tenCents = { step: 10, mode: 'half_up' } as const

describe('settling a sale', () => {
  it('gives change out of cash', () => {
    expect(settle(basketFor(46_250), [cash(50_000)], price)).toMatchObject({ missing: 0, change: 3750, isSettled: true })
  })

  it('says what is missing, tender by tender', () => {
    expect(settle(basketFor(46_250), [card(10_000)], price)).toMatchObject({ missing: 36_250, isSettled: false })
    expect(settle(basketFor(46_250), [card(10_000), cash(40_000)], price)).toMatchObject({ missing: 0, change: 3750 })
  })

  it('rounds only what is left for cash', () => {
    expect(cashMissing(basketFor(46_253, tenCents), [], price)).toBe(46_250)
    expect(exactTender(basketFor(46_253, tenCents), [], 'cash', price)).toEqual(cash(46_250))
    expect(exactTender(basketFor(46_253, tenCents), [], 'card', price)).toEqual(card(46_253))
    expect(exactTender(basketFor(46_253, tenCents), [card(10_002)], 'cash', price)).toEqual(cash(36_250))
  })

  it('needs no payment where nothing is due', () => {
    expect(settle(basketFor(0), [], price)).toMatchObject({ missing: 0, isSettled: true })
  })

  it('settles exactly with the exact tender, after any other tenders', () => {
    const amounts = fc.integer({ min: 1, max: 10_000_000 })
    fc.assert(
      fc.property(amounts, amounts, fc.constantFrom(null, tenCents), fc.constantFrom('cash' as const, 'card' as const), (due, paid, rounding, method) => {
        const basket = basketFor(due, rounding)
        const before = paid < due ? [card(paid)] : []
        const exact = exactTender(basket, before, method, price)
        const settled = settle(basket, [...before, exact], price)

        expect([settled.missing, settled.change]).toEqual([0, 0])
      }),
    )
  })
})

describe('a tender', () => {
  const refused = (tender: Tender, before: readonly Tender[] = []): unknown => tenderProblem(basketFor(46_250), before, tender, price)

  it('without cash is at most what is missing', () => {
    expect([refused(card(46_250)), refused(card(46_251)), refused(card(36_251), [card(10_000)])]).toEqual([null, 'over_without_cash', 'over_without_cash'])
  })

  it('in cash may be more, but not nothing and not beyond reason', () => {
    expect([refused(cash(100_000)), refused(cash(0)), refused(cash(-5)), refused(cash(Number.MAX_SAFE_INTEGER))]).toEqual([
      null,
      'amount_zero',
      'amount_zero',
      'amount_max',
    ])
  })

  it('is one of at most twenty', () => {
    expect(refused(card(1), Array.from({ length: 20 }, () => card(1)))).toBe('too_many')
  })

  it('in cash joins the cash given before', () => {
    expect(paymentsOf([cash(20_000), card(5000), cash(10_000)])).toEqual([
      { method: 'cash', amount: 30_000 },
      { method: 'card', amount: 5000 },
    ])
  })

  it('keeps its reference by its place among the payments', () => {
    expect(referencesOf([cash(20_000), cash(10_000), card(5000, 'AUT-1'), card(100)])).toEqual([{ payment: 1, value: 'AUT-1' }])
  })
})

describe('a reference', () => {
  it('is written in capitals, its blanks as hyphens', () => {
    expect(readReference(' aut 482 913 ')).toEqual({ value: 'AUT-482-913' })
  })

  it('may be left out, and holds nothing but letters, digits and hyphens', () => {
    expect([readReference('  '), readReference('Ana ñ'), readReference('1'.repeat(33)), readReference('a@b.mx')]).toEqual([
      { value: null },
      'bad',
      'bad',
      'bad',
    ])
  })
})

describe('the number of a card', () => {
  it.each(['4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005'])('is no reference: %s', (number) => {
    expect(readReference(number)).toBe('bad')
  })

  it.each(['4111 1111 1111 1112', '123456', '646180115400000003'])('is not what only resembles it: %s', (text) => {
    expect(readReference(text)).toEqual({ value: text.replaceAll(' ', '-') })
  })
})

describe('what is written of a sale', () => {
  it('is the basket that was priced, with its totals and references', () => {
    const tenders = [card(46_250, 'AUT-1')]
    const { basket, totals } = settle(basketFor(46_250), tenders, price)
    const ids = { sale: 's', shift: 't', tokens: [{ kind: 'ticket', hash: 'ab' }], approvals: ['a'], catalogue: { epoch: 'e', n: 3 } } as const

    expect(saleBody({ ...ids, basket, totals, tenders })).toEqual({ ...ids, basket, totals, references: [{ payment: 0, value: 'AUT-1' }] })
  })

  it('is found again by a code that a mistyped number does not make', () => {
    expect(returnCode('A1', 482, '0199b2a4-7000-7b00-8b00-0000000a3f9c')).toBe('A1-482-0A3F9C')
  })

  it('has a page only where the business has an address and the secret is known', () => {
    const secret = 'q83vEjRWeJCrze8SNFZ4kA'

    expect(pageAddress('https://tienda.mx/', secret)).toBe('https://tienda.mx/t/q83vEjRWeJCrze8SNFZ4kA')
    expect([pageAddress(null, secret), pageAddress('', secret), pageAddress('https://tienda.mx', null)]).toEqual([null, null, null])
  })
})
