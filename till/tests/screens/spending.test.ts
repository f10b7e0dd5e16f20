import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { app, till } from '../../src/screens/app.svelte.ts'
import { charge } from '../../src/screens/pay/charge.ts'
import { paying } from '../../src/screens/pay/payment.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import { money } from '../../src/screens/texts.svelte.ts'
import type { Device } from '../data/support.ts'
import { goHome, goOffline, putFor, sold, standWithBuyer } from './standing.ts'

const LUCIA = { id: 'b1', name: 'Lucía', phone: '', tax_id: '', fiado: { limit: 20_000, balance: 8_900 }, credit: 10_000 }
let device: Device

async function begin(offline: { fiado: number | null; credit: number | null }): Promise<void> {
  device = await standWithBuyer(LUCIA, { offline })
  // A cashier, who allows nobody anything.
  app.person = { ...app.person, limits: { discount: 0, may_approve: false } } as unknown as typeof app.person
}

function pay(method: 'fiado' | 'credit', amount = 8_900): Promise<void> {
  return charge([{ method, amount, reference: null }])
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
    putFor('b1')
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
    await goOffline(device)
    paying.begin()
    paying.choose('credit')
    expect(paying.tenders).toEqual([{ method: 'credit', amount: 8_900, reference: null }])
    await pay('credit')
    await sold()
    counter.leaveDone()
    putFor('b1')
    paying.choose('credit')
    expect(paying.tenders[0]?.amount).toBe(100)
    await pay('credit')
    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('pay.credit_short_offline', { amount: money(100) }), tone: 'alert' }) })
    expect(counter.done).toBeNull()
    expect(device.server.wishes).toEqual([])
  })

  it('beyond what a till may put on account somebody allows it', async () => {
    await begin({ fiado: 5_000, credit: null })
    await goOffline(device)
    await pay('fiado')
    await vi.waitFor(() => { expect(app.approval).toMatchObject({ action: 'account', amount: 8_900 }) })
    app.approval?.allow({ approver: 'p', action: 'account', reason: 'agreed_price', amount: 8_900 })
    await sold()
  })

  it('with no limit of its own it spends what it knows to be there', async () => {
    await begin({ fiado: null, credit: null })
    await goOffline(device)
    await pay('fiado')
    await sold()
    expect(till().buyers.spent('b1', 'fiado')).toBe(8_900)
    expect(till().buyers.spent('b1', 'credit')).toBe(0)
  })
})
