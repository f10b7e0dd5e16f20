// A buyer pays with points: one key takes what is possible, the server is asked in points, and a till that cannot ask keeps to the owner's limit.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PointsScheme } from '../../src/core/points.ts'
import { textOf } from '../../src/core/paper.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { charge } from '../../src/screens/pay/charge.ts'
import { paying } from '../../src/screens/pay/payment.svelte.ts'
import { salePaper } from '../../src/screens/records/printing.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { time } from '../../src/screens/texts.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import type { Device } from '../data/support.ts'
import { COFFEE, goHome, goOffline, putFor, sold, standWithBuyer } from './standing.ts'

const SCHEME: PointsScheme = {
  scheme: '0199b2a4-7000-7b00-8b00-000000000971', earn_per: 1000, worth: { points: 10, amount: 100 }, least: 0, unearning: ['points'],
  without: { categories: [], products: [] },
}
let device: Device

async function begin(points: number, { limit = 0, scheme = SCHEME }: { limit?: number | null; scheme?: PointsScheme } = {}): Promise<void> {
  const lucia = { id: 'b1', name: 'Lucía', phone: '', tax_id: '', fiado: { limit: 0, balance: 0 }, credit: 0, points }
  device = await standWithBuyer(lucia, { offline: { fiado: null, credit: null, gift_card: 0, points: limit }, points: scheme })
  expect(till().buyers.byId('b1')?.points).toBe(points)
}

beforeEach(() => { app.approval = null })
afterEach(async () => {
  counter.finish(null)
  await goHome()
})

describe('while the server can be asked', () => {
  it('one key takes what is possible, the rest is cash, and what was paid so earns nothing', async () => {
    await begin(120)
    device.server.rooms.set('b1 points', 120)
    const sale = counter.ticket.id
    paying.begin()
    paying.addPoints()
    expect(paying.parts).toEqual([{ method: 'points', amount: 1200, reference: null }])
    expect(paying.due).toBe(7700)
    paying.addPart()
    await charge(paying.tenders)

    const fact = await sold()
    expect(fact.body.points).toEqual({ scheme: SCHEME.scheme, earned: 7, spent: 120 })
    expect(device.server.wishes).toEqual([{ sale, buyer: 'b1', account: 'points', amount: 120 }])
    expect(till().buyers.byId('b1')?.points).toBe(7)
  })

  it('where they pay it all, nothing else is asked for; pressed twice, they pay once', async () => {
    await begin(5000)
    device.server.rooms.set('b1 points', 5000)
    paying.begin()
    paying.addPoints()
    paying.addPoints()
    expect(paying.isPaid).toBe(true)
    await charge(paying.tenders)
    expect((await sold()).body.points).toEqual({ scheme: SCHEME.scheme, earned: 0, spent: 890 })
  })

  it('what another till has spent is not spent again', async () => {
    await begin(890)
    device.server.rooms.set('b1 points', 20)
    paying.begin()
    paying.addPoints()
    await charge(paying.tenders)
    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('pay.points_short', { amount: '20' }), tone: 'alert' }) })
    expect(counter.done).toBeNull()
  })

  it('too few for the least to spend are said to be, and stay', async () => {
    await begin(30, { scheme: { ...SCHEME, least: 50 } })
    paying.begin()
    paying.addPoints()
    expect(paying.parts).toEqual([])
    expect(app.notice).toEqual({ text: t('pay.points_none'), tone: 'alert' })
  })

  it('a sale earns, and one without a name does not', async () => {
    await begin(0)
    await charge([{ method: 'cash', amount: 8_900, reference: null }])
    expect((await sold()).body.points).toEqual({ scheme: SCHEME.scheme, earned: 8, spent: 0 })
    counter.leaveDone()
    counter.put(COFFEE, {})
    await charge([{ method: 'cash', amount: 8_900, reference: null }])
    expect((await sold()).body).not.toHaveProperty('points')
  })
})

describe('without the server', () => {
  it('nothing is spent where the owner allows nothing, and it is earned all the same', async () => {
    await begin(120)
    await goOffline(device)
    paying.begin()
    paying.addPoints()
    expect(paying.parts).toEqual([])
    expect(app.notice).toEqual({ text: t('pay.points_offline'), tone: 'alert' })
    await charge([{ method: 'cash', amount: 8_900, reference: null }])
    expect((await sold()).body.points).toEqual({ scheme: SCHEME.scheme, earned: 8, spent: 0 })
  })

  it('one account is spent up to what the owner allows a till, in all, and the paper says as of when the balance is known', async () => {
    await begin(500, { limit: 50 })
    await goOffline(device)
    paying.begin()
    paying.addPoints()
    expect(paying.parts).toEqual([{ method: 'points', amount: 500, reference: null }])
    paying.addPart()
    await charge(paying.tenders)
    const fact = await sold()
    expect(fact.body.points).toEqual({ scheme: SCHEME.scheme, earned: 8, spent: 50 })
    const known = t('receipt.points_known', { time: time(app.sync?.lastContactAt ?? 0) })
    const lines = textOf(salePaper(fact, { secret: null, copy: false }), 58)
    expect(lines).toContain(known)
    expect(lines.find((line) => line.startsWith(t('receipt.points_balance')))).toMatch(/458$/u)

    counter.leaveDone()
    putFor('b1')
    paying.begin()
    paying.addPoints()
    expect(paying.parts).toEqual([])
  })
})

it('the owner has changed what they are worth since they were chosen: they are chosen again', async () => {
  await begin(5000, { scheme: { ...SCHEME, worth: { points: 3, amount: 7 } } })
  await charge([{ method: 'points', amount: 8_900, reference: null }])
  await vi.waitFor(() => { expect(app.notice?.text).toBe(t('pay.points_short', { amount: '0' })) })
  expect(counter.done).toBeNull()
})
