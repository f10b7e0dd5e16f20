/** What somebody was told of a product at a real desk: a fact of its visit at once, with the promise that nobody knowing makes, and both taken back within ten seconds. */
import { beforeEach, expect, test, vi } from 'vitest'
import { readGuidance } from '../../src/core/guidance.ts'
import { dayAfter } from '../../src/core/order.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { guidance } from '../../src/screens/help/guidance.svelte.ts'
import { answer, questionsOf } from '../../src/screens/help/said.ts'
import { today } from '../../src/screens/orders/orders.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { helping } from '../../src/screens/sell/helping.svelte.ts'
import { late } from '../../src/locale/es/late/index.ts'
import { learnLate } from '../../src/screens/words.svelte.ts'
import type { TestServer } from '../data/server.ts'
import { COFFEE, standAtTheTill } from './standing.ts'

const id = (n: number): string => `0199b2a4-7000-7b00-8b00-${String(n).padStart(12, '0')}`
const FINDER = { id: id(1), name: 'Averiguarlo', days: 1, honest: false }
const POINTS = [
  { id: id(2), kind: 'strength', says: 'Se disuelve sin grumos', basis: 'own_use' }, { id: id(3), kind: 'limit', says: 'No sirve si evita la nuez', basis: 'maker' },
]
const SHEET = { id: id(4), product: COFFEE.id, points: POINTS }
const TOPIC = { id: id(5), name: '¿Aguanta el calor?' }
const said = (kind: string): { readonly id: string; readonly body: unknown; readonly visit?: unknown }[] => app.shift!.facts.filter((one) => one.kind === kind)

let server: TestServer
learnLate(late)
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })

beforeEach(async () => {
  server = (await standAtTheTill()).server
  helping.say(null)
  helping.open = null
  server.guidance = { epoch: server.epoch, needs: [], promises: [FINDER], finds_out: FINDER.id, sheets: [SHEET], topics: [TOPIC] }
  await till().sync.now()
  await guidance.refresh(true)
})

test('a product is asked about by its sheet and then by what is asked of many', () => {
  expect(questionsOf(COFFEE.id).questions.map(({ says, kind }) => [says, kind])).toEqual([
    ['Se disuelve sin grumos', 'strength'], ['No sirve si evita la nuez', 'limit'], ['¿Aguanta el calor?', null],
  ])
  expect(questionsOf(id(99)).questions.map(({ id: one }) => one)).toEqual([TOPIC.id])
  expect(helping.answers).toBe(true)
})

test('an answer is a fact of the visit with the version that was read, and the ticket is as it was', async () => {
  counter.put(COFFEE, {})
  const lines = counter.lines.length
  helping.open = 'said'
  answer(COFFEE, questionsOf(COFFEE.id).questions[1]!, 'no')
  expect(helping.open).toBeNull()
  await vi.waitFor(() => { expect(said('claim.stated')).toHaveLength(1) })

  const [fact] = said('claim.stated')
  expect(fact!.body).toEqual({ shift: app.shift!.id, product: COFFEE.id, said: 'no', sheet: SHEET.id, point: id(3) })
  expect(fact!.visit).toEqual(counter.ticket.visit)
  expect(counter.lines).toHaveLength(lines)
  await vi.waitFor(() => { expect(helping.said?.title).toBe('Dije que no: No sirve si evita la nuez') })
  expect(said('promise.made')).toEqual([])
})

test('who does not know promises to find out, and both are taken back together', async () => {
  answer(COFFEE, questionsOf(COFFEE.id).questions[2]!, 'unsure')
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })

  const [promise] = said('promise.made')
  const [claim] = said('claim.stated')
  const made = (promise!.body as { promise: string }).promise
  expect(promise!.body).toMatchObject({ chip: FINDER.id, due: dayAfter(today(), 1), product: COFFEE.id })
  expect(claim!.body).toEqual({ shift: app.shift!.id, product: COFFEE.id, said: 'unsure', sheet: SHEET.id, topic: TOPIC.id, promise: made })
  expect(counter.current?.records?.map(({ piece }) => piece)).toEqual(['promise', 'said'])

  helping.said!.undo()
  await vi.waitFor(() => { expect(said('record.undone')).toHaveLength(2) })
  expect(said('record.undone').map(({ body }) => (body as { record: string }).record).toSorted()).toEqual([promise!.id, claim!.id].toSorted())
  expect(counter.current?.records ?? []).toEqual([])
})

test('without such a promise it is only said that nobody knew', async () => {
  server.guidance = { ...server.guidance, finds_out: null }
  await guidance.refresh(true)
  answer(COFFEE, questionsOf(COFFEE.id).questions[2]!, 'unsure')
  await vi.waitFor(() => { expect(said('claim.stated')).toHaveLength(1) })
  expect(said('promise.made')).toEqual([])
})

test('what a server says otherwise offers nothing and breaks nothing', () => {
  const read = readGuidance({ needs: [], sheets: [{ id: id(4) }, 7], topics: 'x', finds_out: 3 })
  expect([read?.sheets.size, read?.topics, read?.findsOut]).toEqual([0, [], null])
})
