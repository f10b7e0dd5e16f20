/** Promises at a till: the day they fall on, and what the server says of them. */
import { expect, test } from 'vitest'
import { readGuidance } from '../../src/core/guidance.ts'
import { dueDay, otherDay, readPromised, sorted, stateOn } from '../../src/core/promising.ts'

const ALWAYS = { closedWeekdays: [], closedDates: [] }
const row = (id: string, due: string, more: object = {}): object => ({ id, due, first: due, state: 'made', ended: false, name: 'Pedirlo', ...more })

test('a day on which the store is closed is no day to promise for', () => {
  expect(dueDay('2026-11-27', 2, ALWAYS)).toBe('2026-11-29')
  expect(dueDay('2026-11-27', 2, { closedWeekdays: [6], closedDates: [] })).toBe('2026-11-30')
  expect(dueDay('2026-11-27', 2, { closedWeekdays: [6], closedDates: ['2026-11-30'] })).toBe('2026-12-01')
  expect(dueDay('2026-11-27', 0, { closedWeekdays: [0, 1, 2, 3, 4, 5, 6], closedDates: [] })).toBe('2026-11-27')
  expect(dueDay('2026-12-30', 3, ALWAYS)).toBe('2027-01-02')
})

test('another day is the next on which the store is open, and never before today', () => {
  const sundays = { closedWeekdays: [6], closedDates: ['2026-11-30'] }
  expect(otherDay('2026-11-28', 1, '2026-11-27', sundays)).toBe('2026-12-01')
  expect(otherDay('2026-12-01', -1, '2026-11-27', sundays)).toBe('2026-11-28')
  expect(otherDay('2026-11-27', -1, '2026-11-27', ALWAYS)).toBe('2026-11-27')
  expect(otherDay('2026-11-27', 1, '2026-11-27', { closedWeekdays: [0, 1, 2, 3, 4, 5, 6], closedDates: [] })).toBe('2026-11-28')
})

test('what was said days ago is late by the clock of today', () => {
  const [one, kept] = readPromised({ promises: [row('a', '2026-11-29'), row('b', '2026-11-20', { state: 'kept', ended: true })], more: 0 })!.promises
  expect(stateOn(one!, '2026-11-29')).toBe('made')
  expect(stateOn(one!, '2026-11-30')).toBe('late')
  expect(stateOn(kept!, '2026-11-30')).toBe('kept')
})

test('each stands where it belongs', () => {
  const { promises } = readPromised({
    promises: [row('late', '2026-11-28', { state: 'late' }), row('today', '2026-11-30'), row('kept', '2026-11-30', { state: 'kept', ended: true }), row('week', '2026-12-06'), row('far', '2026-12-07')],
  })!
  const found = sorted(promises, '2026-11-30')
  expect([found.late, found.today, found.week].map((rows) => rows.map(({ id }) => id))).toEqual([['late'], ['today', 'kept'], ['week']])
})

test('what cannot be read is not shown', () => {
  expect(readPromised({ promises: [row('a', '2026-11-29', { state: 'forgotten' })] })).toBeNull()
  expect(readPromised(null)).toBeNull()
  expect(readPromised({ promises: [] })).toEqual({ promises: [], more: 0 })
  expect(readGuidance({ needs: [], promises: [{ id: 'a', name: 'Pedirlo', days: 3, honest: true }], closed_weekdays: [6], closed_dates: ['2026-12-25'] }))
    .toMatchObject({ promises: [{ id: 'a', name: 'Pedirlo', days: 3, honest: true }], closedWeekdays: [6], closedDates: ['2026-12-25'] })
  expect(readGuidance({ needs: [] })).toMatchObject({ promises: [], closedWeekdays: [], closedDates: [] })
})
