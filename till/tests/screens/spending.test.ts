import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sellable } from '../../src/core/adding.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { charge } from '../../src/screens/pay/charge.ts'
import { paying } from '../../src/screens/pay/payment.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import { money } from '../../src/screens/texts.svelte.ts'
import { PART, type Device } from '../data/support.ts'
import { goHome, standAtTheTill } from './standing.ts'

const coffee: Sellable = { id: 'p-coffee', name: 'Café', variant: '', unit: 'pieza', by: 'piece', price: 890_000 }
const LUCIA = { id: 'b1', name: 'Lucía', phone: '', tax_id: '', fiado: { limit: 20_000, balance: 8_900 }, credit: 10_000 }
let device: Device

async function begin(offline: { fiado: number | null; credit: number | null }): Promise<void> {
  device = await standAtTheTill({}, (server) => {
    server.part = { ...PART, settings: { ...PART.settings, offline } }
    server.buyers = [LUCIA]
    server.manifest = {
      epoch: server.epoch, n: 1, version: 'v1', format: 2, count: 0, parts: [], categories: [], taxes: [], tax_groups: [], families: [], barcode_rules: [],
    }
  })
  // A cashier, who allows nobody anything.
  app.person = { ...app.person, limits: { discount: 0, may_approve: false } } as unknown as typeof app.person
  await till().sync.now()
  await vi.waitFor(() => { expect(till().buyers.byId('b1')).not.toBeNull() })
  put()
}

function put(): void {
  counter.put(coffee, {})
  counter.setBuyer('b1')
}

async function goOffline(): Promise<void> {
  device.server.disturb = () => ({ when: 'before' })
  await till().sync.now()
  expect(app.sync?.online).toBe(false)
}

function pay(method: 'fiado' | 'credit', amount = 8_900): Promise<void> {
  return charge([{ method, amount, reference: null }])
}

async function sold(): Promise<void> {
  await vi.waitFor(() => { expect(counter.done).not.toBeNull() })
}

beforeEach(() => { app.approval = null })
afterEach(async () => {
  counter.finish(null)
  await goHome()
})

describe('while the server can be asked', () => {
  it('it is asked for this sale, and what it says is there is spent', async () => {
    await begin({ fiado: 0, credit: 0 })
    device.server.rooms.set('b1 fiado', 8_900)
    const sale = counter.ticket.id
    await pay('fiado')
    await sold()
    expect(device.server.wishes).toEqual([{ sale, buyer: 'b1', account: 'fiado', amount: 8_900 }])
  })

  it('what another till has spent is not spent again, whatever is known here: credit is refused, on account somebody allows it', async () => {
    await begin({ fiado: null, credit: null })
    device.server.rooms.set('b1 credit', 2_000).set('b1 fiado', 0)
    await pay('credit')
    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('pay.credit_short', { amount: money(2_000) }), tone: 'alert' }) })
    await pay('fiado')
    await vi.waitFor(() => { expect(app.approval).toMatchObject({ action: 'account', amount: 8_900 }) })
    expect(counter.done).toBeNull()
  })

  it('what this till has just spent is told first', async () => {
    await begin({ fiado: null, credit: null })
    device.server.rooms.set('b1 credit', 10_000)
    await pay('credit')
    await sold()
    counter.leaveDone()
    put()
    await pay('credit')
    await sold()
    const { calls } = device.server
    const [first, second] = calls.flatMap((path, place) => (path === 'spend' ? [place] : []))
    expect(calls.slice(first, second)).toContain('push')
  })
})

describe('without the server', () => {
  it('one account is spent up to what the owner allows a till, in all', async () => {
    await begin({ fiado: null, credit: 9_000 })
    await goOffline()
    paying.begin()
    paying.choose('credit')
    expect(paying.tenders).toEqual([{ method: 'credit', amount: 8_900, reference: null }])
    await pay('credit')
    await sold()
    counter.leaveDone()
    put()
    paying.choose('credit')
    expect(paying.tenders[0]?.amount).toBe(100)
    await pay('credit')
    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('pay.credit_short_offline', { amount: money(100) }), tone: 'alert' }) })
    expect(counter.done).toBeNull()
    expect(device.server.wishes).toEqual([])
  })

  it('beyond what a till may put on account somebody allows it', async () => {
    await begin({ fiado: 5_000, credit: null })
    await goOffline()
    await pay('fiado')
    await vi.waitFor(() => { expect(app.approval).toMatchObject({ action: 'account', amount: 8_900 }) })
    app.approval?.allow({ approver: 'p', action: 'account', reason: 'agreed_price', amount: 8_900 })
    await sold()
  })

  it('with no limit of its own it spends what it knows to be there', async () => {
    await begin({ fiado: null, credit: null })
    await goOffline()
    await pay('fiado')
    await sold()
    expect(till().buyers.spent('b1', 'fiado')).toBe(8_900)
    expect(till().buyers.spent('b1', 'credit')).toBe(0)
  })
})
