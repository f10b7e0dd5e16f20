import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LineShare } from '../../src/core/facts.ts'
import { sharesOf } from '../../src/core/shares.ts'

interface Line { readonly id: string; readonly net: number; readonly taxes: readonly { readonly code: string; readonly base: number; readonly amount: number }[] }
interface Case { readonly title: string; readonly lines: readonly Line[]; readonly deposits: readonly { readonly amount: number; readonly shares: readonly LineShare[] }[] }

const { cases } = JSON.parse(readFileSync(new URL('../../../vectors/shares.json', import.meta.url), 'utf8')) as { readonly cases: readonly Case[] }

const sum = (shares: readonly LineShare[]): number => shares.reduce((total, { net, taxes }) => total + net + taxes.reduce((all, { amount }) => all + amount, 0), 0)

describe('the shares of a deposit', () => {
  it.each(cases)('$title', ({ lines, deposits }) => {
    const earlier: (readonly LineShare[])[] = []
    for (const { amount, shares } of deposits) {
      expect(sharesOf(lines, earlier, amount)).toEqual(shares)
      earlier.push(shares)
    }
  })

  it('sum to the deposit, and all deposits together to the order', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000_000 })
    const line = fc.record({ net: amount, taxes: fc.array(amount, { maxLength: 3 }) })
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { maxLength: 5 }), (rows, wanted) => {
      const lines = rows.map(({ net, taxes }, n): Line => ({ id: String(n), net, taxes: taxes.map((tax, place) => ({ code: `T${String(place)}`, base: net, amount: tax })) }))
      let left = lines.reduce((total, { net, taxes }) => total + net + taxes.reduce((all, tax) => all + tax.amount, 0), 0)
      const earlier: (readonly LineShare[])[] = []
      for (const each of [...wanted, left]) {
        const part = Math.min(each, left)
        if (part === 0) continue
        const shares = sharesOf(lines, earlier, part)
        expect(sum(shares)).toBe(part)
        earlier.push(shares)
        left -= part
      }
      for (const { id, net, taxes } of lines) {
        const own = earlier.flat().filter((share) => share.line === id)
        const paid = own.reduce((total, share) => total + share.net, 0)
        if (left === 0) expect(paid).toBe(net)
        for (const { code, amount: whole } of taxes) {
          const got = own.flatMap((share) => share.taxes).reduce((total, tax) => (tax.code === code ? total + tax.amount : total), 0)
          expect(got).toBeLessThanOrEqual(whole)
        }
      }
    }))
  })

  it('are of nothing or of more than is left refused', () => {
    for (const amount of [0, -1, 101]) expect(() => sharesOf([{ id: '1', net: 100, taxes: [] }], [], amount)).toThrow(RangeError)
  })
})
