/** With the ticket in hand its page is closed or gets a code anew, without a network too; and its paper says one right that all its goods have. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { late } from '../../src/locale/es/late/index.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { guidance } from '../../src/screens/help/guidance.svelte.ts'
import { chargeExact } from '../../src/screens/pay/charge.ts'
import { closePage, renewPage } from '../../src/screens/records/page.ts'
import { printGift, salePaper } from '../../src/screens/records/printing.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { learnLate } from '../../src/screens/words.svelte.ts'
import type { Device } from '../data/support.ts'
import { COFFEE, goHome, goOffline, sold, standAtTheTill } from './standing.ts'

learnLate(late)
let device: Device

/** A coffee, sold. */
async function aSale(): ReturnType<typeof sold> {
  counter.put(COFFEE, {})
  chargeExact()
  return sold()
}

const bodies = (kind: string): readonly unknown[] => app.shift!.facts.filter((fact) => fact.kind === kind).map(({ body }) => body)

beforeEach(async () => {
  device = await standAtTheTill()
})
afterEach(goHome)

test('closing a page names each secret of the sale but that of a present, and a copy opens it anew, offline', async () => {
  const fact = await aSale()
  await printGift(fact)
  await goOffline(device)
  const own = fact.body.tokens.map(({ hash }) => hash)
  expect(own).toHaveLength(1)

  await renewPage(fact)
  expect(bodies('page.closed')).toEqual(own.map((hash) => ({ sale: fact.body.sale, hash })))
  const copy = bodies('ticket.reprinted').at(-1) as { readonly tokens: readonly { readonly kind: string; readonly hash: string }[] }
  expect(copy.tokens.map(({ kind }) => kind)).toEqual(['reprint'])

  await closePage(fact)
  expect(bodies('page.closed').slice(1)).toEqual([...own, copy.tokens[0]!.hash].map((hash) => ({ sale: fact.body.sale, hash })))
})

test('the paper says the right that all its goods have, and the code of its page', async () => {
  const right = { es: 'Garantía legal', en: 'Legal warranty', amount: 3, unit: 'years', stale_after: null, usual: true, categories: [], products: [] }
  device.server.guidance = { epoch: device.server.epoch, needs: [], promises: [], closed_weekdays: [], closed_dates: [], rights: [right] }
  await till().sync.now()
  await guidance.refresh(true)
  const fact = await aSale()
  app.part = { ...app.part!, settings: { ...app.part!.settings, public_url: 'https://tienda.example' } }
  const printed = JSON.stringify(salePaper(fact, { secret: 'Zm9vYmFyYmF6cXV4MTIzNA', copy: false }))
  expect(printed).toContain('Garantía legal')
  expect(printed).toMatch(/código [0-9A-Z]{4}-[0-9A-Z]{4}/u)

  device.server.guidance = { ...device.server.guidance, rights: [{ ...right, products: [{ id: COFFEE.id, has: false }], usual: false }] }
  await guidance.refresh(true)
  await vi.waitFor(() => { expect(JSON.stringify(salePaper(fact, { secret: null, copy: false }))).not.toContain('Garantía legal') })
})
