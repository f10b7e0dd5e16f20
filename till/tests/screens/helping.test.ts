/** What somebody came for, written down at a real desk: two taps, a fact at once, taken back within ten seconds. */
import { beforeEach, expect, test, vi } from 'vitest'
import { NO_GUIDANCE, readGuidance } from '../../src/core/guidance.ts'
import { dayAfter } from '../../src/core/order.ts'
import type { Ticket } from '../../src/data/index.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { guidance } from '../../src/screens/help/guidance.svelte.ts'
import { afterwards } from '../../src/screens/help/afterwards.svelte.ts'
import { colleagues } from '../../src/screens/help/colleagues.ts'
import { HOLD_DAYS, thinkItOver } from '../../src/screens/help/hold.ts'
import { offered } from '../../src/screens/help/pieces.ts'
import { handOver, stateNeed } from '../../src/screens/help/records.ts'
import { today } from '../../src/screens/orders/orders.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { helping } from '../../src/screens/sell/helping.svelte.ts'
import type { TestServer } from '../data/server.ts'
import { COFFEE, standAtTheTill } from './standing.ts'

const GIFT = { id: '0199b2a4-7000-7b00-8b00-000000000a01', name: 'Un regalo' }
const kinds = (): string[] => app.shift!.facts.map(({ kind }) => kind)

let server: TestServer

beforeEach(async () => {
  const device = await standAtTheTill()
  server = device.server
  helping.say(null)
  helping.open = null
})

test('a need is a fact of the visit that the ticket then goes on', async () => {
  stateNeed(GIFT)
  await vi.waitFor(() => { expect(kinds()).toContain('need.stated') })
  const fact = app.shift!.facts.find(({ kind }) => kind === 'need.stated')!

  expect(fact.body).toEqual({ shift: app.shift!.id, chip: GIFT.id, origin: 'buyer_said' })
  expect(fact.visit).toEqual(counter.ticket.visit)
  counter.put(COFFEE, {})
  expect(counter.ticket.visit).toEqual(fact.visit)
  await vi.waitFor(() => { expect(counter.current?.records).toEqual([{ fact: fact.id, piece: 'need', name: 'Un regalo' }]) })
})

test('what was said may be taken back for ten seconds, and then counts nowhere', async () => {
  stateNeed(GIFT)
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  helping.said!.undo()
  await vi.waitFor(() => { expect(kinds()).toContain('record.undone') })

  const [need, undone] = [app.shift!.facts.at(-2)!, app.shift!.facts.at(-1)!]
  expect(undone.body).toEqual({ record: need.id })
  expect(counter.current?.records).toEqual([])
  expect(helping.said).toBeNull()
})

test('after ten seconds it stands', async () => {
  stateNeed(GIFT)
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  app.now += 10_001
  expect(helping.said).toBeNull()
})

test('without a shift nothing opens and nothing is written', async () => {
  const { shift } = app
  app.shift = null
  helping.arm()
  stateNeed(GIFT)
  await Promise.resolve()

  expect(helping.isArmed).toBe(false)
  app.shift = shift
  expect(kinds()).not.toContain('need.stated')
})

test('the key of the strip waits for a digit, and a second time for none', () => {
  helping.arm()
  expect(helping.isArmed).toBe(true)
  helping.arm()
  expect(helping.isArmed).toBe(false)
  helping.open = 'need'
  helping.arm()
  expect([helping.isArmed, helping.open]).toEqual([false, null])
})

test('a shop that has not said what people come for offers no need, nor one whose owner took it from the strip', async () => {
  server.guidance = { epoch: server.epoch, needs: [] }
  await till().sync.now()
  await guidance.refresh(true)
  expect(offered().map(({ piece }) => piece)).not.toContain('need')

  server.guidance = { epoch: server.epoch, needs: [GIFT] }
  await guidance.refresh(true)
  expect(offered().map(({ piece }) => piece)).toContain('need')

  server.guidance = { epoch: server.epoch, needs: [GIFT], hidden: ['need'] }
  await guidance.refresh(true)
  expect(offered().map(({ piece }) => piece)).not.toContain('need')
})

test('guidance is asked of the server, and a broken answer leaves what is known', async () => {
  server.guidance = { epoch: server.epoch, needs: [GIFT] }
  await till().sync.now()
  await guidance.refresh(true)
  expect(guidance.needs).toEqual([GIFT])

  server.guidance = null
  await guidance.refresh(true)
  expect(guidance.needs).toEqual([GIFT])
})

test('it is read leniently', () => {
  expect(readGuidance({ needs: [GIFT, { id: 3 }] })).toBeNull()
  expect(readGuidance({ needs: [GIFT], later: 1 })).toEqual({ ...NO_GUIDANCE, needs: [GIFT] })
  expect(readGuidance(null)).toBeNull()
})

test('a colleague who joins stands in the visit, and may be taken back', async () => {
  const other = { id: '0199b2a4-7000-7b00-8b00-000000000a02', name: 'Luis' }
  handOver(other, 'joins')
  await vi.waitFor(() => { expect(kinds()).toContain('handoff.made') })
  const fact = app.shift!.facts.at(-1)!
  expect(fact.body).toEqual({ shift: app.shift!.id, to: other.id, part: 'joins' })
  expect(colleagues().some(({ id }) => id === app.person!.id)).toBe(false)

  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  helping.said!.undo()
  await vi.waitFor(() => { expect(app.shift!.facts.at(-1)!.body).toEqual({ record: fact.id }) })
})

test('what somebody thinks over is a quotation for a week: its prices stand, and it is sold as it was', async () => {
  counter.put(COFFEE, {})
  const { id } = counter.ticket
  thinkItOver()
  await vi.waitFor(() => { expect(kinds()).toContain('order.opened') })
  const fact = app.shift!.facts.find(({ kind }) => kind === 'order.opened')!

  expect(fact.body).toMatchObject({ order: id, kind: 'quote', due: { by: dayAfter(today(), HOLD_DAYS) } })
  await vi.waitFor(() => { expect(counter.lines).toEqual([]) })
  expect(till().orders.byId(id)?.totals.gross).toBe(89_00)
})

test('taken back, the goods are a ticket again and the quotation is closed', async () => {
  counter.put(COFFEE, {})
  const { id } = counter.ticket
  thinkItOver()
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  helping.said!.undo()
  await vi.waitFor(() => { expect(kinds()).toContain('order.closed') })

  await vi.waitFor(() => { expect(counter.lines).toHaveLength(1) })
  expect(counter.ticket.id).not.toBe(id)
  expect(till().orders.byId(id)?.state).toBe('cancelled')
})

test('an empty ticket has nothing to think over', () => {
  thinkItOver()
  expect(kinds()).not.toContain('order.opened')
})

test('for a day what somebody came for is still written down from their ticket, and says so', async () => {
  server.guidance = { epoch: server.epoch, needs: [GIFT] }
  await till().sync.now()
  await guidance.refresh(true)
  const visit = { id: '0199b2a4-7000-7b00-8b00-000000000b01', opened_at: app.now - 1000 }
  const ticket = { answer: null, fact: { at: app.now - 60_000, visit, body: { series: 'C1', number: 7 } } } as unknown as Ticket
  expect(afterwards.may(ticket)).toBe(true)
  expect(afterwards.may({ ...ticket, fact: { ...ticket.fact, at: app.now - 24 * 3_600_000 } })).toBe(false)

  afterwards.begin(ticket)
  expect(helping.open).toBe('need')
  stateNeed(GIFT)
  await vi.waitFor(() => { expect(kinds()).toContain('need.stated') })
  const fact = app.shift!.facts.at(-1)!
  expect([fact.visit, fact.body]).toEqual([visit, { shift: app.shift!.id, chip: GIFT.id, origin: 'buyer_said', late: true }])
  expect(counter.current?.records ?? []).toEqual([])
  afterwards.of = null
})
