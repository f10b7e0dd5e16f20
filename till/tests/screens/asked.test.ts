import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Order } from '../../src/core/order.ts'
import { notSold, seenOldEnough, waitsForAge } from '../../src/screens/sell/asked.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { aProduct, productId, serve } from '../data/shop.ts'
import { goHome, standAtTheTill } from './standing.ts'

/** An order of mezcal, of which nothing was paid: whoever ordered it was not looked at. */
function ordered(): Order {
  const mezcal = till().catalogue.byId(productId(1))
  expect(mezcal?.age).toBe(18)
  counter.put(mezcal!, {})
  const [basket, totals] = [counter.basket([]), counter.totals]
  counter.finish(null)
  return {
    id: '0199b2a4-7000-7b00-8b00-000000000951', kind: 'layaway', number: 'A1-7', at: 1764032400000, buyer: null, basket, totals,
    due: { promise: '0199b2a4-7000-7b00-8b00-000000000952', by: '2026-12-31' }, kept_share: 0, details: '', state: 'open', payments: [], handovers: [],
    back: [], repriced: null, lapsed: false,
  }
}

describe('the age of whoever fetches an order', () => {
  beforeEach(async () => {
    await standAtTheTill({}, (server) => { serve(server, [aProduct(1, { name: 'Mezcal joven', price: 3_800_000, age: 18 })]) })
    await till().sync.now()
    await vi.waitFor(() => { expect(till().catalogue.byId(productId(1))).not.toBeNull() })
  })
  afterEach(goHome)

  it('is asked before it is paid, and seen once', () => {
    counter.deliver(ordered())

    expect(waitsForAge()).toBe(true)
    expect(app.zone.name).toBe('age')
    seenOldEnough('document')

    expect(waitsForAge()).toBe(false)
    expect(counter.ticket.age_check).toEqual({ minimum: 18, how: 'document', by: app.person?.id })
    expect(counter.order).not.toBeNull()
  })

  it('is not enough: the order stays as it is and leaves the ticket', () => {
    counter.deliver(ordered())
    waitsForAge()

    notSold()

    expect(counter.order).toBeNull()
    expect(counter.lines).toEqual([])
  })
})
