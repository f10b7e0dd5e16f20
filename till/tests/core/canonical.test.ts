import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, NotCanonical, parseCanonical } from '../../src/core/canonical.ts'

interface Vectors {
  readonly canonical: readonly { readonly why: string; readonly value: unknown; readonly bytes: string }[]
  readonly refused: readonly { readonly why: string; readonly text: string }[]
}
const vectors = JSON.parse(readFileSync('../vectors/canonical/values.json', 'utf8')) as Vectors

describe('canonical bytes', () => {
  it.each(vectors.canonical)('are written so that $why', ({ value, bytes }) => {
    expect(canonical(value)).toBe(bytes)
    expect(parseCanonical(bytes)).toEqual(value)
  })

  it.each(vectors.refused)('are not $why', ({ text }) => {
    expect(() => parseCanonical(text)).toThrow(NotCanonical)
  })

  it('leave out what is undefined', () => {
    expect(canonical({ b: undefined, a: 1 })).toBe('{"a":1}')
  })

  it('name the place of what they cannot hold', () => {
    expect(() => canonical({ lines: [{ price: 1.5 }] })).toThrow('/lines/0/price: a number that is no safe integer')
  })

  it('come back the same for any document of integers', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(fc.property(value, (document) => {
      const bytes = canonical(document)
      expect(canonical(parseCanonical(bytes))).toBe(bytes)
    }), { numRuns: 300 })
  })
})
