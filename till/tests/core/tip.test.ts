import { describe, expect, it } from 'vitest'
import { isSameTip, tipOf } from '../../src/core/tip.ts'

describe('a tip', () => {
  it.each([
    [null, 8900, 0], [{ percent: 100_000 }, 8900, 890], [{ percent: 150_000 }, 8901, 1335], [{ percent: 105_000 }, 10, 1], [{ percent: 100_000 }, 5, 1],
    [{ amount: 2000 }, 8900, 2000], [{ percent: 100_000 }, -500, 0], [{ percent: 100_000 }, 0, 0],
  ] as const)('of %j on %s is %s, rounded half away from zero', (tip, gross, expected) => {
    expect(tipOf(tip, gross)).toBe(expected)
  })

  it('is the same choice when it says the same', () => {
    expect([isSameTip(null, { percent: 1 }), isSameTip({ percent: 1 }, { percent: 1 }), isSameTip({ amount: 1 }, { percent: 1 })]).toEqual([false, true, false])
  })
})
