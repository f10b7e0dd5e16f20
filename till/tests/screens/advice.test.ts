/** What is recommended at a real desk: a fact at once, nothing on the ticket by force, taken back within ten seconds, and whoever needed nothing has been helped. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { Candidate, Card, Recommended } from '../../src/core/recommend.ts'
import type { Product } from '../../src/data/index.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { advise, adviseElsewhere, adviseNone, adviseOwn, asked } from '../../src/screens/help/advice.ts'
import { guidance } from '../../src/screens/help/guidance.svelte.ts'
import { stateNeed } from '../../src/screens/help/records.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { helping } from '../../src/screens/sell/helping.svelte.ts'
import { COFFEE, standAtTheTill } from './standing.ts'

const id = (n: number): string => `0199b2a4-7000-7b00-8b00-${String(n).padStart(12, '0')}`
const GIFT = { id: id(1), name: 'Un regalo', pick: { everything: true, categories: [], products: [], without: [] } }
const PLACE = {
  id: id(2), name: 'Zapatería Ruiz', good_for: 'Arreglo de zapatos', why: 'they_specialise' as const, address: '', phone: '951 555 0199', url: '', fee: '', verified_on: '2025-11-20',
}
const NOBODY = { need: null, fact: null, most: null, like: null }
const NOTHING: Recommended = { cards: [], eligible: [], inputs: [] }

function product(n: number, price: number): Candidate {
  return { id: id(n), name: `Café ${String(n)}`, variant: null, category: id(9), by: 'piece', unit: 'pieza', content: null, content_unit: null, price }
}
function card(of: Candidate, more: Partial<Card> = {}): Card {
  return { product: of, price: of.price ?? 0, perUnit: null, isCheapest: true, isHere: true, incentive: null, ...more }
}
const written = (): { readonly kind: string; readonly body: unknown; readonly id: string; readonly visit?: unknown } => app.shift!.facts.at(-1)!
const kinds = (): string[] => app.shift!.facts.map(({ kind }) => kind)

beforeEach(async () => {
  await standAtTheTill()
  helping.say(null)
  helping.open = null
})

test('a cheaper one of the shop is a fact with all that did the job, and the ticket is as it was', async () => {
  const [dear, cheap] = [product(21, 200), product(22, 100)]
  const found: Recommended = { cards: [card(cheap)], eligible: [cheap.id, dear.id], inputs: ['price', 'in_reach', 'returns'] }
  counter.put(COFFEE, {})
  const lines = counter.lines.length
  adviseOwn(card(cheap, { incentive: 'Una caja' }), { ...NOBODY, like: dear }, found)
  await vi.waitFor(() => { expect(kinds()).toContain('recommendation.made') })

  expect(written().body).toEqual({
    shift: app.shift!.id, kind: 'own_cheaper', reason: 'same_job_cheaper', target: cheap.id, instead_of: dear.id, declared: true,
    eligible: [cheap.id, dear.id], ranker: 1, inputs: ['price', 'in_reach', 'returns'],
  })
  expect(written().visit).toEqual(counter.ticket.visit)
  expect(counter.lines.length).toBe(lines)
  await vi.waitFor(() => { expect(counter.current?.records?.map(({ piece }) => piece)).toEqual(['recommend']) })
})

test('what the line already is, or what costs more, is no cheaper one', async () => {
  const [one, other] = [product(21, 200), product(22, 300)]
  const found: Recommended = { cards: [card(one), card(other)], eligible: [one.id, other.id], inputs: ['price'] }
  adviseOwn(card(one), { ...NOBODY, like: one }, found)
  await vi.waitFor(() => { expect(written().body).toMatchObject({ kind: 'own', reason: 'fits_need', target: one.id }) })
  adviseOwn(card(other), { ...NOBODY, like: one }, found)
  await vi.waitFor(() => { expect(written().body).toMatchObject({ kind: 'own', target: other.id }) })
})

test('it answers the need that was said, by its fact', async () => {
  vi.spyOn(guidance, 'needs', 'get').mockReturnValue([GIFT])
  stateNeed(GIFT)
  await vi.waitFor(() => { expect(counter.current?.records?.length).toBe(1) })
  const question = asked()
  expect(question).toMatchObject({ need: GIFT, fact: counter.current?.records?.[0]?.fact, like: null })

  const { visit } = counter.ticket
  adviseNone('no_purchase', question, NOTHING)
  await vi.waitFor(() => { expect(kinds()).toContain('recommendation.made') })
  expect(written().body).toMatchObject({ kind: 'no_purchase', reason: 'not_suitable', need: question.fact, eligible: [], inputs: [] })
  expect(written().visit).toEqual(visit)
})

test('what costs more than they want to spend is left out, and the limit goes nowhere else', async () => {
  vi.spyOn(guidance, 'needs', 'get').mockReturnValue([GIFT])
  vi.spyOn(till().catalogue, 'all').mockReturnValue([{ ...COFFEE, category: id(9), content: null, content_unit: null } as unknown as Product])
  const all = advise({ ...NOBODY, need: GIFT })
  expect(all.cards).toMatchObject([{ price: 890_000 }])
  stateNeed(GIFT, 1)
  await vi.waitFor(() => { expect(counter.current?.records).toMatchObject([{ piece: 'need', most: 1 }]) })
  expect(written().body).toMatchObject({ chip: GIFT.id, max_spend: 1 })

  expect(asked()).toMatchObject({ most: 1 })
  expect(advise(asked()).cards).toEqual([])
  expect(advise({ ...asked(), most: 89_00 }).cards).toEqual(all.cards)
  expect(advise({ ...asked(), most: 88_99 }).cards).toEqual([])
  expect(JSON.stringify(counter.basket([]))).not.toContain('max_spend')
})

test.each([
  ['no_purchase', 'not_suitable'], ['repair', 'repairable'], ['use_what_you_have', 'already_owned'],
] as const)('%s on an empty ticket: they have been helped, and who comes next is another visit', async (kind, reason) => {
  adviseNone(kind, NOBODY, NOTHING)
  await vi.waitFor(() => { expect(written().body).toMatchObject({ kind, reason }) })
  const { visit } = written()
  counter.put(COFFEE, {})
  expect(counter.ticket.visit).not.toEqual(visit)
})

test('with goods on the ticket the visit goes on', async () => {
  counter.put(COFFEE, {})
  const { visit } = counter.ticket
  adviseNone('repair', NOBODY, NOTHING)
  await vi.waitFor(() => { expect(kinds()).toContain('recommendation.made') })
  expect(counter.ticket.visit).toEqual(visit)
  expect(counter.lines.length).toBe(1)
})

test('another place is written down by its reason, and a fee is declared', async () => {
  adviseElsewhere({ ...PLACE, fee: 'Un café' }, NOBODY, NOTHING)
  await vi.waitFor(() => { expect(kinds()).toContain('recommendation.made') })
  expect(written().body).toMatchObject({ kind: 'other_shop', reason: 'they_specialise', target: PLACE.id, declared: true })

  adviseElsewhere({ id: id(3), name: 'Reforma', address: '', phone: '' }, NOBODY, NOTHING)
  await vi.waitFor(() => { expect(written().body).toMatchObject({ kind: 'other_store_ours', reason: 'we_lack_it', target: id(3) }) })
})

test('taken back within ten seconds it counts nowhere, and the visit goes on where it was', async () => {
  adviseNone('no_purchase', NOBODY, NOTHING)
  await vi.waitFor(() => { expect(helping.said).not.toBeNull() })
  const made = written()
  helping.said!.undo()
  await vi.waitFor(() => { expect(kinds()).toContain('record.undone') })

  expect(written().body).toEqual({ record: made.id })
  expect(counter.ticket.visit).toEqual(made.visit)
  expect(helping.said).toBeNull()
})

test('without a shift nothing is written', async () => {
  const { shift } = app
  app.shift = null
  adviseNone('no_purchase', NOBODY, NOTHING)
  await Promise.resolve()
  app.shift = shift
  expect(kinds()).not.toContain('recommendation.made')
})

