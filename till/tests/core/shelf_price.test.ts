// «En el anaquel dice…»: less than the till, charged at once, allowed by nobody, and the till's price again when it was another shelf.
import { expect, test } from 'vitest'
import { approvalsNeeded } from '../../src/core/basket.ts'
import { atShelf, mayDiffer, notAtShelf, shelfPriceOf } from '../../src/core/shelf_price.ts'
import { newTicket, priceChangesOf, setPrice, type Ticket, type TicketLine } from '../../src/core/ticket.ts'
import type { SaleTotals } from '../../src/core/basket.ts'

const LINE: TicketLine = {
  id: '1', product_id: 'p', name: 'Café', unit: 'pieza', by: 'piece', quantity: 2000, unit_price: 890_000, list_price: 890_000, discount: null, taxes: [], tax_units: null,
  note: '', origin: 'typed', lot: null, expires: null, removed_at: null,
}
const TICKET: Ticket = { ...newTicket('t'), lines: [LINE] }
const NOTHING = { lines: [], discount: 0, list: 0 } as unknown as SaleTotals
const LIMITS = { discount: 0, may_change_price: false }

function shelf(price: number): Ticket {
  const changed = atShelf(TICKET, '1', price, 2)
  if (!changed.ok) throw new Error(changed.refused)
  return changed.ticket
}

test('the shelf is charged, and the fact says that it was the shelf', () => {
  const ticket = shelf(850_000)

  expect(ticket.lines[0]).toMatchObject({ unit_price: 850_000, list_price: 890_000, shelf: 850_000 })
  expect(priceChangesOf(ticket)).toEqual([{ line: '1', list_price: 890_000, shelf: true }])
  expect(approvalsNeeded(ticket, NOTHING, LIMITS, 2)).toEqual([])
})

test('another price than the shelf says is the word of whoever types it', () => {
  const changed = setPrice(shelf(850_000), '1', 500_000, 2)
  const ticket = changed.ok ? changed.ticket : TICKET

  expect(priceChangesOf(ticket)).toEqual([{ line: '1', list_price: 890_000 }])
  expect(approvalsNeeded(ticket, NOTHING, LIMITS, 2)).toEqual([{ action: 'price', amount: 7800 }])
})

test('taken back, the line costs what it did', () => {
  expect(notAtShelf(shelf(850_000), '1')).toEqual({ ...TICKET, selected: '1' })
})

test('labels, parts of combos, open prices and prices that somebody typed have no shelf', () => {
  expect(mayDiffer(LINE)).toBe(true)
  for (const more of [{ origin: 'label' as const }, { combo: '1' }, { list_price: null }, { unit_price: 1 }, { removed_at: 5 }]) expect(mayDiffer({ ...LINE, ...more })).toBe(false)
})

test.each([
  ['85', 850_000], ['85.5', 855_000], ['8550', 855_000], ['89', null], ['890', null], ['', null], ['0', null], ['85.', 850_000], ['9000', null], ['x', null],
])('"%s" on the shelf of what costs 89.00 is %s', (text, price) => {
  expect(shelfPriceOf(text, 890_000, 2)).toBe(price)
})
