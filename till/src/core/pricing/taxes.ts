/** The exact taxes of a line: a chain solved once per combination of taxes, then a few multiplications per line. */
import { gcd } from '../integer.ts'
import { WHOLE, type FixedTax, type Line, type Tax } from './basket.ts'

/** Ten-thousandths of the major unit times thousandths of the quantity times thousandths of the tax's unit. */
const FIXED_SCALE = 10_000_000_000n
const WHOLE_BIG = BigInt(WHOLE)

/**
 * What a line with these taxes, in this order, needs to know.
 *
 * Without fixed taxes the exact tax k of a line charged at c is shares[k] * c / whole; with fixed taxes see exactTaxes.
 */
export interface Plan {
  readonly codes: readonly string[]
  readonly inBase: readonly boolean[]
  readonly shares: readonly bigint[]
  readonly whole: bigint
  /** The same as numbers, or null when one of them is not safe or a fixed tax is there. */
  readonly quick: { readonly shares: readonly number[]; readonly whole: number } | null
  readonly fixed: readonly FixedTax[]
  /** weights[j][k]: what one unit of fixed tax j puts into tax k, in units of 1 / scale. */
  readonly weights: readonly (readonly bigint[])[]
  readonly scale: bigint
  readonly included: boolean
}

/** The exact taxes of a line as numerators, in order, over one positive denominator. */
export interface Exact {
  readonly numerators: readonly bigint[]
  readonly denominator: bigint
}

/** Solve the chain of these taxes for any line; `included` when prices contain them. */
export function planOf(taxes: readonly Tax[], included: boolean): Plan {
  const scale = WHOLE_BIG ** BigInt(taxes.filter((tax) => tax.kind === 'percent').length)
  const fixed = taxes.filter((tax) => tax.kind === 'fixed')
  const chained = chain(taxes, scale, null, 0n)
  const sum = included ? chained.reduce((all, share) => all + share, scale) : scale
  const common = fixed.length === 0 ? chained.reduce(gcd, sum) : 1n
  const shares = chained.map((share) => share / common)
  const whole = sum / common
  const safe = fixed.length === 0 && [whole, ...shares].every((value) => value <= BigInt(Number.MAX_SAFE_INTEGER))
  return {
    codes: taxes.map((tax) => tax.code),
    inBase: taxes.map(isInBase),
    shares,
    whole,
    quick: safe ? { shares: shares.map(Number), whole: Number(whole) } : null,
    fixed,
    weights: fixed.map((tax) => chain(taxes, 0n, tax, scale)),
    scale,
    included,
  }
}

function isInBase(tax: Tax): boolean {
  return tax.kind !== 'exempt' && tax.in_base === true
}

/** Each tax for this net when only the fixed tax `pulse` is not zero; all divisions are exact by the choice of scale. */
function chain(taxes: readonly Tax[], net: bigint, pulse: FixedTax | null, height: bigint): bigint[] {
  let base = net
  return taxes.map((tax) => {
    const amount = tax.kind === 'percent' ? (base * BigInt(tax.rate)) / WHOLE_BIG : tax === pulse ? height : 0n
    if (isInBase(tax)) base += amount
    return amount
  })
}

/** A code may be any text, also the name of something that every object inherits. */
function unitsOf(line: Line, code: string): number {
  const units = line.tax_units ?? {}
  return Object.hasOwn(units, code) ? (units[code] ?? 1000) : 1000
}

/** The exact taxes of a line charged at that many minor units; `minor` is the number of minor units in a major one. */
export function exactTaxes(plan: Plan, line: Line, charged: number, minor: bigint): Exact {
  if (plan.fixed.length === 0) {
    return { numerators: plan.shares.map((share) => share * BigInt(charged)), denominator: plan.whole }
  }
  const own = plan.shares.map(() => 0n)
  plan.fixed.forEach((tax, index) => {
    const units = unitsOf(line, tax.code)
    const amount = BigInt(tax.amount) * BigInt(line.quantity) * BigInt(units) * minor
    plan.weights[index]?.forEach((weight, place) => {
      own[place] = (own[place] ?? 0n) + weight * amount
    })
  })
  // net = (charged - sum of own) / (1 + sum of shares) when included, else charged; tax k = shares[k] * net + own[k].
  const listed = BigInt(charged) * FIXED_SCALE * plan.scale
  const net = plan.included ? own.reduce((rest, part) => rest - part, listed) : listed
  return {
    numerators: plan.shares.map((share, place) => share * net + plan.whole * (own[place] ?? 0n)),
    denominator: FIXED_SCALE * plan.scale * plan.whole,
  }
}
