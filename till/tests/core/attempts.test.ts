import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, afterTime, NO_ATTEMPTS, triesLeft } from '../../src/core/attempts.ts'
import type { Attempts } from '../../src/core/attempts.ts'

function failed(times: number): Attempts {
  let attempts = NO_ATTEMPTS
  for (let i = 0; i < times; i++) attempts = afterFailure({ ...attempts, wait: 0 })
  return attempts
}

describe('tries of a PIN', () => {
  it('are free four times, and the fifth failure costs 30 s', () => {
    expect([1, 2, 3, 4, 5].map((times) => failed(times).wait)).toEqual([0, 0, 0, 0, 30_000])
  })

  it('cost twice as much each time, up to 15 minutes', () => {
    expect([6, 7, 8, 9, 10, 11, 500].map((times) => failed(times).wait)).toEqual([
      60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000,
    ])
  })

  it('are counted down to one before each wait', () => {
    expect([0, 1, 4, 5].map((times) => triesLeft(failed(times)))).toEqual([5, 4, 1, 0])
    expect(triesLeft({ failures: 9, wait: 0 })).toBe(1)
  })
})

it('a wait never grows with time, and time that goes back changes nothing', () => {
  fc.assert(fc.property(fc.nat(900_000), fc.integer({ min: -1_000_000, max: 1_000_000 }), (wait, elapsed) => {
    const after = afterTime({ failures: 6, wait }, elapsed)
    expect(after.wait).toBe(elapsed <= 0 ? wait : Math.max(0, wait - elapsed))
    expect(after.failures).toBe(6)
  }))
})
