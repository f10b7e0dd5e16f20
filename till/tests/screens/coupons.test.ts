import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sellable } from '../../src/core/adding.ts'
import { codeHash } from '../../src/core/coupon.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { charge } from '../../src/screens/pay/charge.ts'
import { bringCode } from '../../src/screens/sell/coupon_codes.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { day } from '../../src/screens/texts.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import { PART, type Device } from '../data/support.ts'
import { goHome, standAtTheTill } from './standing.ts'

// The later file holds every room; of it only this is asked for here.
vi.mock('../../src/screens/shell/coming.ts', () => ({ later: () => import('../../src/screens/sell/coupon_codes.ts') }))

const coffee: Sellable = { id: '0199b2a4-7000-7b00-8b00-0000000000c1', name: 'Café', variant: '', unit: 'pieza', by: 'piece', price: 890_000 }
const [CODE, OTHER] = ['CU-7K3MA-4RW9P', 'CU-33333-33333']
const COUPON = 'ab'.repeat(32)
const ID = '0199b2a4-7000-7b00-8b00-0000000cc001'
const VERSION = '0199b2a4-7000-7b00-8b00-0000000cc0ff'
const TERMS = { kind: 'each', reward: { percent: 100_000 }, pick: { everything: true }, coupon: COUPON }
const row = (code: string, id: string): { id: string; code: string; coupon: string; until: null } => ({ id, code: codeHash(code.replaceAll('-', '')), coupon: COUPON, until: null })
let device: Device

async function begin(limit: number | null): Promise<void> {
  device = await standAtTheTill({}, (server) => {
    server.part = { ...PART, settings: { ...PART.settings, offline: { fiado: null, credit: null, coupon: limit } } }
    server.coupons = [row(CODE, ID), row(OTHER, `${ID.slice(0, -1)}2`)]
    server.manifest = {
      epoch: server.epoch, n: 1, version: 'v1', format: 2, count: 0, parts: [], categories: [], taxes: [], tax_groups: [], families: [], barcode_rules: [],
      promotions: [{ id: 'promo', version: VERSION, name: 'Feria', position: 1, terms: TERMS }],
    }
  })
  await till().sync.now()
  counter.put(coffee, {})
}

async function goOffline(): Promise<void> {
  device.server.disturb = () => ({ when: 'before' })
  await till().sync.now()
  expect(app.sync?.online).toBe(false)
}

async function pay(): Promise<void> {
  await charge([{ method: 'cash', amount: 10_000, reference: null }])
  await vi.waitFor(() => { expect(counter.done).not.toBeNull() })
}

beforeEach(() => { app.approval = null; app.notice = null })
afterEach(async () => {
  counter.finish(null)
  await goHome()
})

describe('a code that is good once', () => {
  it('is kept for the ticket as it is brought and as it is paid, and its id stands in the sale', async () => {
    await begin(0)
    await bringCode(CODE.toLowerCase().replaceAll('-', ' '))
    expect([counter.coupons, counter.totals.due]).toEqual([[{ hash: COUPON, name: 'Feria', lowers: true }], 8_010])
    await pay()

    expect(counter.done?.fact.body.coupons).toEqual([{ id: ID, promotion: VERSION }])
    expect(JSON.stringify(counter.done?.fact)).not.toContain(codeHash(CODE.replaceAll('-', '')))
    const sale = counter.done?.fact.body.sale
    expect(device.server.couponWishes).toEqual([{ sale, keep: true, code: codeHash('CU7K3MA4RW9P') }, { sale, keep: true, coupon: ID }])
  })

  it('is refused without asking where it is mistyped', async () => {
    await begin(0)
    await bringCode('CU-7K3MA-4RW9A')

    expect(app.notice).toEqual({ text: t('coupon.bad'), tone: 'alert' })
    expect(device.server.couponWishes).toEqual([])
    expect(counter.coupons).toEqual([])
  })

  it.each([
    ['void', undefined, () => t('coupon.void')], ['over', undefined, () => t('coupon.over')], ['taken', undefined, () => t('coupon.taken')],
    ['used', { ticket: 'B1-7', at: 1_764_032_300_000 }, () => t('coupon.used_on', { ticket: 'B1-7', day: day(1_764_032_300_000) })],
  ] as const)('that is %s is not taken, and it is said why', async (state, used, sentence) => {
    await begin(0)
    device.server.couponStates.set(ID, { state, ...(used === undefined ? {} : { used }) })
    await bringCode(CODE)

    expect(app.notice?.text).toBe(sentence())
    expect(counter.totals.due).toBe(8_900)
  })

  it('that another ticket used meanwhile is taken off as this one is paid, and nothing is written', async () => {
    await begin(0)
    await bringCode(CODE)
    device.server.couponStates.set(ID, { state: 'used', used: { ticket: 'B1-7', at: 1_764_032_300_000 } })
    await charge([{ method: 'cash', amount: 10_000, reference: null }])

    await vi.waitFor(() => { expect(app.notice?.tone).toBe('alert') })
    expect([counter.done, counter.coupons, counter.totals.due]).toEqual([null, [], 8_900])
  })

  it('is let go of where it is taken off, and a second of its promotion is not needed', async () => {
    await begin(0)
    await bringCode(CODE)
    await bringCode(OTHER)
    expect(app.notice?.text).toBe(t('coupon.one'))
    counter.leaveCoupon(COUPON)

    await vi.waitFor(() => { expect(device.server.couponWishes.filter(({ keep }) => keep === false).map(({ coupon }) => coupon)).toEqual([`${ID.slice(0, -1)}2`, ID]) })
    expect([counter.coupons, counter.totals.due]).toEqual([[], 8_900])
  })

  it('whose promotion lowers nothing of the ticket is not used by it', async () => {
    await begin(0)
    await bringCode(CODE)
    const line = counter.lines[0]?.id ?? ''
    counter.setPrice(line, 500_000)
    await pay()

    expect(counter.done?.fact.body.coupons).toBeUndefined()
  })
})

describe('without the server', () => {
  it('none is taken, as at first', async () => {
    await begin(0)
    await goOffline()
    await bringCode(CODE)

    expect(app.notice?.text).toBe(t('coupon.offline'))
    expect(counter.coupons).toEqual([])
  })

  it('one that the server keeps for the ticket is used', async () => {
    await begin(0)
    await bringCode(CODE)
    await goOffline()
    await pay()

    expect(counter.done?.fact.body.coupons).toEqual([{ id: ID, promotion: VERSION }])
  })

  it('as many are taken as the owner allows, each once', async () => {
    await begin(1)
    await vi.waitFor(() => { expect(till().coupons.byCode(codeHash('CU7K3MA4RW9P'))).not.toBeNull() })
    await goOffline()
    await bringCode(CODE)
    await pay()
    counter.finish(null)
    counter.put(coffee, {})
    for (const code of [CODE, OTHER]) {
      app.notice = null
      await bringCode(code)
      expect(app.notice).toEqual({ text: t('coupon.offline'), tone: 'alert' })
    }
    expect(till().coupons.spent()).toBe(1)
  })
})
