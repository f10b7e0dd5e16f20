import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PricingError, refund, type ReturnDocument, type ReturnTotals } from '../../src/core/pricing/index.ts'

interface Vector {
  readonly name: string
  readonly return: ReturnDocument
  readonly totals?: ReturnTotals
  readonly error?: { readonly code: string; readonly data: Readonly<Record<string, unknown>> }
}

const FILE = new URL('../../../vectors/returns/returns.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly vectors: readonly Vector[] }

function said(document: ReturnDocument): unknown {
  try {
    return refund(document)
  } catch (refusal) {
    if (refusal instanceof PricingError) return { code: refusal.code, data: refusal.data }
    throw refusal
  }
}

describe('what a return gives back', () => {
  it.each(vectors)('$name', ({ return: document, totals, error }) => {
    expect(said(document)).toEqual(totals ?? error)
    // The text, not the value: order of keys counts, and -0 would be 0.
    if (totals !== undefined) expect(JSON.stringify(said(document))).toBe(JSON.stringify(totals))
  })

  it('has vectors of both kinds', () => {
    expect(vectors.filter((vector) => vector.totals !== undefined).length).toBeGreaterThanOrEqual(20)
    expect(vectors.filter((vector) => vector.error !== undefined).length).toBeGreaterThanOrEqual(7)
  })
})
