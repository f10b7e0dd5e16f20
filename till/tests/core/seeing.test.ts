import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AWAY_MS, look, nativeFormats, nativeSight, nothingSeen, problemOf, resumed, type Sight, type Watch } from '../../src/core/seeing.ts'

const linear = (code: string, offset = 0): Sight => ({ code, isLinear: true, offset })
const square = (code: string, offset = 0): Sight => ({ code, isLinear: false, offset })

/** What is scanned of these pictures, taken a tenth of a second apart. */
function scans(pictures: readonly (readonly Sight[])[], from: Watch = nothingSeen, start = 0): string[] {
  let watch = from
  return pictures.flatMap((sights, place) => {
    const seen = look(watch, sights, start + place * 100)
    ;({ watch } = seen)
    return seen.scan === null ? [] : [seen.scan]
  })
}
const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one)

describe('what a camera sees', () => {
  it('is one scan for as long as it lies there', () => {
    expect(scans(times(50, [linear('A')]))).toEqual(['A'])
  })

  it('counts when lines were read twice, and squares at once', () => {
    expect(scans([[linear('A')]])).toEqual([])
    expect(scans([[linear('A')], [linear('A')]])).toEqual(['A'])
    expect(scans([[square('Q')]])).toEqual(['Q'])
  })

  it('is no scan when two readings differ, or lie far apart', () => {
    expect(scans([[linear('A')], [linear('B')], [linear('A')]])).toEqual([])
    expect(scans([[linear('A')], ...times(20, []), [linear('A')]])).toEqual([])
  })

  it('is another piece once it was away for long enough', () => {
    const gap = (ms: number): string[] => scans([...times(3, [linear('A')]), ...times(ms / 100, []), ...times(3, [linear('A')])])

    expect(gap(AWAY_MS - 200)).toEqual(['A'])
    expect(gap(AWAY_MS + 100)).toEqual(['A', 'A'])
  })

  it('is what stands in the middle, and then what stands beside it, each once', () => {
    expect(scans(times(9, [linear('far', 200), linear('near', 10)]))).toEqual(['near', 'far'])
  })

  it('is no new piece after a pause in which it stayed there, and one after it was away', () => {
    const before = look(nothingSeen, [square('Q')], 0).watch

    expect(scans(times(5, [square('Q')]), resumed(before, 60_000), 60_000)).toEqual([])
    expect(scans([...times(10, []), [square('Q')]], resumed(before, 60_000), 60_000)).toEqual(['Q'])
  })

  it('never scans what was not seen, nor the same code twice within the time that it must be away', () => {
    const sight = fc.record({ code: fc.constantFrom('A', 'B', 'C'), isLinear: fc.boolean(), offset: fc.nat(9) })
    fc.assert(fc.property(fc.array(fc.array(sight, { maxLength: 3 }), { maxLength: 60 }), (pictures) => {
      let watch = nothingSeen
      const last = new Map<string, number>()
      pictures.forEach((sights, place) => {
        const seen = look(watch, sights, place * 100)
        ;({ watch } = seen)
        if (seen.scan === null) return
        expect(sights.map(({ code }) => code)).toContain(seen.scan)
        expect(place * 100 - (last.get(seen.scan) ?? -Infinity)).toBeGreaterThanOrEqual(AWAY_MS)
        last.set(seen.scan, place * 100)
      })
    }))
  })
})

describe('a camera that cannot be had', () => {
  it.each([
    ['NotFoundError', 'none'], ['OverconstrainedError', 'none'], ['NotAllowedError', 'refused'], ['SecurityError', 'refused'],
    ['NotReadableError', 'busy'], ['AbortError', 'busy'], ['TypeError', 'failed'], ['', 'failed'],
  ])('%s is said as %s', (name, problem) => {
    expect(problemOf(name)).toBe(problem)
  })
})

describe('the reader of the browser', () => {
  const all = ['aztec', 'code_128', 'code_39', 'data_matrix', 'ean_13', 'ean_8', 'itf', 'pdf417', 'qr_code', 'upc_a', 'upc_e']

  it('is taken when it knows what a shop scans, and asked for nothing else', () => {
    expect(nativeFormats(all)).toEqual(['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'qr_code', 'code_39', 'itf', 'data_matrix'])
    expect(nativeFormats(all.filter((format) => format !== 'itf'))).toEqual(['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'qr_code', 'code_39', 'data_matrix'])
  })

  it('is left when a code is missing that shops scan', () => {
    expect(nativeFormats(['qr_code'])).toBeNull()
    expect(nativeFormats(all.filter((format) => format !== 'upc_e'))).toBeNull()
    expect(nativeFormats([])).toBeNull()
  })

  it('says GS1 by a separator in front, which becomes the prefix of a scanner', () => {
    expect(nativeSight({ rawValue: '\u001D0107501030459941', format: 'code_128' }, 4)).toEqual({ code: ']C10107501030459941', isLinear: true, offset: 4 })
    expect(nativeSight({ rawValue: 'https://a.example/t/x', format: 'qr_code' }, 0)).toEqual({ code: 'https://a.example/t/x', isLinear: false, offset: 0 })
  })
})
