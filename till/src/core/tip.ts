/** What the buyer gives beyond the price: it bears no tax, is no part of what was sold, and is not given back (docs/algorithms/pricing.md). */
import { mulDivRound } from './integer.ts'

/** Parts per million of the total, or minor units. */
export type Tip = { readonly percent: number } | { readonly amount: number }

/** Return a tip in minor units, of a total in minor units. */
export function tipOf(tip: Tip | null, gross: number): number {
  if (tip === null) return 0
  return 'amount' in tip ? tip.amount : mulDivRound(Math.max(0, gross), tip.percent, 1_000_000)
}

/** Whether two tips are the same choice. */
export function isSameTip(one: Tip | null, other: Tip): boolean {
  return one !== null && JSON.stringify(one) === JSON.stringify(other)
}
