/** A queue: three tickets, less than a minute apart, until it is quiet for two. */
import { expect, test } from 'vitest'
import { isRush } from '../../src/core/rush.ts'

const MINUTE = 60_000

test('three tickets within a minute of each other are a queue', () => {
  expect(isRush([0, 50_000, 100_000], 100_000)).toBe(true)
  expect(isRush([-10 * MINUTE, 0, 59_999, 119_998], 130_000)).toBe(true)
})

test('two are none, nor three of which one came slowly', () => {
  expect(isRush([], 0)).toBe(false)
  expect(isRush([0, 10_000], 10_000)).toBe(false)
  expect(isRush([0, MINUTE, MINUTE + 10_000], MINUTE + 10_000)).toBe(false)
})

test('it is over when nobody has paid for two minutes', () => {
  expect(isRush([0, 10_000, 20_000], 20_000 + 2 * MINUTE - 1)).toBe(true)
  expect(isRush([0, 10_000, 20_000], 20_000 + 2 * MINUTE)).toBe(false)
})
