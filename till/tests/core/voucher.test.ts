import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SaleBasket } from '../../src/core/basket.ts'
import { keptPayments, settle, type Tender } from '../../src/core/pay.ts'
import { price } from '../../src/core/pricing/index.ts'
import { asPaid, documentOf, returnables, sourceOf } from '../../src/core/returning.ts'
import type { SaleRecorded } from '../../src/core/facts.ts'
import { backOf, revalued, voucherChange, worthOf, type VoucherKind, type VoucherRules } from '../../src/core/voucher.ts'

const KIND: VoucherKind = { id: 'food', name: 'Despensa', values: [10_000], change: 'none', change_max: null, number: 'may', limit: null, without: [], back: 'credit' }

/** A basket of bread and wine, minor units of each; what a voucher may not pay is in the category `drinks`. */
function basketOf(bread: number, wine: number, cash_rounding: SaleBasket['cash_rounding'] = null): SaleBasket {
  const line = (id: string, amount: number): SaleBasket['lines'][number] => {
    return { id, quantity: 1000, unit_price: amount * 100, discount: null, taxes: [], product_id: id, name: id, unit: 'pz', note_annex: null }
  }
  const rules = { prices_include_tax: true, tax_rounding: 'line', cash_rounding } as const
  return { version: 1, currency: { code: 'MXN', digits: 2 }, ...rules, taxes: [], lines: [line('bread', bread), line('wine', wine)], discount: null, tip: 0, payments: [] }
}

function rulesOf(kinds: readonly VoucherKind[], hasBuyer = false): VoucherRules {
  return { kinds, price, hasBuyer, categoryOf: (product) => (product === 'wine' ? 'drinks' : 'food') }
}

function slips(kind: VoucherKind, ...values: number[]): Tender {
  return { method: 'voucher', amount: 0, reference: null, voucher: { kind: kind.id, name: kind.name, slips: values.map((value) => ({ value })) } }
}

const only = (tenders: readonly Tender[]): Tender => tenders[0] ?? slips(KIND)

describe('what a voucher pays', () => {
  it('is what is missing; what it is worth beyond stays with the shop', () => {
    const paid = only(revalued(basketOf(8_900, 0), [slips(KIND, 10_000)], rulesOf([KIND])))

    expect(paid).toMatchObject({ amount: 8_900, voucher: { surplus: 1_100 } })
    expect(settle(basketOf(8_900, 0), [paid], price)).toMatchObject({ missing: 0, change: 0, isSettled: true })
  })

  it('goes back as cash up to what the owner said, as coins can pay it', () => {
    const kind: VoucherKind = { ...KIND, change: 'cash', change_max: 1_000 }
    const coins = { step: 50, mode: 'half_up' } as const

    expect(only(revalued(basketOf(8_900, 0), [slips(kind, 10_000)], rulesOf([kind]))).voucher).toMatchObject({ change: 1_000, surplus: 100 })
    const paid = revalued(basketOf(9_913, 0, coins), [slips(kind, 10_000)], rulesOf([kind]))
    expect(only(paid).voucher).toMatchObject({ change: 50, surplus: 37 })
    expect(voucherChange(paid)).toBe(50)
  })

  it('is owed to the buyer, where there is one', () => {
    const kind: VoucherKind = { ...KIND, change: 'credit' }

    expect(only(revalued(basketOf(8_900, 0), [slips(kind, 10_000)], rulesOf([kind], true))).voucher).toMatchObject({ credit: 1_100 })
    expect(only(revalued(basketOf(8_900, 0), [slips(kind, 10_000)], rulesOf([kind]))).voucher).toMatchObject({ surplus: 1_100 })
  })

  it('leaves alone the goods that it may not pay, whatever pays them', () => {
    const kind: VoucherKind = { ...KIND, without: ['drinks'] }
    const free: VoucherKind = { ...KIND, id: 'free' }
    const basket = basketOf(6_000, 4_000)

    expect(only(revalued(basket, [slips(kind, 10_000)], rulesOf([kind])))).toMatchObject({ amount: 6_000, voucher: { surplus: 4_000 } })
    // Of two kinds the narrow one has what the other left of the bread and of the whole.
    expect(revalued(basket, [slips(free, 5_000), slips(kind, 10_000)], rulesOf([kind, free])).map(({ amount }) => amount)).toEqual([5_000, 5_000])
    expect(revalued(basket, [slips(kind, 5_000), slips({ ...kind, id: 'other' }, 5_000)], rulesOf([kind, { ...kind, id: 'other' }])).map(({ amount }) => amount)).toEqual([5_000, 1_000])
  })

  it('is less when other payments are there: they come first', () => {
    const cash: Tender = { method: 'cash', amount: 3_000, reference: null }

    expect(revalued(basketOf(8_900, 0), [slips(KIND, 10_000), cash], rulesOf([KIND])).map(({ amount }) => amount)).toEqual([5_900, 3_000])
  })

  it('is with what goes beyond always what the slips are worth, and never more than is missing', () => {
    const amount = fc.integer({ min: 1, max: 30_000 })
    const rule = fc.record({ change: fc.constantFrom('none', 'cash', 'credit'), change_max: fc.option(amount), without: fc.constantFrom([], ['drinks'], ['food']) })
    fc.assert(
      fc.property(amount, amount, fc.array(fc.record({ rule, values: fc.array(amount, { minLength: 1, maxLength: 4 }) }), { maxLength: 4 }), fc.boolean(), fc.constantFrom(null, { step: 50, mode: 'half_up' as const }), (bread, wine, all, hasBuyer, coins) => {
        const kinds = all.map(({ rule: said }, place): VoucherKind => ({ ...KIND, ...said, id: String(place) }))
        const basket = basketOf(bread, wine, coins)
        const paid = revalued(basket, all.map(({ values }, place) => slips(kinds[place] ?? KIND, ...values)), rulesOf(kinds, hasBuyer))
        for (const { amount: pays, voucher } of paid) {
          const { surplus = 0, change = 0, credit = 0 } = voucher ?? {}
          expect(pays + surplus + change + credit).toBe(voucher === undefined ? 0 : worthOf(voucher))
        }
        const settled = settle(basket, paid, price)
        expect(settled.totals.paid + settled.missing).toBe(bread + wine)
        expect(keptPayments(settled.basket, settled.totals).reduce((sum, one) => sum + one.amount, 0)).toBe(settled.totals.paid)
      }),
    )
  })
})

describe('goods that vouchers paid', () => {
  it('come back as credit, what cash paid as cash, in however many parts', () => {
    const basket = basketOf(6_000, 4_000)
    const cash: Tender = { method: 'cash', amount: 4_000, reference: null }
    const settled = settle(basket, revalued(basket, [slips({ ...KIND, without: ['drinks'] }, 10_000), cash], rulesOf([{ ...KIND, without: ['drinks'] }])), price)
    const sale: SaleRecorded = { sale: 's', shift: 's', series: 'A1', number: 1, basket: settled.basket, totals: settled.totals, references: [], tokens: [], approvals: [], catalogue: null }
    const source = sourceOf(sale)
    const back = (place: number, earlier: Parameters<typeof returnables>[1]): ReturnType<typeof asPaid> =>
      asPaid(source, earlier, documentOf(source, returnables(source, earlier), [{ place, quantity: 1000 }], { reason: 'size', goods: 'shelf' }, earlier))

    const first = back(1, [])
    expect(first.document.refunds).toEqual([{ method: 'credit', amount: 4_000 }])
    const before = { ...first, return: 'r', shift: 's', series: 'A1', number: 2, sale: null, knew: [], references: [], approvals: [] }
    expect(back(0, [before]).document.refunds).toEqual([{ method: 'credit', amount: 2_000 }, { method: 'cash', amount: 4_000 }])
  })

  it('come back in cash where the owner says so of their kind, and of each kind as of itself', () => {
    const [basket, meal] = [basketOf(6_000, 4_000), { ...KIND, id: 'meal', name: 'Comida', change: 'cash', back: 'cash' } as const]
    const card: Tender = { method: 'card', amount: 1_000, reference: null }
    const settled = settle(basket, revalued(basket, [slips(KIND, 6_000), slips(meal, 3_000), card], rulesOf([KIND, meal])), price)
    const sale: SaleRecorded = { sale: 's', shift: 's', series: 'A1', number: 1, basket: settled.basket, totals: settled.totals, references: [], tokens: [], approvals: [], catalogue: null }
    const source = sourceOf(sale)
    const back = (kinds: readonly VoucherKind[], hasBuyer: boolean): unknown =>
      asPaid(source, [], documentOf(source, returnables(source, []), [{ place: 0, quantity: 1000 }, { place: 1, quantity: 1000 }], { reason: 'size', goods: 'shelf' }, []), 0, backOf(kinds, hasBuyer)).document.refunds

    expect(back([KIND, meal], true)).toEqual([{ method: 'credit', amount: 6_000 }, { method: 'card', amount: 1_000 }, { method: 'cash', amount: 3_000 }])
    expect(back([KIND, meal], false)).toEqual([{ method: 'card', amount: 1_000 }, { method: 'cash', amount: 9_000 }])
    expect(back([], true)).toEqual([{ method: 'credit', amount: 9_000 }, { method: 'card', amount: 1_000 }])
  })
})
