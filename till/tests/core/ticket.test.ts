import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, type Adding, type Sellable } from '../../src/core/adding.ts'
import {
  activeLines, countOf, goneOf, isEmpty, lineAmount, MAX_LINES, multiply, newTicket, priceChangesOf, park, remove, restore, resume, setLineDiscount, setLineNote, setNote, setPrice, setQuantity, setTicketDiscount, sweep, UNDO_MS, type Changed, type Ticket,
} from '../../src/core/ticket.ts'

const coffee: Sellable = { id: 'p-coffee', name: 'Café de olla molido', variant: '250 g', unit: 'pieza', by: 'piece', price: 890_000 }
const tomato: Sellable = { id: 'p-tomato', name: 'Jitomate saladet', variant: null, unit: 'kg', by: 'weight', price: 380_000 }
const cheese: Sellable = { id: 'p-cheese', name: 'Quesillo de hebra', variant: null, unit: 'kg', by: 'weight', price: 1_680_000 }
const priceless: Sellable = { ...coffee, id: 'p-none', price: null }
const visit = { id: '0199b2a4-7000-7b00-8b00-000000000601', opened_at: 1_764_032_490_000 }
const adding: Adding = { taxes: ['IVA16'], digits: 2, visit }

/** The ticket after an act that must succeed. */
function done(result: Changed | ReturnType<typeof add>): Ticket {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.ticket
}
const having = (...products: readonly Sellable[]): Ticket =>
  products.reduce((ticket, product) => done(add(ticket, product, { ...adding, weight: product.by === 'weight' ? 750 : null })), newTicket('t'))
const quantities = (ticket: Ticket): readonly number[] => activeLines(ticket).map(({ quantity }) => quantity)

describe('adding a product', () => {
  it('opens the visit with the first line, and keeps it with the next', () => {
    const first = done(add(newTicket('t'), coffee, adding))
    const second = done(add(first, coffee, { ...adding, visit: { id: 'other', opened_at: 1 } }))

    expect(newTicket('t').visit).toBe(null)
    expect([first.visit, second.visit]).toEqual([visit, visit])
  })

  it('makes one line of equal pieces and selects it', () => {
    const result = add(having(coffee, tomato), coffee, adding)

    expect(result).toMatchObject({ ok: true, line: '1', merged: true })
    expect(quantities(done(result))).toEqual([2000, 750])
    expect(done(result).selected).toBe('1')
  })

  it('keeps each weighing as a line of its own', () => {
    expect(quantities(having(tomato, tomato))).toEqual([750, 750])
  })

  it('names the variant with the product', () => {
    expect(having(coffee).lines[0]?.name).toBe('Café de olla molido 250 g')
  })

  it('adds the pieces of a pack for its own code', () => {
    expect(quantities(done(add(newTicket('t'), coffee, { ...adding, pack: 12_000 })))).toEqual([12_000])
  })

  it('multiplies the next product only', () => {
    const three = done(multiply(newTicket('t'), 3000))
    const ticket = done(add(done(add(three, coffee, adding)), { ...coffee, id: 'p-2' }, adding))

    expect(quantities(ticket)).toEqual([3000, 1000])
  })

  it('multiplies a pack', () => {
    expect(quantities(done(add(done(multiply(newTicket('t'), 2000)), coffee, { ...adding, pack: 6000 })))).toEqual([12_000])
  })

  it('takes a multiplier for the weight of a weighed product', () => {
    expect(quantities(done(add(done(multiply(newTicket('t'), 1250)), tomato, adding)))).toEqual([1250])
  })

  it('asks for what is missing and changes nothing', () => {
    expect(add(newTicket('t'), tomato, adding)).toEqual({ ok: false, needs: 'weight' })
    expect(add(newTicket('t'), priceless, adding)).toEqual({ ok: false, needs: 'price' })
  })

  it('takes the price typed for a product without one', () => {
    const line = done(add(newTicket('t'), priceless, { ...adding, unit_price: 125_000 })).lines[0]

    expect([line?.unit_price, line?.list_price]).toEqual([125_000, null])
  })

  it('refuses half a piece, a thousand and one lines, and amounts beyond reason', () => {
    expect(add(done(multiply(newTicket('t'), 500)), coffee, adding)).toEqual({ ok: false, refused: 'quantity_whole' })
    const full = Array.from({ length: MAX_LINES }, (_, place) => ({ ...coffee, id: String(place) }))
    expect(add(having(...full), coffee, adding)).toEqual({ ok: false, refused: 'lines_full' })
    expect(add(newTicket('t'), coffee, { ...adding, pack: 100_000_000 })).toEqual({ ok: false, refused: 'quantity_max' })
    expect(add(newTicket('t'), coffee, { ...adding, label_price: 9_007_199_254_740_991 })).toEqual({ ok: false, refused: 'amount_max' })
    expect(add(done(multiply(newTicket('t'), 99_999_000)), { ...coffee, price: 999_999_999_999 }, adding)).toEqual({ ok: false, refused: 'amount_max' })
  })

  it('merges into a full ticket', () => {
    const full = Array.from({ length: MAX_LINES }, (_, place) => ({ ...coffee, id: String(place) }))

    expect(add(having(...full), { ...coffee, id: '7' }, adding)).toMatchObject({ ok: true, merged: true })
  })

  it('keeps another lot, a discount, a note and another price apart', () => {
    const lot = done(add(having(coffee), coffee, { ...adding, lot: 'L7' }))
    const cheaper = done(setLineDiscount(having(coffee), '1', { percent: 100_000 }))
    const noted = done(setLineNote(having(coffee), '1', 'sin azúcar'))
    const priced = done(setPrice(having(coffee), '1', 800_000, 2))

    expect([lot, ...[cheaper, noted, priced].map((ticket) => done(add(ticket, coffee, adding)))].map(quantities)).toEqual([
      [1000, 1000],
      [1000, 1000],
      [1000, 1000],
      [1000, 1000],
    ])
  })

  it('merges to the same quantities in whatever order pieces come', () => {
    const products = ['a', 'b', 'c'].map((id) => ({ ...coffee, id }))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...products), { minLength: 1, maxLength: 40 }), (picked) => {
        const ticket = having(...picked)

        for (const { id } of products) expect(countOf(ticket, id)).toBe(picked.filter((one) => one.id === id).length * 1000)
        expect(ticket.lines.length).toBe(new Set(picked.map(({ id }) => id)).size)
      }),
    )
  })
})

describe('a label that carries its price', () => {
  const labelled = (product: Sellable, label_price: number): { quantity: number; unit_price: number; amount: number } => {
    const line = done(add(newTicket('t'), product, { ...adding, label_price })).lines[0]
    if (line === undefined) throw new Error('no line')
    const { quantity, unit_price } = line
    return { quantity, unit_price, amount: lineAmount(quantity, unit_price, 2) }
  }

  it('gives the weight that the price buys', () => {
    expect(labelled(tomato, 2850)).toEqual({ quantity: 750, unit_price: 380_000, amount: 2850 })
  })

  it('moves the unit price a little where the weight alone would not make the amount', () => {
    // 58.97 / 168.00 = 0.35101... kg; 0.351 kg x 168.00 = 58.968 = 58.97: exact. 58.90 buys 0.351 kg too, at 167.8063.
    expect(labelled(cheese, 5897)).toEqual({ quantity: 351, unit_price: 1_680_000, amount: 5897 })
    expect(labelled(cheese, 5890)).toEqual({ quantity: 351, unit_price: 1_678_063, amount: 5890 })
  })

  it('is the price of a piece', () => {
    expect(labelled(coffee, 9150)).toEqual({ quantity: 1000, unit_price: 915_000, amount: 9150 })
  })

  it('is charged to the cent, whatever the price per kilogram', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 10_000, max: 20_000_000 }), (label, price) => {
        const { amount, quantity } = labelled({ ...cheese, price }, label)

        fc.pre(quantity <= 100_000)
        expect(amount).toBe(label)
      }),
    )
  })
})

describe('changing a line', () => {
  it('sets quantity and price and leaves the ticket before as it was', () => {
    const before = having(coffee)
    const after = done(setPrice(done(setQuantity(before, '1', 4000, 2)), '1', 850_000, 2))

    expect(after.lines[0]).toMatchObject({ quantity: 4000, unit_price: 850_000, list_price: 890_000 })
    expect(before.lines[0]).toMatchObject({ quantity: 1000, unit_price: 890_000 })
  })

  it('refuses what cannot be', () => {
    const ticket = having(coffee, tomato)

    expect(setQuantity(ticket, '1', 0, 2)).toEqual({ ok: false, refused: 'quantity_zero' })
    expect(setQuantity(ticket, '1', -1000, 2)).toEqual({ ok: false, refused: 'quantity_zero' })
    expect(setQuantity(ticket, '1', 1500, 2)).toEqual({ ok: false, refused: 'quantity_whole' })
    expect(setQuantity(ticket, '2', 1500, 2)).toMatchObject({ ok: true })
    expect(setQuantity(ticket, '9', 1000, 2)).toEqual({ ok: false, refused: 'no_line' })
    expect(setPrice(ticket, '1', -1, 2)).toEqual({ ok: false, refused: 'price_negative' })
    expect(setLineDiscount(ticket, '1', { percent: 1_000_001 })).toEqual({ ok: false, refused: 'percent_max' })
    expect(setLineDiscount(ticket, '1', { amount: -1 })).toEqual({ ok: false, refused: 'discount_negative' })
    expect(setLineNote(ticket, '1', 'x'.repeat(281))).toEqual({ ok: false, refused: 'note_long' })
    expect(setNote(ticket, 'x'.repeat(281))).toEqual({ ok: false, refused: 'note_long' })
  })

  it('takes a discount of nothing for none', () => {
    const ticket = done(setTicketDiscount(done(setLineDiscount(having(coffee), '1', { amount: 0 })), { percent: 0 }))

    expect([ticket.lines[0]?.discount, ticket.discount]).toEqual([null, null])
  })
})

describe('taking a line away', () => {
  it('keeps it in its place for ten seconds and does not charge it', () => {
    const ticket = done(remove(having(coffee, tomato), '1', 5000))

    expect(ticket.lines.map(({ id }) => id)).toEqual(['1', '2'])
    expect(activeLines(ticket).map(({ id }) => id)).toEqual(['2'])
    expect(ticket.selected).toBe('2')
  })

  it('brings it back as it was, where it was', () => {
    const ticket = done(restore(done(remove(having(coffee, tomato), '1', 5000)), '1', 5000 + UNDO_MS))

    expect(ticket.lines).toEqual(having(coffee, tomato).lines)
  })

  it('lets it go afterwards, for good', () => {
    const removed = done(remove(having(coffee, tomato), '1', 5000))

    expect(restore(removed, '1', 5001 + UNDO_MS)).toEqual({ ok: false, refused: 'no_line' })
    expect(sweep(removed, 5001 + UNDO_MS, 2).lines.map(({ id }) => id)).toEqual(['2'])
    expect(sweep(removed, 5000 + UNDO_MS, 2)).toBe(removed)
  })

  it('never gives its number to another line', () => {
    const ticket = done(add(sweep(done(remove(having(coffee), '1', 0)), 60_000, 2), coffee, adding))

    expect(ticket.lines.map(({ id }) => id)).toEqual(['2'])
    expect(isEmpty(done(remove(ticket, '2', 0)))).toBe(true)
  })
})

describe('parking', () => {
  it('is remembered with its time, and undone by resuming', () => {
    const parked = park(having(coffee), 7000)

    expect([parked.parked_at, resume(parked).parked_at]).toEqual([7000, null])
    expect(resume(parked)).toEqual(having(coffee))
  })
})

describe('what was taken off a ticket', () => {
  it('is nothing as long as nothing was', () => {
    expect(goneOf(having(coffee, tomato), 2).voided).toBeUndefined()
  })

  it('counts lines that went, within the ten seconds and after them, once', () => {
    const removed = done(remove(having(coffee, tomato), '1', 5000))

    expect(goneOf(removed, 2).voided).toEqual({ times: 1, amount: 8900 })
    expect(goneOf(sweep(removed, 5001 + UNDO_MS, 2), 2).voided).toEqual({ times: 1, amount: 8900 })
    expect(goneOf(done(restore(removed, '1', 6000)), 2).voided).toBeUndefined()
  })

  it('counts what a lower quantity took, and no higher one', () => {
    const three = done(setQuantity(having(coffee), '1', 3000, 2))

    expect(goneOf(three, 2).voided).toBeUndefined()
    expect(goneOf(done(setQuantity(three, '1', 1000, 2)), 2).voided).toEqual({ times: 1, amount: 17_800 })
  })

  it('is all of it when the ticket is let go', () => {
    expect(goneOf(done(remove(having(coffee, tomato), '1', 5000)), 2, true).voided).toEqual({ times: 2, amount: 8900 + 2850 })
  })
})

describe('prices that a person typed', () => {
  it('are named with what the catalogue says; those without one are not', () => {
    const free = done(add(having(coffee, tomato), priceless, { ...adding, unit_price: 10_000 }))

    expect(priceChangesOf(free)).toEqual([])
    expect(priceChangesOf(done(setPrice(free, '1', 850_000, 2)))).toEqual([{ line: '1', list_price: 890_000 }])
  })
})
