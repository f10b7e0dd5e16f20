import { describe, expect, it } from 'vitest'
import { ageOf, ageToAsk, checkAge, withoutAged } from '../../src/core/age.ts'
import { basketOf } from '../../src/core/basket.ts'
import { add, type Added, type Adding, type Sellable } from '../../src/core/adding.ts'
import { activeLines, goneOf, newTicket, remove, restore, setQuantity, sweep, UNDO_MS, type Changed, type Ticket } from '../../src/core/ticket.ts'

const plain: Sellable = { id: 'bread', name: 'Pan', variant: null, unit: 'pieza', by: 'piece', price: 90_000 }
const beer: Sellable = { ...plain, id: 'beer', name: 'Cerveza', age: 18 }
const spirit: Sellable = { ...plain, id: 'spirit', name: 'Mezcal', age: 21 }
const phone: Sellable = { ...plain, id: 'phone', name: 'Teléfono', trace: 'serial' }
const cheese: Sellable = { ...plain, id: 'cheese', name: 'Queso', trace: 'lot' }

function tried(ticket: Ticket, product: Sellable, more: Partial<Adding> = {}): Added {
  return add(ticket, product, { taxes: [], digits: 2, visit: { id: 'v', opened_at: 1 }, ...more })
}

function put(ticket: Ticket, product: Sellable, more: Partial<Adding> = {}): Ticket {
  const added = tried(ticket, product, more)
  if (!added.ok) throw new Error(JSON.stringify(added))
  return added.ticket
}

describe('goods with a minimum age', () => {
  it('are asked about once a ticket', () => {
    const ticket = put(put(newTicket('t'), plain), beer)
    expect(ageToAsk(put(newTicket('t'), plain))).toBeNull()
    expect(ageToAsk(ticket)).toBe(18)

    const checked = checkAge(ticket, 'looks', 'rosa')

    expect(checked.age_check).toEqual({ minimum: 18, how: 'looks', by: 'rosa' })
    expect(ageToAsk(put(checked, beer))).toBeNull()
  })

  it('are asked about again when something wants an older buyer', () => {
    const ticket = put(checkAge(put(newTicket('t'), beer), 'looks', 'rosa'), spirit)

    expect([ageOf(ticket), ageToAsk(ticket)]).toEqual([21, 21])
  })

  it('leave the ticket when they are not sold, and nothing else does', () => {
    const ticket = put(put(checkAge(put(newTicket('t'), beer), 'looks', 'rosa'), spirit), plain)

    const after = withoutAged(ticket, 5)

    expect(activeLines(after).map(({ name }) => name)).toEqual(['Cerveza', 'Pan'])
    expect(ageToAsk(after)).toBeNull()
  })

  it('are told apart from what somebody took away, and are not once they were brought back', () => {
    const done = (changed: Changed): Ticket => { if (!changed.ok) throw new Error(changed.refused); return changed.ticket }
    const ticket = withoutAged(done(remove(put(put(newTicket('t'), plain), beer), '1', 5)), 6)
    const both = { voided: { times: 1, amount: 900 }, not_sold: { times: 1, amount: 900 } }

    expect(goneOf(ticket, 2)).toEqual(both)
    expect(goneOf(sweep(ticket, 7 + UNDO_MS, 2), 2)).toEqual(both)
    const again = done(restore(ticket, '2', 7))
    expect(goneOf(again, 2)).toEqual({ voided: both.voided })
    expect(goneOf(done(remove(again, '2', 8)), 2)).toEqual({ voided: { times: 2, amount: 1800 } })
  })
})

describe('goods with a serial number', () => {
  it('cannot stand on a ticket without it, and each is a line of its own', () => {
    expect(tried(newTicket('t'), phone)).toEqual({ ok: false, needs: 'serial' })

    const ticket = put(put(newTicket('t'), phone, { serial: 'A1' }), phone, { serial: 'A2' })

    expect(ticket.lines.map(({ serial, quantity }) => [serial, quantity])).toEqual([['A1', 1000], ['A2', 1000]])
  })

  it('are one thing, once', () => {
    const ticket = put(newTicket('t'), phone, { serial: 'A1' })

    expect(tried(ticket, phone, { serial: 'A1' })).toEqual({ ok: false, refused: 'serial_twice' })
    expect(tried({ ...ticket, multiplier: 3000 }, phone, { serial: 'A2' })).toEqual({ ok: false, refused: 'serial_one' })
    expect(setQuantity(ticket, '1', 2000, 2)).toEqual({ ok: false, refused: 'serial_one' })
  })
})

describe('goods with a lot', () => {
  it('are asked for it unless their code says it, and the basket keeps it with its date', () => {
    expect(tried(newTicket('t'), cheese)).toEqual({ ok: false, needs: 'lot' })

    const ticket = put(put(newTicket('t'), cheese, { lot: 'L7', expires: '2026-12-01' }), cheese, { lot: 'L7', expires: '2026-12-01' })

    const basket = basketOf(ticket, { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }, [])
    expect(basket.lines).toHaveLength(1)
    expect(basket.lines[0]).toMatchObject({ quantity: 2000, lot: 'L7', expires: '2026-12-01' })
  })
})
