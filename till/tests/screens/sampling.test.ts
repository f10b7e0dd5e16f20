/** Something is given to try at a real desk: a fact at once, no price, no contact and no approval in it; taken back within ten seconds, on the paper at nothing, afterwards too. */
import { beforeEach, expect, test, vi } from 'vitest'
import { app, part, till } from '../../src/screens/app.svelte.ts'
import { guidance } from '../../src/screens/help/guidance.svelte.ts'
import { offered } from '../../src/screens/help/pieces.ts'
import { afterwards } from '../../src/screens/help/afterwards.svelte.ts'
import { asks, found, giveSample, offers } from '../../src/screens/help/sample.svelte.ts'
import { salePaper } from '../../src/screens/records/printing.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { helping } from '../../src/screens/sell/helping.svelte.ts'
import { late } from '../../src/locale/es/late/index.ts'
import { learnLate } from '../../src/screens/words.svelte.ts'
import type { Sellable } from '../../src/core/adding.ts'
import type { Fact, Product } from '../../src/data/index.ts'
import type { TestServer } from '../data/server.ts'
import { COFFEE, standAtTheTill } from './standing.ts'

const TOMATO: Sellable = { id: 'p-tomato', name: 'Jitomate', variant: '', unit: 'pieza', by: 'piece', price: 320_000 }
const SHELF = [COFFEE, TOMATO].map((one) => ({ ...one, sku: one.id, variant: null, content: null, content_unit: null }) as unknown as Product)
const kinds = (): string[] => app.shift!.facts.map(({ kind }) => kind)
const given = (): Fact<'sample.given'> => app.shift!.facts.findLast(({ kind }) => kind === 'sample.given') as Fact<'sample.given'>

let server: TestServer
const kept = new Map<string, string>()
learnLate(late)
vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => { kept.set(name, text) } })

async function marked(...samples: readonly object[]): Promise<void> {
  server.guidance = { epoch: server.epoch, needs: [], samples, promises: [], closed_weekdays: [], closed_dates: [] }
  await till().sync.now()
  await guidance.refresh(true)
}

beforeEach(async () => {
  const device = await standAtTheTill()
  server = device.server
  kept.clear()
  vi.spyOn(till().catalogue, 'byId').mockImplementation((id) => SHELF.find((one) => one.id === id) ?? null)
  vi.spyOn(till().catalogue, 'search').mockImplementation((words) => SHELF.filter(({ name }) => name.includes(words)))
  afterwards.of = null
  helping.say(null)
  helping.open = null
  await marked({ product: COFFEE.id, quantity: 1000, allergens: '', day_max: null })
})

test('a shop that gives nothing to try offers no such piece', async () => {
  expect(offered().map(({ piece }) => piece)).toContain('sample')
  await marked()
  expect(offered().map(({ piece }) => piece)).not.toContain('sample')
})

test('a sample is a fact of the visit that asks for nothing', async () => {
  const [coffee] = offers()
  expect(asks(coffee!)).toBeNull()
  giveSample(coffee!, false)
  await vi.waitFor(() => { expect(kinds()).toContain('sample.given') })

  expect(given().body).toEqual({ shift: app.shift!.id, product: COFFEE.id, quantity: 1000 })
  expect(given().visit).toEqual(counter.ticket.visit)
  expect(counter.lines).toEqual([])
  await vi.waitFor(() => { expect(counter.current?.records).toMatchObject([{ fact: given().id, piece: 'sample' }]) })
  expect(helping.said?.detail).toContain('sin costo, sin compromiso')
})

test('what it contains is said first, and that it was stands in the fact', async () => {
  await marked({ product: COFFEE.id, quantity: 20, allergens: 'leche', day_max: null })
  const [coffee] = offers()
  expect(asks(coffee!)).toEqual({ allergens: 'leche', isUnknown: false, age: null })
  giveSample(coffee!, true)
  await vi.waitFor(() => { expect(given().body).toEqual({ shift: app.shift!.id, product: COFFEE.id, quantity: 20, told: true }) })
})

test('above what is usual the till says so and gives it all the same', async () => {
  await marked({ product: COFFEE.id, quantity: 1000, allergens: '', day_max: 1 })
  expect(offers()[0]).toMatchObject({ given: 0, most: 1 })
  giveSample(offers()[0]!, false)
  await vi.waitFor(() => { expect(offers()[0]).toMatchObject({ given: 1, most: 1 }) })
  giveSample(offers()[0]!, false)
  await vi.waitFor(() => { expect(kinds().filter((kind) => kind === 'sample.given').length).toBe(2) })
})

test('what was touched last on the ticket is offered after what the owner marked; anything else is found by its name', () => {
  counter.put(TOMATO, {})
  expect(offers().map(({ product }) => product.id)).toEqual([COFFEE.id, TOMATO.id])
  expect(found(TOMATO.name).map(({ product }) => product.id)).toContain(TOMATO.id)
  expect(found('nada de esto')).toEqual([])
})

test('it may be taken back for ten seconds, and then stands nowhere, not on the paper either', async () => {
  giveSample(offers()[0]!, false)
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  const visit = counter.ticket.visit!
  const sale = { id: 'f', at: app.now, visit, body: { sale: visit.id, series: 'C1A', number: 7, references: [], tokens: [], basket: { version: 1, currency: part().organization.currency, prices_include_tax: true, taxes: [], lines: [], payments: [], promotions: [] }, totals: { lines: [], taxes: [], gross: 0, net: 0, discount: 0, rounding: 0, tip: 0, due: 0, change: 0 } } } as unknown as Fact<'sale.recorded'>
  const printed = (): string => JSON.stringify(salePaper(sale, { secret: null, copy: false }))
  expect(printed()).toContain('Muestra sin costo ni compromiso')

  helping.said!.undo()
  await vi.waitFor(() => { expect(kinds()).toContain('record.undone') })
  expect(app.shift!.facts.at(-1)!.body).toEqual({ record: given().id })
  expect(printed()).not.toContain('Muestra sin costo ni compromiso')
})

test('written down from the ticket afterwards it says so, and is of that visit', async () => {
  const visit = { id: '0199b2a4-7000-7b00-8b00-000000000c01', opened_at: app.now - 1000 }
  afterwards.of = { visit, number: 'C1-4' }
  giveSample(offers()[0]!, false)
  await vi.waitFor(() => { expect(given().visit).toEqual(visit) })
  expect(given().body).toMatchObject({ late: true })
  expect(counter.current?.records ?? []).toEqual([])
})
