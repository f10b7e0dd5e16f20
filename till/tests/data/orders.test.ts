import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/core/facts.ts'
import type { Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { aDevice, aPairedTill, type Device } from './support.ts'

const { fact } = JSON.parse(readFileSync(new URL('../../../contracts/examples/facts/order.opened.v1.json', import.meta.url), 'utf8')) as { readonly fact: Fact<'order.opened'> }
const { series: _series, number: _number, ...body } = fact.body
const none = (): string => ''

const row = (id: string, by: string, more: object = {}): { id: string } & Record<string, unknown> => ({
  id, kind: 'layaway', number: `A1-${id}`, at: 1, buyer: null, basket: fact.body.basket, totals: fact.body.totals, due: { promise: 'p', by }, kept_share: 0, details: '',
  state: 'open', payments: [], ...more,
})

async function withOrders(): Promise<{ device: Device; till: Till }> {
  const device = aDevice()
  device.server.manifest = {
    epoch: device.server.epoch, n: 1, version: 'v1', format: 2, count: 0, parts: [], categories: [], taxes: [], tax_groups: [], families: [], barcode_rules: [],
  }
  device.server.orders = [row('2', '2025-12-24'), row('1', '2025-12-01', { details: 'para Ñandú' }), row('3', '2025-11-01', { state: 'delivered' })]
  const till = await aPairedTill(device)
  await till.sync.now()
  return { device, till }
}

const shown = (till: Till, words = ''): readonly string[] => till.orders.waiting(words, none).map(({ number }) => number)

async function order(till: Till): Promise<void> {
  await till.write('shift.opened', { shift: 's', business_date: '2025-11-25', currency: 'MXN', float: 0, clock_offset_ms: 0 }, { staff: null })
  const details = till.annex('Tapas de goma')
  await till.write('order.opened', { ...body, shift: 's', details: details.id }, { staff: null, visit: { id: 'v', opened_at: 1 }, annexes: [details] })
  await till.write('order.paid', {
    payment: 'pay', order: body.order, shift: 's', currency: 'MXN', amount: 5000, payments: [{ method: 'cash', amount: 5000 }], change: 0,
    shares: [{ line: '1', net: 4310, taxes: [{ code: 'IVA16', amount: 690 }] }], references: [], approvals: [],
  }, { staff: null, visit: { id: 'v', opened_at: 1 } })
}

describe('the orders of a store', () => {
  it('come once, due first at the top, are found by words, and are there without a server', async () => {
    const { device, till } = await withOrders()
    expect([shown(till), shown(till, 'nandu'), shown(till, '2'), shown(till, 'x')]).toEqual([['A1-1', 'A1-2'], ['A1-1'], ['A1-2'], []])
    expect(till.orders.ended().map(({ number }) => number)).toEqual(['A1-3'])
    await till.sync.now()
    expect(device.server.calls.filter((path) => path === 'orders')).toHaveLength(1)
    await till.close()

    device.server.disturb = () => ({ when: 'before' })
    const again = await openTill(device.environment)
    expect(shown(again)).toEqual(['A1-1', 'A1-2'])
    await again.close()
  })

  it('change with what the server tells', async () => {
    const { device, till } = await withOrders()
    device.server.n = 9
    device.server.changes = [{ n: 8, kind: 'order', id: '1', row: row('1', '2025-12-31') }, { n: 9, kind: 'order', id: '2', row: null }]
    await till.sync.now()
    expect(shown(till)).toEqual(['A1-1'])
    expect(till.orders.byId('1')?.due.by).toBe('2025-12-31')
    await till.close()
  })

  it('written here stand at once, with what is to be done, also after the till was closed, until the server tells', async () => {
    const { device, till } = await withOrders()
    device.server.disturb = () => ({ when: 'before' })
    await order(till)
    expect(till.orders.byId(body.order)).toMatchObject({ number: 'A1-1', details: 'Tapas de goma', state: 'open', payments: [{ id: 'pay', amount: 5000 }] })
    await till.close()

    const again = await openTill(device.environment)
    expect(again.orders.byId(body.order)).toMatchObject({ details: 'Tapas de goma', payments: [{ id: 'pay', amount: 5000 }] })
    // A row that does not know of the deposit yet does not undo it; one that does counts it once.
    device.server.disturb = null
    const [journal = ''] = device.server.journals.keys()
    const all = device.server.known
    device.server.known = () => ({ journal, seq: 1 })
    device.server.n = 9
    device.server.changes = [{ n: 9, kind: 'order', id: body.order, row: row(body.order, '2025-12-01') }]
    await again.sync.now()
    await again.sync.now()
    expect(again.orders.byId(body.order)?.payments).toHaveLength(1)
    device.server.known = all
    device.server.n = 10
    device.server.changes = [{ n: 10, kind: 'order', id: body.order, row: row(body.order, '2025-12-01', { payments: [{ id: 'pay', amount: 5000, shares: [] }] }) }]
    await again.sync.now()
    expect(again.orders.byId(body.order)?.payments).toHaveLength(1)
    await again.close()
  })
})
