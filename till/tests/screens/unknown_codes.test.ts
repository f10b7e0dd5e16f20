/** Codes that no product carries, scanned at a real desk: remembered with the ticket, said by the fact that ends the visit. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { app, till } from '../../src/screens/app.svelte.ts'
import { chargeExact } from '../../src/screens/pay/charge.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { leave } from '../../src/screens/sell/leaving.svelte.ts'
import { scanned } from '../../src/screens/sell/scanning.ts'
import { COFFEE, goHome, sold, standAtTheTill } from './standing.ts'

const [SODA, BEANS] = ['7501030459941', 'ZAP-38.N']

beforeEach(async () => { await standAtTheTill() })
afterEach(goHome)

async function scan(code: string): Promise<void> {
  scanned(code)
  await vi.waitFor(() => { expect(counter.misread[0]?.code).toBe(code) })
}

it('are said by the sale, each once, also those whose rows were taken away', async () => {
  await scan(SODA)
  counter.dismiss(SODA)
  await scan(BEANS)
  await scan(SODA)
  counter.put(COFFEE, {})
  chargeExact()

  expect((await sold()).body.unknown_codes).toEqual([SODA, BEANS])
  counter.put(COFFEE, {})
  expect(counter.current?.unknown ?? []).toEqual([])
})

it('leave nothing in a sale without any', async () => {
  await scan('75010304599410')
  counter.put(COFFEE, {})
  chargeExact()

  expect(Object.keys((await sold()).body)).not.toContain('unknown_codes')
})

it('are said by a visit that ends without a sale', async () => {
  await scan(SODA)
  leave.begin()
  await leave.flush()

  await vi.waitFor(() => { expect(app.shift!.facts.at(-1)?.kind).toBe('visit.closed') })
  expect(app.shift!.facts.at(-1)?.body).toEqual({ shift: app.shift!.id, by_product: 'nothing_needed', unknown_codes: [SODA] })
})

it('stay with their ticket while another is served, and when the till is closed meanwhile', async () => {
  counter.put(COFFEE, {})
  const first = counter.currentId
  counter.add()
  const second = counter.currentId
  await scan(SODA)
  counter.open(first)
  counter.open(second)

  expect(counter.current?.unknown).toEqual([SODA])
  await vi.waitFor(() => { expect(till().drafts.all.get().find(({ id }) => id === second)?.value).toMatchObject({ unknown: [SODA] }) })
})
