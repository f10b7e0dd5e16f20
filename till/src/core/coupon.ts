/** Single-use coupons: their codes, and what facts do to them. The twin of mostrador/counter/coupon_codes.py, which says why; vectors/coupons.json. */
import type { AnyFact } from './facts.ts'
import type { Promotion } from './promotion.ts'
import { sha256Hex } from './sha256.ts'
import type { CodeOnTicket, Ticket } from './ticket.ts'

/** A code that lowers a ticket, and the version of the promotion that does. */
export interface UsedCode extends CodeOnTicket { readonly promotion: string }

const LETTERS = '34679ACDEFGHJKMNPQRTWXY'
/** CU, nine letters and one that holds them together. */
const CODE = /^CU[34679ACDEFGHJKMNPQRTWXY]{10}$/u

function bare(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '')
}

/** Whether a text is meant as a single-use code, well written or not. */
export function seemsCode(text: string): boolean {
  return /^\s*CU-/iu.test(text) || CODE.test(bare(text))
}

/** The code that somebody typed or scanned, without hyphens and blanks; null where it is none, or is mistyped. */
export function readCode(text: string): string | null {
  const code = bare(text)
  if (!CODE.test(code)) return null
  const values = [...code.slice(2)].map((letter) => LETTERS.indexOf(letter))
  const sum = values.reduce((total, value, place) => total + (place + 1) * value, 0)
  return sum % LETTERS.length === 0 ? code : null
}

/** The hash by which a code without hyphens is asked for. */
export function codeHash(code: string): string {
  return sha256Hex(`mostrador-coupon-code-v1|${code}`)
}

/** The codes that a fact used. */
export function couponMovesOf(fact: AnyFact): readonly { readonly id: string; readonly amount: number }[] {
  return fact.kind === 'sale.recorded' ? (fact.body.coupons ?? []).map(({ id }) => ({ id, amount: -1 })) : []
}

/** The codes of a ticket of which the promotion lowers something: `useful` are those that do, `known` all that the catalogue has. */
export function usedOf({ codes = [] }: Ticket, useful: readonly { readonly id: string }[], known: readonly Promotion[]): readonly UsedCode[] {
  return codes.flatMap((code) => {
    const promotion = known.find(({ terms }) => terms.coupon === code.coupon)?.version
    return promotion !== undefined && useful.some(({ id }) => id === promotion) ? [{ ...code, promotion }] : []
  })
}
