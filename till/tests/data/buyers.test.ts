import { describe, expect, it } from 'vitest'
import { moveOf, offlineRoom, paymentBody } from '../../src/core/account.ts'
import { headroom, matches, readBuyer, searched } from '../../src/core/buyer.ts'
import type { AnyFact, Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { aDevice, aPairedTill, type Device } from './support.ts'

const row = (id: string, name: string, balance = 0, limit = 50_000): { id: string } & Record<string, unknown> => ({ id, name, phone: '951 555 0102', tax_id: '', fiado: { limit, balance }, credit: 0 })
const LUCIA = row('b1', 'Lucía Ñandú', 8900)

async function withBuyers(): Promise<{ device: Device; till: Till }> {
  const device = aDevice()
  device.server.manifest = {
    epoch: device.server.epoch, n: 1, version: 'v1', format: 2, count: 0, parts: [], categories: [], taxes: [], tax_groups: [], families: [], barcode_rules: [],
  }
  device.server.buyers = [LUCIA, row('b2', 'Pedro Páramo'), row('b3', 'Lucas')]
  const till = await aPairedTill(device)
  await till.sync.now()
  return { device, till }
}

const names = (till: Till, text: string): readonly string[] => till.buyers.search(text).map(({ name }) => name)

describe('the buyers of a till', () => {
  it('come page by page, are found without accents, and are there without a server', async () => {
    const { device, till } = await withBuyers()
    expect(device.server.calls.filter((path) => path.startsWith('buyers'))).toEqual(['buyers?after=', 'buyers?after=b2'])
    expect([names(till, 'nandu'), names(till, 'lu'), names(till, '5550'), names(till, 'paramo pedro'), names(till, 'x')])
      .toEqual([['Lucía Ñandú'], ['Lucas', 'Lucía Ñandú'], ['Lucas', 'Lucía Ñandú', 'Pedro Páramo'], ['Pedro Páramo'], []])
    await till.close()

    device.server.disturb = () => ({ when: 'before' })
    const again = await openTill(device.environment)
    expect(names(again, 'nandu')).toEqual(['Lucía Ñandú'])
    await again.close()
  })

  it('change with what the server tells, and are asked for once in an epoch', async () => {
    const { device, till } = await withBuyers()
    device.server.n = 9
    device.server.changes = [
      { n: 8, kind: 'buyer', id: 'b1', row: row('b1', 'Lucía R.', 1000) }, { n: 9, kind: 'buyer', id: 'b3', row: null },
    ]
    await till.sync.now()
    await till.sync.now()

    expect(names(till, '')).toEqual(['Lucía R.', 'Pedro Páramo'])
    expect(till.buyers.byId('b1')?.fiado.balance).toBe(1000)
    expect(device.server.calls.filter((path) => path.startsWith('buyers'))).toHaveLength(2)
    await till.close()
  })

  it('have no points that have run out by now, whoever can be asked, and know which are next', async () => {
    const { device, till } = await withBuyers()
    const soon = till.now() + 3_600_000
    const lapses = { by: 'earned', months: 12, next: [{ until: till.now() - 1, points: 30 }, { until: soon, points: 12 }] }
    device.server.n = 9
    device.server.changes = [{ n: 9, kind: 'buyer', id: 'b1', row: { ...LUCIA, points: 42, lapses } }]
    await till.sync.now()

    expect(till.buyers.byId('b1')).toMatchObject({ points: 12, lapses: { by: 'earned', months: 12 } })
    expect(till.buyers.byId('b2')).toMatchObject({ points: 0, lapses: null })
    await till.close()
  })

  it('are met at the till: their name travels as an annex and stands in no fact', async () => {
    const { device, till } = await withBuyers()
    const met = await till.meet({ name: 'Juana', phone: '951', consent: ['whatsapp'] }, null)
    expect(names(till, 'juana')).toEqual(['Juana'])
    await till.sync.now()

    expect(JSON.parse(device.server.annexes[0]?.text ?? '')).toEqual({ name: 'Juana', phone: '951', consent: ['whatsapp'] })
    const [journal] = device.server.journals.values()
    expect(journal?.facts.join()).toContain(met.id)
    expect(journal?.facts.join()).not.toContain('Juana')
    await till.close()
  })

  it('owe more at once when this till puts something on account, also after it was closed, until the server tells', async () => {
    const { device, till } = await withBuyers()
    device.server.disturb = () => ({ when: 'before' })
    await till.write('shift.opened', { shift: 's', business_date: '2025-11-25', currency: 'MXN', float: 0, clock_offset_ms: 0 }, { staff: null })
    await till.write('account.paid', {
      payment: 'p', buyer: 'b1', shift: 's', currency: 'MXN', amount: 900, payments: [{ method: 'cash', amount: 1000 }], change: 100, references: [], approvals: [],
    }, { staff: null, visit: { id: 'v', opened_at: 1 } })
    expect(till.buyers.byId('b1')?.fiado.balance).toBe(8000)
    await till.close()

    const again = await openTill(device.environment)
    expect(again.buyers.byId('b1')?.fiado.balance).toBe(8000)
    device.server.disturb = null
    // A row that was counted before the payment came in does not undo it; one that knows of it takes its place.
    const [journal = ''] = device.server.journals.keys()
    const all = device.server.known
    device.server.known = () => ({ journal, seq: 1 })
    device.server.n = 9
    device.server.changes = [{ n: 9, kind: 'buyer', id: 'b1', row: row('b1', 'Lucía R.', 8900) }]
    await again.sync.now()
    await again.sync.now()
    expect(again.buyers.byId('b1')).toMatchObject({ name: 'Lucía R.', fiado: { balance: 8000 } })
    device.server.known = all
    device.server.n = 10
    device.server.changes = [{ n: 10, kind: 'buyer', id: 'b1', row: row('b1', 'Lucía R.', 7900) }]
    await again.sync.now()
    expect(again.buyers.byId('b1')?.fiado.balance).toBe(7900)
    await again.close()
  })

  it('may turn out to be one: the old id stands for the one that is kept, with what this till wrote by it, until they are two again', async () => {
    const { device, till } = await withBuyers()
    const told = async (at: Till, n: number, ...rows: readonly (readonly [string, unknown])[]): Promise<void> => {
      device.server.n = n
      device.server.changes = rows.map(([id, value]) => ({ n, kind: 'buyer', id, row: value }))
      await at.sync.now()
      await at.sync.now()
    }
    const pay = async (at: Till, buyer: string, amount: number): Promise<unknown> => at.write('account.paid', {
      payment: `p${String(amount)}`, buyer, shift: 's', currency: 'MXN', amount, payments: [{ method: 'cash', amount }], change: 0, references: [], approvals: [],
    }, { staff: null, visit: { id: 'v', opened_at: 1 } })
    await till.write('shift.opened', { shift: 's', business_date: '2025-11-25', currency: 'MXN', float: 0, clock_offset_ms: 0 }, { staff: null })
    device.server.disturb = () => ({ when: 'before' })
    await pay(till, 'b1', 900)
    device.server.disturb = null
    const [journal = ''] = device.server.journals.keys()
    const all = device.server.known
    // The server joined them before it knew of the payment.
    device.server.known = () => ({ journal, seq: 1 })
    const kept = { ...row('b2', 'Pedro Páramo', 10_000), others: [{ id: 'b1', name: 'Lucía Ñandú', phone: '951 555 0199', tax_id: 'NALU' }] }
    await told(till, 9, ['b2', kept], ['b1', null])

    expect(till.buyers.byId('b1')).toMatchObject({ id: 'b2', name: 'Pedro Páramo', fiado: { balance: 9100 } })
    expect(till.buyers.byId('b2')?.fiado.balance).toBe(9100)
    expect([names(till, 'nandu'), names(till, '0199'), names(till, 'nalu'), names(till, '')])
      .toEqual([['Pedro Páramo'], ['Pedro Páramo'], ['Pedro Páramo'], ['Lucas', 'Pedro Páramo']])
    await till.close()

    const again = await openTill(device.environment)
    expect([again.buyers.byId('b1')?.id, again.buyers.count]).toEqual(['b2', 2])
    device.server.known = all
    await told(again, 10, ['b2', { ...kept, fiado: { limit: 50_000, balance: 9100 } }])
    expect(again.buyers.byId('b1')?.fiado.balance).toBe(9100)
    await told(again, 11, ['b2', row('b2', 'Pedro Páramo', 1100)], ['b1', row('b1', 'Lucía Ñandú', 8000)])
    expect([again.buyers.byId('b1')?.fiado.balance, again.buyers.byId('b2')?.fiado.balance]).toEqual([8000, 1100])
    expect(names(again, 'nandu')).toEqual(['Lucía Ñandú'])
    await again.close()
  })

  it('are asked about by an id of before: the answer tells at once whom it stands for', async () => {
    const { device, till } = await withBuyers()
    device.server.buyers = [{ ...row('b2', 'Pedro Páramo', 8900), credit: 700, others: [{ id: 'b1' }] }]
    device.server.rooms.set('b1 credit', 700)

    expect(await till.roomFor({ sale: 's', buyer: 'b1', account: 'credit', amount: 700 })).toBe(700)

    expect(till.buyers.byId('b1')).toMatchObject({ id: 'b2', credit: 700 })
    expect(till.buyers.count).toBe(2)
    await till.close()
  })
})

describe('an account', () => {
  const fact = (kind: string, body: object): AnyFact => ({ kind, body }) as unknown as AnyFact
  const sale = (payments: readonly object[], buyer?: string): AnyFact =>
    fact('sale.recorded', { basket: { payments }, totals: { change: 100 }, ...(buyer === undefined ? {} : { buyer }) })

  it('is moved by what a sale put on it, a return took off it, and a payment paid', () => {
    const payments = [{ method: 'fiado', amount: 500 }, { method: 'credit', amount: 200 }, { method: 'cash', amount: 400 }]
    expect(moveOf(sale(payments, 'b'))).toEqual({ buyer: 'b', fiado: 500, credit: -200 })
    expect(moveOf(sale(payments))).toBeNull()
    expect(moveOf(fact('return.recorded', { buyer: 'b', document: { refunds: [{ method: 'credit', amount: 300 }] } }))).toEqual({ buyer: 'b', fiado: 0, credit: 300 })
    expect(moveOf(fact('account.paid', { buyer: 'b', amount: 700 }))).toEqual({ buyer: 'b', fiado: -700, credit: 0 })
    expect(moveOf(fact('drawer.opened', {}))).toBeNull()
  })

  it('has room up to its limit', () => {
    const buyer = readBuyer(LUCIA)
    expect(buyer && headroom(buyer)).toBe(41_100)
    expect(buyer && headroom({ ...buyer, fiado: { limit: 0, balance: 5 } })).toBe(0)
    expect(readBuyer({ name: 'x' })).toBeUndefined()
    expect(buyer && matches(searched(buyer), ['0102'])).toBe(true)
  })

  it.each([
    [500, null, 0, 500], [500, 300, 0, 300], [500, 300, 200, 100], [500, 300, 400, 0], [100, 300, 0, 100],
  ])('knows %s of what is there, may spend %s of it without asking, spent %s: %s is left', (known, limit, spent, left) => {
    expect(offlineRoom(known, limit, spent)).toBe(left)
  })

  it.each([
    ['exactly, by card', { method: 'card', amount: 500, reference: 'A1' }, { payments: [{ method: 'card', amount: 500 }], change: 0, references: [{ payment: 0, value: 'A1' }] }],
    ['with change, in cash', { method: 'cash', amount: 1000, reference: null }, { payments: [{ method: 'cash', amount: 1000 }], change: 500, references: [] }],
  ] as const)('is paid %s', (_, tender, expected) => {
    expect(paymentBody({ payment: 'p', buyer: 'b', shift: 's', currency: 'MXN', amount: 500, tender })).toMatchObject({ amount: 500, ...expected })
  })

  it.each([
    { method: 'card', amount: 501, reference: null }, { method: 'cash', amount: 499, reference: null }, { method: 'fiado', amount: 500, reference: null },
    { method: 'voucher', amount: 500, reference: null },
  ] as const)('is not paid by less, by more that is not cash, by itself, or by vouchers', (tender) => {
    expect(paymentBody({ payment: 'p', buyer: 'b', shift: 's', currency: 'MXN', amount: 500, tender })).toBeNull()
  })
})
