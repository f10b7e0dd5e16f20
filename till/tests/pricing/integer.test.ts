import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, divDown, divRoundBig, largestRemainder, mulDivRound } from '../../src/core/integer.ts'

const safe = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })

describe('mulDivRound', () => {
  it.each([
    [5, 1, 2, 3],
    [-5, 1, 2, -3],
    [5, -1, 2, -3],
    [5, 1, -2, -3],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
    [-1, 1, 3, 0],
    [0, -7, 3, 0],
    [735, 890000, 100000, 6542],
    [9007199254740991, 9007199254740991, 9007199254740991, 9007199254740991],
    [4503599627370496, 1, 9007199254740991, 1],
  ])('%i * %i / %i is %i', (a, b, c, whole) => {
    expect(mulDivRound(a, b, c)).toBe(whole)
  })

  it('agrees with bigint on numbers of every size', () => {
    fc.assert(
      fc.property(safe, safe, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (a, b, c) => {
        const exact = divRoundBig(BigInt(a) * BigInt(b), BigInt(c))
        fc.pre(exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER))
        expect(mulDivRound(a, b, c)).toBe(Number(exact))
      }),
    )
  })

  it('agrees with bigint where products are small enough for numbers', () => {
    const small = fc.integer({ min: -60_000_000, max: 60_000_000 })
    fc.assert(
      fc.property(small, small, fc.integer({ min: 1, max: 10_000_000 }), (a, b, c) => {
        expect(mulDivRound(a, b, c)).toBe(Number(divRoundBig(BigInt(a) * BigInt(b), BigInt(c))))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    [0.5, 1, 1],
    [1, Number.NaN, 1],
    [1, 1, 0],
    [2 ** 53, 1, 1],
    [Number.MAX_SAFE_INTEGER, 2, 1],
  ])('refuses %d * %d / %d', (a, b, c) => {
    expect(() => mulDivRound(a, b, c)).toThrow(RangeError)
  })
})

it('divDown cuts towards zero and never gives -0', () => {
  expect(divDown(7, 2)).toBe(3)
  expect(divDown(-7, 2)).toBe(-3)
  expect(divDown(-1, 2)).toBe(0)
})

describe('largestRemainder', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [100, [1000, 500], [67, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [2, [1, 1, 1], [1, 1, 0]],
    [7, [0, 1, 0], [0, 7, 0]],
    [60, [1000, -400], [100, -40]],
    [0, [5, -5], [0, 0]],
    [0, [], []],
    // Products beyond the safe integers: 10^12 over weights of 10^12.
    [1_000_000_000_000, [1_000_000_000_000, 1_000_000_000_000, 1_000_000_000_000], [333_333_333_334, 333_333_333_333, 333_333_333_333]],
  ])('shares %i over %j', (total, weights, shares) => {
    expect(largestRemainder(total, weights)).toEqual(shares)
  })

  it('sums to the whole, and the other sign is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 12 }), (total, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        const shares = largestRemainder(total, weights)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
        expect(largestRemainder(0 - total, weights)).toEqual(shares.map((share) => 0 - share))
      }),
    )
  })

  it('gives the same with numbers and with bigint', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e5, max: 1e5 }), fc.array(fc.integer({ min: -1e5, max: 1e5 }), { maxLength: 12 }), (total, weights) => {
        const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0))
        fc.pre(whole !== 0n)
        const sign = whole < 0n ? -1n : 1n
        const exact = apportion(BigInt(total), weights.map((weight) => sign * BigInt(total) * BigInt(weight)), sign * whole)
        expect(largestRemainder(total, weights)).toEqual(exact.map(Number))
      }),
    )
  })

  it('refuses weights that sum to zero, and a total that is not the sum of its parts', () => {
    expect(() => largestRemainder(1, [5, -5])).toThrow('share nothing')
    expect(() => apportion(5n, [1n, 1n], 2n)).toThrow('does not belong')
  })
})
