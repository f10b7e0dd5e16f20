import { describe, expect, it } from 'vitest'
import { basketOf, type SaleBasket, type SellingRules } from '../../src/core/basket.ts'
import type { ReturnRecorded } from '../../src/core/facts.ts'
import { price, refund } from '../../src/core/pricing/index.ts'
import { documentOf, returnables } from '../../src/core/returning.ts'
import { add } from '../../src/core/adding.ts'
import { newTicket, setQuantity, type Ticket } from '../../src/core/ticket.ts'
import { readKit } from '../../src/data/catalogue/promotions.ts'

const components = [{ product_id: 'beer', name: 'Cerveza', quantity: 6000 }, { product_id: 'lime', name: 'Limón', quantity: 250 }]
const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }

function ticketOf(quantity: number): Ticket {
  const product = { id: 'kit', name: 'Cubeta', variant: null, unit: 'pieza', by: 'piece', price: 1_500_000 } as const
  const added = add(newTicket('t'), product, { taxes: [], digits: 2, visit: { id: 'v', opened_at: 1 }, components })
  const changed = added.ok ? setQuantity(added.ticket, '1', quantity, 2) : added
  if (!changed.ok || !('ticket' in changed)) throw new Error('not added')
  return changed.ticket
}

describe('a line of a kit', () => {
  it('says what leaves the shelf for the whole line, and costs what the kit costs', () => {
    const basket = basketOf(ticketOf(3000), rules, [])
    expect(basket.lines[0]?.components?.map(({ name, quantity }) => [name, quantity])).toEqual([['Cerveza', 18_000], ['Limón', 750]])
    expect(price(basket).gross).toBe(45_000)
  })

  it('gives its components back with its parts, and never more than went', () => {
    const basket: SaleBasket = basketOf(ticketOf(3000), rules, [])
    const source = { basket, totals: price(basket), sale: null }
    const earlier: ReturnRecorded[] = []
    const back: number[][] = []
    for (let part = 0; part < 3; part += 1) {
      const lines = returnables({ ...source, sale: null }, earlier).map((line) => ({ ...line }))
      const made = documentOf(source, lines, [{ place: 0, quantity: 1000 }], { reason: 'not_needed', goods: 'shelf' }, [])
      const document = { ...made, lines: made.lines.map((line) => ({ ...line, line: 0 })) }
      back.push((document.lines[0]?.components ?? []).map(({ quantity }) => quantity))
      earlier.push({ document, totals: refund(document) } as unknown as ReturnRecorded)
    }
    expect(back).toEqual([[6000, 250], [6000, 250], [6000, 250]])
  })
})

describe('a kit that the server says', () => {
  it('is read whole or not at all: half a kit would leave goods on the shelf', () => {
    const row = { id: 'kit', components }
    expect(readKit(row)).toEqual(row)
    expect(readKit({ id: 'kit', components: [components[0], { product_id: 'lime' }] })).toBeUndefined()
    expect(readKit({ id: 'kit', components: [{ ...components[0], quantity: 0 }] })).toBeUndefined()
  })
})
