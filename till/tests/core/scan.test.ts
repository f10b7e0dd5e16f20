import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noScan, settle, step, take, type Keystroke, type ScanState } from '../../src/core/scan.ts'

interface Outcome {
  readonly queue: readonly string[]
  readonly typed: string
  readonly ends: readonly boolean[]
}

/** Feed keys `gap` milliseconds apart, then let half a second pass. */
function feed(keys: readonly string[], gap: number): Outcome {
  return play(keys.map((key, place) => ({ key, time: 1000 + place * gap })))
}

function play(strokes: readonly Keystroke[]): Outcome {
  let state: ScanState = noScan
  let typed = ''
  const ends: boolean[] = []
  for (const stroke of strokes) {
    const result = step(state, stroke)
    state = result.state
    typed += result.typed
    ends.push(result.isScan)
  }
  const rest = settle(state, (strokes.at(-1)?.time ?? 0) + 500)
  return { queue: rest.state.queue, typed: typed + rest.typed, ends }
}

describe('telling a scan from typing', () => {
  it('takes fast characters ended by Enter for a scan and keeps that Enter from doing anything else', () => {
    const { queue, typed, ends } = feed([...'7501055300075', 'Enter'], 8)

    expect(queue).toEqual(['7501055300075'])
    expect(typed).toBe('')
    expect(ends.at(-1)).toBe(true)
  })

  it('takes Tab as an end as well', () => {
    expect(feed([...'0042', 'Tab'], 8).queue).toEqual(['0042'])
  })

  it('keeps leading zeros and letters', () => {
    expect(feed([...'00CAF-1', 'Enter'], 8).queue).toEqual(['00CAF-1'])
  })

  it('takes slow characters for typing and leaves Enter alone', () => {
    const { queue, typed, ends } = feed([...'leche', 'Enter'], 140)

    expect(queue).toEqual([])
    expect(typed).toBe('leche')
    expect(ends).not.toContain(true)
  })

  it('takes two quick keys of a person for typing', () => {
    expect(feed([...'12', 'Enter'], 20)).toEqual({ queue: [], typed: '12', ends: [false, false, false] })
  })

  it('gives back what was typed before a scan began', () => {
    const strokes = [
      { key: '3', time: 0 },
      { key: '*', time: 200 },
      ...[...'7501055300075', 'Enter'].map((key, place) => ({ key, time: 1000 + place * 8 })),
    ]

    expect(play(strokes)).toMatchObject({ queue: ['7501055300075'], typed: '3*' })
  })

  it('takes a long fast burst without an end for a scan once a pause follows', () => {
    expect(feed([...'7501055300075'], 8)).toMatchObject({ queue: ['7501055300075'], typed: '' })
  })

  it('never takes a held key for a scan', () => {
    const held = Array.from({ length: 20 }, (_, place) => ({ key: '0', time: place * 30, repeat: place > 0 }))

    expect(play(held)).toMatchObject({ queue: [], typed: '0'.repeat(20) })
  })

  it('lets shift pass by without cutting the scan', () => {
    expect(feed(['Shift', 'C', 'Shift', 'A', 'F', '-', '1', 'Enter'], 8).queue).toEqual(['CAF-1'])
  })

  it('reads the group separator of a GS1 code as scanners send it', () => {
    const strokes = [...'10AB'].map((key, place): Keystroke => ({ key, time: place * 8 }))
    strokes.push({ key: ']', time: 32, ctrl: true })
    strokes.push(...[...'17261231', 'Enter'].map((key, place): Keystroke => ({ key, time: 40 + place * 8 })))

    expect(play(strokes).queue).toEqual(['10AB\u001D17261231'])
  })

  it('lets a function key through and calls what came before it typing', () => {
    expect(feed(['7', '5', 'F9'], 8)).toEqual({ queue: [], typed: '75', ends: [false, false, false] })
  })

  it('hands scans out in the order in which they came', () => {
    const [first, second] = [[...'11111111', 'Enter'], [...'22222222', 'Enter']]
    let state = noScan
    for (const [place, key] of [...first, ...second].entries()) state = step(state, { key, time: place * 8 }).state

    const one = take(state)
    const two = take(one.state)

    expect([one.code, two.code, take(two.state).code]).toEqual(['11111111', '22222222', null])
  })

  it('neither loses nor repeats a character, whatever the rhythm', () => {
    const strokes = fc.array(fc.record({ key: fc.constantFrom(...'0123456789AZ'), pause: fc.integer({ min: 1, max: 300 }) }))
    fc.assert(
      fc.property(strokes, (keys) => {
        let time = 0
        const { queue, typed } = play(keys.map(({ key, pause }) => ({ key, time: (time += pause) })))
        const sorted = (text: string): string => [...text].sort().join('')

        expect(sorted(queue.join('') + typed)).toBe(sorted(keys.map(({ key }) => key).join('')))
      }),
    )
  })
})
