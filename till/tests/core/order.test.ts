import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AnyFact, Fact, Kind } from '../../src/core/facts.ts'
import { dayAfter, hasEnded, isLate, paidOf, readOrder, searchedOrder, withFact, type Order } from '../../src/core/order.ts'
import { cancelling, closedBody, depositBody, leftOf, suggested, taxesPaid } from '../../src/core/order_money.ts'

const example = <K extends Kind>(kind: K): Fact<K> =>
  (JSON.parse(readFileSync(new URL(`../../../contracts/examples/facts/${kind}.v1.json`, import.meta.url), 'utf8')) as { readonly fact: Fact<K> }).fact

const opened = example('order.opened')
const paid = example('order.paid')
const order = withFact(null, opened, 'tapas') as Order
const half = withFact(order, paid) as Order
const by = { method: 'cash' as const, reference: null }

describe('an order', () => {
  it('is what its facts say, and the same fact twice changes nothing', () => {
    expect([order.number, order.state, order.details, paidOf(order), leftOf(order)]).toEqual(['A1-4', 'open', 'tapas', 0, 8900])
    expect([paidOf(half), leftOf(half)]).toEqual([5000, 3900])
    expect(withFact(half, paid)).toBe(half)
    expect(withFact(half, opened)).toBe(half)
    expect(withFact(null, paid)).toBeNull()
    expect([...taxesPaid(half)]).toEqual([['IVA16', 690]])
  })

  it('moves on, gets another day, and ends once', () => {
    const moved = withFact(half, example('order.changed')) as Order
    expect(moved.due.by).toBe('2025-11-29')
    expect([isLate(moved, '2025-11-29'), isLate(moved, '2025-11-30')]).toEqual([false, true])
    const ready = withFact(moved, { ...example('order.changed'), body: { ...example('order.changed').body, step: 'ready', due: null } }) as Order
    expect([ready.state, ready.due.by]).toEqual(['ready', '2025-11-29'])
    const sale = { kind: 'sale.recorded', body: { sale: 's', order: order.id, basket: { payments: [] } } } as unknown as AnyFact
    const delivered = withFact(ready, sale) as Order
    expect([delivered.state, hasEnded(delivered), leftOf(delivered), isLate(delivered, '2026-01-01')]).toEqual(['delivered', true, 0, false])
    expect((withFact(delivered, example('order.closed')) as Order).state).toBe('delivered')
    expect((withFact(ready, example('order.closed')) as Order).state).toBe('cancelled')
    expect((withFact(delivered, example('order.changed')) as Order).state).toBe('delivered')
  })

  it('takes a deposit of at most what is left, and more only in cash, as change', () => {
    const deposit = (amount: number, tender: object): unknown => depositBody({ payment: 'p', order: half, shift: 's', currency: 'MXN', amount, tender: { ...by, ...tender } as never })
    expect(deposit(3900, { amount: 5000 })).toMatchObject({ amount: 3900, change: 1100, shares: [{ line: '1', net: 3362, taxes: [{ code: 'IVA16', amount: 538 }] }] })
    expect([deposit(3901, { amount: 3901 }), deposit(0, { amount: 0 }), deposit(100, { amount: 200, method: 'card' }), deposit(100, { amount: 100, method: 'fiado' }), deposit(100, { amount: 100, method: 'voucher' })]).toEqual([null, null, null, null, null])
  })

  it('gives back what its paper said', () => {
    expect(cancelling(half)).toEqual({ kept: 500, back: 4500 })
    expect(closedBody({ order: half, shift: 's', currency: 'MXN', method: 'card', buyer: null, approvals: [] })).toEqual({
      order: order.id, shift: 's', currency: 'MXN', outcome: 'cancelled', paid: 5000, refunds: [{ method: 'card', amount: 4500 }], kept: { amount: 500, taxes: [] },
      references: [], approvals: [],
    })
    expect(closedBody({ order, shift: 's', currency: 'MXN', method: 'cash', buyer: 'b', approvals: ['a'] })).toMatchObject({ paid: 0, refunds: [], kept: { amount: 0 }, buyer: 'b' })
  })

  it('asks for whole units, and for what there is below one', () => {
    expect([suggested(8950, 200_000, 2), suggested(250, 200_000, 2), suggested(1000, 0, 2)]).toEqual([1700, 50, 0])
  })

  it('counts days over the end of a month and of a year', () => {
    expect([dayAfter('2026-11-30', 1), dayAfter('2026-12-31', 1), dayAfter('2028-02-28', 1), dayAfter('2026-11-29', 0)]).toEqual(['2026-12-01', '2027-01-01', '2028-02-29', '2026-11-29'])
  })

  it('is read as the server tells it, and not at all without what it needs', () => {
    const row = { ...half, buyer: null }
    expect(readOrder(JSON.parse(JSON.stringify(row)))).toEqual(row)
    for (const name of ['id', 'kind', 'state', 'due', 'basket', 'totals']) expect(readOrder({ ...row, [name]: undefined })).toBeUndefined()
  })

  it('is found by its number, with its series or without', () => {
    expect(searchedOrder(order, 'Lucía')).toContain(' 4 lucia ')
  })
})
