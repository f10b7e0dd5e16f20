import { describe, expect, it } from 'vitest'
import { formatsOf } from '../../src/core/format.ts'
import { afterOwn, nextLapse, readLapses, type Lapses } from '../../src/core/points_lapse.ts'
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
    expect(afterOwn(by(), [], NOW)).toEqual({ next: [{ until: NOW + DAY, points: 20 }], lapsed: 30 })
    expect(afterOwn(by(), [], NOW - 2 * DAY)).toEqual({ next: by().next, lapsed: 0 })
    expect(afterOwn(by(), [], NOW + DAY)).toEqual({ next: [], lapsed: 50 })
  })

  it('go the oldest first where some are spent or taken back meanwhile, and none twice', () => {
    const at = NOW - 2 * DAY
    expect(afterOwn(by(), [{ at, gone: 25 }], NOW)).toEqual({ next: [{ until: NOW + DAY, points: 20 }], lapsed: 5 })
    expect(afterOwn(by(), [{ at, gone: 35 }, { at, gone: 5 }], NOW)).toEqual({ next: [{ until: NOW + DAY, points: 10 }], lapsed: 0 })
    expect(afterOwn(by(), [{ at, gone: 0 }], at)).toEqual({ next: by().next, lapsed: 0 })
    expect(afterOwn(by(), [{ at, gone: 500 }], NOW)).toEqual({ next: [], lapsed: 0 })
  })

  it('and had when some were spent do not come back with it: those that were still good went', () => {
    expect(afterOwn(by(), [{ at: NOW, gone: 15 }], NOW)).toEqual({ next: [{ until: NOW + DAY, points: 5 }], lapsed: 30 })
    expect(afterOwn(by({ by: 'moved' }), [{ at: NOW, gone: 0 }], NOW)).toEqual({ next: [], lapsed: 30 })
  })

  it('that rest begin anew with any movement', () => {
    expect(afterOwn(by({ by: 'moved' }), [{ at: NOW - 2 * DAY, gone: 0 }], NOW + DAY)).toEqual({ next: [], lapsed: 0 })
    expect(afterOwn(by({ by: 'moved' }), [], NOW - 2 * DAY)).toEqual({ next: by().next, lapsed: 0 })
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
