import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { price, priceDocument, PricingError, type Basket, type Totals } from '../../src/core/pricing/index.ts'

interface Vector {
  readonly name: string
  readonly basket: unknown
  readonly totals?: Totals
  readonly error?: { readonly code: string; readonly data: Readonly<Record<string, unknown>> }
}

const ROOT = new URL('../../../', import.meta.url)

function documents(folder: string): readonly (readonly [string, unknown])[] {
  const names = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(new URL(folder + name, ROOT), 'utf8'))])
}

const files = documents('vectors/pricing/') as readonly [string, { readonly vectors: readonly Vector[] }][]
const examples = documents('contracts/examples/basket/') as readonly [string, { readonly basket: Basket; readonly totals: Totals }][]

function refusalOf(document: unknown): PricingError {
  try {
    priceDocument(document)
  } catch (refusal) {
    if (refusal instanceof PricingError) return refusal
    throw refusal
  }
  throw new Error('the basket was priced')
}

describe.each(files)('the vectors of %s', (_, { vectors }) => {
  const priced = vectors.filter((vector) => vector.totals !== undefined)
  const refused = vectors.filter((vector) => vector.error !== undefined)

  it.each(priced)('$name', ({ basket, totals }) => {
    // The text, not the value: order of keys counts, and -0 would be 0.
    expect(JSON.stringify(priceDocument(basket))).toBe(JSON.stringify(totals))
    expect(priceDocument(basket)).toEqual(totals)
  })

  it.each(refused)('refused: $name', ({ basket, error }) => {
    const { code, data } = refusalOf(basket)
    expect({ code, data }).toEqual(error)
  })
})

describe('the worked examples of the contract', () => {
  it.each(examples)('%s', (_, { basket, totals }) => {
    expect(JSON.stringify(price(basket))).toBe(JSON.stringify(totals))
  })
})

it('reads as many vectors as there are', () => {
  const all = files.flatMap(([, { vectors }]) => vectors)
  expect(all.filter((vector) => vector.totals !== undefined).length).toBeGreaterThanOrEqual(150)
  expect(all.every((vector) => (vector.totals === undefined) !== (vector.error === undefined))).toBe(true)
})
