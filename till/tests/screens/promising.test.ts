/** Something is promised at a real desk: two taps, a fact at once with its day, taken back within ten seconds; and «Hoy prometimos» keeps one without a network. */
import { beforeEach, expect, test, vi } from 'vitest'
import { app, part, till } from '../../src/screens/app.svelte.ts'
import { guidance } from '../../src/screens/help/guidance.svelte.ts'
import { dayWords, makePromise } from '../../src/screens/help/promise.ts'
import { promised } from '../../src/screens/help/promised.svelte.ts'
import { today } from '../../src/screens/orders/orders.svelte.ts'
import { salePaper } from '../../src/screens/records/printing.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { helping } from '../../src/screens/sell/helping.svelte.ts'
import { late } from '../../src/locale/es/late/index.ts'
import { learnLate } from '../../src/screens/words.svelte.ts'
import type { Fact } from '../../src/data/index.ts'
import { dayAfter } from '../../src/core/order.ts'
import type { TestServer } from '../data/server.ts'
import { COFFEE, standAtTheTill } from './standing.ts'

const ORDER_IT = { id: '0199b2a4-7000-7b00-8b00-000000000b01', name: 'Pedirlo para usted', days: 3, honest: true }
const kinds = (): string[] => app.shift!.facts.map(({ kind }) => kind)

let server: TestServer
const kept = new Map<string, string>()
learnLate(late)
vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => { kept.set(name, text) } })

beforeEach(async () => {
  const device = await standAtTheTill()
  server = device.server
  kept.clear()
  helping.say(null)
  helping.open = null
  server.guidance = { epoch: server.epoch, needs: [], promises: [ORDER_IT], closed_weekdays: [], closed_dates: [] }
  await till().sync.now()
  await guidance.refresh(true)
})

test('a promise is a fact of the visit, with the day that was said', async () => {
  const due = dayAfter(today(), 3)
  makePromise(ORDER_IT, due, { id: COFFEE.id, name: COFFEE.name })
  await vi.waitFor(() => { expect(kinds()).toContain('promise.made') })
  const fact = app.shift!.facts.find(({ kind }) => kind === 'promise.made')!

  expect(fact.body).toMatchObject({ shift: app.shift!.id, chip: ORDER_IT.id, due, product: COFFEE.id })
  expect(fact.visit).toEqual(counter.ticket.visit)
  await vi.waitFor(() => { expect(counter.current?.records).toMatchObject([{ fact: fact.id, piece: 'promise' }]) })
  expect(helping.said?.title).toContain('Pedirlo para usted')
})

test('it may be taken back for ten seconds, and then stands nowhere, not on the paper either', async () => {
  makePromise(ORDER_IT, dayAfter(today(), 3), null)
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  const visit = counter.ticket.visit!
  const sale = { id: 'f', at: app.now, visit, body: { sale: visit.id, series: 'C1A', number: 7, references: [], tokens: [], basket: { version: 1, currency: part().organization.currency, prices_include_tax: true, taxes: [], lines: [], payments: [], promotions: [] }, totals: { lines: [], taxes: [], gross: 0, net: 0, discount: 0, rounding: 0, tip: 0, due: 0, change: 0 } } } as unknown as Fact<'sale.recorded'>
  const printed = (): string => JSON.stringify(salePaper(sale, { secret: null, copy: false }))
  expect(printed()).toContain('Pedirlo para usted')

  helping.said!.undo()
  await vi.waitFor(() => { expect(kinds()).toContain('record.undone') })
  expect(app.shift!.facts.at(-1)!.body).toEqual({ record: app.shift!.facts.at(-2)!.id })
  expect(printed()).not.toContain('Pedirlo para usted')
})

test('a day is said as people say it', () => {
  expect(dayWords(today())).toBe('hoy')
  expect(dayWords(dayAfter(today(), 1))).toBe('mañana')
  expect(dayWords(dayAfter(today(), 3))).toMatch(/^\p{L}{3} \d+ \p{L}{3}$/u)
})

test('what the store promised is known without a network, and keeping one is a fact', async () => {
  const due = today()
  server.said.set('promises', { promises: [{ id: 'p1', name: 'Averiguarlo', product: '', words: '', ticket: 'C1A-7', first: due, due, state: 'made', ended: false, revision: 0, order: null, order_kind: '', made_at: 1 }], more: 0 })
  await promised.refresh()
  expect(promised.list.map(({ id, ended }) => [id, ended])).toEqual([['p1', false]])
  expect(kept.get('mostrador-promised')).toContain('Averiguarlo')

  server.said.delete('promises')
  await promised.refresh()
  promised.keep(promised.list[0]!, 'Cumplida')
  promised.keep(promised.list[0]!, 'Cumplida')
  await vi.waitFor(() => { expect(kinds()).toContain('promise.kept') })
  expect(kinds().filter((kind) => kind === 'promise.kept')).toHaveLength(1)
  expect(app.shift!.facts.at(-1)!.body).toMatchObject({ promise: 'p1', evidence: 'done' })
  expect(promised.list[0]).toMatchObject({ ended: true, state: 'kept' })
})

const row = (more: object): object => ({ id: 'p2', name: 'Pedirlo', product: '', words: '', ticket: '', first: today(), due: today(), state: 'made', ended: false, revision: 1, order: null, order_kind: '', made_at: 1, ...more })
const shown = (): object[] => promised.list.map(({ id, due, revision, ended }) => ({ id, due, revision, ended }))

test('another day names the revision that was seen, and gives way to what the server has heard meanwhile', async () => {
  server.said.set('promises', { promises: [row({})], more: 0 })
  await promised.refresh()
  const due = dayAfter(today(), 2)
  promised.move(promised.list[0]!, due, 'phone', 'Nueva fecha')
  await vi.waitFor(() => { expect(kinds()).toContain('promise.renegotiated') })
  expect(app.shift!.facts.at(-1)!.body).toMatchObject({ promise: 'p2', due, revision: 1, told: 'phone' })
  expect(shown()).toEqual([{ id: 'p2', due, revision: 2, ended: false }])

  const agreed = dayAfter(today(), 5)
  server.said.set('promises', { promises: [row({ due: agreed, revision: 2 })], more: 0 })
  await promised.refresh()
  expect(shown()).toEqual([{ id: 'p2', due: agreed, revision: 2, ended: false }])
})

test('what nobody waits for is gone from the list, and comes back when it was not so', async () => {
  server.said.set('promises', { promises: [row({ id: 'p3' })], more: 0 })
  await promised.refresh()
  promised.release(promised.list[0]!, 'Ya no hace falta')
  expect(shown()).toEqual([])
  await vi.waitFor(() => { expect(promised.said?.title).toBe('Ya no hace falta') })
  const { id, body } = app.shift!.facts.at(-1)!
  expect(body).toMatchObject({ promise: 'p3', revision: 1 })

  promised.said!.undo()
  await vi.waitFor(() => { expect(kinds().at(-1)).toBe('record.undone') })
  expect(app.shift!.facts.at(-1)!.body).toEqual({ record: id })
  expect(shown()).toMatchObject([{ id: 'p3' }])
  promised.void(promised.list[0]!, 'Error')
  await vi.waitFor(() => { expect(kinds().at(-1)).toBe('promise.voided') })
  expect(shown()).toEqual([])
})
