/** What a receipt says of what may be asked for afterwards, and the code for who has no camera. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lastDay, readRight, rightOf, type PaperRight } from '../../src/core/right.ts'
import { shortCode } from '../../src/core/short_code.ts'

const { cases } = JSON.parse(readFileSync(new URL('../../../vectors/short_codes.json', import.meta.url), 'utf8')) as { cases: readonly { hash: string; code: string }[] }

test.each(cases)('the code of a hash is that of the vector: $code', ({ hash, code }) => {
  expect(shortCode(hash)).toBe(code)
})

// As the server counts them (tests/rights/test_compute.py): the paper and the page say the same day.
test.each([
  ['2026-11-23', 90, 'days', '2027-02-21'], ['2026-11-23', 2, 'months', '2027-01-23'], ['2026-12-31', 2, 'months', '2027-02-28'],
  ['2024-02-29', 3, 'years', '2027-02-28'], ['2026-11-23', 3, 'years', '2029-11-23'], ['2026-01-31', 1, 'months', '2026-02-28'],
] as const)('from %s so many (%i %s) end on %s', (from, amount, unit, last) => {
  expect(lastDay(from, amount, unit)).toBe(last)
})

const right = (more: Partial<PaperRight>): PaperRight => ({
  es: 'Garantía legal', en: 'Legal warranty', amount: 3, unit: 'years', stale_after: '2027-11-30', usual: true, categories: new Map(), products: new Map(), ...more,
})
const goods = (product: string, category: string | null = null): { product: string; category: string | null } => ({ product, category })

test('the first right that every line has is said', () => {
  const fresh = right({ categories: new Map([['bread', false]]), products: new Map([['jam', true]]) })
  const courtesy = right({ es: 'Lo cambiamos', amount: 7, unit: 'days', stale_after: null })

  expect(rightOf([fresh, courtesy], [goods('soap'), goods('jam', 'bread')], '2026-11-23')).toEqual({ right: fresh, until: '2029-11-23' })
  expect(rightOf([fresh, courtesy], [goods('soap'), goods('roll', 'bread')], '2026-11-23')).toEqual({ right: courtesy, until: '2026-11-30' })
  expect(rightOf([fresh], [goods('roll', 'bread')], '2026-11-23')).toBeNull()
  expect(rightOf([fresh], [], '2026-11-23')).toBeNull()
})

test('a right that nobody checked for a year is said no more, without a network too', () => {
  expect(rightOf([right({})], [goods('soap')], '2027-11-30')).not.toBeNull()
  expect(rightOf([right({})], [goods('soap')], '2027-12-01')).toBeNull()
})

test('what the server says is read; what is no right is left out', () => {
  const said = { es: 'Reclamación', en: 'Claims', amount: 2, unit: 'months', stale_after: null, usual: false, categories: [{ id: 'a', has: true }], products: [] }
  expect(readRight(said)).toEqual({ ...said, categories: new Map([['a', true]]), products: new Map() })
  for (const wrong of [null, {}, { ...said, unit: 'weeks' }, { ...said, amount: 0 }]) expect(readRight(wrong)).toBeUndefined()
})
