import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asGift, asPaid, byMethod, documentOf, returnables, returnBody, sourceOf } from '../../src/core/returning.ts'
import type { Fact, ReturnRecorded, SaleRecorded } from '../../src/core/facts.ts'
import { price } from '../../src/core/pricing/index.ts'
import type { SaleBasket } from '../../src/core/basket.ts'
import { DAY } from '../vectors/facts.ts'

const HOW = { reason: 'defective', goods: 'scrap' } as const
const sale = DAY.find(({ kind }) => kind === 'sale.recorded')?.body as SaleRecorded

function soldFor(payments: SaleBasket['payments'], cash_rounding: SaleBasket['cash_rounding'] = null): SaleRecorded {
  const basket: SaleBasket = { ...(sale.basket as SaleBasket), payments, cash_rounding }
  return { ...sale, basket, totals: price(basket) }
}

function returned(of: SaleRecorded, place: number, quantity: number, earlier: readonly ReturnRecorded[] = []): ReturnRecorded {
  const source = sourceOf(of)
  const document = documentOf(source, returnables(source, earlier), [{ place, quantity }], HOW, earlier)
  const settled = asPaid(source, earlier, document)
  return { ...returnBody({ id: 'r', shift: 's', source, earlier, ...settled, approvals: [] }), series: 'A1', number: 9 }
}

describe('what can come back of a ticket', () => {
  it('is all of it at first, then what is left', () => {
    const first = returned(sale, 0, 1000)

    expect(returnables(sourceOf(sale), []).map(({ left }) => left)).toEqual([2000, 750])
    expect(returnables(sourceOf(sale), [first])[0]).toMatchObject({ left: 1000, before: { quantity: 1000, gross: 8010 } })
    expect(returnables(sourceOf(sale), [first, returned(sale, 0, 1000, [first])])[0]).toMatchObject({ left: 0 })
  })

  it('comes to the cent to what was charged, in however many parts', () => {
    const parts: ReturnRecorded[] = []
    for (const quantity of [1, 333, 416]) parts.push(returned(sale, 1, quantity, parts))

    expect(parts.reduce((sum, { totals }) => sum + totals.gross, 0)).toBe(2850)
    expect(parts.map(({ knew }) => knew.length)).toEqual([0, 1, 2])
  })

  it('names what was said and was not so, on the lines of that product alone, and comes to the same', () => {
    const source = sourceOf(sale)
    const [first, second] = source.basket.lines
    const chosen = [{ place: 0, quantity: 1000 }, { place: 1, quantity: 1 }]
    const statement = { product: first!.product_id, id: '0199b2a4-7000-7b00-8b00-000000000002' }
    const [plain, named] = [HOW, { ...HOW, statement }].map((how) => documentOf(source, returnables(source, []), chosen, how, []))

    expect(first!.product_id).not.toBe(second!.product_id)
    expect(named!.lines.map((line) => line.statement)).toEqual([statement.id, undefined])
    expect(asPaid(source, [], named!).totals).toEqual(asPaid(source, [], plain!).totals)
  })

  it('is nothing less than nothing when two tills took back the same', () => {
    const twice = [returned(sale, 0, 2000), returned(sale, 0, 2000)]

    expect(returnables(sourceOf(sale), twice)[0]?.left).toBe(0)
  })
})

describe('how the money goes back', () => {
  it('as it came: the card first, the rest in cash', () => {
    const { document } = returned(sale, 0, 2000)

    expect(document.refunds).toEqual([{ method: 'card', amount: 10000 }, { method: 'cash', amount: 6020 }])
  })

  it('no more to a card than is left of what it paid', () => {
    const first = returned(sale, 0, 1000)
    const second = returned(sale, 0, 1000, [first])

    expect(first.document.refunds).toEqual([{ method: 'card', amount: 8010 }])
    expect(second.document.refunds).toEqual([{ method: 'card', amount: 1990 }, { method: 'cash', amount: 6020 }])
  })

  it('in cash as coins can pay it', () => {
    const cash = sourceOf(soldFor([{ method: 'cash', amount: 20000 }], { step: 50, mode: 'half_up' }))
    const document = documentOf(cash, returnables(cash, []), [{ place: 0, quantity: 1000 }], HOW, [])

    expect(byMethod(document, 'cash')).toMatchObject({ totals: { gross: 8010, rounding: -10, paid: 8000, missing: 0 } })
    expect(byMethod(document, 'card')).toMatchObject({ totals: { gross: 8010, rounding: 0, paid: 8010, missing: 0 } })
  })

  it('by no tender at all when nothing was charged', () => {
    const gift: SaleBasket = { ...(sale.basket as SaleBasket), discount: { percent: 1_000_000 }, payments: [] }
    const free: SaleRecorded = { ...sale, basket: gift, totals: price(gift) }
    const { document, totals } = returned(free, 0, 2000)

    expect([document.refunds, totals.gross, totals.missing]).toEqual([[], 0, 0])
  })
})

it('without a ticket it is what the goods cost now, and names no line of a sale', () => {
  const now = { ...sourceOf(sale), sale: null }
  const document = documentOf(now, returnables(now, []), [{ place: 1, quantity: 750 }], HOW, [])
  const settled = byMethod(document, 'cash')

  expect(document.lines.map(({ line, before }) => [line, before])).toEqual([[null, null]])
  expect(returnBody({ id: 'r', shift: 's', source: now, earlier: [], ...settled, approvals: ['a'] })).toMatchObject({ sale: null, knew: [], totals: { gross: 2850 } })
})

it('what somebody bought by name comes back by it, and off what they owe', () => {
  const bought: SaleRecorded = { ...soldFor([{ method: 'fiado', amount: 18_870 }]), buyer: 'b1' }
  const source = sourceOf(bought)
  const document = documentOf(source, returnables(source, []), [{ place: 0, quantity: 1000 }], HOW, [])
  const parts = { id: 'r', shift: 's', earlier: [], approvals: [] }
  const { buyer: _, ...nobody } = sale

  expect(returnBody({ ...parts, source, ...asPaid(source, [], document), buyer: 'b2' })).toMatchObject({ buyer: 'b1', document: { refunds: [{ method: 'fiado', amount: 8010 }] } })
  expect(returnBody({ ...parts, source: sourceOf(nobody), ...byMethod(document, 'credit'), buyer: 'b2' })).toMatchObject({ buyer: 'b2', document: { refunds: [{ method: 'credit', amount: 8010 }] } })
  expect(returnBody({ ...parts, source: sourceOf(nobody), ...byMethod(document, 'cash') })).not.toHaveProperty('buyer')
})

it('the golden return is what this makes of its sale', () => {
  const golden = DAY.find(({ kind }) => kind === 'return.recorded') as unknown as Fact<'return.recorded'>
  const document = documentOf(sourceOf(sale), returnables(sourceOf(sale), []), [{ place: 0, quantity: 1000 }], { reason: 'not_needed', goods: 'shelf' }, [])

  expect(byMethod(document, 'cash')).toEqual({ document: golden.body.document, totals: golden.body.totals })
})

describe('what comes back by a gift ticket', () => {
  const source = sourceOf({ ...sale, buyer: 'who gave it' })
  const document = documentOf(source, returnables(source, []), [{ place: 0, quantity: 2000 }], HOW, [])

  it('never goes to the card of whoever gave it', () => {
    expect(asPaid(source, [], document).document.refunds).toEqual([{ method: 'card', amount: 10000 }, { method: 'cash', amount: 6020 }])
    expect(asGift(document, 0, 'credit').document.refunds).toEqual([{ method: 'credit', amount: 16020 }])
    expect(asGift(document, 6000, 'cash').document.refunds).toEqual([{ method: 'exchange', amount: 6000 }, { method: 'cash', amount: 10020 }])
    expect(asGift(document, 16020, 'credit').document.refunds).toEqual([{ method: 'exchange', amount: 16020 }])
  })

  it('is of whoever brings it, and says by which paper', () => {
    const parts = { id: 'r', shift: 's', source, earlier: [], ...asGift(document, 0, 'credit'), approvals: [] }

    expect(returnBody({ ...parts, buyer: 'who brings it', isGift: true })).toMatchObject({ buyer: 'who brings it', paper: 'gift' })
    expect('buyer' in returnBody({ ...parts, isGift: true })).toBe(false)
    expect(returnBody(parts)).toMatchObject({ buyer: 'who gave it' })
    expect('paper' in returnBody(parts)).toBe(false)
  })
})

describe('cash that is rounded', () => {
  it('comes back to what was paid, in however many returns, with a card for a part of it or none', () => {
    const modes = fc.constantFrom('half_up' as const, 'half_down' as const, 'down' as const)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15_000 }), fc.constantFrom(5, 10, 50, 100), modes, fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }), (byCard, step, mode, cuts) => {
        const payments = (cash: number): SaleBasket['payments'] => [...(byCard === 0 ? [] : [{ method: 'card' as const, amount: byCard }]), { method: 'cash', amount: cash }]
        const whole = soldFor(payments(price(soldFor(payments(0), { step, mode }).basket as SaleBasket).missing), { step, mode })
        const parts: ReturnRecorded[] = []
        for (const [place, sold] of [[1, 750], [0, 2000]] as const) {
          let left: number = sold
          for (const cut of [...cuts, sold]) {
            const quantity = Math.min(cut, left)
            if (quantity > 0) parts.push(returned(whole, place, quantity, parts))
            left -= quantity
          }
        }

        const given = parts.flatMap(({ document }) => document.refunds ?? [])
        const by = (method: string): number => given.reduce((sum, refund) => (refund.method === method ? sum + refund.amount : sum), 0)
        const totals = price(whole.basket as SaleBasket)
        expect([by('cash'), by('card')]).toEqual([totals.paid - byCard, byCard])
        expect(parts.every(({ totals: { rounding, missing, change } }) => Math.abs(rounding) < step && missing === 0 && change === 0)).toBe(true)
      }),
    )
  })
})
