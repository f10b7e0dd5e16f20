/** What somebody did for people: their own visits and those they were called to, nothing taken back, no other person's. */
import { expect, test } from 'vitest'
import type { AnyFact } from '../../src/core/facts.ts'
import { helpedBy } from '../../src/core/helped.ts'

const ROSA = 'rosa'
const LUIS = 'luis'

function fact(id: string, at: number, kind: string, staff: string, visit: string | null, body: object = {}): AnyFact {
  return { id, at, kind, staff, ...(visit === null ? {} : { visit: { id: visit, opened_at: at } }), body } as unknown as AnyFact
}

test('visits come with what was done in them, the latest first', () => {
  const facts = [
    fact('1', 10, 'need.stated', ROSA, 'a'), fact('2', 20, 'sale.recorded', ROSA, 'a'), fact('3', 30, 'visit.closed', LUIS, 'b'),
    fact('4', 40, 'promise.made', ROSA, 'c'), fact('5', 50, 'shift.opened', ROSA, null),
  ]
  expect(helpedBy(ROSA, facts).map(({ id, at, facts: of }) => [id, at, of.map((one) => one.id)])).toEqual([['c', 40, ['4']], ['a', 20, ['1', '2']]])
})

test('who was called to help stands in that visit too', () => {
  const facts = [fact('1', 10, 'sale.recorded', ROSA, 'a'), fact('2', 20, 'handoff.made', ROSA, 'a', { to: LUIS, part: 'joins' })]
  expect(helpedBy(LUIS, facts).map(({ facts: of }) => of.map(({ kind }) => kind))).toEqual([['handoff.made']])
})

test('what was taken back is left out', () => {
  const facts = [fact('1', 10, 'need.stated', ROSA, 'a'), fact('2', 20, 'record.undone', ROSA, null, { record: '1' })]
  expect(helpedBy(ROSA, facts)).toEqual([])
})
