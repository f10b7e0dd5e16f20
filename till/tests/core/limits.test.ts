/** Round amounts to choose from: none below half of the prices, each a 1, 2 or 5, in the order in which they grow. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitsOf } from '../../src/core/limits.ts'

const pesos = (...amounts: number[]): number[] => amounts.map((amount) => amount * 10_000)

test('they stand where the goods are', () => {
  expect(limitsOf(pesos(12, 18, 45, 90, 240, 260, 700, 1_500, 35, 60), 2)).toEqual([10_000, 100_000, 200_000])
  expect(limitsOf(pesos(9, 9, 9), 2)).toEqual([1_000])
  expect(limitsOf(pesos(9, 12), 0)).toEqual([20])
  expect(limitsOf(pesos(9, 0), 2)).toEqual([])
  expect(limitsOf([], 2)).toEqual([])
})

test('whatever the prices, half of the goods are within the least of them, and nineteen of twenty within the most', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 10 ** 10 }), { minLength: 2, maxLength: 200 }), (prices) => {
    const limits = limitsOf(prices, 2)
    const within = (limit: number): number => prices.filter((price) => price <= limit * 100).length
    expect(limits).toEqual([...limits].sort((a, b) => a - b))
    expect(limits.every((limit) => /^[125]0*$/u.test(String(limit)))).toBe(true)
    expect(within(limits[0]!) * 2).toBeGreaterThanOrEqual(prices.length)
    expect(within(limits.at(-1)!) * 100).toBeGreaterThanOrEqual(prices.length * 95)
  }))
})
