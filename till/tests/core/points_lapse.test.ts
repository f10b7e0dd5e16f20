import { describe, expect, it } from 'vitest'
import { formatsOf } from '../../src/core/format.ts'
import { afterOwn, lapsedBy, nextLapse, readLapses, type Lapses } from '../../src/core/points_lapse.ts'
import { pointsRows } from '../../src/core/points_paper.ts'
import { wordsOf } from '../locale/words.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 30, 12)
const SAID = { by: 'earned', months: 12, next: [{ until: NOW - DAY, points: 30 }, { until: NOW + DAY, points: 20 }] }
const by = (said: object = {}): Lapses => readLapses({ ...SAID, ...said })!

describe('points that run out', () => {
  it('are read as the server said, and nothing where they do not', () => {
    expect(by()).toEqual(SAID)
    for (const none of [null, undefined, {}, { by: 'never', months: 3 }, { by: 'moved', months: 0 }]) expect(readLapses(none)).toBeNull()
  })

  it('are gone on their day, whoever can be asked', () => {
    expect(lapsedBy(by().next, NOW)).toBe(30)
    expect(lapsedBy(by().next, NOW - 2 * DAY)).toBe(0)
    expect(lapsedBy(by().next, NOW + DAY)).toBe(50)
  })

  it('go the oldest first where some are spent or taken back meanwhile, and none twice', () => {
    expect(afterOwn(by(), [{ points: -25, spent: 25 }])).toEqual([{ until: NOW - DAY, points: 5 }, { until: NOW + DAY, points: 20 }])
    expect(afterOwn(by(), [{ points: 3, spent: 35 }, { points: -5, spent: 0 }])).toEqual([{ until: NOW + DAY, points: 10 }])
    expect(afterOwn(by(), [{ points: 40, spent: 0 }])).toEqual(by().next)
    expect(afterOwn(by(), [{ points: -500, spent: 500 }])).toEqual([])
  })

  it('that rest begin anew with any movement', () => {
    expect(afterOwn(by({ by: 'moved' }), [{ points: 1, spent: 0 }])).toEqual([])
    expect(afterOwn(by({ by: 'moved' }), [])).toEqual(by().next)
  })

  it('are told with the day, and of a balance that begins to rest now the month is counted from now', () => {
    expect(nextLapse(by(), 20, NOW)).toEqual({ until: NOW + DAY, points: 20 })
    expect(nextLapse(by(), 8, NOW)).toEqual({ until: NOW + DAY, points: 8 })
    expect(nextLapse(by({ next: [], months: 3 }), 7, NOW)).toEqual({ until: Date.UTC(2027, 1, 28, 12), points: 7 })
    expect(nextLapse(by(), 0, NOW)).toBeNull()
    const rows = pointsRows({}, { balance: 20, knownAt: null, lapse: { until: Date.UTC(2026, 11, 1, 6), points: 20 } }, formatsOf('es-MX', 'America/Mexico_City', { code: 'MXN', digits: 2 }), wordsOf('es-MX') as Parameters<typeof pointsRows>[3])
    expect(rows.at(-1)).toMatchObject({ kind: 'text', text: '20 puntos vencen el 30/11/2026' })
  })
})
