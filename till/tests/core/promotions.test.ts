import { describe, expect, it } from 'vitest'
import { basketOf, type SaleTotals, type SellingRules } from '../../src/core/basket.ts'
import { hintsOf, promotionsFor, useful } from '../../src/core/offers.ts'
import { price, type Promotion as BasketPromotion } from '../../src/core/pricing/index.ts'
import { couponHash, inForce, isPicked, localTime, type Moment, type Pick, type Promotion, type Terms } from '../../src/core/promotion.ts'
import { add, type Sellable } from '../../src/core/adding.ts'
import { newTicket, setPrice, type Ticket } from '../../src/core/ticket.ts'
import { readPromotion } from '../../src/data/catalogue/promotions.ts'

const ZONE = 'America/Mexico_City'
const NO_PICK: Pick = { everything: false, categories: [], products: [], without: [] }
const ALL: Pick = { ...NO_PICK, everything: true }
const TERMS: Terms = {
  kind: 'each', reward: { percent: 100_000 }, pick: ALL, parts: [], least_quantity: null, least_amount: null, most: null, cheapest: null, times: null,
  stack: false, since: null, until: null, days: [], from_minute: null, to_minute: null, stores: [], groups: [], coupon: null,
}

function said(terms: Partial<Terms>, position = 1, id = 'a'): Promotion {
  return { id, version: `${id}-1`, name: `Promo ${id}`, position, terms: { ...TERMS, ...terms } }
}

/** Of the store's clock: 2 March 2026 is a Monday. */
function moment(day: number, time: string, coupons: readonly string[] = []): Moment {
  return { at: Date.parse(`2026-03-0${String(day)}T${time}:00-06:00`), zone: ZONE, store: 'centro', group: null, coupons }
}

function isInForce(terms: Partial<Terms>, when: ReturnType<typeof moment>): boolean {
  return inForce([said(terms)], when).length === 1
}

const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }
const cola: Sellable = { id: 'cola', name: 'Refresco', variant: null, unit: 'pieza', by: 'piece', price: 180_000, tax_units: null }
const bread: Sellable = { id: 'bread', name: 'Pan', variant: null, unit: 'pieza', by: 'piece', price: 400_000, tax_units: null }
const categories: Readonly<Record<string, string>> = { cola: 'drinks', bread: 'bakery' }

function ticketOf(...parts: readonly (readonly [Sellable, number])[]): Ticket {
  return parts.reduce((ticket, [product, count]) => {
    const result = add({ ...ticket, multiplier: count * 1000 }, product, { taxes: [], digits: 2, visit: { id: 'v', opened_at: 1 } })
    if (!result.ok) throw new Error('not added')
    return result.ticket
  }, newTicket('t'))
}

function priced(ticket: Ticket, promotions: readonly Promotion[]): { asked: readonly BasketPromotion[]; totals: SaleTotals } {
  const asked = promotionsFor(ticket, promotions, (product) => categories[product] ?? null)
  return { asked, totals: price(basketOf(ticket, rules, [], { promotions: asked })) }
}

function lacks(ticket: Ticket, promotion: Promotion): unknown {
  const { asked, totals } = priced(ticket, [promotion])
  return hintsOf(ticket, asked, totals).map((hint) => hint.lacks)[0] ?? null
}

const threeForTwo = said({ kind: 'set', reward: { percent: 1_000_000 }, pick: null, parts: [{ pick: { ...NO_PICK, categories: ['drinks'] }, count: 3 }], cheapest: 1 })

describe('when a promotion is in force', () => {
  it('reads day and minute of the store, whatever the clock of the tablet says', () => {
    expect(localTime(moment(2, '00:30').at, ZONE)).toEqual({ day: 1, minute: 30 })
    expect(localTime(moment(2, '00:30').at, 'Europe/Madrid')).toEqual({ day: 1, minute: 450 })
  })

  it('begins at its instant and is over at its end', () => {
    const { at } = moment(2, '12:00')
    expect([at - 1, at, at + 1].map((now) => isInForce({ since: at, until: at + 1 }, { ...moment(2, '12:00'), at: now }))).toEqual([false, true, false])
  })

  it('keeps to its days and hours', () => {
    const lunch: Partial<Terms> = { days: [1, 2], from_minute: 12 * 60, to_minute: 15 * 60 }
    expect(['11:59', '12:00', '14:59', '15:00'].map((time) => isInForce(lunch, moment(2, time)))).toEqual([false, true, true, false])
    expect(isInForce(lunch, moment(4, '13:00'))).toBe(false)
  })

  it('over midnight the small hours belong to the evening before', () => {
    const friday: Partial<Terms> = { days: [5], from_minute: 22 * 60, to_minute: 2 * 60 }
    expect([[6, '21:59'], [6, '22:00'], [7, '01:59'], [7, '02:00'], [6, '01:00'], [7, '22:30']].map(([day, time]) => isInForce(friday, moment(day as number, time as string))))
      .toEqual([false, true, true, false, false, false])
  })

  it('is of its stores, and waits for its coupon', () => {
    expect([['centro'], ['norte'], []].map((stores) => isInForce({ stores }, moment(2, '12:00')))).toEqual([true, false, true])
    const coupon = couponHash('Verano-10') ?? ''
    expect([isInForce({ coupon }, moment(2, '12:00')), isInForce({ coupon }, moment(2, '12:00', [coupon]))]).toEqual([false, true])
  })

  it('stands in the order that the owner stated', () => {
    expect(inForce([said({}, 3, 'c'), said({}, 1, 'b'), said({}, 1, 'a')], moment(2, '12:00')).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('knows a coupon by its letters and digits, as the office does', () => {
    expect(new Set(['verano-10', ' VERANO 10', 'Vérano_10'].map(couponHash))).toEqual(new Set(['f0a4c8d99e2ec21ab61687d1122a6a203f4dc5c1421c7997fae8609854e2117f']))
    expect(couponHash(' - ')).toBeNull()
  })
})

describe('what a promotion picks', () => {
  it('is all, or what is named, without what is left out', () => {
    expect(isPicked({ ...ALL, without: ['cola'] }, 'cola', 'drinks')).toBe(false)
    expect(isPicked({ ...NO_PICK, categories: ['drinks'] }, 'cola', 'drinks')).toBe(true)
    expect(isPicked({ ...NO_PICK, categories: ['drinks'] }, 'bread', null)).toBe(false)
    expect(isPicked({ ...NO_PICK, products: ['bread'] }, 'bread', null)).toBe(true)
  })

  it('leaves alone a line whose price a person typed', () => {
    const ticket = ticketOf([cola, 3])
    const typed = setPrice(ticket, '1', 150_000, 2)
    expect(priced(ticket, [threeForTwo]).asked).toHaveLength(1)
    expect(typed.ok && priced(typed.ticket, [threeForTwo]).asked).toEqual([])
  })

  it('goes into the basket only when it lowered something', () => {
    const { asked, totals } = priced(ticketOf([cola, 3], [bread, 1]), [threeForTwo, said({ least_quantity: 9000 }, 2, 'b')])
    expect(asked.map(({ id }) => id)).toEqual(['a-1', 'b-1'])
    expect(useful(asked, totals)).toEqual([
      { id: 'a-1', name: 'Promo a', kind: 'set', reward: { percent: 1_000_000 }, stack: false, cheapest: 1, parts: [{ lines: ['1'], count: 3 }] },
    ])
    expect(totals.savings).toBe(1800)
  })
})

describe('what a ticket lacks for a promotion', () => {
  it('is pieces of a set that is begun', () => {
    expect([1, 2, 3, 4, 5, 6].map((count) => lacks(ticketOf([cola, count]), threeForTwo))).toEqual([{ pieces: 2000 }, { pieces: 1000 }, null, { pieces: 2000 }, { pieces: 1000 }, null])
    expect(lacks(ticketOf([bread, 2]), threeForTwo)).toBeNull()
  })

  it('is nothing when no further set would count', () => {
    const once = { ...threeForTwo, terms: { ...threeForTwo.terms, times: 1 } }
    expect([2, 4].map((count) => lacks(ticketOf([cola, count]), once))).toEqual([{ pieces: 1000 }, null])
  })

  it('is the other part of a bundle', () => {
    const parts = [{ pick: { ...NO_PICK, products: ['cola'] }, count: 1 }, { pick: { ...NO_PICK, products: ['bread'] }, count: 2 }]
    const bundle = said({ kind: 'set', reward: { price: 800_000 }, pick: null, parts })
    expect([lacks(ticketOf([cola, 1]), bundle), lacks(ticketOf([cola, 1], [bread, 1]), bundle), lacks(ticketOf([cola, 1], [bread, 2]), bundle)])
      .toEqual([{ pieces: 2000 }, { pieces: 1000 }, null])
  })

  it('is a quantity or an amount', () => {
    expect(lacks(ticketOf([cola, 4]), said({ least_quantity: 6000 }))).toEqual({ pieces: 2000 })
    expect(lacks(ticketOf([cola, 2]), said({ kind: 'total', reward: { amount: 1000 }, least_amount: 5000 }))).toEqual({ amount: 1400 })
    expect(lacks(ticketOf([cola, 3]), said({ kind: 'total', reward: { amount: 1000 }, least_amount: 5000 }))).toBeNull()
  })

  it('counts no piece that another one lowered', () => {
    const { asked, totals } = priced(ticketOf([cola, 2]), [said({}, 1, 'b'), threeForTwo])
    expect(hintsOf(ticketOf([cola, 2]), asked, totals)).toEqual([])
  })
})

describe('a promotion from the server', () => {
  const row = { id: 'a', version: 'a-1', name: '3x2', position: 4, terms: { kind: 'set', reward: { percent: 1_000_000 }, parts: [{ pick: { categories: ['drinks'] }, count: 3 }], cheapest: 1 } }

  it('is read with what is left out filled in', () => {
    expect(readPromotion(row)).toEqual({ ...threeForTwo, name: '3x2', position: 4 })
  })

  it('is left alone when it says something that this till does not know', () => {
    expect(readPromotion({ ...row, terms: { ...row.terms, group: 'x' } })).toBeUndefined()
  })

  it.each([{ ...row, version: undefined }, { ...row, terms: { ...row.terms, parts: [] } }, { ...row, terms: { ...row.terms, reward: {} } }, { ...row, terms: { kind: 'each', reward: { percent: 1 } } }, null])(
    'is not read where a part that decides is missing',
    (broken) => {
      expect(readPromotion(broken)).toBeUndefined()
    },
  )
})
