import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RESERVE_BYTES } from '../../src/data/storage.ts'
import type { Sellable } from '../../src/core/adding.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { chargeExact, openPay } from '../../src/screens/pay/charge.ts'
import { preferences } from '../../src/screens/preferences.svelte.ts'
import { later } from '../../src/screens/shell/coming.ts'
import { slip } from '../../src/screens/records/slip.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import { goHome, standAtTheTill } from './standing.ts'

const coffee: Sellable = { id: 'p-coffee', name: 'Café de olla molido', variant: '250 g', unit: 'pieza', by: 'piece', price: 890_000 }

let free: number
let measured: number
const disk = {
  persisted: () => Promise.resolve(true),
  estimate: () => {
    measured += 1
    return Promise.resolve({ usage: 0, quota: free })
  },
} as unknown as StorageManager

beforeEach(async () => {
  free = RESERVE_BYTES
  measured = 0
  await standAtTheTill({ storage: disk })
  counter.put(coffee, {})
})
afterEach(async () => {
  preferences.prints = false
  slip.element = undefined
  await goHome()
})

describe('the pay sheet', () => {
  it('closes at once where the disk is full, before a terminal charges the card', async () => {
    free = RESERVE_BYTES - 1
    openPay()

    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('storage.full'), tone: 'alert' }) })
    expect(app.zone.name).toBe('ticket')
  })

  it('stays open where there is room', async () => {
    const before = measured
    openPay()

    await vi.waitFor(() => { expect(measured).toBeGreaterThan(before) })
    await new Promise((done) => { setTimeout(done) })
    expect([app.zone.name, app.notice]).toEqual(['pay', null])
  })
})

it('a printer that fails leaves a sale that is kept, and says so', async () => {
  await later() // the file that papers are in, as at a till that has stood there for a moment
  preferences.prints = true
  slip.element = { get classList() { throw new Error('no paper') } } as unknown as HTMLElement
  chargeExact()

  await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('done.print_failed'), tone: 'alert' }) })
  expect(counter.done?.fact.body.number).toBe(1)
  expect(await till().tickets.latest(9)).toHaveLength(1)
})
