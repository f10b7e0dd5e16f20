import { describe, expect, it } from 'vitest'
import { basketOf, type SellingRules } from '../../src/core/basket.ts'
import { amountOf, listsInForce, pricedBy, repriced, type PriceList, type Priced } from '../../src/core/price_list.ts'
import type { Conditions } from '../../src/core/promotion.ts'
import { add, type Adding, type Sellable } from '../../src/core/adding.ts'
import { newTicket, setLineDiscount, setPrice, setQuantity, type Ticket } from '../../src/core/ticket.ts'
import { readPriceList } from '../../src/data/catalogue/promotions.ts'
import { readProduct } from '../../src/data/catalogue/rows.ts'

const ALWAYS: Conditions = { since: null, until: null, days: [], from_minute: null, to_minute: null, stores: [], groups: [] }
const wholesale: PriceList = { id: 'w', name: 'Mayoreo', position: 2, conditions: ALWAYS }
const north: PriceList = { id: 'n', name: 'Norte', position: 1, conditions: { ...ALWAYS, stores: ['norte'] } }
const prices = [
  { list: 'w', from: 6000, price: 800_000, entry: 'w6' },
  { list: 'w', from: 12_000, price: 750_000, entry: 'w12' },
  { list: 'n', from: 0, price: 920_000, entry: 'n0' },
]
const coffee = { price: 890_000, prices }
const sellable: Sellable = { id: 'coffee', name: 'Café', variant: null, unit: 'pieza', by: 'piece', price: 890_000, tax_units: null }
const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }
const at = { at: 0, zone: 'America/Mexico_City', group: null, coupons: [] }

function price(quantity: number, lists: readonly PriceList[] = [wholesale]): Priced {
  return pricedBy(coffee, quantity, lists)
}

function put(ticket: Ticket, count: number, more: Partial<Adding> = {}, product = sellable): Ticket {
  const added = add({ ...ticket, multiplier: count * 1000 }, product, { taxes: [], digits: 2, visit: { id: 'v', opened_at: 1 }, ...more })
  if (!added.ok) throw new Error('not added')
  return repriced(added.ticket, (_id, quantity) => price(quantity))
}

function shown(ticket: Ticket): readonly (readonly [number, number, string | null])[] {
  return ticket.lines.map((line) => [line.quantity, line.unit_price, line.price_entry ?? null])
}

describe('what a product costs', () => {
  it('is what the largest quantity that is reached says', () => {
    expect([1000, 5999, 6000, 11_999, 12_000].map((quantity) => price(quantity).price)).toEqual([890_000, 890_000, 800_000, 800_000, 750_000])
    expect(price(12_000)).toEqual({ price: 750_000, entry: 'w12', list: 'Mayoreo' })
    expect(price(1000)).toEqual({ price: 890_000, entry: null, list: null })
  })

  it('is what the first list in force says that says anything', () => {
    const here = (store: string): readonly PriceList[] => listsInForce([wholesale, north], { ...at, store })
    expect(here('norte').map(({ id }) => id)).toEqual(['n', 'w'])
    expect([price(1000, here('norte')).price, price(12_000, here('norte')).price, price(12_000, here('centro')).price]).toEqual([920_000, 920_000, 750_000])
  })

  it('is of a list for a group where the buyer belongs to it, and for nobody else', () => {
    const theirs: PriceList = { ...wholesale, conditions: { ...ALWAYS, groups: ['w', 'v'] } }
    const inForceFor = (group: string | null): number => listsInForce([theirs], { ...at, store: 'centro', group }).length
    expect([inForceFor('v'), inForceFor('w'), inForceFor('x'), inForceFor(null)]).toEqual([1, 1, 0, 0])
  })

  it('is the usual one where no list says anything', () => {
    expect(pricedBy({ price: null }, 5000, [wholesale])).toEqual({ price: null, entry: null, list: null })
  })
})

describe('a ticket by price lists', () => {
  it('gets cheaper with the quantity, whether it came by one or at once, and dearer again', () => {
    let ticket = newTicket('t')
    for (let count = 0; count < 6; count += 1) ticket = put(ticket, 1)
    expect(shown(ticket)).toEqual([[6000, 800_000, 'w6']])
    expect(shown(put(newTicket('t'), 12))).toEqual([[12_000, 750_000, 'w12']])

    const less = setQuantity(ticket, '1', 5000, 2)
    expect(less.ok && shown(repriced(less.ticket, (_id, quantity) => price(quantity)))).toEqual([[5000, 890_000, null]])
  })

  it('counts a product over all its lines', () => {
    const noted = setLineDiscount(put(newTicket('t'), 4), '1', { percent: 50_000 })
    if (!noted.ok) throw new Error('refused')
    const ticket = put(noted.ticket, 2)
    expect(amountOf(ticket, 'coffee')).toBe(6000)
    expect(shown(ticket)).toEqual([[4000, 800_000, 'w6'], [2000, 800_000, 'w6']])
  })

  it('leaves what a person typed, and what a label says', () => {
    const typed = setPrice(put(newTicket('t'), 5), '1', 870_000, 2)
    if (!typed.ok) throw new Error('refused')
    expect(shown(put(typed.ticket, 1))).toEqual([[5000, 870_000, null], [1000, 800_000, 'w6']])
    expect(shown(put(newTicket('t'), 6, { label_price: 8800 }))).toEqual([[6000, 880_000, null]])
  })

  it('keeps the usual price that a line was put down with when that price changes meanwhile', () => {
    const before = put(newTicket('t'), 2)
    const after = repriced(before, () => ({ price: 990_000, entry: null, list: null }))
    expect(after).toBe(before)
    expect(shown(put(before, 1, {}, { ...sellable, price: 990_000 }))).toEqual([[2000, 890_000, null], [1000, 990_000, null]])
  })

  it('names the entry in the basket, and not where a person typed another price', () => {
    const ticket = put(newTicket('t'), 6)
    const typed = setPrice(ticket, '1', 810_000, 2)
    expect(basketOf(ticket, rules, []).lines[0]).toMatchObject({ unit_price: 800_000, price_entry: 'w6' })
    expect(typed.ok && basketOf(typed.ticket, rules, []).lines[0]).not.toHaveProperty('price_entry')
  })
})

describe('price lists from the server', () => {
  it('are read with what is left out filled in, and left alone when they say something unknown', () => {
    expect(readPriceList({ id: 'w', name: 'Mayoreo', position: 2, conditions: {} })).toEqual(wholesale)
    expect(readPriceList({ id: 'w', name: 'Mayoreo', position: 2, conditions: { groups: ['x'] } })?.conditions.groups).toEqual(['x'])
    expect(readPriceList({ id: 'w', name: 'Mayoreo', position: 2, conditions: { weather: 'x' } })).toBeUndefined()
    expect(readPriceList({ id: 'w' })).toBeUndefined()
  })

  it('stand in their products', () => {
    const row = { id: 'p', name: 'Café', prices: [['w', 6000, 800_000, 'w6'], ['w', -1, 5, 'x'], 'odd'] }
    expect(readProduct(row)?.prices).toEqual([{ list: 'w', from: 6000, price: 800_000, entry: 'w6' }])
    expect(readProduct({ id: 'p', name: 'Café', prices: null })?.prices).toBeNull()
  })
})
