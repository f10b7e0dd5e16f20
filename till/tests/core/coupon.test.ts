import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeHash, couponMovesOf, readCode, seemsCode, usedOf } from '../../src/core/coupon.ts'
import type { AnyFact } from '../../src/core/facts.ts'
import type { Promotion } from '../../src/core/promotion.ts'
import { bringCode, bringCoupon, leaveCoupon, newTicket } from '../../src/core/ticket.ts'

interface Vectors {
  readonly cases: readonly { readonly typed: string; readonly code: string; readonly hash: string }[]
  readonly mistyped: readonly string[]
}

const vectors = JSON.parse(readFileSync(new URL('../../../vectors/coupons.json', import.meta.url), 'utf8')) as Vectors
const LETTERS = '34679ACDEFGHJKMNPQRTWXY'

describe('a single-use code', () => {
  it.each(vectors.cases)('reads $typed as the server does', ({ typed, code, hash }) => {
    expect(readCode(typed)).toBe(code)
    expect(codeHash(code)).toBe(hash)
    expect(seemsCode(typed.trim())).toBe(true)
  })

  it.each(vectors.mistyped)('refuses «%s»', (typed) => {
    expect(readCode(typed)).toBeNull()
  })

  it('finds every wrong letter, and every two that changed places, without asking anybody', () => {
    const whole = vectors.cases.map(({ code }) => code)
    fc.assert(fc.property(fc.constantFrom(...whole), fc.integer({ min: 2, max: 11 }), fc.integer({ min: 2, max: 11 }), fc.constantFrom(...LETTERS), (code, one, other, letter) => {
      const letters = [...code]
      const wrong = letters.with(one, letter).join('')
      const turned = letters.with(one, letters[other] ?? '').with(other, letters[one] ?? '').join('')
      expect(readCode(wrong)).toBe(wrong === code ? code : null)
      expect(readCode(turned)).toBe(turned === code ? code : null)
    }))
  })

  it('is not seen in a word that somebody looks for', () => {
    for (const text of ['cubrecolchon', 'CUBO', 'cuchara sopera', 'VECINO5', '7501000111222']) expect(seemsCode(text)).toBe(false)
    expect(seemsCode('CU-1OIL')).toBe(true)
  })
})

describe('a code on a ticket', () => {
  const code = { id: 'c-1', coupon: 'h-1', kept: 5 }
  const promotion = { id: 'p', version: 'v-1', name: 'Feria', position: 1, terms: { coupon: 'h-1' } } as unknown as Promotion

  it('stands for its promotion like any coupon, one of each, and goes with it', () => {
    const brought = bringCode(bringCode(bringCoupon(newTicket('t'), 'h-0'), code), { ...code, kept: 9 })
    expect([brought.coupons, brought.codes]).toEqual([['h-0', 'h-1'], [{ ...code, kept: 9 }]])
    const left = leaveCoupon(brought, 'h-1')
    expect([left.coupons, left.codes]).toEqual([['h-0'], []])
  })

  it('is used where its promotion lowers something, and only there', () => {
    const ticket = bringCode(newTicket('t'), code)
    expect(usedOf(ticket, [{ id: 'v-1' }], [promotion])).toEqual([{ ...code, promotion: 'v-1' }])
    expect(usedOf(ticket, [], [promotion])).toEqual([])
    expect(usedOf(ticket, [{ id: 'v-1' }], [])).toEqual([])
  })

  it('moves with the fact of its sale alone', () => {
    const sale = { kind: 'sale.recorded', body: { coupons: [{ id: 'c-1', promotion: 'v-1' }] } } as unknown as AnyFact
    expect(couponMovesOf(sale)).toEqual([{ id: 'c-1', amount: -1 }])
    expect(couponMovesOf({ kind: 'sale.recorded', body: {} } as unknown as AnyFact)).toEqual([])
    expect(couponMovesOf({ kind: 'return.recorded', body: {} } as unknown as AnyFact)).toEqual([])
  })
})
