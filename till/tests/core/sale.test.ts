import { describe, expect, it } from 'vitest'
import type { SaleBasket } from '../../src/core/basket.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { EMPTY_HEAD, FactTooLarge, MAX_FACT_BYTES, nextLink } from '../../src/core/chain.ts'
import type { Annex } from '../../src/core/facts.ts'
import { MAX_TENDERS, settle, type Tender } from '../../src/core/pay.ts'
import { price } from '../../src/core/pricing/index.ts'
import { fitsFact, readPaperCode, returnCode, saleBody } from '../../src/core/sale.ts'

const ID = '0199b2a4-7000-7b00-8b00-000000000501'
const HASH = 'f'.repeat(64)

interface Large { readonly lines: number; readonly notes: number; readonly name: string }

function basket({ lines, notes, name }: Large): SaleBasket {
  return {
    version: 1, currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null,
    taxes: [{ code: 'IVA16', kind: 'percent', rate: 160_000, in_base: false }],
    lines: Array.from({ length: lines }, (_, place) => ({
      id: String(place + 1), quantity: 1000, unit_price: 890_000, discount: null, taxes: ['IVA16'], product_id: ID, name, unit: 'pieza',
      note_annex: place < notes ? ID : null,
    })),
    discount: null, tip: 0, payments: [],
  }
}

/** The bytes of the sale when everything beside its lines is as long as it can be. */
function bytesOf(large: Large): number {
  const transfers = Array.from({ length: MAX_TENDERS - 1 }, (): Tender => ({ method: 'transfer', amount: 100_000, reference: 'R'.repeat(32) }))
  const tenders: readonly Tender[] = [...transfers, { method: 'cash', amount: 1_000_000_000_000, reference: 'R'.repeat(32) }]
  const settled = settle(basket(large), tenders, price)
  const body = {
    ...saleBody({
      sale: ID, shift: ID, basket: settled.basket, totals: settled.totals, tenders, tokens: ['ticket', 'gift', 'slip', 'reprint'].map((kind) => ({ kind, hash: HASH }) as never),
      approvals: Array.from({ length: 20 }, () => ID), catalogue: { epoch: ID, n: Number.MAX_SAFE_INTEGER },
      unknown_codes: Array.from({ length: 20 }, (_, n) => String(10_000_000_000_000 + n)),
    }),
    series: 'ABCDEFGH', number: 2_147_483_647,
  }
  const annexes = Array.from({ length: large.notes }, (): Annex => ({ id: ID, hash: HASH, salt: '', text: '' }))
  const input = { id: ID, kind: 'sale.recorded', staff: ID, visit: { id: ID, opened_at: 250_000_000_000_000 }, body, annexes } as const
  const head = { ...EMPTY_HEAD, seq: Number.MAX_SAFE_INTEGER - 1, at: 249_999_999_999_000 }
  return utf8(nextLink(ID, head, input, { now: 1, unknown: true }).bytes).length
}

const fits = (large: Large): boolean => {
  const one = basket({ ...large, notes: 0 })
  return fitsFact(one, price(one), large.notes)
}

/** The most lines that fit, each of them with a note or none of them. */
function most(name: string, isNoted: boolean): Large {
  const of = (lines: number): Large => ({ lines, notes: isNoted ? lines : 0, name })
  let lines = 0
  for (let step = 512; step >= 1; step /= 2) if (fits(of(lines + step))) lines += step
  return of(lines)
}

describe('a large sale', () => {
  it.each([
    ['plain lines', 'Café de olla molido 250 g', false],
    ['notes on all', 'Café de olla molido 250 g', true],
    ['names with every kind of letter', 'Ñandú "€" \\ 🥖\u0007'.repeat(8), false],
  ])('of %s is a fact while it fits, however it is paid, and no room is given away', (_, name, isNoted) => {
    const large = most(name, isNoted)

    expect(large.lines).toBeLessThan(1000)
    expect(bytesOf(large)).toBeLessThanOrEqual(MAX_FACT_BYTES)
    expect(bytesOf(large)).toBeGreaterThan(MAX_FACT_BYTES - 5_000)
    expect(() => bytesOf({ ...large, lines: large.lines + 20 })).toThrow(FactTooLarge)
  })
})

describe('the code at the foot of a paper', () => {
  it('is read back as what it was made of', () => {
    expect(readPaperCode(returnCode('A1', 482, ID))).toEqual({ series: 'A1', number: 482, tail: ID.slice(-6) })
    expect(readPaperCode(returnCode('A1', 482, ID, 'gift').toLowerCase())).toEqual({ series: 'A1', number: 482, tail: ID.slice(-6), isGift: true })
  })

  it.each(['A1-482-00050', 'A1-482-000501-G', 'A1-482-000501-', 'A1-0-000501'])('is nothing else: %s', (text) => {
    expect(readPaperCode(text)).toBeNull()
  })
})
