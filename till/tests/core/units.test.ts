import { describe, expect, it } from 'vitest'
import { basketOf, type SellingRules } from '../../src/core/basket.ts'
import type { Product } from '../../src/core/catalogue.ts'
import { promotionsFor } from '../../src/core/offers.ts'
import { repriced } from '../../src/core/price_list.ts'
import { price } from '../../src/core/pricing/index.ts'
import type { Promotion } from '../../src/core/promotion.ts'
import { documentOf, returnables } from '../../src/core/returning.ts'
import { add, type Adding, type Sellable } from '../../src/core/adding.ts'
import { newTicket, setQuantity, type Ticket } from '../../src/core/ticket.ts'
import { changeUnit, heldBy, inUnit, unitOf } from '../../src/core/units.ts'

const box = { unit: 'caja', factor: 12_000, price: 2_000_000, entry: 'e12' }
const soda: Sellable & Pick<Product, 'units'> = { id: 'soda', name: 'Refresco', variant: null, unit: 'pieza', by: 'piece', price: 185_000, tax_units: { IEPS: 600 }, units: [box] }
const boxed = inUnit(soda, box, 'Refresco, caja de 12')
const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }

const taxes = [{ id: 'i', code: 'IEPS', name: 'IEPS', kind: 'fixed' as const, rate: null, amount: 30_000, in_base: true }]

function put(ticket: Ticket, product: Sellable, more: Partial<Adding> = {}): Ticket {
  const added = add(ticket, product, { taxes: ['IEPS'], digits: 2, visit: { id: 'v', opened_at: 1 }, ...more })
  if (!added.ok) throw new Error(JSON.stringify(added))
  return added.ticket
}

describe('a box of twelve', () => {
  it('is what a code of exactly as much stands for', () => {
    expect(unitOf(soda, 12_000)).toBe(box)
    expect(unitOf(soda, 6000)).toBeNull()
  })

  it('is counted in boxes at the price of a box, to the cent, however many', () => {
    const boxes = setQuantity(put(newTicket('t'), boxed), '1', 24_000, 2)
    const [line] = boxes.ok ? boxes.ticket.lines : []

    expect(line).toMatchObject({ quantity: 24_000, unit: 'caja', unit_price: 2_000_000, factor: 12_000, name: 'Refresco, caja de 12', tax_units: { IEPS: 7200 } })
    expect(line && heldBy(line)).toBe(288_000)
    const basket = boxes.ok ? basketOf(boxes.ticket, rules, taxes) : null
    expect(basket?.lines[0]).toMatchObject({ factor: 12_000, unit: 'caja', price_entry: 'e12' })
    expect(basket && price(basket).gross).toBe(480_000)
  })

  it('stays a line beside the pieces, and pieces join pieces', () => {
    const ticket = [boxed, soda, soda, boxed].reduce((sofar, product) => put(sofar, product), newTicket('t'))

    expect(ticket.lines.map(({ quantity, factor }) => [quantity, factor])).toEqual([[2000, 12_000], [2000, undefined]])
  })

  it('has its own price whatever a price list says of pieces, and does not bring pieces nearer to it', () => {
    const ticket = put(put(newTicket('t'), boxed), soda)

    const after = repriced(ticket, (_id, quantity) => ({ price: quantity >= 6000 ? 1 : 100_000, entry: 'w', list: 'Mayoreo' }))

    expect(after.lines.map(({ unit_price }) => unit_price)).toEqual([2_000_000, 100_000])
  })

  it('takes part in a percentage, and not in what counts pieces or names a price', () => {
    const ticket = put(put(newTicket('t'), boxed), soda)
    const of = (terms: object): Promotion => ({
      id: 'p', version: 'p', name: 'p', position: 1,
      terms: { kind: 'each', pick: { everything: true, categories: [], products: [], without: [] }, least_quantity: null, least_amount: null, most: null, stack: false, ...terms },
    } as unknown as Promotion)
    const lines = (terms: object): unknown => promotionsFor(ticket, [of(terms)], () => null).map((one) => (one.kind === 'set' ? one.parts : one.lines))

    expect(lines({ reward: { percent: 100_000 } })).toEqual([['1', '2']])
    expect(lines({ reward: { price: 100_000 } })).toEqual([['2']])
    expect(lines({ reward: { percent: 100_000 }, least_quantity: 3000 })).toEqual([['2']])
  })

  it('comes back as a box', () => {
    const basket = basketOf(put(newTicket('t'), boxed), rules, taxes)
    const source = { basket, totals: price(basket), sale: null }

    const [line] = documentOf(source, returnables(source, []), [{ place: 0, quantity: 1000 }], { reason: 'other', goods: 'shelf' }, []).lines

    expect(line).toMatchObject({ quantity: 1000, unit: 'caja', factor: 12_000 })
  })

  it('becomes pieces, and pieces become boxes, on the line', () => {
    const ticket = put(newTicket('t'), soda)

    const asBox = changeUnit(ticket, '1', boxed)
    const back = asBox.ok ? changeUnit(asBox.ticket, '1', soda) : asBox

    expect(asBox.ok && asBox.ticket.lines[0]).toMatchObject({ factor: 12_000, unit_price: 2_000_000, quantity: 1000 })
    expect(back.ok && back.ticket.lines[0]).toEqual({ ...ticket.lines[0] })
  })
})
